// n rows. Of none it is empty.
#include "engine/measures/list.h"

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation&) override { ++rows_; }
  void remove(const Observation&) override { --rows_; }
  void merge(const MeasureState& other) override { rows_ += static_cast<const State&>(other).rows_; }
  Summary summary() const override { return {.rows = rows_}; }

private:
  std::int64_t rows_ = 0;
};

class Count : public Measure {
public:
  std::string name() const override { return "count"; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<State>(); }
  void finish(const Summary& rows, const Indicator&, Value& value) const override {
    value.state = rows.rows > 0 ? ValueState::value : ValueState::empty;
    value.numerator = rows.rows;
    value.denominator = 1;
    value.counted = rows.rows;
  }
};

} // namespace

const Measure& count_measure() {
  static const Count measure;
  return measure;
}

} // namespace appraise
