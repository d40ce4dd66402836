#include "engine/input/reader.h"

#include "engine/digest.h"
#include "engine/input/cells.h"
#include "engine/input/csv.h"
#include "engine/input/heads.h"
#include "engine/input/unicode.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

namespace appraise {

namespace {

constexpr std::size_t kHeadSearchRows = 10;
constexpr int kEarliestYear = 1985; // a date before it is a slip of the pen
constexpr int kYearsAhead = 20;     // a term may end later than the reporting date, not by a lifetime

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Known = std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>>;

// What is needed to read the cells of one column.
struct ColumnReader {
  const Field* field = nullptr; // nullptr: not read
  std::size_t index = 0;
  bool headless = false;
  Known known; // category and unit: cell → value
};

// 合计 and 注 rows below a table, by their first filled cell.
bool is_footnote(const std::vector<std::string_view>& cells) {
  static constexpr std::array<std::string_view, 6> kTotals = {"合计", "总计", "小计", "共计", "总和", "累计"};
  static constexpr std::array<std::string_view, 10> kNotes = {"注:",    "注1",    "备注:",  "说明:",    "填表人",
                                                              "填报人", "制表人", "审核人", "填报单位", "填表日期"};
  for (const std::string_view cell : cells) {
    const std::string text = normalised(cell);
    if (text.empty()) continue;
    const auto starts = [&](std::string_view word) { return text.compare(0, word.size(), word) == 0; };
    return std::find(kTotals.begin(), kTotals.end(), text) != kTotals.end() ||
           std::any_of(kNotes.begin(), kNotes.end(), starts);
  }
  return false;
}

class TableReader {
public:
  TableReader(const FileTask& task, const Roster& roster, const Heads& heads, std::size_t batch_rows,
              FileResult& result)
      : task_(task), type_(*task.type), roster_(roster), heads_(heads),
        batch_rows_(std::max<std::size_t>(batch_rows, 1)), result_(result), number_(number_field(type_)),
        unit_(type_.field(type_.unit_field)) {
    for (std::size_t i = 0; i < heads.field.size(); ++i) {
      ColumnReader column;
      if (heads.field[i] >= 0) {
        column.index = static_cast<std::size_t>(heads.field[i]);
        column.field = &type_.fields[column.index];
        if (column.field->type == FieldType::category) column.known = categories(*column.field);
      }
      column.headless = trimmed(heads.texts[i]).empty();
      columns_.push_back(std::move(column));
    }
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      if (type_.fields[i].required) required_.push_back(i);
    }
    latest_ = Date::of(std::min(task.reporting_date.year() + kYearsAhead, 9999), 12, 31)->days;
    earliest_ = Date::of(kEarliestYear, 1, 1)->days;
  }

  void read(const CsvRecord& record) {
    if (std::all_of(record.cells.begin(), record.cells.end(), [](std::string_view c) { return trimmed(c).empty(); })) {
      return; // nothing was written in this row
    }
    const std::size_t before = result_.problems.size();
    begin_row(record);
    if (record.cells.size() != columns_.size()) {
      add(record, "row-ragged", columns_.size(), std::to_string(record.cells.size()));
      result_.problems.back().expected = std::to_string(columns_.size());
    } else {
      for (std::size_t i = 0; i < columns_.size(); ++i)
        read_cell(record, i);
      check_required(record, before);
    }
    if (blocked_ && is_footnote(record.cells)) {
      result_.problems.resize(before);
      end_footnote(record);
      return;
    }
    if (blocked_) {
      batch_->alive[row_] = 0;
      ++result_.source.uncounted;
    }
    ++result_.source.rows;
    if (unit_) {
      const std::int64_t unit = batch_->columns[*unit_].values[row_];
      if (unit != kMissing) batch_->units[row_] = static_cast<std::int32_t>(unit);
    }
  }

private:
  Known categories(const Field& field) const {
    Known known;
    const auto position = [&](const std::string& id) {
      const auto found = std::find_if(field.categories.begin(), field.categories.end(),
                                      [&](const Category& category) { return category.id == id; });
      return static_cast<std::int64_t>(found - field.categories.begin());
    };
    for (const LayoutField& layout : task_.layout->fields) {
      if (layout.field != field.id) continue;
      for (const auto& [spelling, id] : layout.spellings)
        known.emplace(spelling, position(id));
    }
    for (const Category& category : field.categories) {
      known.emplace(category.id, position(category.id));
      known.emplace(category.title, position(category.id));
    }
    return known;
  }

  void begin_row(const CsvRecord& record) {
    if (batch_ == nullptr || batch_->rows() == batch_rows_) {
      batch_ = &result_.batches.emplace_back();
      batch_->columns.resize(type_.fields.size());
      batch_->lines.reserve(std::min<std::size_t>(batch_rows_, 4096));
    }
    row_ = batch_->rows();
    batch_->lines.push_back(record.line);
    batch_->units.push_back(-1);
    batch_->alive.push_back(1);
    batch_->via.emplace_back();
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      Column& column = batch_->columns[i];
      if (type_.fields[i].type == FieldType::text) {
        column.texts.emplace_back();
      } else {
        column.values.push_back(kMissing);
      }
    }
    blocked_ = false;
  }

  void end_footnote(const CsvRecord& record) {
    for (std::size_t i = 0; i < type_.fields.size(); ++i) {
      Column& column = batch_->columns[i];
      if (type_.fields[i].type == FieldType::text) {
        column.texts.pop_back();
      } else {
        column.values.pop_back();
      }
    }
    batch_->lines.pop_back();
    batch_->units.pop_back();
    batch_->alive.pop_back();
    batch_->via.pop_back();
    std::string first;
    for (const std::string_view cell : record.cells) {
      if (first.empty()) first = std::string(trimmed(cell));
    }
    result_.problems.push_back({.rule = "row-not-data",
                                .severity = Severity::notice,
                                .place = {.file = task_.file, .row = record.line},
                                .found = first});
  }

  bool stands_for_missing(std::string_view cell) const {
    const std::vector<std::string>& marks = task_.layout->missing;
    return !marks.empty() && std::find(marks.begin(), marks.end(), trimmed(cell)) != marks.end();
  }

  void read_cell(const CsvRecord& record, std::size_t at) {
    const std::string_view cell = record.cells[at];
    if (cell.empty()) return;
    ColumnReader& column = columns_[at];
    if (column.field == nullptr) {
      if (column.headless && !trimmed(cell).empty()) add(record, "head-empty", at, std::string(cell));
      return;
    }
    if (stands_for_missing(cell)) return;
    Column& target = batch_->columns[column.index];
    switch (column.field->type) {
    case FieldType::text: target.texts[row_] = trimmed(cell); return;
    case FieldType::date: store(record, at, parse_date(cell)); return;
    case FieldType::integer: store(record, at, parse_integer(cell)); return;
    case FieldType::number: store(record, at, parse_hundredths(cell)); return;
    case FieldType::money: {
      Parsed parsed = parse_hundredths(cell);
      if (parsed.value != kMissing && parsed.value < 0) parsed = {.rule = "number-negative"};
      store(record, at, parsed);
      return;
    }
    case FieldType::flag: store(record, at, parse_flag(cell)); return;
    case FieldType::category: category(record, at); return;
    case FieldType::unit: unit(record, at); return;
    }
  }

  void store(const CsvRecord& record, std::size_t at, const Parsed& parsed) {
    const ColumnReader& column = columns_[at];
    if (parsed.rule != nullptr) {
      add(record, parsed.rule, at, std::string(trimmed(record.cells[at])));
      Problem& problem = result_.problems.back();
      if (column.field->type == FieldType::date) problem.expected = "YYYY-MM-DD";
      if (problem.rule == "number-too-large") problem.expected = "10^15";
      if (problem.rule == "date-serial") {
        const std::string meant = serial_as_date(record.cells[at]);
        if (!meant.empty()) problem.nearest.push_back(meant);
      }
      return;
    }
    batch_->columns[column.index].values[row_] = parsed.value;
    if (column.field->type != FieldType::date || parsed.value == kMissing) return;
    if (parsed.value >= earliest_ && parsed.value <= latest_) return;
    const bool blocked = blocked_;
    add(record, "date-implausible", at, std::string(trimmed(record.cells[at])));
    result_.problems.back().severity = Severity::verify;
    blocked_ = blocked;
  }

  void category(const CsvRecord& record, std::size_t at) {
    ColumnReader& column = columns_[at];
    const std::string_view cell = record.cells[at];
    auto found = column.known.find(cell);
    if (found == column.known.end()) {
      const std::string text = normalised(cell);
      if (text.empty()) return;
      const auto same = std::find_if(column.known.begin(), column.known.end(),
                                     [&](const auto& entry) { return normalised(entry.first) == text; });
      if (same == column.known.end()) {
        std::vector<std::string> titles;
        std::string list;
        for (const Category& category : column.field->categories) {
          titles.push_back(category.title);
          list += (list.empty() ? "" : " | ") + category.title;
        }
        add(record, "category-unknown", at, std::string(trimmed(cell)));
        result_.problems.back().expected = list;
        result_.problems.back().nearest = nearest_names(text, titles);
        return;
      }
      found = column.known.emplace(std::string(cell), same->second).first;
    }
    batch_->columns[column.index].values[row_] = found->second;
  }

  void unit(const CsvRecord& record, std::size_t at) {
    ColumnReader& column = columns_[at];
    const std::string_view cell = record.cells[at];
    auto found = column.known.find(cell);
    if (found == column.known.end()) {
      if (trimmed(cell).empty()) return;
      const std::optional<std::int32_t> index = roster_.find(trimmed(cell));
      if (!index) {
        std::vector<std::string> names;
        for (const Unit& known : roster_.units()) {
          names.insert(names.end(), {known.name, known.code});
          if (!known.short_name.empty()) names.push_back(known.short_name);
        }
        add(record, "unit-unknown", at, std::string(trimmed(cell)));
        result_.problems.back().nearest = nearest_names(normalised(cell), names);
        return;
      }
      found = column.known.emplace(std::string(cell), *index).first;
    }
    batch_->columns[column.index].values[row_] = found->second;
  }

  void check_required(const CsvRecord& record, std::size_t before) {
    for (const std::size_t index : required_) {
      const Column& column = batch_->columns[index];
      const bool text = type_.fields[index].type == FieldType::text;
      if (text ? !column.texts[row_].empty() : column.values[row_] != kMissing) continue;
      const auto at = static_cast<std::size_t>(
          std::find(heads_.field.begin(), heads_.field.end(), static_cast<std::ptrdiff_t>(index)) -
          heads_.field.begin());
      const auto row_problems = result_.problems.begin() + static_cast<std::ptrdiff_t>(before);
      const bool said = std::any_of(row_problems, result_.problems.end(), [&](const Problem& problem) {
        return problem.place.column == static_cast<std::int64_t>(at) + 1;
      });
      if (!said) add(record, "value-missing", at, {});
    }
  }

  // A blocking problem of a cell. The excerpt shows the record's number and the cell; a row may hold names of persons.
  void add(const CsvRecord& record, const char* rule, std::size_t at, std::string found) {
    Problem problem{.rule = rule, .place = {.file = task_.file, .row = record.line}, .found = std::move(found)};
    if (at < columns_.size()) {
      problem.place.column = static_cast<std::int64_t>(at) + 1;
      problem.place.column_name = std::string(trimmed(heads_.texts[at]));
    }
    if (number_) {
      const auto column = std::find(heads_.field.begin(), heads_.field.end(), static_cast<std::ptrdiff_t>(*number_)) -
                          heads_.field.begin();
      if (static_cast<std::size_t>(column) < record.cells.size()) {
        problem.key = std::string(trimmed(record.cells[static_cast<std::size_t>(column)]));
      }
    }
    if (!problem.found.empty() && at < columns_.size()) {
      problem.excerpt =
          problem.key.empty() || problem.key == problem.found ? problem.found : problem.key + ",…," + problem.found;
    }
    result_.problems.push_back(std::move(problem));
    blocked_ = true;
  }

  const FileTask& task_;
  const RecordType& type_;
  const Roster& roster_;
  const Heads& heads_;
  std::size_t batch_rows_;
  FileResult& result_;
  std::optional<std::size_t> number_;
  std::optional<std::size_t> unit_;
  std::vector<ColumnReader> columns_;
  std::vector<std::size_t> required_;
  std::int64_t earliest_ = 0;
  std::int64_t latest_ = 0;
  Batch* batch_ = nullptr;
  std::size_t row_ = 0;
  bool blocked_ = false;
};

bool blank(const CsvRecord& record) {
  return record.cells.size() == 1 && record.cells.front().empty();
}

void read_text(const std::string& text, const FileTask& task, const Roster& roster, std::size_t batch_rows,
               FileResult& result) {
  if (!check_nul(text, task.file, result.problems)) return;
  CsvRecord record;
  std::vector<CsvRow> first;
  CsvScanner preview(text);
  while (first.size() < kHeadSearchRows && preview.next(record)) {
    if (blank(record)) continue;
    first.push_back({record.line, {record.cells.begin(), record.cells.end()}});
  }
  const Heads heads = find_heads(first, *task.layout, *task.type, task.file, result.problems);
  bool usable = heads.usable;
  TableReader reader(task, roster, heads, batch_rows, result);
  CsvScanner scanner(text);
  while (scanner.next(record)) {
    if (!report_fault(record, task.file, result.problems)) {
      usable = false;
      break; // where the next record begins is not known
    }
    if (usable && record.line > heads.line && !blank(record)) reader.read(record);
  }
  result.readable = usable;
  if (usable && result.source.rows == 0) {
    result.problems.push_back(
        {.rule = "no-records", .severity = Severity::notice, .place = {.file = task.file, .row = heads.line}});
  }
}

} // namespace

std::optional<std::size_t> number_field(const RecordType& type) {
  if (!type.via_field.empty()) return type.field(type.via_field);
  for (auto part = type.key.rbegin(); part != type.key.rend(); ++part) {
    if (!part->year && part->fields.size() == 1 && type.fields[part->fields[0]].type == FieldType::text) {
      return part->fields[0];
    }
  }
  return std::nullopt;
}

FileResult read_file(const FileTask& task, const Roster& roster, std::size_t batch_rows) {
  FileResult result;
  result.source.file = task.file;
  result.source.reporting_date = task.reporting_date;
  try {
    const std::string bytes = read_bytes(task.path);
    result.source.sha256 = sha256_of(bytes);
    const std::optional<Decoded> decoded = decode(bytes, task.file, result.problems);
    if (!decoded) return result;
    result.source.encoding = decoded->encoding;
    read_text(decoded->text, task, roster, batch_rows, result);
  } catch (const Error& error) {
    for (Problem problem : error.problems()) {
      problem.place.file = task.file;
      result.problems.push_back(std::move(problem));
    }
  }
  if (!result.readable) result.batches.clear();
  return result;
}

} // namespace appraise
