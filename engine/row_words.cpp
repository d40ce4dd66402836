#include "engine/row_words.h"

#include "engine/table.h"

#include <algorithm>
#include <bit>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/row_words.cpp"
#include <hwy/foreach_target.h> // must come before highway.h
#include <hwy/highway.h>

#include "engine/mask_bits.h"

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Lane = hn::CappedTag<std::int64_t, 8>;

// One bit a row: what `vector` says of as many rows as a vector has, and `one` of the rows that are left over.
template <typename Vector, typename One>
void words_of(std::size_t rows, std::uint64_t* words, const Vector& vector, const One& one) {
  const Lane d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t row = 0;
  for (; row + 64 <= rows; row += 64) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 64; i += lanes) {
      std::uint8_t bits[8] = {};
      hn::StoreMaskBits(d, vector(row + i), bits);
      word |= std::uint64_t{bits[0]} << i;
    }
    words[row / 64] = word;
  }
  if (row == rows) return;
  std::uint64_t word = 0;
  for (std::size_t i = 0; row + i < rows; ++i)
    word |= std::uint64_t{one(row + i)} << i;
  words[row / 64] = word;
}

void in_range(const std::int64_t* values, std::size_t rows, std::int64_t low, std::int64_t high, std::uint64_t* words) {
  const Lane d;
  const auto lowest = hn::Set(d, low);
  const auto highest = hn::Set(d, high);
  if (low == high) { // as of a category, and of what is missing
    words_of(
        rows, words, [&](std::size_t row) HWY_ATTR { return hn::Eq(hn::LoadU(d, values + row), lowest); },
        [&](std::size_t row) { return values[row] == low; });
    return;
  }
  words_of(
      rows, words,
      [&](std::size_t row) HWY_ATTR {
        const auto value = hn::LoadU(d, values + row);
        return hn::Not(hn::Or(hn::Lt(value, lowest), hn::Gt(value, highest)));
      },
      [&](std::size_t row) { return values[row] >= low && values[row] <= high; });
}

void in_set(const std::int64_t* values, std::size_t rows, std::uint64_t set, std::uint64_t* words) {
  const hn::RebindToUnsigned<Lane> d;
  const auto all = hn::Set(d, set);
  const auto last = hn::Set(d, 63);
  words_of(
      rows, words,
      [&](std::size_t row) HWY_ATTR {
        const auto value = hn::BitCast(d, hn::LoadU(Lane(), values + row));
        const auto place = hn::And(value, last);
        const auto bit = hn::And(hn::Shr(all, place), hn::Set(d, 1));
        return hn::RebindMask(Lane(), hn::And(hn::Eq(place, value), hn::Ne(bit, hn::Zero(d))));
      },
      [&](std::size_t row) {
        const auto value = static_cast<std::uint64_t>(values[row]);
        return value < 64 && (set >> value & 1) != 0;
      });
}

void less(const std::int64_t* left, const std::int64_t* right, std::size_t rows, std::uint64_t* words) {
  const Lane d;
  words_of(
      rows, words,
      [&](std::size_t row) HWY_ATTR { return hn::Lt(hn::LoadU(d, left + row), hn::LoadU(d, right + row)); },
      [&](std::size_t row) { return left[row] < right[row]; });
}

void equal(const std::int64_t* left, const std::int64_t* right, std::size_t rows, std::uint64_t* words) {
  const Lane d;
  words_of(
      rows, words,
      [&](std::size_t row) HWY_ATTR { return hn::Eq(hn::LoadU(d, left + row), hn::LoadU(d, right + row)); },
      [&](std::size_t row) { return left[row] == right[row]; });
}

bool any_less(const std::int64_t* left, const std::int64_t* right, bool or_equal, std::size_t rows) {
  const Lane d;
  const std::size_t lanes = hn::Lanes(d);
  const auto none = hn::Set(d, kMissing); // less than any other number
  auto any = hn::Zero(d);
  std::size_t row = 0;
  for (; row + lanes <= rows; row += lanes) {
    const auto a = hn::LoadU(d, left + row);
    const auto b = hn::LoadU(d, right + row);
    const auto less = or_equal ? hn::Not(hn::Lt(b, a)) : hn::Lt(a, b);
    any = hn::Or(any, hn::VecFromMask(d, hn::And(less, hn::And(hn::Gt(a, none), hn::Gt(b, none)))));
  }
  bool found = !hn::AllTrue(d, hn::Eq(any, hn::Zero(d)));
  for (; row < rows; ++row) {
    const bool less = or_equal ? left[row] <= right[row] : left[row] < right[row];
    found = found || (less && left[row] != kMissing && right[row] != kMissing);
  }
  return found;
}

bool sums(const std::int64_t* left, const std::int64_t* right, bool minus, std::size_t rows, std::int64_t* to) {
  const Lane d;
  const std::size_t lanes = hn::Lanes(d);
  const auto none = hn::Set(d, kMissing);
  auto beyond = hn::Zero(d); // negative where a sum did not fit
  std::size_t row = 0;
  for (; row + lanes <= rows; row += lanes) {
    const auto a = hn::LoadU(d, left + row);
    const auto b = hn::LoadU(d, right + row);
    const auto missing = hn::Or(hn::Eq(a, none), hn::Eq(b, none));
    const auto sum = minus ? hn::Sub(a, b) : hn::Add(a, b);
    // It has the wrong sign where a and ±b have the other one.
    const auto wrong = hn::And(hn::Xor(a, sum), minus ? hn::Xor(a, b) : hn::Xor(b, sum));
    const auto as_missing = hn::VecFromMask(d, hn::Eq(sum, none));
    beyond = hn::Or(beyond, hn::IfThenZeroElse(missing, hn::Or(wrong, as_missing)));
    hn::StoreU(hn::IfThenElse(missing, none, sum), d, to + row);
  }
  bool fit = hn::AllFalse(d, hn::Lt(beyond, hn::Zero(d)));
  for (; row < rows; ++row) {
    const bool missing = left[row] == kMissing || right[row] == kMissing;
    const bool wrong = minus ? __builtin_sub_overflow(left[row], right[row], to + row)
                             : __builtin_add_overflow(left[row], right[row], to + row);
    fit = fit && (missing || !(wrong || to[row] == kMissing));
    if (missing) to[row] = kMissing;
  }
  return fit;
}

void add_rows(const std::uint64_t* masks, const std::int32_t* units, std::size_t rows, std::uint8_t* counts,
              std::size_t stride) {
  const hn::CappedTag<std::uint8_t, 64> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto one = hn::Set(d, std::uint8_t{1});
  for (std::size_t row = 0; row < rows; ++row) {
    if (masks[row] == 0) continue;
    std::uint8_t bits[8 + 8] = {}; // LoadMaskBits may read eight
    std::memcpy(bits, masks + row, 8);
    std::uint8_t* const at = counts + static_cast<std::size_t>(units[row]) * stride;
    for (std::size_t i = 0; i < 64; i += lanes) {
      if constexpr (HWY_TARGET == HWY_SCALAR) {
        at[i] = static_cast<std::uint8_t>(at[i] + (masks[row] >> i & 1));
      } else {
        const auto mask = hn::LoadMaskBits(d, bits + i / 8);
        hn::StoreU(hn::Add(hn::LoadU(d, at + i), hn::IfThenElseZero(mask, one)), d, at + i);
      }
    }
  }
}

#if HWY_TARGET == HWY_SCALAR

// Halves change places, then quarters of the halves, and so on.
void transpose(const std::uint64_t words[64], std::uint64_t turned[64]) {
  std::copy_n(words, 64, turned);
  std::uint64_t mask = 0x00000000FFFFFFFFu;
  for (std::size_t width = 32; width != 0; width >>= 1, mask ^= mask << width) {
    for (std::size_t at = 0; at < 64; at = ((at | width) + 1) & ~width) {
      const std::uint64_t swapped = ((turned[at] >> width) ^ turned[at | width]) & mask;
      turned[at] ^= swapped << width;
      turned[at | width] ^= swapped;
    }
  }
}

#else

// Of sixteen words in each block of 16 bytes the first bytes come together, the second ones, and so on. The highest
// bits of such a vector are a piece of one word of the result; doubling it brings up the next lower ones.
void transpose(const std::uint64_t words[64], std::uint64_t turned[64]) {
  const hn::CappedTag<std::uint8_t, 32> d;
  const hn::RebindToSigned<decltype(d)> di;
  using Vector = hn::Vec<decltype(d)>;
  alignas(16) static constexpr std::uint8_t kByPlace[16] = {0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15};
  const Vector by_place = hn::LoadDup128(d, kByPlace);
  const std::size_t step = hn::Lanes(d); // words at a time
  for (std::size_t from = 0; from < 64; from += step) {
    const auto two = [&](const auto t, std::size_t i) HWY_ATTR { // words 2i and 2i + 1 of each block
      const auto* const at = reinterpret_cast<const std::uint8_t*>(words + from + 2 * i);
      if constexpr (hn::MaxLanes(t) == 32) {
        const hn::Full128<std::uint8_t> block;
        return hn::TableLookupBytes(hn::Combine(t, hn::LoadU(block, at + 128), hn::LoadU(block, at)), by_place);
      } else {
        return hn::TableLookupBytes(hn::LoadU(t, at), by_place);
      }
    };
    const auto lower = [&](const auto t, const Vector a, const Vector b) HWY_ATTR {
      return hn::BitCast(d, hn::InterleaveLower(t, hn::BitCast(t, a), hn::BitCast(t, b)));
    };
    const auto upper = [&](const auto t, const Vector a, const Vector b) HWY_ATTR {
      return hn::BitCast(d, hn::InterleaveUpper(t, hn::BitCast(t, a), hn::BitCast(t, b)));
    };
    const hn::Repartition<std::uint16_t, decltype(d)> d2;
    const hn::Repartition<std::uint32_t, decltype(d)> d4;
    const hn::Repartition<std::uint64_t, decltype(d)> d8;
    Vector fours[8]; // of four words: the lower places, the upper ones
    for (std::size_t i = 0; i < 4; ++i) {
      const Vector first = two(d, 2 * i);
      const Vector second = two(d, 2 * i + 1);
      fours[i] = lower(d2, first, second);
      fours[4 + i] = upper(d2, first, second);
    }
    for (std::size_t half = 0; half < 8; half += 4) {
      const Vector* const four = fours + half;
      const Vector eights[4] = {lower(d4, four[0], four[1]), lower(d4, four[2], four[3]), upper(d4, four[0], four[1]),
                                upper(d4, four[2], four[3])};
      Vector places[4] = {lower(d8, eights[0], eights[1]), upper(d8, eights[0], eights[1]),
                          lower(d8, eights[2], eights[3]), upper(d8, eights[2], eights[3])};
      for (std::size_t place = 0; place < 4; ++place) {
        for (std::size_t bit = 8; bit-- > 0; places[place] = hn::Add(places[place], places[place])) {
          const std::uint64_t piece = mask_bits(di, hn::Lt(hn::BitCast(di, places[place]), hn::Zero(di)));
          std::uint64_t& word = turned[8 * (half + place) + bit];
          word = (from == 0 ? 0 : word) | piece << from;
        }
      }
    }
  }
}

#endif

} // namespace HWY_NAMESPACE
} // namespace appraise
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace appraise {

HWY_EXPORT(in_range);
HWY_EXPORT(in_set);
HWY_EXPORT(less);
HWY_EXPORT(equal);
HWY_EXPORT(any_less);
HWY_EXPORT(sums);
HWY_EXPORT(add_rows);
HWY_EXPORT(transpose);

void in_range(const std::int64_t* values, std::size_t rows, std::int64_t low, std::int64_t high, std::uint64_t* words) {
  HWY_DYNAMIC_DISPATCH(in_range)(values, rows, low, high, words);
}
void in_set(const std::int64_t* values, std::size_t rows, std::uint64_t set, std::uint64_t* words) {
  HWY_DYNAMIC_DISPATCH(in_set)(values, rows, set, words);
}
void less(const std::int64_t* left, const std::int64_t* right, std::size_t rows, std::uint64_t* words) {
  HWY_DYNAMIC_DISPATCH(less)(left, right, rows, words);
}
void equal(const std::int64_t* left, const std::int64_t* right, std::size_t rows, std::uint64_t* words) {
  HWY_DYNAMIC_DISPATCH(equal)(left, right, rows, words);
}
bool any_less(const std::int64_t* left, const std::int64_t* right, bool or_equal, std::size_t rows) {
  return HWY_DYNAMIC_DISPATCH(any_less)(left, right, or_equal, rows);
}
bool sums(const std::int64_t* left, const std::int64_t* right, bool minus, std::size_t rows, std::int64_t* to) {
  return HWY_DYNAMIC_DISPATCH(sums)(left, right, minus, rows, to);
}
void add_rows(const std::uint64_t* masks, const std::int32_t* units, std::size_t rows, std::uint8_t* counts,
              std::size_t stride) {
  HWY_DYNAMIC_DISPATCH(add_rows)(masks, units, rows, counts, stride);
}
void transpose(const std::uint64_t words[64], std::uint64_t turned[64]) {
  HWY_DYNAMIC_DISPATCH(transpose)(words, turned);
}

} // namespace appraise
#endif
