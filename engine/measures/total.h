// What sum and mean keep: Σ value, and the number of rows that have one.
#pragma once

#include "engine/measures/measure.h"

namespace appraise {

class TotalState : public MeasureState {
public:
  void add(const Observation& row) override {
    ++rows_;
    sum_ += row.value;
  }
  void remove(const Observation& row) override {
    --rows_;
    sum_ -= row.value;
  }
  void merge(const MeasureState& other) override {
    rows_ += static_cast<const TotalState&>(other).rows_;
    sum_ += static_cast<const TotalState&>(other).sum_;
  }
  Summary summary() const override { return {.rows = rows_, .sum = sum_}; }

private:
  std::int64_t rows_ = 0;
  WideInteger sum_ = 0;
};

inline Number total_of(const Summary& rows, const Indicator& indicator) {
  return to_number(rows.sum) / Number(indicator.value->scale());
}

} // namespace appraise
