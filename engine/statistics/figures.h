// Figures as a matrix: a row for each of some units, a column for each indicator, in one slice.
//
//   entry = numerator × per ÷ denominator of the value, as the nearest double and in parts of one (a share of 40% is
//   0.4). It is NaN where there is no figure, because the value is empty or unavailable: nothing is filled in, and
//   whoever reads a column must look.
//
//   const FigureMatrix figures = figure_matrix(values, catalogue, units_of_level(roster, "2"), 0);
//   figures.entries(row, column);   // of units[row], indicators[column]
#pragma once

#include "engine/indicator.h"
#include "engine/roster.h"
#include "engine/values.h"

#include <Eigen/Core>
#include <string>
#include <vector>

namespace appraise {

struct FigureMatrix {
  std::vector<std::int32_t> units;     // of the rows
  std::vector<std::string> indicators; // of the columns
  Eigen::MatrixXd entries;
};

// Every indicator of `values`; `slice` is a position in values.slices.
FigureMatrix figure_matrix(const Values& values, const Catalogue& catalogue, std::vector<std::int32_t> units,
                           std::size_t slice);

// The units of one level, in the order of the roster.
std::vector<std::int32_t> units_of_level(const Roster& roster, const std::string& level);

} // namespace appraise
