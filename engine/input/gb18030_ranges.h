// Which bytes are a character of GB18030: ranges, as GB 18030-2005 gives them and glibc reads them.
//
//   One byte 00…7F; two bytes 81…FE and 40…7E, 80…FE, all of which are assigned; four bytes 81…FE, 30…39, 81…FE, 30…39,
//   counted up from 81308130, of which those for the basic plane and the other planes are assigned.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace appraise::gb18030 {

constexpr unsigned kLeads = 0xFE - 0x81 + 1;
constexpr unsigned kTrails = 0xFE - 0x40 + 1; // with 7F, which is none
constexpr std::uint32_t kBasicPlane = 39420;
constexpr std::uint32_t kOtherPlanes = 189000; // U+10000

constexpr bool is_lead(unsigned char c) {
  return c >= 0x81 && c <= 0xFE;
}
constexpr bool is_trail(unsigned char c) {
  return c >= 0x40 && c <= 0xFE && c != 0x7F;
}
constexpr bool is_digit(unsigned char c) {
  return c >= 0x30 && c <= 0x39;
}

// The number of a character of four bytes.
inline std::uint32_t linear(const unsigned char* at) {
  return ((at[0] - 0x81u) * 10 + (at[1] - 0x30u)) * 1260 + (at[2] - 0x81u) * 10 + (at[3] - 0x30u);
}

// U+9FB4…9FBB and U+FE10…FE19 got two bytes in 2005: their four bytes stand for nothing since.
constexpr bool assigned(std::uint32_t number) {
  return number < 19057 || (number > 19064 && number < 39076) || (number > 39085 && number < kBasicPlane) ||
         (number >= kOtherPlanes && number < kOtherPlanes + 0x100000);
}

// The length of the character at `at`, of which `left` bytes are there; 0 when it is refused or cut off.
inline std::size_t length(const unsigned char* at, std::size_t left) {
  if (at[0] < 0x80) return 1;
  if (!is_lead(at[0]) || left < 2) return 0;
  if (is_trail(at[1])) return 2;
  if (!is_digit(at[1]) || left < 4 || !is_lead(at[2]) || !is_digit(at[3])) return 0;
  return assigned(linear(at)) ? 4 : 0;
}

// The same, to go on by: what is refused counts as a character of one byte.
inline std::size_t step(std::string_view text) {
  return std::max<std::size_t>(length(reinterpret_cast<const unsigned char*>(text.data()), text.size()), 1);
}

} // namespace appraise::gb18030
