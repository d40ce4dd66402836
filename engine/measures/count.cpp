// n rows. Of none it is empty.
#include "engine/measures/list.h"

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation&) override { ++rows_; }
  void remove(const Observation&) override { --rows_; }
  void merge(const MeasureState& other) override { rows_ += static_cast<const State&>(other).rows_; }
  void finish(Value& value) const override {
    value.state = rows_ > 0 ? ValueState::value : ValueState::empty;
    value.numerator = rows_;
    value.denominator = 1;
    value.counted = rows_;
  }

private:
  std::int64_t rows_ = 0;
};

class Count : public Measure {
public:
  std::string name() const override { return "count"; }
  std::unique_ptr<MeasureState> start(const Indicator&) const override { return std::make_unique<State>(); }
};

} // namespace

const Measure& count_measure() {
  static const Count measure;
  return measure;
}

} // namespace appraise
