// Σ value ÷ 1. Of no row with a value it is empty; a sum of 0 is a value.
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
    value.denominator = 1;
    value.counted = rows_;
  }

private:
  std::int64_t scale_;
  std::int64_t rows_ = 0;
  WideInteger sum_ = 0;
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
