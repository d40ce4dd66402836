// The vertical axis of a trend: linear from 0, or logarithmic where the largest value is more than a hundred times the
// smallest and none is 0 or below.
//
//   Axis axis = make_axis({937, 33976});   // linear: ticks 0, 10000, 20000 … 40000
//   axis.share(20000);                     // 0.5, counted from the bottom
#pragma once

#include <vector>

namespace appraise {

struct Axis {
  bool logarithmic = false;
  double low = 0;
  double high = 1;
  std::vector<double> ticks;
  int tick_places = 0;
  double share(double value) const;
};

Axis make_axis(const std::vector<double>& values);

} // namespace appraise
