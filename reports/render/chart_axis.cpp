#include "reports/render/chart_axis.h"

#include <algorithm>
#include <cmath>

namespace appraise {

namespace {

constexpr double kWideSpread = 100;

// 1, 2 or 5 times a power of ten, so that about five steps cover the span.
double round_step(double span, int& places) {
  const double raw = span / 5;
  const int exponent = static_cast<int>(std::floor(std::log10(raw)));
  const double power = std::pow(10.0, exponent);
  const double lead = raw / power;
  places = std::max(0, lead > 5 ? -exponent - 1 : -exponent);
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

} // namespace

double Axis::share(double value) const {
  if (!logarithmic) return (value - low) / (high - low);
  return (std::log10(value) - std::log10(low)) / (std::log10(high) - std::log10(low));
}

Axis make_axis(const std::vector<double>& values) {
  Axis axis;
  if (values.empty()) return axis;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least > 0 && *most / *least > kWideSpread) {
    axis.logarithmic = true;
    const int first = static_cast<int>(std::floor(std::log10(*least)));
    const int last = static_cast<int>(std::ceil(std::log10(*most)));
    axis.tick_places = std::max(0, -first);
    for (int e = first; e <= last; ++e)
      axis.ticks.push_back(std::pow(10.0, e));
    axis.low = axis.ticks.front();
    axis.high = axis.ticks.back();
    return axis;
  }
  const double low = std::min(0.0, *least);
  const double high = std::max(*most, low + 1e-9 + (*most <= 0 && low >= 0 ? 1 : 0));
  const double step = round_step(high - low, axis.tick_places);
  const auto first = static_cast<long>(std::floor(low / step));
  const auto last = static_cast<long>(std::ceil(high / step));
  for (long i = first; i <= last; ++i)
    axis.ticks.push_back(static_cast<double>(i) * step);
  axis.low = axis.ticks.front();
  axis.high = axis.ticks.back();
  return axis;
}

} // namespace appraise
