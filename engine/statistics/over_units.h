// What the figures of one indicator are like over units: where they lie, how far apart, how lopsided.
//
//   Of the n units with a figure x (a unit without one, NaN, is counted by itself and goes into nothing), each unit
//   weighing the same:
//     mean      μ = Σ x ÷ n
//     sigma     σ = √(Σ (x − μ)² ÷ n), of the units as they are, not of a sample of others
//     skewness  Σ (x − μ)³ ÷ (n σ³): above 0 where few units lie far above
//     kurtosis  Σ (x − μ)⁴ ÷ (n σ⁴) − 3: 0 as for the normal distribution
//     quartiles type 7 of Hyndman and Fan (1996): between the sorted x at place (n − 1) p, counted from 0
//   In the unit of x; skewness and kurtosis are without one. NaN where there is none: all of them without a figure,
//   skewness and kurtosis where every figure is the same. Doubles, added up one after another in the order given, so
//   that the roster's order gives the same bits each time; raises no problem.
//
//   const std::vector<double> figures = {2, 4, 4, 4, 5, 5, 7, 9};
//   const UnitStatistics over = statistics_over_units(figures);   // mean 5, sigma 2, median 4.5
#pragma once

#include <cstddef>
#include <limits>
#include <span>

namespace appraise {

struct UnitStatistics {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  std::size_t units = 0;   // with a figure
  std::size_t without = 0; // the others
  double mean = kNone;
  double sigma = kNone;
  double skewness = kNone;
  double kurtosis = kNone;
  double minimum = kNone;
  double lower_quartile = kNone;
  double median = kNone;
  double upper_quartile = kNone;
  double maximum = kNone;
};

UnitStatistics statistics_over_units(std::span<const double> figures);

} // namespace appraise
