// The rows of one sheet as cells of text, block after block: what every reader of a file gives, and all that the steps
// after it know of CSV and XLSX.
//
//   A cell is a span of `text`; `ends` holds where each cell ends, in order. The first cell of a row begins at
//   `starts[row]`, each other one byte behind the end of the cell before it. Rows need not be equally wide. In a block
//   with `quotes` a cell that begins with " stands in quotes as in RFC 4180, the quotes being part of the span.
//   Spans are in the bytes of the file's own encoding; plain() gives UTF-8 without the quotes.
//
//   while (reader.next(block))
//     for (std::size_t row = 0; row < block.rows(); ++row)
//       use(block.line(row), plain(block, row, 0, copy));
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise {

enum class Encoding { utf8, gb18030 }; // of a block's bytes; UTF-16 is turned into UTF-8 on the way

// What a spreadsheet knows of a cell beside its text. Only cells that need a word have a mark.
struct CellMark {
  enum class Kind {
    formula,          // the text is the result that the file holds
    formula_unsolved, // a formula without a result: there is nothing to read
    error,            // #N/A, #DIV/0! …
  };
  std::uint32_t row = 0;    // within the block
  std::uint32_t column = 0; // from 0
  Kind kind = Kind::formula;
};

struct CellBlock {
  static constexpr std::size_t kPadding = 64; // bytes behind `text` that may be read, not used

  std::string_view text;
  Encoding encoding = Encoding::utf8;
  bool quotes = false;
  bool sparse = false; // rows end at their last cell, as in a spreadsheet: what is missing behind it is empty
  std::vector<std::uint32_t> ends;   // of every cell
  std::vector<std::uint32_t> starts; // of every row
  std::vector<std::uint32_t> first;  // index in `ends` of each row's first cell, and one entry more
  std::int64_t first_line = 1;       // physical row of the first row, counted from 1
  std::vector<std::pair<std::uint32_t, std::int64_t>> jumps; // from this row on, so many lines more than one a row
  std::vector<CellMark> marks;                               // by row and column
  std::vector<std::uint32_t> hidden;                         // rows that the sheet hides

  std::size_t rows() const { return starts.size(); }
  std::size_t width(std::size_t row) const { return first[row + 1] - first[row]; }
  std::string_view raw(std::size_t row, std::size_t column) const {
    const std::size_t cell = first[row] + column;
    const std::size_t begin = column == 0 ? starts[row] : std::size_t{ends[cell - 1]} + 1;
    return text.substr(begin, ends[cell] - begin);
  }
  // The physical row, as the user sees it.
  std::int64_t line(std::size_t row) const;
  void lines(std::size_t from, std::size_t to, std::int64_t* out) const; // of rows [from, to)
  void clear();
};

// The cell's text in UTF-8, without its quotes; `copy` holds it where it is not a span of the block.
std::string_view plain(const CellBlock& block, std::size_t row, std::size_t column, std::string& copy);

// Why a file cannot be read further. `line` and `column` as the user sees them, `byte` an offset in the file, −1 where
// it has no meaning (XLSX).
struct ReadFault {
  std::string rule{};
  std::int64_t line = 0;
  std::int64_t column = 0;
  std::int64_t byte = -1;
  std::string found{};
  std::string expected{}; // what the limit is, for limits
};

class BlockReader {
public:
  virtual ~BlockReader() = default;
  // Fills the block with the next rows; false at the end and at a fault. The block is valid until the next call.
  virtual bool next(CellBlock& block) = 0;
  virtual const ReadFault* fault() const = 0; // nullptr: none
};

// What a file may cost. Beyond it reading ends with a fault that names the limit and its flag.
struct ReadLimits {
  std::uint64_t cell_bytes = 1 << 20;             // --limit-cell: one cell
  std::uint64_t row_bytes = 16 << 20;             // --limit-row: one row
  std::uint64_t columns = 16384;                  // --limit-columns: cells of one row
  std::uint64_t inflated_bytes = 512ull << 20;    // --limit-inflate: all that a workbook unfolds to
  std::uint64_t entry_bytes = 256ull << 20;       // --limit-entry: one part of it
  std::uint64_t inflate_ratio = 200;              // --limit-ratio: unfolded to folded, after the first MiB
  std::uint64_t entries = 10000;                  // --limit-entries
  std::uint64_t xml_depth = 64;                   // --limit-depth
  std::uint64_t sheets = 200;                     // --limit-sheets
  std::uint64_t shared_string_bytes = 50'000'000; // --limit-strings
};

} // namespace appraise
