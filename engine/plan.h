// Records in, Values out.
//
//   For each indicator and slice every live row is tested once; its unit and, with descendants, every unit above it
//   takes the row into its measure's state. States are merged over batches and threads, then finished: results do not
//   depend on the order of rows, the number of threads or the size of batches. Ratios and combinations are made from
//   the finished figures of the same unit and slice.
#pragma once

#include "engine/indicator.h"
#include "engine/profile.h"
#include "engine/roster.h"
#include "engine/table.h"
#include "engine/values.h"

#include <functional>
#include <string>
#include <vector>

namespace appraise {

struct PlanInput {
  const RecordTypes* types = nullptr;
  const Records* records = nullptr;
  const Roster* roster = nullptr;
  const WorkCalendar* calendar = nullptr;
  const Catalogue* catalogue = nullptr;
  std::vector<std::string> indicators; // wanted ids; what they are made of is added
  std::vector<Slice> slices;           // the period first, then the bases
  int threads = 1;
  Profile* profile = nullptr; // of the compiled plan; null: not asked for
};

// By one compiled plan (engine/plan/compiled.cpp): distinct columns, sub-conditions and counters over all indicators.
Values compute(const PlanInput& input, Problems& problems);
// Row by row: the plain reference that the compiled plan is compared with.
Values compute_row_by_row(const PlanInput& input, Problems& problems);

// Each row that concerns this unit, indicator and slice, with its verdict: for `explain` and case lists.
enum class Verdict {
  met /* in the numerator */,
  not_met /* in the denominator only */,
  unknown_that,
  left_out_missing,
  outside
};
struct TracedRow {
  Row row;
  Verdict verdict = Verdict::outside;
  std::string missing_field; // for left_out_missing and unknown_that
};
void trace(const PlanInput& input, std::int32_t unit, const std::string& indicator, const Slice& slice,
           const std::function<void(const TracedRow&)>& each);

} // namespace appraise
