// One row looked at for one indicator: what the row-by-row evaluator, the trace and the compiled plan's odd batches
// share.
#pragma once

#include "engine/measures/measure.h"
#include "engine/plan.h"

#include <string>

namespace appraise {

// Whether a row's value is there, and what a measure takes from it.
struct Observed {
  Verdict verdict = Verdict::outside;
  Observation observation; // its text is `text`
  std::string text;
};

Observed observe(const Indicator& indicator, const Measure& measure, const Row& row, const RowContext& context);

// The field to name for a row that is left out, or whose `that` is unknown.
std::string reason(const Indicator& indicator, const Row& row, const RowContext& context);

} // namespace appraise
