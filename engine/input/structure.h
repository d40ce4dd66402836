// Where the cells and rows of a CSV text are: the one pass that every byte of a file goes through.
//
//   64 bytes at a time become bit masks of separators, line ends and quotes. A prefix XOR over the quotes says which
//   bytes stand inside quotes; what is left of separators and line ends is written down as positions. This holds as
//   long as each opening quote stands at the beginning of a cell and each closing quote at its end; the row where it
//   does not hold (a quote inside an unquoted cell is a character) is read by a plain state machine instead.
//
//   CellBlock block;
//   const Structure found = index_cells("a,\"b\nc\"\r\nd", Encoding::utf8, ',', true, block);
//   found.rows;     // 2
//   block.ends;     // 1 7 10
#pragma once

#include "engine/input/grid.h"

#include <cstddef>
#include <string_view>

namespace appraise {

struct Structure {
  static constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t rows = 0;          // that are complete
  std::size_t next = 0;          // where the row behind them begins; the text's end when there is none
  std::size_t misplaced = kNone; // the first character between a closing quote and the end of its cell: nothing behind
                                 // it is looked at
  bool open = false;             // the text ends inside quotes
  bool nul = false;              // perhaps there is a NUL: to be looked for
};

// Whether a byte that is no separator can look like this one: those of sep=| and sep=a do in GB18030, where they end
// characters. Such a text is read character by character.
bool part_of_characters(char separator, Encoding encoding);

// The text begins where a row begins; CellBlock::kPadding bytes behind it can be read. With `last` it ends where the
// file ends, and so does its last row; without, a row that ends with the text's last byte, being CR, is not complete
// yet, since LF may follow. Fills ends, starts, first, jumps and quotes: `first` and `starts` have an entry more than
// there are rows, and `ends` holds the cells of the unfinished row too, of which the end is known.
Structure index_cells(std::string_view text, Encoding encoding, char separator, bool last, CellBlock& block);

// The same by the state machine alone, for tests.
Structure index_cells_plainly(std::string_view text, Encoding encoding, char separator, bool last, CellBlock& block);

} // namespace appraise
