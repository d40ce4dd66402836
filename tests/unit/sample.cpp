#include "tests/unit/sample.h"

#include "engine/predicate/parameters.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace appraise::sample {

namespace fs = std::filesystem;

namespace {

std::string first_problem(const Problems& problems) {
  const Problem& problem = problems.front();
  return problem.rule + " " + problem.place.file + ":" + std::to_string(problem.place.row) + ":" +
         std::to_string(problem.place.column) + " " + problem.found + " / " + problem.expected + "\n" + problem.excerpt;
}

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  return from == std::string::npos ? std::string{} : text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    if (trimmed(line).empty()) continue;
    rows.emplace_back();
    for (std::size_t start = 0; start <= line.size();) {
      const std::size_t end = std::min(line.find(',', start), line.size());
      rows.back().push_back(trimmed(line.substr(start, end - start)));
      start = end + 1;
    }
    rows.back().resize(std::max(rows.back().size(), rows.front().size()));
  }
  return rows;
}

std::size_t column_of(const RecordType& type, const std::string& head) {
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    if (field.id == head || field.title == head || field.id == head + "_date") return i;
    if (head == "unit" && field.id == type.unit_field) return i;
  }
  throw std::runtime_error("no field " + head + " in " + type.id);
}

std::int64_t cell_of(const Field& field, const std::string& text, const Roster& roster) {
  if (text.empty()) return kMissing;
  switch (field.type) {
  case FieldType::text: break;
  case FieldType::category:
    for (std::size_t i = 0; i < field.categories.size(); ++i) {
      if (field.categories[i].id == text || field.categories[i].title == text) return static_cast<std::int64_t>(i);
    }
    break;
  case FieldType::date:
    if (const auto date = Date::parse(text)) return date->days;
    break;
  case FieldType::integer:
  case FieldType::number:
  case FieldType::money:
    if (const auto number = Number::parse(text)) {
      return (*number * Number(field.type == FieldType::integer ? 1 : 100)).to_integer();
    }
    break;
  case FieldType::flag:
    if (text == "yes" || text == "no") return text == "yes" ? 1 : 0;
    break;
  case FieldType::unit:
    if (const auto unit = roster.find(text)) return *unit;
    break;
  }
  throw std::runtime_error("not a value of " + field.id + ": " + text);
}

RowRef find_record(const Table& parent, const RecordType& side, const std::string& number) {
  RowRef found;
  const std::size_t column = parent.type->field(side.via_field).value();
  for (std::size_t b = 0; b < parent.batches.size(); ++b) {
    for (std::size_t row = 0; row < parent.batches[b].rows(); ++row) {
      if (parent.batches[b].text(column, row) != number) continue;
      if (found.exists()) throw std::runtime_error("two records with number " + number);
      found = {static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(row)};
    }
  }
  return found;
}

void add_row(Table& table, std::size_t line, std::size_t batch_rows) {
  if (table.batches.empty() || table.batches.back().rows() == batch_rows) {
    table.batches.emplace_back();
    table.batches.back().columns.resize(table.type->fields.size());
  }
  Batch& batch = table.batches.back();
  batch.lines.push_back(static_cast<std::int64_t>(line));
  batch.alive.push_back(1);
  batch.units.push_back(-1);
  batch.via.emplace_back();
  for (std::size_t i = 0; i < table.type->fields.size(); ++i) {
    if (table.type->fields[i].type == FieldType::text) {
      batch.columns[i].texts.push_back({});
    } else {
      batch.columns[i].values.push_back(kMissing);
    }
  }
}

Table table_of(const RecordType& type, const std::string& csv, const Roster& roster, const Records& records,
               std::size_t batch_rows) {
  Table table;
  table.type = &type;
  table.sources.emplace_back();
  table.sources.back().file = type.id + ".csv";
  const auto rows = rows_of(csv);
  for (std::size_t line = 1; line < rows.size(); ++line) {
    add_row(table, line + 1, batch_rows);
    Batch& batch = table.batches.back();
    const std::size_t row = batch.rows() - 1;
    for (std::size_t c = 0; c < rows[0].size(); ++c) {
      const std::size_t column = column_of(type, rows[0][c]);
      const Field& field = type.fields[column];
      if (field.type == FieldType::text) {
        TextColumn& texts = batch.columns[column].texts;
        texts.pop_back();
        texts.push_back(rows[line][c]);
      } else {
        batch.columns[column].values[row] = cell_of(field, rows[line][c], roster);
      }
    }
    if (type.via.empty()) {
      const std::int64_t unit = batch.value(type.field(type.unit_field).value(), row);
      if (unit != kMissing) batch.units[row] = static_cast<std::int32_t>(unit);
    } else {
      const Table& parent = records.tables.at(type.via);
      batch.via[row] = find_record(parent, type, std::string(batch.text(type.field(type.via_field).value(), row)));
      const RowRef ref = batch.via[row];
      if (ref.exists()) batch.units[row] = parent.batches[ref.batch].units[ref.row];
    }
  }
  return table;
}

} // namespace

std::string slurp(const std::string& path) {
  std::ifstream in(fs::path(SOURCE_FOLDER) / path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> files_below(const std::string& folder, const std::string& ending) {
  std::vector<std::string> result;
  const fs::path root(SOURCE_FOLDER);
  if (!fs::exists(root / folder)) return result;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const std::string name = fs::relative(entry.path(), root).generic_string();
    if (entry.is_regular_file() && name.size() >= ending.size() && name.substr(name.size() - ending.size()) == ending) {
      result.push_back(name);
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

const RecordTypes& types() {
  static const RecordTypes all = [] {
    Problems problems;
    RecordTypes result = RecordTypes::load(slurp("indicators/fields.toml"), "fields.toml", problems);
    const std::string parameters = "templates/parameters/indicators.toml";
    result.parameters = load_parameters(slurp(parameters), parameters, result, problems);
    if (!problems.empty()) throw std::runtime_error(first_problem(problems));
    return result;
  }();
  return all;
}

RecordTypes types_of_example(const Setting& example) {
  RecordTypes result = types();
  const Setting* const parameters = example.find("parameters");
  if (parameters == nullptr) return result;
  Problems problems;
  result.parameters = load_parameters(parameters->text, "parameters", result, problems);
  if (!problems.empty()) throw std::runtime_error(first_problem(problems));
  return result;
}

const WorkCalendar& calendar() {
  static const WorkCalendar all = [] {
    Problems problems;
    WorkCalendar result = load_calendar(slurp("templates/parameters/workdays.csv"), "workdays.csv", problems);
    if (!problems.empty()) throw std::runtime_error(first_problem(problems));
    return result;
  }();
  return all;
}

const std::vector<Clock>& clocks() {
  static const std::vector<Clock> all = [] {
    Problems problems;
    auto result = load_clocks(slurp("templates/parameters/clocks.toml"), "clocks.toml", problems);
    if (!problems.empty()) throw std::runtime_error(first_problem(problems));
    return result;
  }();
  return all;
}

const Catalogue& catalogue() {
  static const Catalogue all = [] {
    std::vector<std::pair<std::string, std::string>> files;
    for (const std::string& file : files_below("indicators", ".toml")) {
      const std::string name = file.substr(std::string("indicators/").size());
      if (name != "fields.toml" && name.rfind("checks/", 0) != 0) files.emplace_back(name, slurp(file));
    }
    Problems problems;
    Catalogue result = Catalogue::load(files, types(), problems);
    if (!problems.empty()) throw std::runtime_error(first_problem(problems));
    return result;
  }();
  return all;
}

Catalogue declared(const std::string& id, const std::string& toml, const RecordTypes& with) {
  Problems problems;
  Catalogue result = Catalogue::load({{"sample/" + id + ".toml", toml}}, with, problems);
  if (!problems.empty()) throw std::runtime_error(first_problem(problems));
  return result;
}

Catalogue of_example(const Setting& example) {
  const Setting* declare = example.find("declare");
  if (declare == nullptr) return catalogue();
  std::vector<std::pair<std::string, std::string>> files = {{"sample/example.toml", declare->text}};
  if (const Setting* others = example.find("others")) {
    for (const auto& [id, toml] : others->members)
      files.emplace_back("sample/" + id + ".toml", toml.text);
  }
  Problems problems;
  Catalogue result = Catalogue::load(files, types_of_example(example), problems);
  if (!problems.empty()) throw std::runtime_error(first_problem(problems));
  return result;
}

Date date(const char* iso) {
  return Date::parse(iso).value();
}
Slice slice(const char* id, const char* from, const char* to) {
  return {id, date(from), date(to)};
}

Roster roster_of(const Pasted& tables, const std::vector<std::string>& further_codes, const std::string& csv) {
  const std::vector<std::string> heads = {"code", "name", "short_name", "level", "parent_code", "region_group"};
  std::string text;
  Problems problems;
  if (csv.empty()) {
    std::set<std::string> codes(further_codes.begin(), further_codes.end());
    for (const auto& [type, table] : tables) {
      const auto rows = rows_of(table);
      for (std::size_t c = 0; c < rows[0].size(); ++c) {
        if (rows[0][c] != "unit") continue;
        for (std::size_t line = 1; line < rows.size(); ++line)
          codes.insert(rows[line][c]);
      }
    }
    text = "code,name,short_name,level,parent_code,region_group\n";
    for (const std::string& code : codes)
      text += code + ",U" + code + ",,province,,\n";
  } else {
    const auto rows = rows_of(csv);
    std::vector<std::string> all = heads;
    for (const std::string& head : rows[0]) {
      if (std::find(all.begin(), all.end(), head) == all.end()) all.push_back(head);
    }
    for (std::size_t line = 0; line < rows.size(); ++line) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        const auto at = std::find(rows[0].begin(), rows[0].end(), all[i]);
        const bool there = at != rows[0].end();
        std::string cell = there ? rows[line][static_cast<std::size_t>(at - rows[0].begin())] : "";
        if (line == 0) cell = all[i];
        if (line > 0 && cell.empty() && all[i] == "name") cell = "U" + rows[line][0];
        text += (i > 0 ? "," : "") + cell;
      }
      text += "\n";
    }
  }
  Roster roster = Roster::load(text, "roster.csv", problems);
  if (!problems.empty()) throw std::runtime_error(first_problem(problems));
  return roster;
}

Records records_of(const Pasted& tables, const Roster& roster, std::size_t batch_rows) {
  Records records;
  for (const bool side : {false, true}) {
    for (const auto& [id, csv] : tables) {
      const RecordType* type = types().find(id);
      if (type == nullptr) throw std::runtime_error("no record type " + id);
      if (!type->via.empty() == side) records.tables[id] = table_of(*type, csv, roster, records, batch_rows);
    }
  }
  return records;
}

} // namespace appraise::sample
