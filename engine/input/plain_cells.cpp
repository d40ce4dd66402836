#include "engine/input/plain_cells.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/input/plain_cells.cpp"
#include <hwy/foreach_target.h> // must come before highway.h
#include <hwy/highway.h>

#include "engine/mask_bits.h"

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Four rows at a time. Their words are loaded one by one: gathering them is one instruction, and slower on many
// machines.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2

using Words = hn::Full256<std::uint64_t>;
using Numbers = hn::Full256<std::int64_t>;
using Bytes = hn::Full256<std::uint8_t>;
using Pairs = hn::Full256<std::uint16_t>;
using Word = hn::Vec<Words>;

HWY_INLINE Word all(std::uint64_t value) {
  return hn::Set(Words(), value);
}

// Eight bytes from each of four places.
HWY_INLINE Word load_each(const char* a, const char* b, const char* c, const char* d) {
  const hn::Full128<std::uint64_t> half;
  const auto two = [&](const char* first, const char* second) HWY_ATTR {
    return hn::InterleaveLower(half, hn::Set(half, in_place::load8(first)), hn::Set(half, in_place::load8(second)));
  };
  return hn::Combine(Words(), two(c, d), two(a, b));
}

struct Cells {
  const char* begins[4];
  const char* ends[4];
  Word sizes;
};

struct Found {
  Word wrong;  // not 0: the cell has not the form
  Word values; // of the others
};

// 1 to 8 digits, as in_place::digits.
HWY_INLINE Found digits(const Cells& cells, const Word sizes) {
  const Word bits = hn::And(hn::ShiftLeft<3>(sizes), all(63));
  const Word up = hn::And(hn::Sub(all(64), bits), all(63));
  const Word text = load_each(cells.begins[0], cells.begins[1], cells.begins[2], cells.begins[3]);
  const Word word = hn::Shl(hn::Xor(text, all(0x3030303030303030u)), up);
  const Word above = hn::And(hn::Or(hn::Add(word, all(0x7676767676767676u)), word), all(0x8080808080808080u));
  const Word size_wrong = hn::And(hn::Sub(sizes, all(1)), all(~std::uint64_t{7}));
  const auto tens = [](const Word v) { return hn::Add(hn::ShiftLeft<3>(v), hn::ShiftLeft<1>(v)); };
  const auto hundreds = [](const Word v) {
    return hn::Add(hn::Add(hn::ShiftLeft<6>(v), hn::ShiftLeft<5>(v)), hn::ShiftLeft<2>(v));
  };
  const Word pairs = hn::And(hn::Add(tens(word), hn::ShiftRight<8>(word)), all(0x00FF00FF00FF00FFu));
  const Word fours = hn::And(hn::Add(hundreds(pairs), hn::ShiftRight<16>(pairs)), all(0x0000FFFF0000FFFFu));
  const hn::Repartition<std::uint32_t, Words> halves;
  const Word eight =
      hn::Add(hn::MulEven(hn::BitCast(halves, fours), hn::Set(halves, 10000)), hn::ShiftRight<32>(fours));
  return {hn::Or(above, size_wrong), eight};
}

struct Integers {
  HWY_INLINE Found operator()(const Cells& cells) const { return digits(cells, cells.sizes); }
};

struct Hundredths {
  HWY_INLINE Found operator()(const Cells& cells) const {
    const Words d;
    const auto long_enough = hn::RebindMask(d, hn::Gt(hn::BitCast(Numbers(), cells.sizes), hn::Set(Numbers(), 3)));
    const auto last_three = [&](int i) { return std::max(cells.begins[i], cells.ends[i] - 3); };
    const Word last = load_each(last_three(0), last_three(1), last_three(2), last_three(3)); // a point and two digits?
    const auto point = hn::And(hn::Eq(hn::And(last, all(0xFF)), all('.')), long_enough);
    const Word pair = hn::And(hn::ShiftRight<8>(last), all(0xFFFF));
    const Word tens = hn::Sub(hn::And(pair, all(0xFF)), all('0'));
    const Word ones = hn::Sub(hn::ShiftRight<8>(pair), all('0'));
    // 0 … 9 stay below 0x80 when 0x76 is added; all others, and those below zero, do not, or are above it already.
    const Word above = hn::And(hn::Or(hn::Or(tens, ones), hn::Or(hn::Add(tens, all(0x76)), hn::Add(ones, all(0x76)))),
                               all(~std::uint64_t{0x7F}));
    const Found whole = digits(cells, hn::Sub(cells.sizes, hn::IfThenElseZero(point, all(3))));
    const hn::Repartition<std::uint32_t, Words> halves;
    const Word hundred = hn::MulEven(hn::BitCast(halves, whole.values), hn::Set(halves, 100));
    const Word decimals = hn::Add(hn::Add(hn::ShiftLeft<3>(tens), hn::ShiftLeft<1>(tens)), ones);
    return {hn::Or(whole.wrong, hn::IfThenElseZero(point, above)),
            hn::Add(hundred, hn::IfThenElseZero(point, decimals))};
  }
};

// Of the months 1 to 12: their days, but for leap years; and four times the days that stand before the month in a year
// beyond 28 for each month, with 3 more, and from March on 4, so that quarters of a leap day are rounded where it is.
alignas(16) constexpr std::uint8_t kMonthDays[16] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
alignas(16) constexpr std::uint8_t kMonthQuarters[16] = {0, 3, 15, 16, 28, 36, 48, 56, 68, 80, 88, 100, 108};
constexpr std::uint64_t kBefore2000 = 10957 - 28 - 1; // 2000-01-01, without the 28 days of month 1 and its day

struct Dates {
  std::int64_t latest;
  HWY_INLINE Found operator()(const Cells& cells) const {
    const Bytes bytes;
    const auto at = [&](int i) { return reinterpret_cast<const std::uint8_t*>(cells.begins[i]); };
    const hn::Half<Bytes> half;
    const auto even = hn::Combine(bytes, hn::LoadU(half, at(2)), hn::LoadU(half, at(0)));
    const auto odd = hn::Combine(bytes, hn::LoadU(half, at(3)), hn::LoadU(half, at(1)));
    // Years and months with what stands between them, and days with what stands behind them.
    const Word front = hn::Xor(hn::InterleaveLower(Words(), hn::BitCast(Words(), even), hn::BitCast(Words(), odd)),
                               all(0x2D30302D30303032u)); // 2000-00-
    const Word back = hn::Xor(
        hn::And(hn::InterleaveUpper(Words(), hn::BitCast(Words(), even), hn::BitCast(Words(), odd)), all(0xFFFF)),
        all(0x3030));
    const auto beyond = [&](const Word v, std::uint64_t most) HWY_ATTR {
      return hn::BitCast(Words(), hn::SaturatedSub(hn::BitCast(bytes, v), hn::BitCast(bytes, all(most))));
    };
    const Word form = hn::Or(beyond(front, 0x0009090009090000u), beyond(back, 0x0909));
    alignas(16) static constexpr std::uint8_t kDigits[16] = {2,  3,  5,  6,  0x80, 0x80, 0x80, 0x80,
                                                             10, 11, 13, 14, 0x80, 0x80, 0x80, 0x80};
    const Word each =
        hn::Or(hn::BitCast(Words(), hn::TableLookupBytes(hn::BitCast(bytes, front), hn::LoadDup128(bytes, kDigits))),
               hn::ShiftLeft<32>(back));
    // Tens in the lower byte of each pair, ones in the higher: 2561 makes the sum in the higher one, and drops the
    // rest.
    const Pairs pairs;
    const auto numbers = hn::ShiftRight<8>(hn::Mul(hn::BitCast(pairs, each), hn::Set(pairs, 2561)));
    const Word parts = hn::BitCast(Words(), numbers); // year, month, day, 0
    const Word month = hn::And(hn::ShiftRight<16>(parts), all(0xFF));
    const Word day = hn::ShiftRight<32>(parts);
    const auto of_month = [&](const std::uint8_t* table) HWY_ATTR {
      return hn::BitCast(Words(), hn::TableLookupBytes(hn::LoadDup128(bytes, table), hn::BitCast(bytes, month)));
    };
    const auto leap_february = hn::And(hn::Eq(hn::And(parts, all(3)), hn::Zero(Words())), hn::Eq(month, all(2)));
    const Word days = hn::Sub(of_month(kMonthDays), hn::VecFromMask(Words(), leap_february)); // a mask is -1
    // A year has 365 days and a quarter, a month 28 and what the table says, in quarters.
    const auto weights = hn::BitCast(hn::RebindToSigned<Pairs>(), all(1461 | 28 * 4 << 16));
    const hn::Repartition<std::int32_t, Words> sums;
    auto upper = hn::Zero(sums);
    const auto sum = hn::ReorderWidenMulAccumulate(sums, hn::BitCast(hn::RebindToSigned<Pairs>(), numbers), weights,
                                                   hn::Zero(sums), upper);
    const Word quarters = hn::Add(hn::Add(hn::BitCast(Words(), sum), of_month(kMonthQuarters)), hn::ShiftLeft<2>(day));
    const Word value = hn::Add(hn::ShiftRight<2>(quarters), all(kBefore2000));
    // Differences below zero have their highest bit set.
    const Word outside =
        hn::Or(hn::Or(hn::Sub(day, all(1)), hn::Sub(days, day)),
               hn::Or(hn::Sub(all(15), month), hn::Sub(all(static_cast<std::uint64_t>(latest)), value)));
    return {hn::Or(hn::Or(form, hn::Xor(cells.sizes, all(10))), hn::ShiftRight<63>(outside)), value};
  }
};

// Whole vectors of rows; how many rows that were. The rest is left to the plain loop.
template <typename Form>
std::size_t read_vectors(const CellColumn& cells, const Form& form, std::int64_t* out, std::uint32_t* odd,
                         std::size_t& count) {
  if (cells.begins != cells.ends - 1) return 0; // a first column: where its cells begin stands elsewhere
  const Words d;
  const std::size_t step = cells.ends_step;
  const std::uint32_t* begins = cells.begins;
  std::size_t row = 0;
  for (; row + 4 <= cells.rows; row += 4, begins += 4 * step) {
    Cells here;
    const char* bounds[4]; // the end of the cell before, and of this one
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint32_t* const bound = begins + i * step;
      bounds[i] = reinterpret_cast<const char*>(bound);
      here.begins[i] = cells.text + bound[0] + 1;
      here.ends[i] = cells.text + bound[1];
    }
    const Word both = load_each(bounds[0], bounds[1], bounds[2], bounds[3]);
    here.sizes = hn::Sub(hn::ShiftRight<32>(hn::Sub(both, hn::ShiftLeft<32>(both))), all(1));
    const Found found = form(here);
    const auto empty = hn::Eq(here.sizes, hn::Zero(d));
    hn::StoreU(hn::BitCast(Numbers(), hn::IfThenElse(empty, all(static_cast<std::uint64_t>(kMissing)), found.values)),
               Numbers(), out + row);
    const auto sound = hn::Or(empty, hn::Eq(found.wrong, hn::Zero(d)));
    if (HWY_LIKELY(hn::AllTrue(d, sound))) continue;
    for (std::uint64_t bits = mask_bits(d, hn::Not(sound)); bits != 0; bits &= bits - 1)
      odd[count++] = static_cast<std::uint32_t>(row + hwy::Num0BitsBelowLS1Bit_Nonzero64(bits));
  }
  return row;
}

// Of sizes up to 31: the bytes that belong to the cell.
struct CellMasks {
  alignas(32) std::uint8_t kept[32][32];
};
constexpr CellMasks kCellMasks = [] {
  CellMasks masks{};
  for (std::size_t size = 0; size < 32; ++size) {
    for (std::size_t i = 0; i < size; ++i)
      masks.kept[size][i] = 0xFF;
  }
  return masks;
}();

// Every row: a cell is 32 bytes compared with those of the one spelling that it could be, which place(head, text)
// names; `head` is the first eight bytes, zeros behind the cell.
template <typename Place>
HWY_INLINE std::size_t told_cells(const CellColumn& cells, const Glance& known, const Place& place, std::int64_t* out,
                                  std::uint32_t* odd) {
  const Bytes bytes;
  const auto* const texts = reinterpret_cast<const std::uint8_t*>(known.texts());
  const std::int64_t* const values = known.values();
  const char* const from = cells.text + cells.begins_add;
  const std::uint32_t* begins = cells.begins;
  const std::uint32_t* ends = cells.ends;
  const std::size_t begins_step = cells.begins_step;
  const std::size_t ends_step = cells.ends_step;
  const std::size_t rows = cells.rows;
  std::size_t count = 0;
  for (std::size_t row = 0; row < rows; ++row, begins += begins_step, ends += ends_step) {
    const char* const cell = from + *begins;
    const std::size_t size = *ends - (*begins + cells.begins_add);
    const auto text = hn::And(hn::LoadU(bytes, reinterpret_cast<const std::uint8_t*>(cell)),
                              hn::Load(bytes, kCellMasks.kept[size & Glance::kLongest]));
    const std::size_t at = place(_bzhi_u64(in_place::load8(cell), static_cast<unsigned>(8 * size)), text);
    out[row] = values[at];
    const bool same = hn::AllTrue(bytes, hn::Eq(text, hn::Load(bytes, texts + at * sizeof(Glance::Text))));
    if (HWY_UNLIKELY(!same | (size > Glance::kLongest))) odd[count++] = static_cast<std::uint32_t>(row);
  }
  return count;
}

std::size_t known_cells(const CellColumn& cells, const Glance& known, std::int64_t* out, std::uint32_t* odd,
                        std::size_t& count) {
  if (known.few() != 0) {
    const auto place = [multiplier = known.few()](std::uint64_t head, const auto&) {
      return Glance::place_of_few(head, multiplier);
    };
    count = told_cells(cells, known, place, out, odd);
  } else {
    const auto place = [places = known.places()](std::uint64_t, const hn::Vec<Bytes> text) HWY_ATTR {
      const hn::Full128<std::uint64_t> two;
      const Word words = hn::BitCast(Words(), text);
      const auto halves = hn::Xor(hn::LowerHalf(two, words), hn::UpperHalf(two, words));
      return places(Glance::mixed(hn::GetLane(halves), hn::ExtractLane(halves, 1)));
    };
    count = told_cells(cells, known, place, out, odd);
  }
  return cells.rows;
}

#else

std::size_t known_cells(const CellColumn&, const Glance&, std::int64_t*, std::uint32_t*, std::size_t&) {
  return 0;
}

struct Dates {
  std::int64_t latest;
};
struct Integers {};
struct Hundredths {};

template <typename Form>
std::size_t read_vectors(const CellColumn&, const Form&, std::int64_t*, std::uint32_t*, std::size_t&) {
  return 0;
}

#endif

std::size_t date_vectors(const CellColumn& cells, std::int64_t latest, std::int64_t* out, std::uint32_t* odd,
                         std::size_t& count) {
  return read_vectors(cells, Dates{latest}, out, odd, count);
}
std::size_t integer_vectors(const CellColumn& cells, std::int64_t* out, std::uint32_t* odd, std::size_t& count) {
  return read_vectors(cells, Integers(), out, odd, count);
}
std::size_t hundredth_vectors(const CellColumn& cells, std::int64_t* out, std::uint32_t* odd, std::size_t& count) {
  return read_vectors(cells, Hundredths(), out, odd, count);
}

} // namespace HWY_NAMESPACE
} // namespace appraise
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace appraise {

HWY_EXPORT(known_cells);
HWY_EXPORT(date_vectors);
HWY_EXPORT(integer_vectors);
HWY_EXPORT(hundredth_vectors);

namespace in_place {

Months::Months() {
  constexpr std::array<std::int32_t, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int32_t days = 10956; // 1999-12-31
  for (std::size_t year = 0; year < 100; ++year) {
    for (std::size_t month = 1; month <= 12; ++month) {
      const std::int32_t length = kLengths[month - 1] + (month == 2 && year % 4 == 0 ? 1 : 0); // 2000 was a leap year
      months[year / 10 << 12 | year % 10 << 8 | month / 10 << 4 | month % 10] = days * 32 + length;
      days += length;
    }
  }
}

const Months kMonths;

const std::array<std::uint8_t, 256> kDays = [] {
  std::array<std::uint8_t, 256> days{};
  for (std::size_t day = 1; day <= 31; ++day)
    days[day / 10 << 4 | day % 10] = static_cast<std::uint8_t>(day);
  return days;
}();

} // namespace in_place

namespace {

template <typename Vectors, typename Form>
std::size_t read_with(const Vectors& vectors, const CellColumn& cells, const Form& form, std::int64_t* out,
                      std::uint32_t* odd) {
  if (in_quotes(cells)) return read_plain(cells, form, out, odd);
  std::size_t count = 0;
  const std::size_t done = vectors(count);
  CellColumn rest = cells;
  rest.begins += done * cells.begins_step;
  rest.ends += done * cells.ends_step;
  rest.rows -= done;
  const std::size_t more = read_plain(rest, form, out + done, odd + count);
  for (std::size_t i = 0; i < more; ++i)
    odd[count + i] += static_cast<std::uint32_t>(done);
  return count + more;
}

} // namespace

std::size_t read_cells(const CellColumn& cells, const PlainDate& form, std::int64_t* out, std::uint32_t* odd) {
  const auto vectors = [&](std::size_t& count) {
    return HWY_DYNAMIC_DISPATCH(date_vectors)(cells, form.latest, out, odd, count);
  };
  return read_with(vectors, cells, form, out, odd);
}

std::size_t read_cells(const CellColumn& cells, const PlainInteger& form, std::int64_t* out, std::uint32_t* odd) {
  const auto vectors = [&](std::size_t& count) {
    return HWY_DYNAMIC_DISPATCH(integer_vectors)(cells, out, odd, count);
  };
  return read_with(vectors, cells, form, out, odd);
}

std::size_t read_cells(const CellColumn& cells, const PlainHundredths& form, std::int64_t* out, std::uint32_t* odd) {
  const auto vectors = [&](std::size_t& count) {
    return HWY_DYNAMIC_DISPATCH(hundredth_vectors)(cells, out, odd, count);
  };
  return read_with(vectors, cells, form, out, odd);
}

std::size_t read_cells(const CellColumn& cells, const KnownCell& form, std::int64_t* out, std::uint32_t* odd) {
  const auto vectors = [&](std::size_t& count) {
    return HWY_DYNAMIC_DISPATCH(known_cells)(cells, form.known.glance(), out, odd, count);
  };
  return read_with(vectors, cells, form, out, odd);
}

} // namespace appraise
#endif // HWY_ONCE
