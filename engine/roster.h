// The tree of units that are appraised, and what is known of each: level, parent, group, base figures.
//
//   A row counts once for its unit and once for every unit above it, when an indicator's scope says "with descendants".
//   Read from a CSV with the heads code, name, short_name, level, parent_code, region_group, and any further column,
//   which is kept as an attribute (a local clock, a base figure; other_codes: what the unit is called in other years,
//   see engine/input/units.h). Unit order is the file's order, and it is the order of every result. Problems:
//   unknown-parent, duplicate-unit.
#pragma once

#include "engine/problem.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace appraise {

struct Unit {
  std::string code;
  std::string name;
  std::string short_name;
  std::string level;
  std::int32_t parent = -1; // index in the roster, -1 at the top
  std::string group;
  std::map<std::string, std::string> attributes; // further columns by head
};

class Roster {
public:
  static Roster load(const std::string& csv, const std::string& file, Problems& problems);

  const std::vector<Unit>& units() const { return units_; }
  const Unit& operator[](std::int32_t index) const { return units_[static_cast<std::size_t>(index)]; }
  std::int32_t size() const { return static_cast<std::int32_t>(units_.size()); }
  // By code, then by full name, then by a short name that only one unit has; nullopt otherwise.
  std::optional<std::int32_t> find(std::string_view text) const;
  // The unit, its parent, its parent's parent …
  std::vector<std::int32_t> path(std::int32_t unit) const;
  std::vector<std::string> codes() const;

private:
  std::vector<Unit> units_;
  std::unordered_map<std::string, std::int32_t> by_text_; // -1: ambiguous
};

} // namespace appraise
