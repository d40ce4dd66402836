// Charts as they are in real use, with invented units: 32 provinces, 110 cities, fifteen years. The same ones are laid
// out in unit tests and written as files for the test of layout.
#pragma once

#include "reports/document.h"

#include <vector>

namespace appraise::samples {

inline constexpr const char* kWatermark = "演示数据，非考核结果";

Chart ranked_provinces();
Chart ranked_with_states(); // most units without a figure
Chart ranked_cities();      // 110 units
Chart ranked_differences(); // some below zero
Chart stacked_provinces();
Chart stacked_cities();
Chart stacked_many();   // seven families: tones return hatched
Chart heat_provinces(); // 32 × 14 with states
Chart heat_cities();    // 110 × 15
Chart heat_long_names();
Chart heat_wide();      // 24 items: more than fit beside each other
Chart trend_national(); // 2004–2018, four lines, faults, a gap
Chart trend_rates();    // percent, linear
Chart trend_large();    // values too wide for the table under the years

std::vector<Chart> all();

} // namespace appraise::samples
