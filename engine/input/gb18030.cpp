#include "engine/input/gb18030.h"

#include "engine/input/gb18030_ranges.h"
#include "engine/input/unicode.h"
#include "engine/problem.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <iconv.h>
#include <memory>

namespace appraise {

namespace {

// Where two bytes stand in their table: as they are read from memory, so that it takes no step to find them.
constexpr std::size_t two_place(unsigned first, unsigned second) {
  return first | second << 8;
}
static_assert(std::endian::native == std::endian::little, "the first byte of a word must be its lowest");

// The UTF-8 of a character, packed: its bytes from the lowest on, at most four, and nothing else.
std::uint32_t packed_utf8(char32_t c) {
  std::string text;
  append_utf8(text, c);
  std::uint32_t packed = 0;
  std::memcpy(&packed, text.data(), text.size());
  return packed;
}

// In the table of two bytes characters of three are below kThree. Of those of two kOther is set, which is no bit of the
// fourth byte of UTF-8, and of what is no character it alone.
constexpr std::uint32_t kThree = 1u << 24;
constexpr std::uint32_t kOther = 1u << 30;

// Two bytes become characters by no rule but a table, which the C library has; so have those four bytes that stand for
// the rest of the basic plane. Both are asked for once.
class Tables {
public:
  Tables() {
    std::string codes;
    for (unsigned lead = 0; lead < gb18030::kLeads; ++lead) {
      for (unsigned trail = 0; trail < gb18030::kTrails; ++trail) {
        if (trail + 0x40 == 0x7F) continue;
        codes += static_cast<char>(0x81 + lead);
        codes += static_cast<char>(0x40 + trail);
      }
    }
    const std::u32string two = decoded(codes);
    std::size_t next = 0;
    std::fill(std::begin(two_), std::end(two_), kOther);
    for (unsigned lead = 0; lead < gb18030::kLeads; ++lead) {
      for (unsigned trail = 0; trail < gb18030::kTrails; ++trail) {
        if (trail + 0x40 == 0x7F) continue;
        const std::uint32_t packed = packed_utf8(two.at(next++));
        two_[two_place(0x81 + lead, 0x40 + trail)] = packed < 0x10000 ? packed | kOther : packed;
      }
    }
    codes.clear();
    for (std::uint32_t linear = 0; linear < gb18030::kBasicPlane; ++linear) {
      if (!gb18030::assigned(linear)) continue;
      const std::uint32_t digits[] = {linear / 12600 + 0x81, linear / 1260 % 10 + 0x30, linear / 10 % 126 + 0x81,
                                      linear % 10 + 0x30};
      for (const std::uint32_t digit : digits)
        codes += static_cast<char>(digit);
    }
    const std::u32string four = decoded(codes);
    next = 0;
    for (std::uint32_t linear = 0; linear < gb18030::kBasicPlane; ++linear) {
      if (gb18030::assigned(linear)) four_[linear] = static_cast<char16_t>(four.at(next++));
    }
  }

  const std::uint32_t* two() const { return two_; }
  char32_t four(std::uint32_t linear) const {
    return linear < gb18030::kBasicPlane ? char32_t{four_[linear]}
                                         : static_cast<char32_t>(linear - gb18030::kOtherPlanes + 0x10000);
  }

private:
  static std::u32string decoded(const std::string& codes) {
    const iconv_t failed = reinterpret_cast<iconv_t>(-1); // NOLINT(performance-no-int-to-ptr): iconv's own word for it
    const iconv_t handle = iconv_open("UTF-8", "GB18030");
    const auto unsupported = [] {
      return Error(ExitCode::internal, Problem{.rule = "encoding-unsupported", .found = "GB18030"});
    };
    if (handle == failed) throw unsupported();
    std::string text(codes.size() * 2, '\0');
    char* in = const_cast<char*>(codes.data());
    std::size_t in_left = codes.size();
    char* out = text.data();
    std::size_t out_left = text.size();
    const std::size_t result = iconv(handle, &in, &in_left, &out, &out_left);
    iconv_close(handle);
    if (result == static_cast<std::size_t>(-1)) throw unsupported();
    text.resize(text.size() - out_left);
    std::u32string characters;
    for (std::size_t i = 0; i < text.size();)
      characters += next_char(text, i);
    return characters;
  }

  std::uint32_t two_[0x10000];
  char16_t four_[gb18030::kBasicPlane] = {};
};

const Tables& tables() {
  static const auto once = std::make_unique<const Tables>();
  return *once;
}

// Character by character.
std::size_t write_carefully(std::string_view bytes, char* const to) {
  const Tables& known = tables();
  char* out = to;
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* const end = at + bytes.size();
  while (at < end) {
    if (*at < 0x80) {
      std::uint64_t eight = 0;
      while (end - at >= 8) {
        std::memcpy(&eight, at, 8);
        if ((eight & 0x8080808080808080u) != 0) break;
        std::memcpy(out, &eight, 8);
        at += 8;
        out += 8;
      }
      while (at < end && *at < 0x80)
        *out++ = static_cast<char>(*at++);
      continue;
    }
    const std::size_t length = gb18030::length(at, static_cast<std::size_t>(end - at));
    if (length == 0) break; // not valid: the text ends here
    const std::uint32_t packed =
        length == 2 ? known.two()[two_place(at[0], at[1])] & ~kOther : packed_utf8(known.four(gb18030::linear(at)));
    std::memcpy(out, &packed, 4);
    out += packed < 0x10000 ? 2 : packed < kThree ? 3 : 4;
    at += length;
  }
  return static_cast<std::size_t>(out - to);
}

} // namespace

// Almost all texts beyond ASCII are characters of two bytes that become three, and nothing else. These are taken four
// at a time, with nothing between them that waits or is guessed; whether it held shows at the end.
std::size_t write_gb18030(std::string_view bytes, char* const to) {
  if (bytes.empty() || bytes.size() % 2 != 0 || static_cast<unsigned char>(bytes.front()) < 0x80)
    return write_carefully(bytes, to);
  const std::uint32_t* const two = tables().two();
  constexpr std::uint64_t kSome = 0xA1B0A1B0A1B0A1B0u; // four of three bytes
  char* out = to;
  std::uint32_t all = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 8, out += 12) {
    std::uint64_t four = 0;
    std::memcpy(&four, bytes.data() + at, 8);
    const std::uint64_t behind = bytes.size() - at < 8 ? ~std::uint64_t{0} << (8 * (bytes.size() - at)) : 0;
    four = (four & ~behind) | (kSome & behind);
    for (std::size_t k = 0; k < 4; ++k) {
      const std::uint32_t packed = two[four >> (16 * k) & 0xFFFF];
      std::memcpy(out + 3 * k, &packed, 4);
      all |= packed;
    }
  }
  return all < kThree ? bytes.size() / 2 * 3 : write_carefully(bytes, to);
}

void append_gb18030(std::string_view bytes, std::string& text) {
  const std::size_t before = text.size();
  text.resize(before + utf8_room(bytes.size()));
  text.resize(before + write_carefully(bytes, text.data() + before));
}

} // namespace appraise
