// Every row tested for every indicator and slice, one after the other: the plain reference that the compiled plan is
// compared with.
#include "engine/plan/observe.h"
#include "engine/plan/outline.h"

#include <map>
#include <memory>

namespace appraise {

namespace {

// What one indicator has seen of one unit in one slice.
struct Cell {
  std::unique_ptr<MeasureState> state;
  std::map<std::string, std::int64_t> left_out;

  void merge(const Cell& other, const Measure& measure) {
    if (other.state != nullptr) {
      if (state == nullptr) state = measure.start();
      state->merge(*other.state);
    }
    for (const auto& [field, rows] : other.left_out)
      left_out[field] += rows;
  }
};

class RowByRow {
public:
  explicit RowByRow(const PlanInput& input) : input_(input), outline_(input) {}

  Values run(Problems& problems) const {
    Values values = outline_.empty();
    for (const Job& job : outline_.jobs()) {
      for (const std::size_t i : job.indicators) {
        for (std::size_t slice = 0; slice < outline_.contexts().size(); ++slice)
          finish(gather(job, i, slice), i, slice, values);
      }
    }
    outline_.finish(values, problems);
    return values;
  }

private:
  std::vector<Cell> gather(const Job& job, std::size_t i, std::size_t slice) const {
    const Indicator& indicator = *outline_.wanted()[i];
    const Measure& measure = *find_measure(indicator.measure);
    const RowContext& context = outline_.contexts()[slice];
    std::vector<Cell> cells(outline_.units());
    for (const Batch& batch : job.table->batches) {
      for (std::size_t r = 0; r < batch.rows(); ++r) {
        if (batch.alive[r] == 0 || batch.units[r] < 0) continue;
        const Row row{job.table, &batch, r};
        Observed seen = observe(indicator, measure, row, context);
        if (seen.verdict == Verdict::outside) continue;
        Cell& cell = cells[static_cast<std::size_t>(batch.units[r])];
        if (seen.verdict == Verdict::left_out_missing) {
          ++cell.left_out[reason(indicator, row, context)];
          continue;
        }
        if (cell.state == nullptr) cell.state = measure.start();
        seen.observation.text = seen.text;
        cell.state->add(seen.observation);
      }
    }
    return cells;
  }

  void finish(const std::vector<Cell>& own, std::size_t i, std::size_t slice, Values& values) const {
    const Indicator& indicator = *outline_.wanted()[i];
    const Measure& measure = *find_measure(indicator.measure);
    std::vector<Cell> whole(own.size());
    for (std::int32_t unit = 0; unit < values.units; ++unit) {
      const Cell& cell = own[static_cast<std::size_t>(unit)];
      if (!indicator.with_descendants) {
        whole[static_cast<std::size_t>(unit)].merge(cell, measure);
        continue;
      }
      for (const std::int32_t above : input_.roster->path(unit))
        whole[static_cast<std::size_t>(above)].merge(cell, measure);
    }
    for (std::int32_t unit = 0; unit < values.units; ++unit) {
      Cell& cell = whole[static_cast<std::size_t>(unit)];
      Value& value = values.at(unit, i, slice);
      if (cell.state != nullptr) measure.finish(cell.state->summary(), indicator, input_.slices[slice], value);
      value.left_out = std::move(cell.left_out);
    }
  }

  const PlanInput& input_;
  Outline outline_;
};

} // namespace

Values compute_row_by_row(const PlanInput& input, Problems& problems) {
  return RowByRow(input).run(problems);
}

} // namespace appraise
