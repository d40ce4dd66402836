// What sum and mean keep: Σ value, and the number of rows that have one.
#pragma once

#include "engine/measures/measure.h"

namespace appraise {

class TotalState : public MeasureState {
public:
  explicit TotalState(std::int64_t scale) : scale_(scale) {}
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

protected:
  // Numerator Σ value, over `denominator`; of no row with a value it is empty.
  void finish_over(std::int64_t denominator, Value& value) const {
    value.state = rows_ > 0 ? ValueState::value : ValueState::empty;
    value.numerator = to_number(sum_) / Number(scale_);
    value.denominator = denominator;
    value.counted = rows_;
  }
  std::int64_t rows() const { return rows_; }

private:
  std::int64_t scale_;
  std::int64_t rows_ = 0;
  WideInteger sum_ = 0;
};

} // namespace appraise
