// What variance keeps: Σ x and Σ x² of whole numbers.
//
//   Both are exact in 128 bits. Where Σ x² would pass 2^127 − 1 the run ends (Error number-too-large): a figure is
//   never wrapped. Σ x² grows with every row, so that neither their order nor their parts decide whether it does.
#pragma once

#include "engine/measures/measure.h"
#include "engine/problem.h"

namespace appraise {

class Squares {
public:
  void take(std::int64_t value) {
    sum_ += value;
    grow(WideInteger{value} * value);
  }
  void give_back(std::int64_t value) {
    sum_ -= value;
    squares_ -= WideInteger{value} * value;
  }
  void merge(const Squares& other) {
    sum_ += other.sum_;
    grow(other.squares_);
  }
  void take_back(const Squares& other) {
    sum_ -= other.sum_;
    squares_ -= other.squares_;
  }
  void finish(Summary& summary) const {
    summary.sum = sum_;
    summary.squares = squares_;
  }

private:
  void grow(WideInteger by) {
    if (!__builtin_add_overflow(squares_, by, &squares_)) return;
    throw Error(ExitCode::limit, Problem{.rule = "number-too-large", .found = "Σ x²", .expected = "1.7e38"});
  }
  WideInteger sum_ = 0;
  WideInteger squares_ = 0;
};

} // namespace appraise
