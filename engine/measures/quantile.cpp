// Type 7: with n sorted values x1 … xn, h = (n − 1)·p, j = ⌊h⌋, the quantile is x(j+1) + (h − j)·(x(j+2) − x(j+1)).
// Exact.
#include "engine/measures/list.h"

#include <map>

namespace appraise {

namespace {

class State : public MeasureState {
public:
  State(std::int64_t scale, Number probability) : scale_(scale), probability_(std::move(probability)) {}
  void add(const Observation& row) override {
    ++rows_;
    ++values_[row.value];
  }
  void remove(const Observation& row) override {
    --rows_;
    const auto found = values_.find(row.value);
    if (found != values_.end() && --found->second == 0) values_.erase(found);
  }
  void merge(const MeasureState& other) override {
    const State& from = static_cast<const State&>(other);
    rows_ += from.rows_;
    for (const auto& [value, count] : from.values_)
      values_[value] += count;
  }
  void finish(Value& value) const override {
    value.state = rows_ > 0 ? ValueState::value : ValueState::empty;
    value.numerator = rows_ > 0 ? quantile() : Number();
    value.denominator = 1;
    value.counted = rows_;
  }

private:
  std::int64_t at(std::int64_t index) const {
    for (const auto& [value, count] : values_) {
      if (index < count) return value;
      index -= count;
    }
    return values_.rbegin()->first;
  }
  Number quantile() const {
    const Number place = Number(rows_ - 1) * probability_;
    const std::int64_t below = place.floor().to_integer();
    const Number low(at(below));
    const Number high(at(below + 1));
    return (low + (place - Number(below)) * (high - low)) / Number(scale_);
  }

  std::int64_t scale_;
  Number probability_;
  std::int64_t rows_ = 0;
  std::map<std::int64_t, std::int64_t> values_;
};

class Quantile : public Measure {
public:
  std::string name() const override { return "quantile"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  std::unique_ptr<MeasureState> start(const Indicator& indicator) const override {
    return std::make_unique<State>(indicator.value->scale(), indicator.probability);
  }
};

} // namespace

const Measure& quantile_measure() {
  static const Quantile measure;
  return measure;
}

} // namespace appraise
