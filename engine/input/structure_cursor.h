// The state of the structural index between its two ways of reading: bit masks (structure_masks.cpp) and state machine
// (structure.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace appraise {

struct IndexCursor {
  const char* text = nullptr;
  std::size_t size = 0;
  char separator = ',';
  bool by_characters = false; // see part_of_characters
  std::size_t at = 0;         // the next byte to look at

  // Of the bytes before `at`, for the bit masks.
  std::uint64_t inside = 0;     // all ones within quotes
  std::uint64_t after_cr = 0;   // 1: the last byte was CR
  std::uint64_t may_open = 1;   // 1: a quote may open here
  std::uint64_t must_close = 0; // 1: the last byte was a closing quote, if a cell ends here or another quote follows

  // Room for one entry a byte of what is looked at, and 64 more.
  std::uint32_t* ends = nullptr;
  std::uint32_t* starts = nullptr; // starts[rows] and first[rows] are of the unfinished row
  std::uint32_t* first = nullptr;
  std::size_t cells = 0;
  std::size_t rows = 0;

  std::vector<std::pair<std::uint32_t, std::int64_t>>* jumps = nullptr;
  bool quotes = false;
  bool nul = false;
  bool odd = false; // the masks met a quote where the rule does not hold: nothing of that word is written

  // `count` line ends inside quotes in the row numbered `row`.
  void jump(std::size_t row, std::int64_t count) {
    const auto behind = static_cast<std::uint32_t>(row + 1);
    const std::int64_t before = jumps->empty() ? 0 : jumps->back().second;
    if (!jumps->empty() && jumps->back().first == behind) {
      jumps->back().second += count;
    } else {
      jumps->emplace_back(behind, before + count);
    }
  }
};

// Looks at whole words from cursor.at on until `until`, or the text's end. Stops before a word with an odd quote.
void scan_by_masks(IndexCursor& cursor, std::size_t until);

} // namespace appraise
