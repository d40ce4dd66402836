// Pearson's χ² of the counts of months or days against uniformity: Σ (c − e)² ÷ e, where a span of d of the slice's D
// days has e = n·d ÷ D. Exact. Missing dates, empty months and other slices: over_time.h.
#include "engine/measures/list.h"
#include "engine/measures/over_time.h"

namespace appraise {

namespace {

class ChiSquare : public MeasureOverTime {
public:
  std::string name() const override { return "chi_square"; }

private:
  Number figure(const std::vector<Span>& spans, const Number& n) const override { return chi_square_of(spans, n); }
};

} // namespace

const Measure& chi_square_measure() {
  static const ChiSquare measure;
  return measure;
}

} // namespace appraise
