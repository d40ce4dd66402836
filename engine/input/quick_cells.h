// The commonest forms of cells, read in place without a loop over characters. Whatever has another form is false here
// and read by engine/input/cells.h; both give the same value for what both read.
//
//   quick_date("2016-01-05", value)    exactly this form, years 1900 to 2155, a day that exists
//   quick_count("1234", 4, value)      one to eight digits
//   quick_hundredths("12.50", 5, value)  one to eight digits, then nothing or a point and two digits
//
// All may read up to eight bytes before and behind the cell; they must be readable.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

namespace appraise {

namespace quick {

inline std::uint64_t eight_bytes(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, 8); // the first byte is the lowest
  return word;
}

// Eight digits, the first in the lowest byte?
inline bool all_digits(std::uint64_t word) {
  return (word & (word + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) == 0x3030303030303030u;
}

// Eight digits → their number: pairs, then fours, then all.
inline std::uint32_t eight_digits(std::uint64_t word) {
  word = (word & 0x0F0F0F0F0F0F0F0Fu) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FFu) * 6553601 >> 16;
  return static_cast<std::uint32_t>((word & 0x0000FFFF0000FFFFu) * 42949672960001u >> 32);
}

// The last `size` bytes that end before `end`, with zeros in front of them.
inline std::uint64_t padded_digits(const char* cell, std::size_t size) {
  const std::uint64_t word = eight_bytes(cell + size - 8);
  const unsigned shift = static_cast<unsigned>(8 - size) * 8;
  const std::uint64_t zeros = shift == 0 ? 0 : 0x3030303030303030u >> (64 - shift);
  return shift == 0 ? word : ((word >> shift) << shift) | zeros;
}

inline constexpr int kFirstYear = 1900;
inline constexpr int kYears = 256;

// The day number of the first of each month since 1970-01-01, of kYears years and one month more.
inline constexpr std::array<std::int32_t, kYears* 12 + 1> kFirstOfMonth = [] {
  std::array<std::int32_t, kYears * 12 + 1> table{};
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int32_t day = -25567; // 1900-01-01
  for (int i = 0; i < kYears * 12; ++i) {
    const int year = kFirstYear + i / 12;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    table[static_cast<std::size_t>(i)] = day;
    day += kDays[static_cast<std::size_t>(i % 12)] + (i % 12 == 1 && leap ? 1 : 0);
  }
  table[kYears * 12] = day;
  return table;
}();

} // namespace quick

inline bool quick_date(const char* cell, std::int64_t& days) {
  const std::uint64_t front = quick::eight_bytes(cell);    // YYYY-MM-
  const std::uint64_t back = quick::eight_bytes(cell + 2); // YY-MM-DD
  // YYYYMMDD: the year from the front, the month and the day from the back.
  const std::uint64_t digits = (front & 0xFFFFFFFFu) | (back >> 24 & 0xFFFFu) << 32 | (back >> 48) << 48;
  const bool dashes = (front & 0xFF0000FF00000000u) == 0x2D00002D00000000u;
  if (!dashes || !quick::all_digits(digits)) return false;
  const std::uint32_t number = quick::eight_digits(digits);
  const std::uint32_t month = number / 100 % 100 - 1;
  const std::uint32_t index = (number / 10000 - quick::kFirstYear) * 12 + month;
  if (month > 11 || index >= quick::kYears * 12) return false;
  const std::int32_t first = quick::kFirstOfMonth.data()[index];
  const std::int32_t day = static_cast<std::int32_t>(number % 100) - 1;
  if (day < 0 || day >= quick::kFirstOfMonth.data()[index + 1] - first) return false;
  days = first + day;
  return true;
}

inline bool quick_count(const char* cell, std::size_t size, std::int64_t& value) {
  if (size == 0 || size > 8) return false;
  const std::uint64_t word = quick::padded_digits(cell, size);
  if (!quick::all_digits(word)) return false;
  value = quick::eight_digits(word);
  return true;
}

inline bool quick_hundredths(const char* cell, std::size_t size, std::int64_t& value) {
  if (size < 4 || cell[size - 3] != '.') {
    if (!quick_count(cell, size, value)) return false;
    value *= 100;
    return true;
  }
  const unsigned tens = static_cast<unsigned char>(cell[size - 2]) - unsigned{'0'};
  const unsigned ones = static_cast<unsigned char>(cell[size - 1]) - unsigned{'0'};
  if (tens > 9 || ones > 9 || !quick_count(cell, size - 3, value)) return false;
  value = value * 100 + tens * 10 + ones;
  return true;
}

} // namespace appraise
