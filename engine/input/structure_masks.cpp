// Separators, line ends and quotes of 64 bytes at a time as bit masks.
#include "engine/input/structure_cursor.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/input/structure_masks.cpp"
#define HWY_WANT_AVX3_DL        // byte compress: one instruction turns a mask into positions
#include <hwy/foreach_target.h> // must come before highway.h
#include <hwy/highway.h>

#include "engine/mask_bits.h"

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

static_assert(std::endian::native == std::endian::little, "the first byte of a word must be its lowest");

// Which bit is the lowest that is set; of no bits, any number below 65.
HWY_INLINE std::size_t lowest_bit(std::uint64_t bits) {
#if HWY_ARCH_X86_64 && HWY_TARGET <= HWY_AVX2
  return _tzcnt_u64(bits);
#else
  return hwy::Num0BitsBelowLS1Bit_Nonzero64(bits | std::uint64_t{1} << 63);
#endif
}

struct WordMasks {
  std::uint64_t separator = 0;
  std::uint64_t lf = 0;
  std::uint64_t cr = 0;
  std::uint64_t quote = 0;
};

#if HWY_TARGET == HWY_SCALAR

char needle(char c) {
  return c;
}

WordMasks look(const char* at, char separator, char lf, char cr, char quote, char& nul) {
  WordMasks found;
  for (unsigned bit = 0; bit < 64; ++bit) {
    const char c = at[bit];
    found.separator |= std::uint64_t{c == separator} << bit;
    found.lf |= std::uint64_t{c == lf} << bit;
    found.cr |= std::uint64_t{c == cr} << bit;
    found.quote |= std::uint64_t{c == quote} << bit;
    if (c == '\0') nul = c;
  }
  return found;
}

bool has_zero(char nul) {
  return nul == '\0';
}

void write_positions(std::uint64_t bits, std::size_t base, std::uint32_t* to) {
  for (; bits != 0; bits &= bits - 1)
    *to++ = static_cast<std::uint32_t>(base + hwy::Num0BitsBelowLS1Bit_Nonzero64(bits));
}

#else

using Bytes = hn::CappedTag<std::uint8_t, 64>;
using Vector = hn::Vec<Bytes>;

HWY_INLINE Vector needle(char c) {
  return hn::Set(Bytes(), static_cast<std::uint8_t>(c));
}

// `least` keeps the least of each lane: a NUL shows there without a mask of its own.
HWY_INLINE WordMasks look(const char* at, const Vector separator, const Vector lf, const Vector cr, const Vector quote,
                          Vector& least) {
  const Bytes d;
  const auto* from = reinterpret_cast<const std::uint8_t*>(at);
  WordMasks found;
  const std::size_t step = hn::Lanes(d);
  for (std::size_t i = 0; i < 64; i += step) {
    const Vector v = hn::LoadU(d, from + i);
    found.separator |= mask_bits(d, hn::Eq(v, separator)) << i;
    found.lf |= mask_bits(d, hn::Eq(v, lf)) << i;
    found.cr |= mask_bits(d, hn::Eq(v, cr)) << i;
    found.quote |= mask_bits(d, hn::Eq(v, quote)) << i;
    least = hn::Min(least, v);
  }
  return found;
}

HWY_INLINE bool has_zero(const Vector least) {
  const Bytes d;
  return !hn::AllFalse(d, hn::Eq(least, hn::Zero(d)));
}

#if HWY_TARGET == HWY_AVX3_DL

// Up to 64 positions are written, however few count.
HWY_INLINE void write_positions(std::uint64_t bits, std::size_t base, std::uint32_t* to) {
  const hn::Full512<std::uint8_t> bytes;
  const hn::Full512<std::uint32_t> words;
  const hn::Full128<std::uint8_t> quarter;
  const auto packed =
      hn::Compress(hn::Iota(bytes, 0), hn::LoadMaskBits(bytes, reinterpret_cast<const std::uint8_t*>(&bits)));
  const auto offset = hn::Set(words, static_cast<std::uint32_t>(base));
  const auto low = hn::LowerHalf(packed);
  hn::StoreU(hn::Add(hn::PromoteTo(words, hn::LowerHalf(low)), offset), words, to);
  if (const std::size_t count = hwy::PopCount(bits); HWY_UNLIKELY(count > 16)) {
    const hn::Full256<std::uint8_t> half;
    const auto high = hn::UpperHalf(half, packed);
    hn::StoreU(hn::Add(hn::PromoteTo(words, hn::UpperHalf(quarter, low)), offset), words, to + 16);
    hn::StoreU(hn::Add(hn::PromoteTo(words, hn::LowerHalf(high)), offset), words, to + 32);
    hn::StoreU(hn::Add(hn::PromoteTo(words, hn::UpperHalf(quarter, high)), offset), words, to + 48);
  }
}

#else

// Eight at a time, so that the branch is almost always the same, and two in a word: up to 7 more are written than
// count, of any place.
HWY_INLINE void write_positions(std::uint64_t bits, std::size_t base, std::uint32_t* to) {
  const std::uint64_t bases = base | base << 32;
  while (bits != 0) {
    for (int i = 0; i < 8; i += 2) {
      std::uint64_t two = lowest_bit(bits);
      bits &= bits - 1;
      two |= lowest_bit(bits) << 32;
      bits &= bits - 1;
      two += bases;
      std::memcpy(to + i, &two, sizeof two);
    }
    to += 8;
  }
}

#endif
#endif

// Bit i: how many bits up to and with i are set is odd.
HWY_INLINE std::uint64_t prefix_xor(std::uint64_t bits) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_SSSE3 || HWY_TARGET == HWY_EMU128 || HWY_HAVE_SCALABLE
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
#else
  const hn::Full128<std::uint64_t> two;
  return hn::GetLane(hn::CLMulLower(hn::Set(two, bits), hn::Set(two, ~std::uint64_t{0})));
#endif
}

#if HWY_TARGET == HWY_SCALAR

void scan_plain_words(IndexCursor&, std::size_t) {}

#else

// The rows that end in the cells from `from` on, `count` of them, each with LF. Most are as wide as the row before, and
// then only their last cells are looked at.
HWY_INLINE void end_rows(IndexCursor& cursor, std::size_t from, std::size_t count) {
  const char* const text = cursor.text;
  const std::uint32_t* const ends = cursor.ends;
  std::uint32_t* const starts = cursor.starts + cursor.rows;
  std::uint32_t* const first = cursor.first + cursor.rows;
  const std::uint32_t width = cursor.rows == 0 ? 0 : first[0] - first[-1];
  bool alike = width > 0 && first[0] + count * width <= cursor.cells;
  for (std::size_t row = 1; alike && row <= count; ++row) {
    first[row] = first[row - 1] + width;
    const std::uint32_t end = ends[first[row] - 1];
    starts[row] = end + 1;
    alike = text[end] == '\n';
  }
  for (std::size_t cell = from, row = 1; !alike && cell < cursor.cells; ++cell) {
    starts[row] = ends[cell] + 1;
    first[row] = static_cast<std::uint32_t>(cell + 1);
    row += static_cast<std::size_t>(text[ends[cell]] == '\n');
  }
  cursor.rows += count;
}

// Most words have neither quotes nor CR nor NUL: then a line end is LF, and every separator ends a cell. Stops before
// the first word that has one, and before a word that is not whole.
HWY_INLINE void scan_plain_words(IndexCursor& cursor, std::size_t until) {
  if ((cursor.inside | cursor.after_cr | cursor.must_close) != 0) return;
  const Bytes d;
  const std::size_t step = hn::Lanes(d);
  const auto separator = needle(cursor.separator);
  const auto lf = needle('\n');
  // By a byte's lower half: the byte that stops; where no byte does, one whose own lower half is another.
  alignas(16) static constexpr std::uint8_t kStops[16] = {'\0', 0, '"', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '\r', 0, 0};
  const auto stops = hn::LoadDup128(d, kStops);
  const auto lower_half = hn::Set(d, 0x0F);
  const char* const text = cursor.text;
  const std::size_t behind = std::min(until, cursor.size < 64 ? 0 : cursor.size - 63);
  std::size_t cells = cursor.cells;
  std::size_t rows = 0; // that end
  std::size_t at = cursor.at;
  std::uint64_t positions = 0;
  for (; at < behind; at += 64) {
    const auto* const from = reinterpret_cast<const std::uint8_t*>(text + at);
    std::uint64_t line_ends = 0;
    std::uint64_t separators = 0;
    auto least = hn::Set(d, 0xFF); // 0 where a byte stops
    for (std::size_t i = 0; i < 64; i += step) {
      const auto v = hn::LoadU(d, from + i);
      separators |= mask_bits(d, hn::Eq(v, separator)) << i;
      line_ends |= mask_bits(d, hn::Eq(v, lf)) << i;
      least = hn::Min(least, hn::Xor(v, hn::TableLookupBytes(stops, hn::And(v, lower_half))));
    }
    if (HWY_UNLIKELY(has_zero(least))) break;
    positions = separators | line_ends;
    write_positions(positions, at, cursor.ends + cells);
    rows += hwy::PopCount(line_ends);
    cells += hwy::PopCount(positions);
  }
  if (at == cursor.at) return;
  cursor.may_open = positions >> 63;
  const std::size_t from = std::exchange(cursor.cells, cells);
  cursor.at = at;
  end_rows(cursor, from, rows);
}

#endif

void scan_words(IndexCursor& cursor, std::size_t until) {
  scan_plain_words(cursor, until);
  const char* const text = cursor.text;
  const std::size_t size = cursor.size;
  const auto separator = needle(cursor.separator);
  const auto lf = needle('\n');
  const auto cr = needle('\r');
  const auto quote = needle('"');
  auto least = needle('\xFF');
  std::uint64_t inside = cursor.inside;
  std::uint64_t after_cr = cursor.after_cr;
  std::uint64_t may_open = cursor.may_open;
  std::uint64_t must_close = cursor.must_close;
  std::size_t cells = cursor.cells;
  std::size_t rows = cursor.rows;
  std::size_t at = cursor.at;
  for (; at < until; at += 64) {
    WordMasks found = look(text + at, separator, lf, cr, quote, least);
    if (HWY_UNLIKELY(size - at < 64)) {
      const std::uint64_t rest = (std::uint64_t{1} << (size - at)) - 1;
      found.separator &= rest;
      found.lf &= rest;
      found.cr &= rest;
      found.quote &= rest;
    }
    std::uint64_t line_ends = found.lf | found.cr;
    const std::uint64_t ends_cell = found.separator | line_ends;
    line_ends &= ~((found.cr << 1 | after_cr) & found.lf); // CRLF ends where its CR stands
    std::uint64_t positions = found.separator | line_ends;
    if (HWY_UNLIKELY((found.quote | inside | must_close) != 0)) {
      const std::uint64_t within = prefix_xor(found.quote) ^ inside;
      const std::uint64_t opens = found.quote & within;
      const std::uint64_t closes = found.quote & ~within;
      const std::uint64_t beside = ends_cell | found.quote;
      const std::uint64_t beyond =
          size - at < 64 ? ~std::uint64_t{0} << (size - at) : 0; // a cell may end with the text
      if (((opens & ~(beside << 1 | may_open)) | ((closes << 1 | must_close) & ~(beside | beyond))) != 0) {
        cursor.odd = true;
        break;
      }
      cursor.quotes = true;
      must_close = closes >> 63;
      inside = ~std::uint64_t{0} * (within >> 63);
      if (HWY_UNLIKELY((line_ends & within) != 0)) {
        // Each belongs to the row that the line ends outside quotes before it have left unfinished.
        for (std::uint64_t quoted = line_ends & within; quoted != 0; quoted &= quoted - 1) {
          const std::uint64_t before = (quoted & (~quoted + 1)) - 1;
          cursor.jump(rows + hwy::PopCount(line_ends & ~within & before), 1);
        }
      }
      line_ends &= ~within;
      positions &= ~within;
      may_open = (beside >> 63);
    } else {
      may_open = ends_cell >> 63;
    }
    after_cr = found.cr >> 63;
    write_positions(positions, at, cursor.ends + cells);
    // What is written for a line end counts only where there is one: few words have two, and no branch tells one from
    // none.
    std::uint64_t rest = line_ends;
    do {
      const std::uint64_t lowest = rest & (~rest + 1);
      const std::size_t bit = hwy::Num0BitsBelowLS1Bit_Nonzero64(rest | std::uint64_t{1} << 63);
      std::uint16_t end = 0;
      std::memcpy(&end, text + at + bit, 2);
      constexpr std::uint16_t kCrLf = 0x0A0D; // CR comes first
      cursor.starts[rows + 1] = static_cast<std::uint32_t>(at + bit + (end == kCrLf ? 2 : 1));
      cursor.first[rows + 1] = static_cast<std::uint32_t>(cells + hwy::PopCount(positions & (lowest - 1)) + 1);
      rows += static_cast<std::size_t>(rest != 0);
      rest &= rest - 1;
    } while (HWY_UNLIKELY(rest != 0));
    cells += hwy::PopCount(positions);
  }
  cursor.nul |= has_zero(least);
  cursor.inside = inside;
  cursor.after_cr = after_cr;
  cursor.may_open = may_open;
  cursor.must_close = must_close;
  cursor.cells = cells;
  cursor.rows = rows;
  cursor.at = at;
}

} // namespace HWY_NAMESPACE
} // namespace appraise
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace appraise {

HWY_EXPORT(scan_words);

void scan_by_masks(IndexCursor& cursor, std::size_t until) {
  HWY_DYNAMIC_DISPATCH(scan_words)(cursor, until);
}

} // namespace appraise
#endif // HWY_ONCE
