// How evenly rows fall over the months or days of the slice: 1 − σ ÷ μ. 1 where all have the same number, below 0 where
// σ is greater than μ. No unit.
//
//   σ is irrational: σ ÷ μ = √(k·Σ c² − n²) ÷ n is taken by integer square root and rounded half away from zero to 12
//   decimals; the figure is exact from there. Missing dates, empty months and other slices: over_time.h.
#include "engine/measures/list.h"
#include "engine/measures/over_time.h"

namespace appraise {

namespace {

constexpr int kPlaces = 12;

class Evenness : public MeasureOverTime {
public:
  std::string name() const override { return "evenness"; }

private:
  Number figure(const std::vector<Span>& spans, const Number& n) const override {
    return Number(1) - (scaled_variance(spans, n) / (n * n)).square_root(kPlaces);
  }
};

} // namespace

const Measure& evenness_measure() {
  static const Evenness measure;
  return measure;
}

} // namespace appraise
