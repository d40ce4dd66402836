#include "engine/input/rows.h"

#include "engine/input/cells.h"
#include "engine/input/unicode.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace appraise {

namespace {

constexpr int kEarliestYear = 1985;                // a date before it is a slip of the pen
constexpr int kYearsAhead = 20;                    // a term may end later than the reporting date, not by a lifetime
constexpr int kLatestYear = 2099;                  // of a file that is read by itself, without a reporting date
constexpr std::size_t kSpanRows = 128;             // so that a span's text stays in the nearest cache for all columns
constexpr std::size_t kBatchTextBytes = 16u << 20; // a batch of very long texts is handed over early

// 合计 and 注 rows below a table, by their first filled cell.
bool is_footnote(std::string_view first) {
  static constexpr std::array<std::string_view, 6> kTotals = {"合计", "总计", "小计", "共计", "总和", "累计"};
  static constexpr std::array<std::string_view, 10> kNotes = {"注:",    "注1",    "备注:",  "说明:",    "填表人",
                                                              "填报人", "制表人", "审核人", "填报单位", "填表日期"};
  static constexpr std::array<std::string_view, 10> kFirst = {"合", "总", "小", "共", "累",
                                                              "注", "备", "说", "填", "制"};
  const std::string_view begins = trimmed(first).substr(0, 3);
  if (begins != "审" && std::find(kFirst.begin(), kFirst.end(), begins) == kFirst.end()) return false;
  const std::string text = normalised(first);
  const auto starts = [&](std::string_view word) { return text.compare(0, word.size(), word) == 0; };
  return std::find(kTotals.begin(), kTotals.end(), text) != kTotals.end() ||
         std::any_of(kNotes.begin(), kNotes.end(), starts);
}

// Of a row, in UTF-8; empty when nothing is written in it.
std::string_view first_filled(const CellBlock& block, std::size_t row, std::string& copy) {
  for (std::size_t column = 0; column < block.width(row); ++column) {
    const std::string_view cell = plain(block, row, column, copy);
    if (!trimmed(cell).empty()) return cell;
  }
  return {};
}

// A first cell that begins so is neither empty nor the beginning of a total or a note.
constexpr auto kPlainBeginning = [] {
  std::array<bool, 256> plain{};
  for (const std::string_view characters : {"0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"}) {
    for (const char c : characters)
      plain[static_cast<unsigned char>(c)] = true;
  }
  return plain;
}();

bool begins_plainly(const CellBlock& block, std::size_t row) {
  return block.width(row) > 0 && kPlainBeginning[static_cast<unsigned char>(block.text[block.starts[row]])] &&
         !block.raw(row, 0).empty();
}

// From `row` on, the first row that has not this width or does not begin plainly.
std::size_t first_odd(const CellBlock& block, std::size_t row, std::size_t width) {
  const char* const text = block.text.data();
  const std::uint32_t* const starts = block.starts.data();
  const std::uint32_t* const first = block.first.data();
  const std::uint32_t* const ends = block.ends.data();
  const std::size_t rows = block.rows();
  while (row < rows && first[row + 1] - first[row] == width && ends[first[row]] != starts[row] &&
         kPlainBeginning[static_cast<unsigned char>(text[starts[row]])])
    ++row;
  return row;
}

// What the layout says a spelling means goes before what it could mean as an id or a title.
std::map<std::string, std::int64_t, std::less<>> spellings_of(const Field& field, const LayoutField* said) {
  std::map<std::string, std::int64_t, std::less<>> spellings;
  for (std::size_t i = 0; said != nullptr && i < field.categories.size(); ++i) {
    for (const auto& [spelling, id] : said->spellings) {
      if (id == field.categories[i].id) spellings.emplace(spelling, static_cast<std::int64_t>(i));
    }
  }
  for (std::size_t i = 0; i < field.categories.size(); ++i) {
    spellings.emplace(field.categories[i].id, static_cast<std::int64_t>(i));
    spellings.emplace(field.categories[i].title, static_cast<std::int64_t>(i));
  }
  return spellings;
}

} // namespace

RowReader::RowReader(const FileTask& task, const Roster& roster, const Heads& heads, std::size_t batch_rows,
                     std::function<void(Batch&)> take, KnownSpellings known)
    : task_(task), type_(*task.type), roster_(roster), heads_(heads), batch_rows_(std::max<std::size_t>(batch_rows, 1)),
      take_(std::move(take)), unit_field_(type_.field(type_.unit_field)) {
  const auto column_of = [&](std::size_t field) -> std::optional<std::size_t> {
    const auto found = std::find(heads.field.begin(), heads.field.end(), static_cast<std::ptrdiff_t>(field));
    if (found == heads.field.end()) return std::nullopt;
    return static_cast<std::size_t>(found - heads.field.begin());
  };
  for (std::size_t i = 0; i < heads.field.size(); ++i) {
    Target& target = targets_.emplace_back();
    target.headless = trimmed(heads.texts[i]).empty();
    if (heads.field[i] < 0) continue;
    target.index = static_cast<std::size_t>(heads.field[i]);
    target.field = &type_.fields[target.index];
    target.said = task.layout->field(target.field->id);
    const bool unread = std::find(task.unread.begin(), task.unread.end(), target.index) != task.unread.end();
    const bool checked = target.field->required || target.field->identifier;
    if (unread && target.said == nullptr) target.asked = checked ? Asked::whether : Asked::nothing;
    target.spellings = spellings_of(*target.field, target.said);
    if (i < known.size()) target.known = std::move(known[i]);
  }
  for (std::size_t i = 0; i < type_.fields.size(); ++i) {
    const bool absent = !column_of(i);
    const LayoutField* const said = task.layout->field(type_.fields[i].id);
    const bool always = absent && said != nullptr && !said->always.empty();
    if (type_.fields[i].required && !always) required_.push_back(i);
    if (absent) absent_.push_back(i);
  }
  if (const auto number = number_field(type_)) number_column_ = column_of(*number);
  const bool dated = task.reporting_date != Date{};
  latest_ = Date::of(dated ? std::min(task.reporting_date.year() + kYearsAhead, 9999) : kLatestYear, 12, 31)->days;
  earliest_ = Date::of(kEarliestYear, 1, 1)->days;
  batch_.columns.resize(type_.fields.size());
}

void RowReader::read(const CellBlock& block, std::size_t from) {
  const std::size_t width = targets_.size();
  std::size_t begun = from; // of a run of ordinary rows
  auto mark = block.marks.begin();
  for (std::size_t row = from; row < block.rows(); ++row) {
    if (block.marks.empty() && !block.sparse) row = first_odd(block, row, width);
    if (row == block.rows()) break;
    while (mark != block.marks.end() && mark->row < row)
      ++mark;
    bool marked = false;
    for (auto at = mark; at != block.marks.end() && at->row == row; ++at) {
      marked = marked || at->kind != CellMark::Kind::formula;
      formulas_ += at->kind == CellMark::Kind::formula;
    }
    const bool fits = block.width(row) == width || (block.sparse && block.width(row) < width);
    if (fits && !marked && begins_plainly(block, row)) continue;
    add_spans(block, begun, row);
    begun = row + 1;
    if (!nothing_in(block, row)) add_odd(block, row);
  }
  add_spans(block, begun, block.rows());
  hidden_ +=
      static_cast<std::int64_t>(block.hidden.end() - std::lower_bound(block.hidden.begin(), block.hidden.end(), from));
}

KnownSpellings RowReader::finish() {
  if (batch_.rows() > 0) hand_over();
  KnownSpellings known;
  for (Target& target : targets_)
    known.push_back(std::move(target.known));
  // The parts of a large file are joined at its end: until then only what that asks for stays.
  batch_ = Batch{};
  targets_ = {};
  problems_.shrink_to_fit();
  return known;
}

bool RowReader::nothing_in(const CellBlock& block, std::size_t row) const {
  std::string copy;
  return first_filled(block, row, copy).empty();
}

void RowReader::add_spans(const CellBlock& block, std::size_t from, std::size_t to) {
  while (from < to) {
    const std::size_t room = std::min(batch_rows_ - batch_.rows(), kSpanRows);
    const std::size_t end = std::min(to, from + room);
    add({.block = &block, .from = from, .to = end, .row = batch_.rows()});
    from = end;
    std::size_t text_bytes = 0;
    for (const Column& column : batch_.columns)
      text_bytes += column.texts.bytes();
    if (batch_.rows() == batch_rows_ || text_bytes > kBatchTextBytes) hand_over();
  }
}

// A row that is not as wide as the heads, or does not begin as records do, or has a cell without a value.
void RowReader::add_odd(const CellBlock& block, std::size_t row) {
  const std::size_t before = problems_.size();
  const std::int64_t uncounted = uncounted_;
  std::size_t filled = block.width(row);
  while (block.sparse && filled > 0 && block.raw(row, filled - 1).empty())
    --filled;
  if (block.sparse ? filled <= targets_.size() : filled == targets_.size()) {
    add({.block = &block, .from = row, .to = row + 1, .row = batch_.rows()});
  } else {
    row_ = batch_.rows();
    batch_.lines.push_back(block.line(row));
    batch_.alive.push_back(1);
    for (const Target& target : targets_) {
      if (target.field == nullptr) continue;
      Column& column = batch_.columns[target.index];
      if (target.field->type == FieldType::text) {
        column.texts.push_back({});
      } else {
        column.values.push_back(kMissing);
      }
    }
    ++rows_;
    problem(block, row, "row-ragged", targets_.size(), std::to_string(filled));
    problems_.back().expected = std::to_string(targets_.size());
  }
  if (batch_.alive.back() == 0) {
    const std::string first(first_filled(block, row, copy_));
    if (is_footnote(first)) {
      problems_.resize(before);
      uncounted_ = uncounted;
      drop_last();
      Problem& note = problems_.emplace_back();
      note.rule = "row-not-data";
      note.severity = Severity::notice;
      note.place = place_of(block, row);
      note.found = std::string(trimmed(first));
    }
  }
  if (batch_.rows() == batch_rows_) hand_over();
}

void RowReader::drop_last() {
  for (const Target& target : targets_) {
    if (target.field == nullptr) continue;
    Column& column = batch_.columns[target.index];
    if (target.field->type == FieldType::text) {
      column.texts.pop_back();
    } else {
      column.values.pop_back();
    }
  }
  batch_.lines.pop_back();
  batch_.alive.pop_back();
  --rows_;
}

void RowReader::hand_over() {
  const std::size_t rows = batch_.rows();
  for (const std::size_t field : absent_)
    fill_absent(field, rows);
  batch_.units.assign(rows, -1);
  if (unit_field_) {
    const CellValues& units = batch_.columns[*unit_field_].values;
    for (std::size_t row = 0; row < rows; ++row) {
      if (units[row] != kMissing) batch_.units[row] = static_cast<std::int32_t>(units[row]);
    }
  }
  batch_.via.assign(rows, RowRef{});
  take_(batch_);
  batch_.lines.clear();
  batch_.alive.clear();
  batch_.columns.resize(type_.fields.size());
  for (Column& column : batch_.columns) {
    column.values.clear();
    column.texts.clear();
  }
}

void RowReader::add(const Span& span) {
  const std::size_t before = problems_.size();
  const std::size_t count = span.to - span.from;
  const std::size_t lines = batch_.lines.size();
  batch_.lines.resize(lines + count);
  span.block->lines(span.from, span.to, batch_.lines.data() + lines);
  batch_.alive.resize(span.row + count, 1);
  rows_ += static_cast<std::int64_t>(count);
  for (std::size_t column = 0; column < targets_.size(); ++column)
    read_column(span, column);
  if (count == 1) read_marks(span, before);
  check_required(span, before);
  if (problems_.size() == before) return;
  std::stable_sort(problems_.begin() + static_cast<std::ptrdiff_t>(before), problems_.end(),
                   [](const Problem& a, const Problem& b) {
                     const auto place = [](const Problem& p) {
                       return std::tuple(p.place.row, p.rule == "value-missing", p.place.column);
                     };
                     return place(a) < place(b);
                   });
}

// Of a block that is not sparse: every row of a span is as wide as the heads.
CellColumn RowReader::cells_of(const Span& span, std::size_t column) const {
  const CellBlock& block = *span.block;
  const std::uint32_t* const ends = block.ends.data() + block.first[span.from] + column;
  return {.text = block.text.data(),
          .begins = column == 0 ? block.starts.data() + span.from : ends - 1,
          .begins_step = column == 0 ? 1 : targets_.size(),
          .begins_add = column == 0 ? 0u : 1u,
          .ends = ends,
          .ends_step = targets_.size(),
          .rows = span.to - span.from,
          .quotes = block.quotes};
}

template <typename Form> void RowReader::read_values(const Span& span, std::size_t column, const Form& form) {
  CellValues& values = batch_.columns[targets_[column].index].values;
  const std::size_t count = span.to - span.from;
  values.resize(span.row + count);
  std::int64_t* const out = values.data() + span.row;
  const CellBlock& block = *span.block;
  if (block.sparse) { // rows may end before the column
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t row = span.from + i;
      const std::string_view cell = column < block.width(row) ? block.raw(row, column) : std::string_view();
      if (cell.empty()) {
        out[i] = kMissing;
      } else if (!form(cell.data(), cell.size(), out[i])) {
        out[i] = odd_value(span, row, column);
      }
    }
    return;
  }
  odd_.resize(count);
  const std::size_t odd = read_cells(cells_of(span, column), form, out, odd_.data());
  for (std::size_t i = 0; i < odd; ++i)
    out[odd_[i]] = odd_value(span, span.from + odd_[i], column);
}

void RowReader::read_column(const Span& span, std::size_t column) {
  const Target& target = targets_[column];
  if (target.field == nullptr) {
    if (target.headless) watch_headless(span, column);
    return;
  }
  switch (target.field->type) {
  case FieldType::text: read_texts(span, column); return;
  case FieldType::date: read_values(span, column, PlainDate{latest_}); return;
  case FieldType::integer: read_values(span, column, PlainInteger()); return;
  case FieldType::number:
  case FieldType::money: read_values(span, column, PlainHundredths()); return;
  case FieldType::flag: read_values(span, column, PlainFlag()); return;
  case FieldType::category:
  case FieldType::unit: read_values(span, column, KnownCell{target.known}); return;
  }
}

void RowReader::watch_headless(const Span& span, std::size_t column) {
  for (std::size_t row = span.from; row < span.to; ++row) {
    if (column >= span.block->width(row) || span.block->raw(row, column).empty()) continue;
    const std::string text(plain(*span.block, row, column, copy_));
    if (trimmed(text).empty()) continue;
    row_ = span.row + (row - span.from);
    problem(*span.block, row, "head-empty", column, text);
  }
}

Place RowReader::place_of(const CellBlock& block, std::size_t row) const {
  Place place;
  place.file = task_.file;
  place.sheet = task_.sheet;
  place.row = block.line(row);
  return place;
}

// The row cannot be counted.
void RowReader::problem(const CellBlock& block, std::size_t row, const char* rule, std::size_t column,
                        std::string found) {
  remark(block, row, rule, column, std::move(found), Severity::blocking);
  if (batch_.alive[row_] != 0) ++uncounted_;
  batch_.alive[row_] = 0;
}

// The excerpt shows the record's number and the cell; a row may hold names of persons.
void RowReader::remark(const CellBlock& block, std::size_t row, const char* rule, std::size_t column, std::string found,
                       Severity severity) {
  Problem said;
  said.rule = rule;
  said.severity = severity;
  said.place = place_of(block, row);
  said.found = std::move(found);
  const bool in_table = column < targets_.size();
  if (in_table) {
    said.place.column = static_cast<std::int64_t>(column) + 1;
    said.place.column_name = std::string(trimmed(heads_.texts[column]));
  }
  if (number_column_ && *number_column_ < block.width(row)) {
    std::string copy;
    said.key = std::string(trimmed(plain(block, row, *number_column_, copy)));
  }
  if (!said.found.empty() && in_table) {
    said.excerpt = said.key.empty() || said.key == said.found ? said.found : said.key + ",…," + said.found;
  }
  problems_.push_back(std::move(said));
}

} // namespace appraise
