// Cells that have not their plainest form, texts, columns that the file does not have, and cells that miss a value.
#include "engine/input/cells.h"
#include "engine/input/gb18030.h"
#include "engine/input/rows.h"
#include "engine/input/unicode.h"
#include "engine/input/units.h"

#include <algorithm>
#include <set>

namespace appraise {

namespace {

// No white space of any width at either end; false where that needs a closer look.
inline bool surely_trimmed(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const auto last = static_cast<unsigned char>(text.back());
  if (first <= 0x20 || last <= 0x20) return false;
  if (first >= 0x80 && (first < 0xE4 || first > 0xE9)) return false;
  if (last < 0x80) return true;
  const auto lead = static_cast<unsigned char>(text.size() >= 3 ? text[text.size() - 3] : '\0');
  return lead >= 0xE4 && lead <= 0xE9; // Chinese characters proper; spaces begin with other bytes
}

bool is_ascii(std::string_view cell) { // behind a cell there is room to read
  const char* const end = cell.data() + cell.size();
  return beyond_ascii(cell.data(), end) == end;
}

// The cell in the file's own bytes, as read_plain sees it.
std::string_view within_quotes(const CellBlock& block, std::size_t row, std::size_t column) {
  const std::string_view cell = block.raw(row, column);
  return block.quotes && cell.size() > 1 && cell.front() == '"' ? cell.substr(1, cell.size() - 2) : cell;
}

// Of rows [from, to).
bool any_missing(const Column& column, bool text, std::size_t from, std::size_t to) {
  if (text) return column.texts.any_empty(from, to);
  const std::int64_t* const values = column.values.data();
  std::int64_t all = 0; // is not negative unless one of them is, as what is missing is
  for (std::size_t row = from; row < to; ++row)
    all |= values[row];
  return all < 0 && std::find(values + from, values + to, kMissing) != values + to;
}

} // namespace

// A column that the file does not have is missing in every record, or is what the layout says of all.
void RowReader::fill_absent(std::size_t field, std::size_t rows) {
  const Field& declared = type_.fields[field];
  Column& column = batch_.columns[field];
  const LayoutField* const said = task_.layout->field(declared.id);
  const std::string always = said == nullptr ? std::string() : said->always;
  if (declared.type == FieldType::text) {
    if (always.empty()) {
      column.texts.grow(rows);
    } else {
      while (column.texts.size() < rows)
        column.texts.push_back(always);
    }
    return;
  }
  std::int64_t value = kMissing;
  switch (declared.type) {
  case FieldType::text: break;
  case FieldType::category:
    for (std::size_t i = 0; i < declared.categories.size() && !always.empty(); ++i) {
      const Category& category = declared.categories[i];
      if (category.id == always || category.title == always) value = static_cast<std::int64_t>(i);
    }
    break;
  case FieldType::unit:
    if (const UnitMatch match = match_unit(always, roster_, nullptr); match.unit >= 0) value = match.unit;
    break;
  case FieldType::date: value = parse_date(always).value; break;
  case FieldType::integer: value = parse_integer(always).value; break;
  case FieldType::number:
  case FieldType::money: value = parse_hundredths(always).value; break;
  case FieldType::flag: value = parse_flag(always).value; break;
  }
  column.values.resize(rows, value);
}

// A text as the layout wants it: what a spelling means, a number in its form.
std::string RowReader::in_form(const Span& span, std::size_t row, std::size_t column, std::string_view text) {
  const LayoutField& said = *targets_[column].said;
  std::string found(trimmed(text));
  const std::string wanted = normalised(found);
  for (const auto& [spelling, meant] : said.spellings) {
    if (normalised(spelling) == wanted) return meant;
  }
  if (!said.form) return found;
  const NumberForm::Outcome outcome = said.form->check(found);
  if (outcome.rule == nullptr) return outcome.text;
  row_ = span.row + (row - span.from);
  if (outcome.severity == Severity::blocking) {
    problem(*span.block, row, outcome.rule, column, found);
  } else {
    remark(*span.block, row, outcome.rule, column, found, outcome.severity);
  }
  problems_.back().expected = outcome.expected;
  return outcome.text;
}

void RowReader::read_texts(const Span& span, std::size_t column) {
  const Target& target = targets_[column];
  TextColumn& texts = batch_.columns[target.index].texts;
  if (target.asked == Asked::nothing) return texts.grow(span.row + (span.to - span.from));
  const bool worded = target.said != nullptr && (target.said->form || !target.said->spellings.empty());
  const CellBlock& block = *span.block;
  if (worded || block.sparse || !task_.layout->missing.empty()) {
    for (std::size_t row = span.from; row < span.to; ++row)
      read_text(span, row, column, worded);
    return;
  }
  const bool identifier = target.field->identifier;
  const bool utf8 = block.encoding == Encoding::utf8;
  const CellColumn cells = cells_of(span, column);
  const bool stand_in = target.asked == Asked::whether;
  for (std::size_t i = 0; i < cells.rows; ++i) {
    const std::string_view cell = cells[i];
    if (cell.empty()) {
      texts.push_back({});
    } else if ((cells.quotes && cell.front() == '"') || (identifier && may_be_truncated(cell))) {
      read_text(span, span.from + i, column, worded);
    } else if (stand_in && surely_trimmed(cell)) {
      texts.push_byte(cell.front());
    } else if (utf8 || is_ascii(cell)) {
      if (surely_trimmed(cell)) {
        texts.push_padded(cell);
      } else {
        read_text(span, span.from + i, column, worded);
      }
    } else {
      char* const to = texts.begin(utf8_room(cell.size()));
      const std::size_t size = write_gb18030(cell, to);
      if (size > 0 && surely_trimmed({to, size})) {
        texts.end(size);
      } else {
        read_text(span, span.from + i, column, worded);
      }
    }
  }
}

// A text that is not simply what stands in the cell.
void RowReader::read_text(const Span& span, std::size_t row, std::size_t column, bool worded) {
  TextColumn& texts = batch_.columns[targets_[column].index].texts;
  const CellBlock& block = *span.block;
  const std::string_view text = column < block.width(row) ? plain(block, row, column, copy_) : std::string_view();
  if (text.empty() || stands_for_missing(text)) {
    texts.push_back({});
    return;
  }
  if (worded) {
    texts.push_back(in_form(span, row, column, text));
    return;
  }
  const std::string_view kept = trimmed(text);
  texts.push_back(kept);
  if (!targets_[column].field->identifier) return;
  const auto severity = truncated_identifier(text);
  if (!severity) return;
  row_ = span.row + (row - span.from);
  const std::string found(kept);
  if (*severity == Severity::blocking) {
    problem(block, row, "id-truncated", column, found);
  } else {
    remark(block, row, "id-truncated", column, found, *severity);
  }
}

bool RowReader::stands_for_missing(std::string_view text) const {
  const std::vector<std::string>& marks = task_.layout->missing;
  return !marks.empty() && std::find(marks.begin(), marks.end(), trimmed(text)) != marks.end();
}

// Of a cell that has not the plainest form at the first look.
std::int64_t RowReader::odd_value(const Span& span, std::size_t row, std::size_t column) {
  const std::string_view cell = within_quotes(*span.block, row, column);
  const std::int64_t known = targets_[column].known.find(cell.data(), cell.size());
  return known != kMissing ? known : slow_value(span, row, column);
}

std::int64_t RowReader::slow_value(const Span& span, std::size_t row, std::size_t column) {
  const CellBlock& block = *span.block;
  const Field& field = *targets_[column].field;
  const std::string text(plain(block, row, column, copy_));
  row_ = span.row + (row - span.from);
  Target& target = targets_[column];
  // A value that is spelt so is that value, even where the word stands for no value in other columns.
  if (const auto spelt = target.spellings.find(trimmed(text)); spelt != target.spellings.end()) {
    target.known.add(within_quotes(block, row, column), spelt->second);
    return spelt->second;
  }
  if (trimmed(text).empty() || stands_for_missing(text)) return kMissing;
  Parsed parsed;
  switch (field.type) {
  case FieldType::text: return kMissing;
  case FieldType::category: return category(block, row, column, text);
  case FieldType::unit: return unit(block, row, column, text);
  case FieldType::date: parsed = parse_date(text); break;
  case FieldType::integer: parsed = parse_integer(text); break;
  case FieldType::flag: parsed = parse_flag(text); break;
  case FieldType::number: parsed = parse_hundredths(text); break;
  case FieldType::money:
    parsed = parse_hundredths(text);
    if (parsed.value != kMissing && parsed.value < 0) parsed = {.rule = "number-negative"};
    break;
  }
  const bool date = field.type == FieldType::date;
  if (parsed.rule != nullptr) {
    problem(block, row, parsed.rule, column, std::string(trimmed(text)));
    Problem& said = problems_.back();
    if (date) said.expected = "YYYY-MM-DD";
    if (said.rule == "number-too-large") said.expected = "10^16";
    const std::string meant = cell_hint(parsed.rule, text);
    if (!meant.empty()) said.nearest.push_back(meant);
    return kMissing;
  }
  if (parsed.note != nullptr) {
    remark(block, row, parsed.note, column, std::string(trimmed(text)), severity_of_note(parsed.note));
    const std::string meant = cell_hint(parsed.note, text);
    if (!meant.empty()) problems_.back().nearest.push_back(meant);
  }
  if (date && parsed.value != kMissing && (parsed.value < earliest_ || parsed.value > latest_)) {
    remark(block, row, "date-implausible", column, std::string(trimmed(text)), Severity::verify);
  }
  return parsed.value;
}

std::int64_t RowReader::category(const CellBlock& block, std::size_t row, std::size_t column, std::string_view text) {
  Target& target = targets_[column];
  const std::string wanted = normalised(text);
  for (const auto& [spelling, value] : target.spellings) {
    if (normalised(spelling) != wanted) continue;
    target.known.add(within_quotes(block, row, column), value);
    return value;
  }
  std::vector<std::string> titles;
  std::string list;
  for (const Category& category : target.field->categories) {
    titles.push_back(category.title);
    list += (list.empty() ? "" : " | ") + category.title;
  }
  problem(block, row, "category-unknown", column, std::string(trimmed(text)));
  problems_.back().expected = list;
  problems_.back().nearest = nearest_names(wanted, titles);
  return kMissing;
}

std::int64_t RowReader::unit(const CellBlock& block, std::size_t row, std::size_t column, std::string_view text) {
  Target& target = targets_[column];
  constexpr std::size_t kMostKept = 1024;
  if (target.odd_units.size() >= kMostKept) target.odd_units.clear();
  const auto [kept, fresh] = target.odd_units.try_emplace(std::string(text));
  if (fresh) kept->second = match_unit(text, roster_, target.said);
  const UnitMatch& match = kept->second;
  const std::string found(trimmed(text));
  if (match.rule != nullptr) {
    problem(block, row, match.rule, column, found);
  } else if (match.note != nullptr) {
    remark(block, row, match.note, column, found, Severity::notice);
  } else {
    if (match.unit >= 0) target.known.add(within_quotes(block, row, column), match.unit);
    return match.unit >= 0 ? match.unit : kMissing;
  }
  problems_.back().expected = match.expected;
  problems_.back().nearest = match.nearest;
  return match.unit >= 0 ? match.unit : kMissing;
}

// Cells that a spreadsheet itself marks as having no value; whatever was made of their text is taken back.
void RowReader::read_marks(const Span& span, std::size_t before) {
  const CellBlock& block = *span.block;
  const auto begin = std::lower_bound(block.marks.begin(), block.marks.end(), span.from,
                                      [](const CellMark& mark, std::size_t row) { return mark.row < row; });
  for (auto mark = begin; mark != block.marks.end() && mark->row == span.from; ++mark) {
    if (mark->kind == CellMark::Kind::formula || mark->column >= targets_.size()) continue;
    const Target& target = targets_[mark->column];
    if (target.field == nullptr) continue;
    const auto column = static_cast<std::int64_t>(mark->column) + 1;
    problems_.erase(std::remove_if(problems_.begin() + static_cast<std::ptrdiff_t>(before), problems_.end(),
                                   [&](const Problem& p) { return p.place.column == column; }),
                    problems_.end());
    Column& values = batch_.columns[target.index];
    if (target.field->type == FieldType::text) {
      values.texts.pop_back();
      values.texts.push_back({});
    } else {
      values.values.back() = kMissing;
    }
    row_ = span.row;
    const bool unsolved = mark->kind == CellMark::Kind::formula_unsolved;
    problem(block, span.from, unsolved ? "formula-unsolved" : "cell-error", mark->column,
            std::string(plain(block, span.from, mark->column, copy_)));
  }
}

void RowReader::check_required(const Span& span, std::size_t before) {
  std::set<std::pair<std::int64_t, std::int64_t>> said; // row and column of what has been said, when it is needed
  bool collected = false;
  for (const std::size_t field : required_) {
    const Column& values = batch_.columns[field];
    const bool text = type_.fields[field].type == FieldType::text;
    const bool absent = text ? values.texts.size() == 0 : values.values.empty();
    const auto column = static_cast<std::size_t>(
        std::find(heads_.field.begin(), heads_.field.end(), static_cast<std::ptrdiff_t>(field)) - heads_.field.begin());
    if (!absent && !any_missing(values, text, span.row, span.row + (span.to - span.from))) continue;
    for (std::size_t row = span.from; row < span.to; ++row) {
      const std::size_t at = span.row + (row - span.from);
      if (!absent && (text ? !values.texts[at].empty() : values.values[at] != kMissing)) continue;
      if (!collected) {
        for (std::size_t i = before; i < problems_.size(); ++i)
          said.emplace(problems_[i].place.row, problems_[i].place.column);
        collected = true;
      }
      if (said.count({span.block->line(row), static_cast<std::int64_t>(column) + 1}) != 0) continue;
      row_ = at;
      problem(*span.block, row, "value-missing", column, {});
    }
  }
}

} // namespace appraise
