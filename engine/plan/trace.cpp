#include "engine/plan/observe.h"

#include <cassert>
#include <map>

namespace appraise {

namespace {

class Tracer {
public:
  Tracer(const PlanInput& input, std::int32_t unit, const Slice& slice)
      : input_(input), unit_(unit), side_rows_(*input.records) {
    context_ = {input.records, &side_rows_, input.calendar, slice, input.slices.size() > 1 ? input.slices[1] : slice};
  }

  std::vector<TracedRow> rows(const std::string& id) const {
    const Indicator* indicator = input_.catalogue->find(id);
    assert(indicator != nullptr);
    if (!indicator->operands.empty()) return of_figures(*indicator);
    std::vector<TracedRow> result;
    const Table* table = input_.records->find(indicator->of);
    if (table == nullptr) return result;
    const Measure& measure = *find_measure(indicator->measure);
    for (const Batch& batch : table->batches) {
      for (std::size_t r = 0; r < batch.rows(); ++r) {
        if (batch.alive[r] == 0 || !concerns(batch.units[r], indicator->with_descendants)) continue;
        TracedRow traced{{table, &batch, r}, Verdict::outside, {}};
        if (measure.over_rows()) {
          traced.verdict = observe(*indicator, measure, traced.row, context_).verdict;
        } else if (is_measured_row(*indicator, traced.row, context_)) {
          traced.verdict = Verdict::met;
        }
        if (traced.verdict == Verdict::left_out_missing || traced.verdict == Verdict::unknown_that) {
          traced.missing_field = reason(*indicator, traced.row, context_);
        }
        result.push_back(std::move(traced));
      }
    }
    return result;
  }

private:
  bool concerns(std::int32_t unit, bool with_descendants) const {
    if (unit < 0) return false;
    if (!with_descendants) return unit == unit_;
    for (std::int32_t at = unit; at >= 0; at = (*input_.roster)[at].parent) {
      if (at == unit_) return true;
    }
    return false;
  }

  // The rows of all operands; rows that only the denominator counts are not met. A row of several comes once.
  std::vector<TracedRow> of_figures(const Indicator& indicator) const {
    std::vector<TracedRow> result;
    std::map<std::pair<const Batch*, std::size_t>, std::size_t> places;
    for (const std::string& id : indicator.operands) {
      for (TracedRow& traced : rows(id)) {
        if (id == indicator.denominator && traced.verdict == Verdict::met) traced.verdict = Verdict::not_met;
        const auto [place, is_new] = places.emplace(std::pair(traced.row.batch, traced.row.row), result.size());
        if (is_new) {
          result.push_back(std::move(traced));
        } else if (traced.verdict < result[place->second].verdict) {
          result[place->second] = std::move(traced);
        }
      }
    }
    return result;
  }

  const PlanInput& input_;
  std::int32_t unit_;
  SideRows side_rows_;
  RowContext context_;
};

} // namespace

void trace(const PlanInput& input, std::int32_t unit, const std::string& indicator, const Slice& slice,
           const std::function<void(const TracedRow&)>& each) {
  for (const TracedRow& row : Tracer(input, unit, slice).rows(indicator))
    each(row);
}

} // namespace appraise
