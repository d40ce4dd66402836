// Whether UTF-8 is strict shows in every two neighbouring bytes, but for the continuations of long characters (Keiser
// and Lemire, "Validating UTF-8 in less than one instruction per byte", 2021). Each kind of mistake is one bit; a pair
// of bytes makes it when three nibbles say so: both of the first byte and the higher of the second. So three look-ups
// in tables of 16 and two ANDs judge every byte of a vector at once.
#include "engine/input/utf8_simd.h"

#include "engine/input/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/input/utf8_simd.cpp"
#include <hwy/foreach_target.h> // must come before highway.h
#include <hwy/highway.h>

#ifndef APPRAISE_UTF8_MISTAKES
#define APPRAISE_UTF8_MISTAKES
namespace appraise {

// Sets of nibbles, bit n for nibble n.
struct Utf8Mistake {
  unsigned first_high;
  unsigned first_low;
  unsigned second_high;
};

inline constexpr unsigned kAny = 0xFFFF;
inline constexpr unsigned kAscii = 0x00FF;
inline constexpr unsigned kContinuation = 0x0F00;
inline constexpr unsigned kLead = 0xF000;

inline constexpr std::array<Utf8Mistake, 8> kUtf8Mistakes = {{
    {kLead, kAny, kAscii | kLead},        // a character is cut short
    {kAscii, kAny, kContinuation},        // a continuation of nothing
    {1u << 0xC, 0x0003, kContinuation},   // C0 C1: overlong, two bytes
    {1u << 0xE, 0x0001, 0x0300},          // E0 80…9F: overlong, three bytes
    {1u << 0xE, 1u << 0xD, 0x0C00},       // ED A0…BF: surrogates
    {1u << 0xF, 0xFFE1, 0x0100},          // F0 80…8F: overlong, four bytes; F5… 80…8F: beyond U+10FFFF
    {1u << 0xF, 0xFFF0, 0x0E00},          // F4 90…BF, F5… 90…BF: beyond U+10FFFF
    {kContinuation, kAny, kContinuation}, // two continuations: right behind a lead of three or four, and only there
}};

// 16 bytes for each of the three nibbles: which mistakes it allows.
constexpr std::array<std::uint8_t, 48> utf8_tables() {
  std::array<std::uint8_t, 48> tables{};
  for (unsigned mistake = 0; mistake < 8; ++mistake) {
    for (unsigned nibble = 0; nibble < 16; ++nibble) {
      const auto bit = [&](unsigned set) { return static_cast<std::uint8_t>((set >> nibble & 1) << mistake); };
      tables[nibble] = static_cast<std::uint8_t>(tables[nibble] | bit(kUtf8Mistakes[mistake].first_high));
      tables[16 + nibble] = static_cast<std::uint8_t>(tables[16 + nibble] | bit(kUtf8Mistakes[mistake].first_low));
      tables[32 + nibble] = static_cast<std::uint8_t>(tables[32 + nibble] | bit(kUtf8Mistakes[mistake].second_high));
    }
  }
  return tables;
}

alignas(16) inline constexpr std::array<std::uint8_t, 48> kUtf8Tables = utf8_tables();

} // namespace appraise
#endif

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// How many of the bytes, a multiple of 64, are free of mistakes. A character may be unfinished at the end.
std::size_t sound_utf8(const char* text, std::size_t size) {
#if HWY_TARGET == HWY_SCALAR
  (void)text;
  (void)size;
  return 0; // all is left to the reference
#else
  const hn::CappedTag<std::uint8_t, 64> d;
  using Vector = hn::Vec<decltype(d)>;
  const std::size_t step = hn::Lanes(d);
  const Vector first_high = hn::LoadDup128(d, kUtf8Tables.data());
  const Vector first_low = hn::LoadDup128(d, kUtf8Tables.data() + 16);
  const Vector second_high = hn::LoadDup128(d, kUtf8Tables.data() + 32);
  const Vector nibble = hn::Set(d, 0x0F);
  const Vector top = hn::Set(d, 0x80);
  // Saturating subtraction leaves the top bit only for leads of three (of four) and more.
  const Vector three = hn::Set(d, 0xE0 - 0x80);
  const Vector four = hn::Set(d, 0xF0 - 0x80);
  const auto mistakes = [&](const std::uint8_t* at) HWY_ATTR {
    Vector wrong = hn::Zero(d);
    for (std::size_t i = 0; i < 64; i += step) {
      const Vector now = hn::LoadU(d, at + i);
      const Vector before = hn::LoadU(d, at + i - 1);
      const Vector pair = hn::And(hn::And(hn::TableLookupBytes(first_high, hn::And(hn::ShiftRight<4>(before), nibble)),
                                          hn::TableLookupBytes(first_low, hn::And(before, nibble))),
                                  hn::TableLookupBytes(second_high, hn::And(hn::ShiftRight<4>(now), nibble)));
      const Vector goes_on =
          hn::Or(hn::SaturatedSub(hn::LoadU(d, at + i - 2), three), hn::SaturatedSub(hn::LoadU(d, at + i - 3), four));
      wrong = hn::Or(wrong, hn::Xor(pair, hn::And(goes_on, top)));
    }
    return wrong;
  };
  const auto all_of = [&](const std::uint8_t* at) HWY_ATTR { // 64 bytes, one over the other
    Vector all = hn::LoadU(d, at);
    for (std::size_t i = step; i < 64; i += step)
      all = hn::Or(all, hn::LoadU(d, at + i));
    return all;
  };
  const auto is_ascii = [&](const Vector all) HWY_ATTR { return hn::AllTrue(d, hn::Lt(all, top)); };
  const auto sound = [&](const Vector wrong) HWY_ATTR { return hn::AllTrue(d, hn::Eq(wrong, hn::Zero(d))); };

  if (size < 64) return 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text);
  std::uint8_t head[3 + 64] = {}; // the first block, with something before it
  std::memcpy(head + 3, bytes, 64);
  if (!sound(mistakes(head + 3))) return 0;
  // ASCII and characters of three bytes alone, as Chinese is written, are told by less: continuations stand exactly
  // where one of the two bytes before is E1 … EF, and there are neither C0 … E0, nor ED, nor F0 … FF.
  enum class Look { ascii, sound, unsure };
  const auto look_at = [&](const std::uint8_t* from, const std::uint8_t* end) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> di;
    const Vector lead = hn::Set(d, 0xE1 - 0x80); // saturating subtraction leaves the top bit for E1 and more
    const Vector first_other = hn::Set(d, 0xC0);
    const Vector surrogates = hn::Set(d, 0xED);
    // What a lead before the stretch asks for is known of E1 … EF alone.
    const auto other_lead = [](std::uint8_t byte) {
      return byte >= 0xC0 && (byte <= 0xE0 || byte >= 0xF0 || byte == 0xED);
    };
    if (other_lead(from[-1]) || other_lead(from[-2]) || other_lead(from[-3])) return Look::unsure;
    Vector wrong = hn::Zero(d);    // in the top bits
    Vector greatest = hn::Zero(d); // byte
    Vector least = hn::Set(d, 0xFF);
    Vector no_surrogates = hn::Set(d, 0xFF);
    for (const std::uint8_t* at = from; at < end; at += step) {
      const Vector now = hn::LoadU(d, at);
      const Vector before = hn::Max(hn::LoadU(d, at - 1), hn::LoadU(d, at - 2));
      const Vector goes_on = hn::BitCast(d, hn::VecFromMask(di, hn::Lt(hn::BitCast(di, now), hn::Set(di, -0x40))));
      wrong = hn::Or(wrong, hn::Xor(goes_on, hn::SaturatedSub(before, lead)));
      greatest = hn::Max(greatest, now);
      least = hn::Min(least, hn::Sub(now, first_other)); // C0 … E0 become 0 … 20
      no_surrogates = hn::Min(no_surrogates, hn::Xor(now, surrogates));
    }
    if (is_ascii(greatest)) return is_ascii(wrong) ? Look::ascii : Look::unsure; // a character may be cut short
    const bool sure = is_ascii(wrong) && hn::AllTrue(d, hn::Lt(greatest, hn::Set(d, 0xF0))) &&
                      hn::AllTrue(d, hn::Gt(least, hn::Set(d, 0xE0 - 0xC0))) &&
                      hn::AllFalse(d, hn::Eq(no_surrogates, hn::Zero(d)));
    return sure ? Look::sound : Look::unsure;
  };

  // Few words of a Chinese text are all ASCII, and to guess which costs more than to judge them: they are passed over
  // only behind a stretch that was ASCII altogether.
  constexpr std::size_t kStretch = 1024;
  std::size_t at = 64;
  while (at + 64 <= size) {
    const std::size_t end = std::min(at + kStretch, size & ~std::size_t{63});
    const Look look = look_at(bytes + at, bytes + end);
    for (; look == Look::unsure && at < end; at += 64) {
      if (HWY_UNLIKELY(!sound(mistakes(bytes + at)))) return at;
    }
    at = end;
    while (look == Look::ascii && at + 64 <= size && is_ascii(all_of(bytes + at)))
      at += 64;
  }
  return at;
#endif
}

} // namespace HWY_NAMESPACE
} // namespace appraise
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace appraise {

HWY_EXPORT(sound_utf8);

std::size_t invalid_utf8_simd(std::string_view bytes) {
  std::size_t from = HWY_DYNAMIC_DISPATCH(sound_utf8)(bytes.data(), bytes.size());
  // What is left is looked at from the beginning of the character that may be unfinished.
  for (std::size_t back = 1; back <= 3 && back <= from; ++back) {
    const auto c = static_cast<unsigned char>(bytes[from - back]);
    if (c < 0x80) break;
    if (c < 0xC0) continue;
    from -= back;
    break;
  }
  const std::size_t bad = invalid_utf8(bytes.substr(from));
  return bad == std::string_view::npos ? bad : from + bad;
}

} // namespace appraise
#endif // HWY_ONCE
