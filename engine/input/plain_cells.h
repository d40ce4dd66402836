// Columns of cells in their plainest form → 64-bit integers: the loops in which most of reading is spent.
//
//   A form says in a fixed number of steps, without a branch, whether a cell has it and what its value is; sizes and
//   empty cells vary from row to row, and a branch on them would be guessed wrongly again and again. Cells that have
//   not the form are named, and read one by one afterwards (RowReader::slow_value). The forms hold in every encoding in
//   which ASCII bytes stand for themselves.
//
//   PlainDate        YYYY-MM-DD of a day that exists, of the years 2000 … 2099, up to the latest one given
//   PlainInteger     1 to 8 digits
//   PlainHundredths  1 to 8 digits, or these, a point and two digits
//   PlainFlag        0 or 1
//   KnownCell        a spelling that a Dictionary holds
//
//   std::size_t count = read_cells(cells, PlainInteger(), out, odd);   // odd[0 … count): rows to be read otherwise
//
// Up to 32 bytes from the beginning of a cell are read; they must be readable (CellBlock::kPadding).
#pragma once

#include "engine/input/dictionary.h"
#include "engine/table.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace appraise {

static_assert(std::endian::native == std::endian::little, "the first byte of a word must be its lowest");

// The cells of one column in consecutive rows that are equally wide.
struct CellColumn {
  const char* text = nullptr;
  const std::uint32_t* begins = nullptr; // of the first row; a cell begins at begins[row * begins_step] + begins_add
  std::size_t begins_step = 1;
  std::uint32_t begins_add = 0;
  const std::uint32_t* ends = nullptr;
  std::size_t ends_step = 1;
  std::size_t rows = 0;
  bool quotes = false; // cells that begin with " stand in quotes

  std::string_view operator[](std::size_t row) const {
    const std::uint32_t begin = begins[row * begins_step] + begins_add;
    return {text + begin, ends[row * ends_step] - begin};
  }
};

namespace in_place {

inline std::uint64_t load8(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, 8);
  return word;
}

// 1 to 8 digits at `at`, in one register; false where they are no digits or of another count.
inline bool digits(const char* at, std::size_t size, std::uint64_t& value) {
  const std::size_t bits = (8 * size) & 63;                                     // 0 for eight digits
  std::uint64_t word = (load8(at) ^ 0x3030303030303030u) << ((64 - bits) & 63); // zeros stand before the first digit
  const bool sound = (((word + 0x7676767676767676u) | word) & 0x8080808080808080u) == 0; // no byte above 9
  word = word * 10 + (word >> 8);                                                        // pairs
  value = ((word & 0x000000FF000000FFu) * 0x000F424000000064u +
           ((word >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u) >>
          32;
  return sound & (size - 1 < 8); // no size wraps around
}

// The months of 2000 … 2099, by the lower halves of their four digits (tens and ones of the year, of the month), so
// that those of a few years lie together: days from 1970-01-01 to the last day before the month, times 32, and the
// month's days; no days where there is no such month.
struct Months {
  std::array<std::int32_t, 65536 + 1> months{}; // one more, since eight bytes are read at once
  Months();
};
extern const Months kMonths;
// The same of the two digits of a day: the day, or 0.
extern const std::array<std::uint8_t, 256> kDays;

// 20YY-MM-DD of a day that exists. Ten bytes are read.
inline bool ten_bytes_date(const char* cell, std::int64_t& days) {
  const std::uint64_t front = load8(cell);
  std::uint16_t back = 0;
  std::memcpy(&back, cell + 8, 2);
  const bool sound = ((front & 0xFFF0F0FFF0F0FFFFu) == 0x2D30302D30303032u) & ((back & 0xF0F0) == 0x3030);
  const std::uint64_t lower = front & 0x000F0F000F0F0000u;
  const std::uint64_t halves = lower << 4 | lower >> 8; // tens and ones in a byte
  const std::int32_t month = kMonths.months[(halves >> 8 & 0xFF00) | (halves >> 40 & 0xFF)];
  const std::int32_t day = kDays[(back << 4 & 0xF0) | (back >> 8 & 0x0F)];
  days = (month >> 5) + day;
  return sound & (static_cast<std::uint32_t>(day - 1) < static_cast<std::uint32_t>(month & 31)); // day 0 wraps around
}

} // namespace in_place

// Each form: true where `value` is right, which is kMissing for an empty cell.

struct PlainDate {
  std::int64_t latest;
  bool operator()(const char* cell, std::size_t size, std::int64_t& value) const {
    const bool sound = in_place::ten_bytes_date(cell, value) & (size == 10) & (value <= latest);
    value = size == 0 ? kMissing : value;
    return sound | (size == 0);
  }
};

struct PlainInteger {
  bool operator()(const char* cell, std::size_t size, std::int64_t& value) const {
    std::uint64_t digits = 0;
    const bool sound = in_place::digits(cell, size, digits);
    value = size == 0 ? kMissing : static_cast<std::int64_t>(digits);
    return sound | (size == 0);
  }
};

struct PlainHundredths {
  bool operator()(const char* cell, std::size_t size, std::int64_t& value) const {
    const bool point = (size > 3) & (cell[size > 3 ? size - 3 : 0] == '.');
    std::uint64_t whole = 0;
    const bool sound = in_place::digits(cell, size - (point ? 3 : 0), whole);
    const std::size_t last = size > 1 ? size - 2 : 0;
    const unsigned tens = static_cast<unsigned char>(cell[last]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(cell[last + 1]) - unsigned{'0'};
    value = size == 0 ? kMissing : static_cast<std::int64_t>(whole * 100 + (point ? tens * 10 + ones : 0));
    return (sound & ((point == false) | ((tens < 10) & (ones < 10)))) | (size == 0);
  }
};

struct PlainFlag {
  bool operator()(const char* cell, std::size_t size, std::int64_t& value) const {
    const std::int64_t flag = cell[0] - '0';
    value = size == 0 ? kMissing : flag;
    return ((size == 1) & (static_cast<std::uint64_t>(flag) < 2)) | (size == 0);
  }
};

struct KnownCell {
  const Dictionary& known;
  bool operator()(const char* cell, std::size_t size, std::int64_t& value) const {
    return known.glance().find(cell, size, value);
  }
};

// Where the first cell stands in quotes most others do; elsewhere those in quotes are odd.
inline bool in_quotes(const CellColumn& cells) {
  return cells.quotes && cells.rows > 0 && cells[0].starts_with('"');
}

// `out` gets a value for every row that is not odd; `odd` has room for one entry a row. The number of odd rows.
template <typename Form>
std::size_t read_plain(const CellColumn& cells, const Form& form, std::int64_t* out, std::uint32_t* odd) {
  std::size_t count = 0;
  const auto loop = [&count, cells, form, out, odd](auto quotes) { // copies: `out` could stand for anything else
    const std::uint32_t* begins = cells.begins;
    const std::uint32_t* ends = cells.ends;
    for (std::size_t row = 0; row < cells.rows; ++row, begins += cells.begins_step, ends += cells.ends_step) {
      const std::uint32_t begin = *begins + cells.begins_add;
      const char* cell = cells.text + begin;
      std::size_t size = *ends - begin;
      if constexpr (quotes.value) {
        const bool quoted = (size > 1) & (cell[0] == '"'); // a doubled quote within has no form
        cell += quoted ? 1 : 0;
        size -= quoted ? 2 : 0;
      }
      std::int64_t value = kMissing;
      const bool sound = form(cell, size, value);
      out[row] = value;
      if (!sound) [[unlikely]]
        odd[count++] = static_cast<std::uint32_t>(row);
    }
  };
  if (in_quotes(cells)) {
    loop(std::true_type());
  } else {
    loop(std::false_type());
  }
  return count;
}

// The same, several rows or many bytes at a time where the machine can.
std::size_t read_cells(const CellColumn& cells, const PlainDate& form, std::int64_t* out, std::uint32_t* odd);
std::size_t read_cells(const CellColumn& cells, const PlainInteger& form, std::int64_t* out, std::uint32_t* odd);
std::size_t read_cells(const CellColumn& cells, const PlainHundredths& form, std::int64_t* out, std::uint32_t* odd);
std::size_t read_cells(const CellColumn& cells, const KnownCell& form, std::int64_t* out, std::uint32_t* odd);
template <typename Form>
std::size_t read_cells(const CellColumn& cells, const Form& form, std::int64_t* out, std::uint32_t* odd) {
  return read_plain(cells, form, out, odd);
}

} // namespace appraise
