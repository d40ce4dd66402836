#include "engine/scheme_units.h"

#include "engine/scorecard.h"

#include <algorithm>
#include <cctype>

namespace appraise {

namespace {

// Words, quoted texts and equals signs.
std::optional<std::vector<std::string>> tokens(const std::string& text) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++i;
    } else if (c == '\'') {
      const std::size_t end = text.find('\'', i + 1);
      if (end == std::string::npos) return std::nullopt;
      result.push_back(text.substr(i, end - i));
      i = end + 1;
    } else if (c == '=') {
      result.emplace_back("=");
      ++i;
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n='", i), text.size());
      result.push_back(text.substr(i, end - i));
      i = end;
    }
  }
  return result;
}

bool known_column(const Roster& roster, const std::string& column) {
  static const std::vector<std::string> own = {"level", "group", "region_group", "parent", "parent_code", "code"};
  if (std::find(own.begin(), own.end(), column) != own.end()) return true;
  return std::any_of(roster.units().begin(), roster.units().end(),
                     [&](const Unit& unit) { return unit.attributes.count(column) > 0; });
}

std::string column_of(const Roster& roster, const Unit& unit, const std::string& column) {
  if (column == "level") return unit.level;
  if (column == "group" || column == "region_group") return unit.group;
  if (column == "code") return unit.code;
  if (column == "parent" || column == "parent_code") return unit.parent < 0 ? std::string{} : roster[unit.parent].code;
  const auto found = unit.attributes.find(column);
  return found == unit.attributes.end() ? std::string{} : found->second;
}

} // namespace

std::optional<std::vector<UnitTest>> parse_units(const std::string& text) {
  const auto words = tokens(text);
  if (!words) return std::nullopt;
  std::vector<UnitTest> result;
  for (std::size_t i = 0; i < words->size(); i += 4) {
    const bool complete = i + 3 == words->size() || (i + 4 < words->size() && (*words)[i + 3] == "and");
    if (!complete || (*words)[i + 1] != "=") return std::nullopt;
    if ((*words)[i][0] == '\'' || (*words)[i] == "=" || (*words)[i + 2][0] != '\'') return std::nullopt;
    result.push_back({(*words)[i], (*words)[i + 2].substr(1)});
  }
  return result;
}

std::string group_of(const Scheme& scheme, const Unit& unit) {
  if (scheme.groups.empty()) return {};
  if (scheme.groups == "group" || scheme.groups == "region_group") return unit.group;
  const auto found = unit.attributes.find(scheme.groups);
  return found == unit.attributes.end() ? std::string{} : found->second;
}

std::vector<std::int32_t> appraised_units(const Scheme& scheme, const Roster& roster, Problems& problems) {
  const auto tests = parse_units(scheme.units).value_or(std::vector<UnitTest>{});
  for (const UnitTest& test : tests) {
    if (known_column(roster, test.column)) continue;
    problems.push_back({.rule = "units-unknown-column", .place = {.file = scheme.file}, .found = test.column});
    return {};
  }
  if (!scheme.groups.empty() && !known_column(roster, scheme.groups)) {
    problems.push_back({.rule = "units-unknown-column", .place = {.file = scheme.file}, .found = scheme.groups});
  }
  std::vector<std::int32_t> result;
  for (std::int32_t i = 0; i < roster.size(); ++i) {
    const bool met = std::all_of(tests.begin(), tests.end(), [&](const UnitTest& test) {
      return column_of(roster, roster[i], test.column) == test.value;
    });
    if (met) result.push_back(i);
  }
  if (result.empty()) {
    problems.push_back({.rule = "units-none", .place = {.file = scheme.file}, .found = scheme.units});
  }
  return result;
}

} // namespace appraise
