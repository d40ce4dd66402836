// The index of dispersion of the counts of months or days: σ² ÷ μ = (k·Σ c² − n²) ÷ (k·n). Exact; about 1 where rows
// come by chance, greater where they come in rushes. Missing dates, empty months and other slices: over_time.h.
#include "engine/measures/list.h"
#include "engine/measures/over_time.h"

namespace appraise {

namespace {

class Dispersion : public MeasureOverTime {
public:
  std::string name() const override { return "dispersion"; }

private:
  Number figure(const std::vector<Span>& spans, const Number& n) const override {
    return scaled_variance(spans, n) / (Number(static_cast<std::int64_t>(spans.size())) * n);
  }
};

} // namespace

const Measure& dispersion_measure() {
  static const Dispersion measure;
  return measure;
}

} // namespace appraise
