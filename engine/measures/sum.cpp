// Σ value ÷ 1. Of no row with a value it is empty; a sum of 0 is a value.
#include "engine/measures/list.h"
#include "engine/measures/total.h"

namespace appraise {

namespace {

class State : public TotalState {
public:
  using TotalState::TotalState;
  void finish(Value& value) const override { finish_over(1, value); }
};

class Sum : public Measure {
public:
  std::string name() const override { return "sum"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  std::unique_ptr<MeasureState> start(const Indicator& indicator) const override {
    return std::make_unique<State>(indicator.value->scale());
  }
};

} // namespace

const Measure& sum_measure() {
  static const Sum measure;
  return measure;
}

} // namespace appraise
