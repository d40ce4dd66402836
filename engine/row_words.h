// Rows as bits: bit r of word w stands for row 64 w + r. The loops that turn columns into such words, many rows at a
// time, and back into counts of units.
//
//   in_range(values, rows, low, high, words);   // one bit a row: low <= value <= high
//
// Bits behind the last row are zero. Words have room for words_for(rows).
#pragma once

#include <cstddef>
#include <cstdint>

namespace appraise {

constexpr std::size_t words_for(std::size_t rows) {
  return (rows + 63) / 64;
}

void in_range(const std::int64_t* values, std::size_t rows, std::int64_t low, std::int64_t high, std::uint64_t* words);
// Bit v of `set` is set; values beyond 0 … 63 are in no set.
void in_set(const std::int64_t* values, std::size_t rows, std::uint64_t set, std::uint64_t* words);
// left < right, left = right.
void less(const std::int64_t* left, const std::int64_t* right, std::size_t rows, std::uint64_t* words);
void equal(const std::int64_t* left, const std::int64_t* right, std::size_t rows, std::uint64_t* words);

// Whether left < right, or left <= right, in any row; a row in which either is kMissing (table.h) does not count.
bool any_less(const std::int64_t* left, const std::int64_t* right, bool or_equal, std::size_t rows);
// left + right, or left − right; kMissing where either is. False, and nothing is said of `to`, where one does
// not fit.
bool sums(const std::int64_t* left, const std::int64_t* right, bool minus, std::size_t rows, std::int64_t* to);

// 64 words of 64 bits: bit r of word w becomes bit w of word r. Not in place.
void transpose(const std::uint64_t words[64], std::uint64_t turned[64]);
// For each row: the 64 counts at counts + units[row] × stride grow by the bits of masks[row]. Rows of mask 0 are passed
// over, whatever their unit. No count is to pass 255.
void add_rows(const std::uint64_t* masks, const std::int32_t* units, std::size_t rows, std::uint8_t* counts,
              std::size_t stride);

} // namespace appraise
