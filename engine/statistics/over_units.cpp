#include "engine/statistics/over_units.h"

#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics/count.hpp>
#include <boost/accumulators/statistics/kurtosis.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/skewness.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/accumulators/statistics/tail.hpp>
#include <boost/accumulators/statistics/variance.hpp>
#include <cmath>
#include <vector>

namespace appraise {

namespace {

namespace acc = boost::accumulators;
// A tail as long as the column is the column in order.
using Places = acc::accumulator_set<double, acc::stats<acc::tag::count, acc::tag::mean, acc::tag::tail<acc::left>>>;
using Shape = acc::accumulator_set<double, acc::stats<acc::tag::lazy_variance, acc::tag::skewness, acc::tag::kurtosis>>;

double quantile(const std::vector<double>& sorted, double probability) {
  const double place = static_cast<double>(sorted.size() - 1) * probability;
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 == sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

} // namespace

UnitStatistics statistics_over_units(std::span<const double> figures) {
  Places places(acc::tag::tail<acc::left>::cache_size = figures.size());
  for (const double figure : figures) {
    if (!std::isnan(figure)) places(figure);
  }
  UnitStatistics result;
  result.units = acc::count(places);
  result.without = figures.size() - result.units;
  if (result.units == 0) return result;
  const auto in_order = acc::tail(places);
  const std::vector<double> sorted(in_order.begin(), in_order.end());
  result.minimum = sorted.front();
  result.lower_quartile = quantile(sorted, 0.25);
  result.median = quantile(sorted, 0.5);
  result.upper_quartile = quantile(sorted, 0.75);
  result.maximum = sorted.back();
  if (result.minimum == result.maximum) { // the sum of many 0.1 is rounded
    result.mean = result.minimum;
    result.sigma = 0;
    return result;
  }
  result.mean = acc::mean(places);
  // Of the distances from the mean: Boost takes powers of what it is given, and large ones would cancel each other.
  Shape shape;
  for (const double figure : figures) {
    if (!std::isnan(figure)) shape(figure - result.mean);
  }
  result.sigma = std::sqrt(acc::lazy_variance(shape));
  result.skewness = acc::skewness(shape);
  result.kurtosis = acc::kurtosis(shape);
  return result;
}

} // namespace appraise
