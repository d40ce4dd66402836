// Cells in, blocks out: rows that hold something, cells at their columns, lines that are not in the file stepped over.
//
//   writer.begin(block);
//   if (writer.begin_row("7", hidden)) {                     // "" = the row after the last
//     char* to = writer.open_cell(column, room);             // then the text is written, at most `room` bytes
//     writer.close_cell(to + length);
//     writer.end_row();
//   }
//   writer.finish();
//
// Cells may come in any order; two at one place are a fault. Cells without text and mark are as if they were not there,
// and so are rows of such cells.
//
// Faults: limit-cell, limit-row, limit-columns, xlsx-broken (a row or cell that stands twice or where it cannot be).
#pragma once

#include "engine/input/grid.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise::xlsx {

class BlockWriter {
public:
  BlockWriter(std::string part, const ReadLimits& limits);

  void begin(CellBlock& block);
  void finish(); // the block is whole, without a row that has not ended
  bool full() const { return out_ - arena_.get() >= kBlockText || cells_ >= kBlockCells; }
  bool empty() const { return starts_.empty(); }

  bool begin_row(std::string_view number, bool hidden);
  bool end_row();
  std::int64_t line() const { return line_; }

  // Column of a reference such as AB12, −1 and a fault when it is no cell of this row; "" = behind the last cell.
  std::int64_t column_of(std::string_view reference);
  // The same for a column that is known already, from 0.
  bool at_column(std::int64_t column) {
    if (column >= columns_) return fail("limit-columns", column, static_cast<std::uint64_t>(columns_));
    last_column_ = column;
    return true;
  }
  // The room where the cell's text goes; nullptr at a fault.
  char* open_cell(std::int64_t column, std::size_t room);
  bool close_cell(char* end);
  bool close_cell(char* end, CellMark::Kind kind);

  const ReadFault* fault() const { return fault_ ? &*fault_ : nullptr; }
  bool fail(const char* rule, std::int64_t column, std::uint64_t limit = 0); // false, for return

private:
  static constexpr std::ptrdiff_t kBlockText = 192 << 10;
  static constexpr std::size_t kBlockCells = 32 << 10;
  static constexpr char kFiller = ',';

  struct Stray { // a cell that comes after one to the right of it
    std::int64_t column = 0;
    std::string text;
    bool marked = false;
    CellMark::Kind kind = CellMark::Kind::formula;
  };

  void more_text(std::size_t room);
  void more_cells(std::size_t count);
  bool close(char* end, bool marked, CellMark::Kind kind);
  bool close_stray(char* end, bool marked, CellMark::Kind kind);
  bool merge_strays();

  std::string part_;
  ReadLimits limits_;
  std::int64_t columns_ = 0; // how many a row may have
  CellBlock* block_ = nullptr;
  std::unique_ptr<char[]> arena_;
  std::size_t capacity_ = 0;
  char* out_ = nullptr;   // behind the last cell and its filler
  char* limit_ = nullptr; // end of the arena without its padding
  std::unique_ptr<std::uint32_t[]> ends_;
  std::size_t cells_ = 0;
  std::size_t cells_capacity_ = 0;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> first_;
  std::vector<CellMark> marks_;

  std::int64_t line_ = 0;
  bool hidden_ = false;
  bool row_open_ = false;
  std::ptrdiff_t row_start_ = 0;
  std::size_t row_first_ = 0;
  std::size_t row_marks_ = 0;
  std::int64_t next_column_ = 0; // the first that has no place yet
  std::int64_t last_column_ = -1;
  std::int64_t more_lines_ = 0;

  std::int64_t open_column_ = 0;
  std::ptrdiff_t open_out_ = 0; // to undo an empty cell
  std::size_t open_cells_ = 0;
  bool stray_open_ = false;
  std::string stray_text_;
  std::vector<Stray> strays_;
  std::uint64_t stray_bytes_ = 0;
  std::optional<ReadFault> fault_;
};

} // namespace appraise::xlsx
