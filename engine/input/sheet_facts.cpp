#include "engine/input/sheet_facts.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr char kCellEnd = '\x1F';
constexpr char kRowEnd = '\x1E';
constexpr std::int64_t kPlacesShown = 5;

} // namespace

void SheetFacts::begin() {
  *this = SheetFacts(head_rows_);
}

void SheetFacts::take(const CellBlock& block) {
  for (std::size_t row = 0; row < block.rows(); ++row)
    take_row(block, row);
  digest_.add(canonical_);
  canonical_.clear();
  for (const std::uint32_t row : block.hidden)
    see(hidden_, block.line(row), 0, {});
  for (const CellMark& mark : block.marks) {
    Seen& seen = mark.kind == CellMark::Kind::formula            ? formulas_
                 : mark.kind == CellMark::Kind::formula_unsolved ? unsolved_
                                                                 : errors_;
    see(seen, block.line(mark.row), static_cast<std::int64_t>(mark.column) + 1,
        plain(block, mark.row, mark.column, copy_));
  }
}

void SheetFacts::take_row(const CellBlock& block, std::size_t row) {
  const std::size_t width = block.width(row);
  if (width == 0 || (width == 1 && block.raw(row, 0).empty())) return; // a blank line
  ++widths_[width];
  const bool shown = head_.size() < head_rows_;
  if (shown) head_.push_back({block.line(row), {}});
  const std::size_t start = canonical_.size();
  std::size_t end = start; // behind the last cell that is not empty
  for (std::size_t column = 0; column < width; ++column) {
    const std::string_view text = plain(block, row, column, copy_);
    canonical_ += text;
    canonical_ += kCellEnd;
    if (shown) head_.back().cells.emplace_back(text);
    if (text.empty()) continue;
    ++cells_;
    end = canonical_.size();
  }
  canonical_.resize(end);
  if (end == start) return;
  canonical_ += kRowEnd;
  ++rows_;
}

void SheetFacts::see(Seen& seen, std::int64_t line, std::int64_t column, std::string_view text) {
  if (seen.count++ == 0) {
    seen.line = line;
    seen.column = column;
    seen.text = text;
  }
  if (seen.count > kPlacesShown + 1) return;
  if (!seen.places.empty()) seen.places += ", ";
  seen.places += seen.count > kPlacesShown ? "…" : (column > 0 ? column_letters(column) : "") + std::to_string(line);
}

Problems SheetFacts::notices(const std::string& file, const std::string& sheet) const {
  Problems problems;
  const auto add = [&](const char* rule, Severity severity, const Seen& seen, const std::string& found) {
    if (seen.count == 0) return;
    Problem& problem = problems.emplace_back();
    problem.rule = rule;
    problem.severity = severity;
    problem.place.file = file;
    problem.place.sheet = sheet;
    problem.place.row = seen.line;
    problem.place.column = seen.column;
    problem.found = found;
    problem.expected = seen.places;
  };
  add("formula-unsolved", Severity::blocking, unsolved_, {});
  add("cell-error", Severity::verify, errors_, errors_.text);
  add("formula-results", Severity::notice, formulas_, std::to_string(formulas_.count));
  add("rows-hidden", Severity::notice, hidden_, std::to_string(hidden_.count));
  return problems;
}

} // namespace appraise
