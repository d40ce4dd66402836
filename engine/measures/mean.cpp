// Σ value ÷ rows with a value.
#include "engine/measures/list.h"
#include "engine/measures/total.h"

namespace appraise {

namespace {

class State : public TotalState {
public:
  using TotalState::TotalState;
  void finish(Value& value) const override { finish_over(rows(), value); }
};

class Mean : public Measure {
public:
  std::string name() const override { return "mean"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  std::unique_ptr<MeasureState> start(const Indicator& indicator) const override {
    return std::make_unique<State>(indicator.value->scale());
  }
};

} // namespace

const Measure& mean_measure() {
  static const Mean measure;
  return measure;
}

} // namespace appraise
