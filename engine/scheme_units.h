// Which units a scheme appraises: `level = 'x'`, joined by `and` with further columns of the roster.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace appraise {

struct UnitTest {
  std::string column; // level | group | parent | code, or any further column of the roster
  std::string value;
};

// nullopt when the text is not such a condition; an empty text is met by every unit.
std::optional<std::vector<UnitTest>> parse_units(const std::string& text);

} // namespace appraise
