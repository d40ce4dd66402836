// What quantile, minimum, maximum and the measures over time keep: how often each value.
#pragma once

#include "engine/measures/measure.h"

#include <map>

namespace appraise {

class CountedState : public MeasureState {
public:
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
    const CountedState& from = static_cast<const CountedState&>(other);
    rows_ += from.rows_;
    for (const auto& [value, count] : from.values_)
      values_[value] += count;
  }
  Summary summary() const override { return {.rows = rows_, .counts = {values_.begin(), values_.end()}}; }

private:
  std::int64_t rows_ = 0;
  std::map<std::int64_t, std::int64_t> values_;
};

} // namespace appraise
