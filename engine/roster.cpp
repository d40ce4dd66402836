#include "engine/roster.h"

#include "engine/input/input.h"

#include <algorithm>
#include <array>

namespace appraise {

namespace {

enum Head { code, name, short_name, level, parent_code, region_group, known_heads };
constexpr std::array<std::array<std::string_view, 2>, known_heads> kHeads = {{{"code", "代码"},
                                                                              {"name", "名称"},
                                                                              {"short_name", "简称"},
                                                                              {"level", "层级"},
                                                                              {"parent_code", "上级代码"},
                                                                              {"region_group", "分组"}}};

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

struct Line {
  std::int64_t row = 0;
  std::string parent;
};

} // namespace

Roster Roster::load(const std::string& csv, const std::string& file, Problems& problems) {
  Roster roster;
  const std::optional<Decoded> decoded = decode(csv, file, problems);
  if (!decoded) return roster;
  const std::vector<CsvRow> rows = split_csv(decoded->text, file, problems);
  if (rows.empty()) return roster;

  const std::vector<std::string>& heads = rows.front().fields;
  std::array<std::size_t, known_heads> column{};
  column.fill(heads.size());
  std::vector<bool> attribute(heads.size(), true);
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::string head = normalised(heads[i]);
    for (std::size_t known = 0; known < known_heads; ++known) {
      if (head != kHeads[known][0] && head != kHeads[known][1]) continue;
      column[known] = i;
      attribute[i] = false;
    }
  }
  for (const Head needed : {code, name, level}) {
    if (column[needed] < heads.size()) continue;
    problems.push_back({.rule = "header-missing",
                        .place = {.file = file, .row = rows.front().line},
                        .found = std::string(kHeads[needed][0]),
                        .nearest = nearest_names(std::string(kHeads[needed][0]), heads)});
  }
  if (column[code] == heads.size() || column[name] == heads.size()) return roster;

  std::vector<Line> lines;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    const CsvRow& row = rows[r];
    const auto cell = [&](std::size_t at) { return at < row.fields.size() ? trimmed(row.fields[at]) : std::string{}; };
    if (std::all_of(row.fields.begin(), row.fields.end(), [](const std::string& f) { return trimmed(f).empty(); })) {
      continue;
    }
    Unit unit;
    unit.code = cell(column[code]);
    unit.name = cell(column[name]);
    unit.short_name = cell(column[short_name]);
    unit.level = cell(column[level]);
    unit.group = cell(column[region_group]);
    for (std::size_t i = 0; i < heads.size(); ++i) {
      if (attribute[i]) unit.attributes[trimmed(heads[i])] = cell(i);
    }
    const Place place{.file = file,
                      .row = row.line,
                      .column = static_cast<std::int64_t>(column[code]) + 1,
                      .column_name = heads[column[code]]};
    if (unit.code.empty()) {
      problems.push_back({.rule = "value-missing", .place = place, .key = unit.name});
      continue;
    }
    const auto [known, fresh] = roster.by_text_.emplace(unit.code, roster.size());
    if (!fresh) {
      problems.push_back({.rule = "duplicate-unit",
                          .place = place,
                          .found = unit.code,
                          .expected = std::to_string(lines[static_cast<std::size_t>(known->second)].row),
                          .key = unit.name});
      continue;
    }
    lines.push_back({row.line, cell(column[parent_code])});
    roster.units_.push_back(std::move(unit));
  }
  if (roster.units_.empty()) problems.push_back({.rule = "roster-empty", .place = {.file = file, .row = 1}});

  // A full name wins over a short one; a word that means two units means none.
  const std::unordered_map<std::string, std::int32_t> by_code = roster.by_text_;
  std::unordered_map<std::string, std::int32_t> names;
  std::unordered_map<std::string, std::int32_t> short_names;
  for (std::int32_t i = 0; i < roster.size(); ++i) {
    const auto add = [i](auto& map, const std::string& word) {
      const auto [at, fresh] = map.emplace(normalised(word), i);
      if (!fresh && at->second != i) at->second = -1;
    };
    add(names, roster[i].name);
    if (!roster[i].short_name.empty()) add(short_names, roster[i].short_name);
  }
  roster.by_text_.insert(names.begin(), names.end());
  roster.by_text_.insert(short_names.begin(), short_names.end());

  for (std::int32_t i = 0; i < roster.size(); ++i) {
    const Line& line = lines[static_cast<std::size_t>(i)];
    if (line.parent.empty()) continue;
    const auto parent = by_code.find(line.parent);
    if (parent != by_code.end()) {
      roster.units_[static_cast<std::size_t>(i)].parent = parent->second;
      continue;
    }
    problems.push_back({.rule = "unknown-parent",
                        .place = {.file = file,
                                  .row = line.row,
                                  .column = static_cast<std::int64_t>(column[parent_code]) + 1,
                                  .column_name = heads[column[parent_code]]},
                        .found = line.parent,
                        .nearest = nearest_names(line.parent, roster.codes()),
                        .key = roster[i].code});
  }
  for (std::int32_t i = 0; i < roster.size(); ++i) {
    std::int32_t steps = 0;
    std::int32_t at = i;
    while (at >= 0 && steps <= roster.size()) {
      at = roster[at].parent;
      ++steps;
    }
    if (at < 0) continue;
    problems.push_back({.rule = "parent-cycle",
                        .place = {.file = file, .row = lines[static_cast<std::size_t>(i)].row},
                        .found = roster[i].code,
                        .key = roster[i].code});
    roster.units_[static_cast<std::size_t>(i)].parent = -1; // a tree again, for what follows
  }
  return roster;
}

std::optional<std::int32_t> Roster::find(std::string_view text) const {
  auto found = by_text_.find(std::string(text));
  if (found == by_text_.end()) found = by_text_.find(normalised(text));
  if (found == by_text_.end() || found->second < 0) return std::nullopt;
  return found->second;
}

std::vector<std::int32_t> Roster::path(std::int32_t unit) const {
  std::vector<std::int32_t> result;
  for (; unit >= 0; unit = (*this)[unit].parent)
    result.push_back(unit);
  return result;
}

std::vector<std::string> Roster::codes() const {
  std::vector<std::string> result;
  for (const Unit& unit : units_)
    result.push_back(unit.code);
  return result;
}

} // namespace appraise
