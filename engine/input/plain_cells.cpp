#include "engine/input/plain_cells.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/input/plain_cells.cpp"
#include <hwy/foreach_target.h> // must come before highway.h
#include <hwy/highway.h>

#include "engine/input/mask_bits.h"

HWY_BEFORE_NAMESPACE();
namespace appraise {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Gathering is worth it only where it is an instruction.
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2

using Words = hn::ScalableTag<std::uint64_t>;
using Numbers = hn::ScalableTag<std::int64_t>;
using Word = hn::Vec<Words>;

HWY_INLINE Word all(std::uint64_t value) {
  return hn::Set(Words(), value);
}

HWY_INLINE Word gather(const char* at, const Word offsets) {
  return hn::GatherOffset(Words(), reinterpret_cast<const std::uint64_t*>(at), hn::BitCast(Numbers(), offsets));
}

// Cells of as many rows as a vector has lanes.
struct Cells {
  Word begins;
  Word sizes;
};

struct Found {
  Word wrong;  // not 0: the cell has not the form
  Word values; // of the others
};

// 1 to 8 digits that begin at `begins`, as in_place::digits.
HWY_INLINE Found digits(const char* text, const Word begins, const Word sizes) {
  const Word bits = hn::And(hn::ShiftLeft<3>(sizes), all(63));
  const Word up = hn::And(hn::Sub(all(64), bits), all(63));
  const Word word = hn::Shl(hn::Xor(gather(text, begins), all(0x3030303030303030u)), up);
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
  HWY_INLINE Found operator()(const char* text, const Cells& cells) const {
    return digits(text, cells.begins, cells.sizes);
  }
};

struct Hundredths {
  HWY_INLINE Found operator()(const char* text, const Cells& cells) const {
    const Words d;
    const auto long_enough = hn::Gt(hn::BitCast(Numbers(), cells.sizes), hn::Set(Numbers(), 3));
    const Word back = hn::IfThenElseZero(hn::RebindMask(d, long_enough), hn::Sub(cells.sizes, all(3)));
    const Word last = gather(text, hn::Add(cells.begins, back)); // a point and two digits?
    const auto point = hn::And(hn::Eq(hn::And(last, all(0xFF)), all('.')), hn::RebindMask(d, long_enough));
    const Word pair = hn::And(hn::ShiftRight<8>(last), all(0xFFFF));
    const Word tens = hn::Sub(hn::And(pair, all(0xFF)), all('0'));
    const Word ones = hn::Sub(hn::ShiftRight<8>(pair), all('0'));
    // 0 … 9 stay below 0x80 when 0x76 is added; all others, and those below zero, do not, or are above it already.
    const Word above = hn::And(hn::Or(hn::Or(tens, ones), hn::Or(hn::Add(tens, all(0x76)), hn::Add(ones, all(0x76)))),
                               all(~std::uint64_t{0x7F}));
    const Found whole = digits(text, cells.begins, hn::Sub(cells.sizes, hn::IfThenElseZero(point, all(3))));
    const hn::Repartition<std::uint32_t, Words> halves;
    const Word hundred = hn::MulEven(hn::BitCast(halves, whole.values), hn::Set(halves, 100));
    const Word decimals = hn::Add(hn::Add(hn::ShiftLeft<3>(tens), hn::ShiftLeft<1>(tens)), ones);
    return {hn::Or(whole.wrong, hn::IfThenElseZero(point, above)),
            hn::Add(hundred, hn::IfThenElseZero(point, decimals))};
  }
};

struct Dates {
  std::int64_t latest;
  HWY_INLINE Found operator()(const char* text, const Cells& cells) const {
    const Word front = gather(text, cells.begins);
    const Word back = hn::ShiftRight<48>(gather(text + 2, cells.begins)); // the ninth and tenth bytes
    const Word form = hn::Or(hn::Xor(hn::And(front, all(0xFFF0F0FFF0F0FFFFu)), all(0x2D30302D30303032u)),
                             hn::Xor(hn::And(back, all(0xF0F0)), all(0x3030)));
    const Word lower = hn::And(front, all(0x000F0F000F0F0000u));
    const Word halves = hn::Or(hn::ShiftLeft<4>(lower), hn::ShiftRight<8>(lower));
    const Word place =
        hn::Or(hn::And(hn::ShiftRight<8>(halves), all(0xFF00)), hn::And(hn::ShiftRight<40>(halves), all(0xFF)));
    const Word month =
        hn::And(gather(reinterpret_cast<const char*>(in_place::kMonths.months.data()), hn::ShiftLeft<2>(place)),
                all(0xFFFFFFFFu));
    const Word tens = hn::And(back, all(0x0F));
    const Word ones = hn::And(hn::ShiftRight<8>(back), all(0x0F));
    const Word day = hn::Add(hn::Add(hn::ShiftLeft<3>(tens), hn::ShiftLeft<1>(tens)), ones);
    const Word value = hn::Add(hn::ShiftRight<5>(month), day);
    // Differences below zero have their highest bit set.
    const Word ones_wrong = hn::Sub(all(9), ones);
    const Word first_wrong = hn::Sub(day, all(1));
    const Word last_wrong = hn::Sub(hn::And(month, all(31)), day);
    const Word late = hn::Sub(all(static_cast<std::uint64_t>(latest)), value);
    const Word below = hn::ShiftRight<63>(hn::Or(hn::Or(ones_wrong, first_wrong), hn::Or(last_wrong, late)));
    return {hn::Or(hn::Or(form, hn::Xor(cells.sizes, all(10))), below), value};
  }
};

// Whole vectors of rows; how many rows that were. The rest is left to the plain loop.
template <typename Form>
std::size_t read_vectors(const CellColumn& cells, const Form& form, std::int64_t* out, std::uint32_t* odd,
                         std::size_t& count) {
  if (cells.begins != cells.ends - 1) return 0; // a first column: where its cells begin stands elsewhere
  const Words d;
  const std::size_t lanes = hn::Lanes(d);
  const char* ends = reinterpret_cast<const char*>(cells.begins);
  const Word steps = hn::Mul(hn::Iota(d, 0), all(cells.ends_step * 4));
  std::size_t row = 0;
  for (; row + lanes <= cells.rows; row += lanes, ends += cells.ends_step * 4 * lanes) {
    const Word both = gather(ends, steps); // the end of the cell before, and of this one
    Cells here;
    here.begins = hn::Add(hn::And(both, all(0xFFFFFFFFu)), all(1));
    here.sizes = hn::Sub(hn::ShiftRight<32>(both), here.begins);
    const Found found = form(cells.text, here);
    const auto empty = hn::Eq(here.sizes, hn::Zero(d));
    hn::StoreU(hn::BitCast(Numbers(), hn::IfThenElse(empty, all(static_cast<std::uint64_t>(kMissing)), found.values)),
               Numbers(), out + row);
    const auto wrong = hn::AndNot(empty, hn::Ne(found.wrong, hn::Zero(d)));
    for (std::uint64_t bits = mask_bits(d, wrong); bits != 0; bits &= bits - 1)
      odd[count++] = static_cast<std::uint32_t>(row + hwy::Num0BitsBelowLS1Bit_Nonzero64(bits));
  }
  return row;
}

#else

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

} // namespace appraise
#endif // HWY_ONCE
