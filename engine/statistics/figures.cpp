#include "engine/statistics/figures.h"

#include "engine/measures/measure.h"

#include <limits>
#include <utility>

namespace appraise {

FigureMatrix figure_matrix(const Values& values, const Catalogue& catalogue, std::vector<std::int32_t> units,
                           std::size_t slice) {
  FigureMatrix result{std::move(units), values.indicators, {}};
  result.entries.setConstant(static_cast<Eigen::Index>(result.units.size()),
                             static_cast<Eigen::Index>(result.indicators.size()),
                             std::numeric_limits<double>::quiet_NaN());
  for (std::size_t column = 0; column < result.indicators.size(); ++column) {
    const Indicator& indicator = *catalogue.find(result.indicators[column]);
    for (std::size_t row = 0; row < result.units.size(); ++row) {
      const Value& value = values.at(result.units[row], column, slice);
      if (value.state != ValueState::value) continue;
      result.entries(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)) =
          figure_of(value, indicator).to_double();
    }
  }
  return result;
}

std::vector<std::int32_t> units_of_level(const Roster& roster, const std::string& level) {
  std::vector<std::int32_t> units;
  for (std::int32_t unit = 0; unit < roster.size(); ++unit) {
    if (roster[unit].level == level) units.push_back(unit);
  }
  return units;
}

} // namespace appraise
