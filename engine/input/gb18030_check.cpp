// Where a character of GB18030 begins depends on all before it, but in a run of bytes from 80 on behind an ASCII byte
// the characters of two bytes simply alternate: first, second, first, second. So the leads of 64 bytes follow from bit
// masks. When a run is odd, its last byte is a lead too and an ASCII letter its second. What does not fit (four bytes,
// mistakes) is looked at character by character.
#include "engine/input/gb18030.h"
#include "engine/input/gb18030_ranges.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/input/gb18030_check.cpp"
#include <hwy/foreach_target.h> // must come before highway.h
#include <hwy/highway.h>

#include "engine/mask_bits.h"

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// From `from`, where a character begins, to where the next begins that the masks cannot judge: all before it is valid.
std::size_t skip_gb18030(const char* text, std::size_t from, std::size_t size) {
#if HWY_TARGET == HWY_SCALAR
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text);
  while (from < size) {
    if (bytes[from] < 0x80) {
      ++from;
    } else if (from + 1 < size && gb18030::is_lead(bytes[from]) && gb18030::is_trail(bytes[from + 1])) {
      from += 2;
    } else {
      break;
    }
  }
  return from;
#else
  const hn::CappedTag<std::uint8_t, 64> d;
  using Vector = hn::Vec<decltype(d)>;
  const std::size_t step = hn::Lanes(d);
  const Vector top = hn::Set(d, 0x80);
  const Vector none = hn::Set(d, 0xFF);
  const Vector low_from = hn::Set(d, 0x3F);
  const Vector low_to = hn::Set(d, 0x7F);
  constexpr std::uint64_t kEven = 0x5555555555555555u;
  std::uint64_t pending = 0; // 1: the byte before is a lead
  std::size_t at = from;
  for (; at + 64 <= size; at += 64) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text) + at;
    std::uint64_t high = 0;
    std::uint64_t no_lead = 0;
    std::uint64_t no_byte = 0;
    std::uint64_t low = 0;
    for (std::size_t i = 0; i < 64; i += step) {
      const Vector v = hn::LoadU(d, bytes + i);
      high |= mask_bits(d, hn::Gt(v, low_to)) << i;
      no_lead |= mask_bits(d, hn::Eq(v, top)) << i;
      no_byte |= mask_bits(d, hn::Eq(v, none)) << i;
      low |= mask_bits(d, hn::And(hn::Gt(v, low_from), hn::Lt(v, low_to))) << i;
    }
    const std::uint64_t no_second = pending & ~(high | low);
    high &= ~pending;
    const std::uint64_t begins = high & ~(high << 1);
    // Adding the begin of a run to it carries through the run: what is left are the other runs.
    const std::uint64_t odd_runs = high & (high + (begins & kEven));
    const std::uint64_t leads = (high & ~odd_runs & kEven) | (odd_runs & ~kEven);
    if ((no_second | no_byte | (no_lead & leads) | (leads << 1 & ~(high | low))) != 0) break;
    pending = leads >> 63;
  }
  return at - pending;
#endif
}

} // namespace HWY_NAMESPACE
} // namespace appraise
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace appraise {

HWY_EXPORT(skip_gb18030);

std::size_t invalid_gb18030(std::string_view text) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    at = HWY_DYNAMIC_DISPATCH(skip_gb18030)(text.data(), at, size);
    for (const std::size_t behind = std::min(size, at + 64); at < behind;) {
      const std::size_t length = gb18030::length(bytes + at, size - at);
      if (length == 0) return at;
      at += length;
    }
  }
  return std::string_view::npos;
}

} // namespace appraise
#endif // HWY_ONCE
