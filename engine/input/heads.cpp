#include "engine/input/heads.h"

#include "engine/input/unicode.h"

#include <algorithm>

namespace appraise {

namespace {

std::size_t filled(const std::vector<std::string>& cells) {
  return static_cast<std::size_t>(
      std::count_if(cells.begin(), cells.end(), [](const std::string& cell) { return !trimmed(cell).empty(); }));
}

bool looks_like_heads(const CsvRow& row, const Layout& layout, const RecordType& type) {
  const std::vector<HeadMatch> matches = match_heads(row.fields, layout, type);
  const auto known = static_cast<std::size_t>(std::count_if(
      matches.begin(), matches.end(), [](const HeadMatch& match) { return !match.field.empty() || match.ignored; }));
  return known >= 2 && known * 2 >= filled(row.fields);
}

// A second row of heads fills in what the first leaves empty, and leaves its own first cell empty.
bool has_second_row(const CsvRow& heads, const CsvRow& next) {
  if (next.fields.empty() || !trimmed(next.fields.front()).empty()) return false;
  for (std::size_t i = 0; i < heads.fields.size() && i < next.fields.size(); ++i) {
    if (trimmed(heads.fields[i]).empty() && !trimmed(next.fields[i]).empty()) return true;
  }
  return false;
}

void append(std::string& list, const std::string& word) {
  list += (list.empty() ? "" : ", ") + word;
}

std::string with_letters(std::int64_t column, const std::string& head) {
  return column_letters(column) + " " + head;
}

} // namespace

Heads find_heads(const std::vector<CsvRow>& first, const Layout& layout, const RecordType& type,
                 const std::string& file, Problems& problems) {
  Heads heads;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!looks_like_heads(first[i], layout, type)) continue;
    heads.record = i;
    break;
  }
  const CsvRow& row = first[heads.record];
  heads.line = row.line;
  heads.texts = row.fields;
  const Place place{.file = file, .row = row.line};
  if (row.fields.size() == 1 && row.fields[0].find("，") != std::string::npos) {
    problems.push_back({.rule = "comma-fullwidth", .place = place, .found = "，", .expected = ","});
    return heads;
  }
  if (heads.record + 1 < first.size() && has_second_row(row, first[heads.record + 1])) {
    problems.push_back({.rule = "header-two-rows", .place = place});
    return heads;
  }

  std::string unknown;
  std::string missing;
  std::string loose;
  std::vector<std::string> nearest;
  Place first_unknown = place;
  bool duplicate = false;
  std::vector<std::ptrdiff_t> column_of(type.fields.size(), -1);
  heads.field.assign(row.fields.size(), -1);
  std::map<std::string, std::int64_t> unknown_heads;
  const auto report_twice = [&](std::int64_t earlier, const HeadMatch& match) {
    const std::string& head = row.fields[static_cast<std::size_t>(earlier - 1)];
    problems.push_back({.rule = "header-duplicate",
                        .place = {.file = file, .row = row.line, .column = match.column, .column_name = match.head},
                        .found = with_letters(earlier, head) + ", " + with_letters(match.column, match.head)});
    duplicate = true;
  };
  for (const HeadMatch& match : match_heads(row.fields, layout, type)) {
    const auto column = static_cast<std::size_t>(match.column - 1);
    if (match.field.empty()) {
      if (match.ignored || trimmed(match.head).empty()) continue; // a column without head: its cells are watched
      const auto twin = unknown_heads.emplace(match.head, match.column);
      if (!twin.second) {
        report_twice(twin.first->second, match);
        continue;
      }
      append(unknown, with_letters(match.column, match.head));
      if (first_unknown.column == 0) first_unknown.column = match.column;
      for (const std::string& name : match.nearest)
        nearest.push_back(match.head + " → " + name);
      continue;
    }
    const std::size_t field = *type.field(match.field);
    if (column_of[field] >= 0) {
      report_twice(column_of[field] + 1, match);
      continue;
    }
    column_of[field] = static_cast<std::ptrdiff_t>(column);
    heads.field[column] = static_cast<std::ptrdiff_t>(field);
    if (match.loose) append(loose, with_letters(match.column, type.fields[field].title));
  }
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (type.fields[i].required && column_of[i] < 0) append(missing, type.fields[i].title);
  }
  if (!unknown.empty()) {
    problems.push_back(
        {.rule = "header-unknown", .place = first_unknown, .found = unknown, .expected = missing, .nearest = nearest});
  } else if (!missing.empty()) {
    problems.push_back({.rule = "header-missing", .place = place, .found = missing});
  }
  if (!loose.empty()) {
    problems.push_back({.rule = "header-loose", .severity = Severity::notice, .place = place, .found = loose});
  }
  heads.usable = unknown.empty() && missing.empty() && !duplicate;
  if (heads.usable && heads.record > 0) {
    problems.push_back({.rule = "rows-before-head",
                        .severity = Severity::notice,
                        .place = {.file = file, .row = first.front().line},
                        .found = std::to_string(heads.record)});
  }
  return heads;
}

} // namespace appraise
