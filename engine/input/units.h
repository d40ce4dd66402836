// The unit that a cell means: by code, full name or unique short name of the roster, or by a spelling of the layout.
//
//   White space inside, full-width forms, marks without width and traditional characters are undone, and noted as
//   unit-form, as is a spelling of the layout. A code or a name that the unit has in other years (column other_codes of
//   the roster: "632100 海东地区", several separated by "/") is refused as unit-of-other-year, and the code of the year
//   is named; everything else as unit-unknown with the nearest names. Nothing is guessed: a short name that two units
//   share means none.
//
//   UnitMatch match = match_unit("內蒙古", roster, nullptr);   // .unit of 内蒙古自治区, .note "unit-form"
#pragma once

#include "engine/input/input.h"
#include "engine/roster.h"

#include <string>
#include <string_view>
#include <vector>

namespace appraise {

struct UnitMatch {
  std::int32_t unit = -1;     // index in the roster
  const char* rule = nullptr; // why there is none; no rule and no unit: the cell is empty
  const char* note = nullptr; // there is one, and this is to be told (a notice)
  std::string expected;       // of a note or unit-of-other-year: code and name in the roster
  std::vector<std::string> nearest;
};

// `field`: what the layout says of the column, or nullptr.
UnitMatch match_unit(std::string_view cell, const Roster& roster, const LayoutField* field);

// Traditional characters that stand in names of places → the simplified ones; others as they are.
std::string simplified(std::string_view text);

} // namespace appraise
