// Blocks of cells → batches of typed columns: the common end of every way in.
//
//   Cells are read column by column, each column in one loop that knows its type; what the loop does not know by its
//   plainest form goes the slow way (cells.h). A row with a blocking problem stays in its batch with alive = 0 and is
//   counted as uncounted; totals and notes below a table are named (row-not-data) and are no records. Problems come in
//   the order of rows, in a row in the order of columns. Lines are those of the blocks.
//
//   Problems of rows: row-ragged, value-missing, impossible-date, date-form, date-serial, not-a-number, number-*,
//   flag-unknown, category-unknown, unit-unknown, unit-of-other-year, id-*, head-empty, formula-unsolved, cell-error;
//   date-implausible is for verification only.
//
//   RowReader rows(task, roster, heads, 4096, [&](Batch& batch) { count(batch); });
//   while (reader.next(block)) rows.read(block, 0);
//   rows.finish();
#pragma once

#include "engine/input/dictionary.h"
#include "engine/input/grid.h"
#include "engine/input/heads.h"
#include "engine/input/plain_cells.h"
#include "engine/input/reader.h"
#include "engine/input/units.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace appraise {

// Categories and units as they are spelt in one file, by its columns.
using KnownSpellings = std::vector<Dictionary>;

class RowReader {
public:
  // `take` gets each batch when it is full; it may move from it. `known` is what another reader of the same file has
  // learnt: to look for a spelling the first time is slow.
  RowReader(const FileTask& task, const Roster& roster, const Heads& heads, std::size_t batch_rows,
            std::function<void(Batch&)> take, KnownSpellings known = {});
  // The block's rows from `from` on.
  void read(const CellBlock& block, std::size_t from);
  KnownSpellings finish(); // what it has learnt

  std::int64_t rows() const { return rows_; }
  std::int64_t uncounted() const { return uncounted_; }
  std::int64_t hidden() const { return hidden_; }     // rows that the sheet hides; they count
  std::int64_t formulas() const { return formulas_; } // cells that are the results of formulas; they count
  Problems& problems() { return problems_; }

private:
  // What is asked of a text: all of it; whether it is there and sound, and then its first byte stands for it; nothing.
  enum class Asked { all, whether, nothing };
  struct Target { // one column of the file
    const Field* field = nullptr;
    std::size_t index = 0;
    const LayoutField* said = nullptr; // what the layout says of it
    bool headless = false;
    Asked asked = Asked::all;
    std::map<std::string, std::int64_t, std::less<>> spellings; // of a category, in UTF-8
    Dictionary known;                                           // categories and units
    std::map<std::string, UnitMatch> odd_units; // cells that are not plainly a unit: to look for one is slow
  };
  // Rows [from, to) of a block, all as wide as the heads, and where they go.
  struct Span {
    const CellBlock* block = nullptr;
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t row = 0; // of the batch
  };

  bool nothing_in(const CellBlock& block, std::size_t row) const;
  void add_spans(const CellBlock& block, std::size_t from, std::size_t to);
  void add(const Span& span);
  void add_odd(const CellBlock& block, std::size_t row);
  void drop_last();
  void hand_over();

  void read_column(const Span& span, std::size_t column);
  CellColumn cells_of(const Span& span, std::size_t column) const;
  template <typename Form> void read_values(const Span& span, std::size_t column, const Form& form);
  void read_texts(const Span& span, std::size_t column);
  void read_text(const Span& span, std::size_t row, std::size_t column, bool worded);
  void watch_headless(const Span& span, std::size_t column);
  std::int64_t odd_value(const Span& span, std::size_t row, std::size_t column);
  std::int64_t slow_value(const Span& span, std::size_t row, std::size_t column);
  std::int64_t category(const CellBlock& block, std::size_t row, std::size_t column, std::string_view text);
  std::int64_t unit(const CellBlock& block, std::size_t row, std::size_t column, std::string_view text);
  std::string in_form(const Span& span, std::size_t row, std::size_t column, std::string_view text);
  void fill_absent(std::size_t field, std::size_t rows);
  bool stands_for_missing(std::string_view text) const;
  // `before`: how many problems there were before the span.
  void read_marks(const Span& span, std::size_t before);
  void check_required(const Span& span, std::size_t before);
  Place place_of(const CellBlock& block, std::size_t row) const;
  void problem(const CellBlock& block, std::size_t row, const char* rule, std::size_t column, std::string found);
  void remark(const CellBlock& block, std::size_t row, const char* rule, std::size_t column, std::string found,
              Severity severity);

  const FileTask& task_;
  const RecordType& type_;
  const Roster& roster_;
  const Heads& heads_;
  std::size_t batch_rows_;
  std::function<void(Batch&)> take_;
  std::optional<std::size_t> number_column_; // of the file
  std::optional<std::size_t> unit_field_;
  std::vector<Target> targets_;
  std::vector<std::size_t> absent_;   // fields that the file has no column for
  std::vector<std::size_t> required_; // fields
  std::int64_t earliest_ = 0;
  std::int64_t latest_ = 0;
  Batch batch_;
  std::size_t row_ = 0;            // of the batch, for problem()
  std::vector<std::uint32_t> odd_; // rows of a span whose cell has not the plainest form
  std::string copy_;
  Problems problems_;
  std::int64_t rows_ = 0;
  std::int64_t uncounted_ = 0;
  std::int64_t hidden_ = 0;
  std::int64_t formulas_ = 0;
};

} // namespace appraise
