// How many different values: an exact set, so nothing is mistaken for another.
#include "engine/measures/list.h"

#include <unordered_map>

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation& row) override {
    ++rows_;
    ++seen_[std::string(row.text)];
  }
  void remove(const Observation& row) override {
    --rows_;
    const auto found = seen_.find(std::string(row.text));
    if (found != seen_.end() && --found->second == 0) seen_.erase(found);
  }
  void merge(const MeasureState& other) override {
    const State& from = static_cast<const State&>(other);
    rows_ += from.rows_;
    for (const auto& [text, count] : from.seen_)
      seen_[text] += count;
  }
  void finish(Value& value) const override {
    value.state = rows_ > 0 ? ValueState::value : ValueState::empty;
    value.numerator = static_cast<std::int64_t>(seen_.size());
    value.denominator = 1;
    value.counted = rows_;
  }

private:
  std::int64_t rows_ = 0;
  std::unordered_map<std::string, std::int64_t> seen_; // its order never shows: only its size is read
};

class Distinct : public Measure {
public:
  std::string name() const override { return "distinct"; }
  MeasureValue needs_value() const override { return MeasureValue::text; }
  std::unique_ptr<MeasureState> start(const Indicator&) const override { return std::make_unique<State>(); }
};

} // namespace

const Measure& distinct_measure() {
  static const Distinct measure;
  return measure;
}

} // namespace appraise
