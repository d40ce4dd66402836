// What a sheet holds, without a layout: rows, cells, widths, a digest over the cells, the first rows.
//
//   A cell counts when it is not empty. The digest is SHA-256 over each row's cells in UTF-8, 0x1F behind each, 0x1E
//   behind the row; empty cells at the end of a row are dropped, and rows that hold no others. Widths are those of the
//   rows as they stand, rows without any cell and blank lines left out.
//   Notices: rows-hidden and formula-results (found: how many, expected: the first places), cell-error (found: the
//   first error); and formula-unsolved, which is blocking: the file does not hold the cell's value.
//
//   SheetFacts facts(10);
//   table.read(0, facts, problems);
//   facts.rows(); facts.digest();
#pragma once

#include "engine/digest.h"
#include "engine/input/open_table.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace appraise {

class SheetFacts : public BlockSink {
public:
  struct HeadRow {
    std::int64_t line = 0;
    std::vector<std::string> cells;
  };

  explicit SheetFacts(std::size_t head_rows = 0) : head_rows_(head_rows) {}

  void begin() override;
  void take(const CellBlock& block) override;

  std::int64_t rows() const { return rows_; }
  std::int64_t cells() const { return cells_; }
  const std::map<std::size_t, std::int64_t>& widths() const { return widths_; }
  std::string digest() const { return digest_.hex(); }
  const std::vector<HeadRow>& head() const { return head_; }
  // Of the rows' and cells' marks; `file` and `sheet` for their place.
  Problems notices(const std::string& file, const std::string& sheet) const;

private:
  struct Seen {
    std::int64_t count = 0;
    std::int64_t line = 0;
    std::int64_t column = 0;
    std::string places; // the first few
    std::string text;   // of the first
  };
  void take_row(const CellBlock& block, std::size_t row);
  static void see(Seen& seen, std::int64_t line, std::int64_t column, std::string_view text);

  std::size_t head_rows_;
  std::int64_t rows_ = 0;
  std::int64_t cells_ = 0;
  std::map<std::size_t, std::int64_t> widths_;
  Sha256 digest_;
  std::vector<HeadRow> head_;
  std::string canonical_; // rows on their way to the digest
  std::string copy_;
  Seen hidden_;
  Seen formulas_;
  Seen unsolved_;
  Seen errors_;
};

} // namespace appraise
