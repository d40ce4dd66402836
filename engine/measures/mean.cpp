// Σ value ÷ rows with a value.
#include "engine/measures/list.h"

namespace appraise {

namespace {

class State : public MeasureState {
public:
  explicit State(std::int64_t scale) : scale_(scale) {}
  void add(const Observation& row) override {
    ++rows_;
    sum_ += row.value;
  }
  void remove(const Observation& row) override {
    --rows_;
    sum_ -= row.value;
  }
  void merge(const MeasureState& other) override {
    rows_ += static_cast<const State&>(other).rows_;
    sum_ += static_cast<const State&>(other).sum_;
  }
  void finish(Value& value) const override {
    value.state = rows_ > 0 ? ValueState::value : ValueState::empty;
    value.numerator = to_number(sum_) / Number(scale_);
    value.denominator = rows_;
    value.counted = rows_;
  }

private:
  std::int64_t scale_;
  std::int64_t rows_ = 0;
  WideInteger sum_ = 0;
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
