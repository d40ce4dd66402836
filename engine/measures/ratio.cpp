// The figure of one indicator ÷ the figure of another, of the same unit and slice.
//
//   Unavailable when either side is; empty when the denominator is empty or zero; an empty numerator counts 0 (no row
//   of that kind is a number of rows, when there is something to compare it with). Left-out rows of both sides are told
//   together: a row that both leave out is told twice.
#include "engine/measures/list.h"

namespace appraise {

namespace {

class Ratio : public Measure {
public:
  std::string name() const override { return "ratio"; }
  bool over_rows() const override { return false; }
  MeasureOver over() const override { return MeasureOver::figure; }
};

} // namespace

const Measure& ratio_measure() {
  static const Ratio measure;
  return measure;
}

Value ratio_of(const Value& numerator, const Indicator& of_numerator, const Value& denominator,
               const Indicator& of_denominator) {
  Value value;
  value.denominator = 0;
  for (const Value* side : {&numerator, &denominator}) {
    if (side->state != ValueState::unavailable) continue;
    value.state = ValueState::unavailable;
    if (value.note.empty()) value.note = side->note;
  }
  value.source = numerator.source == denominator.source ? numerator.source : ValueSource::rows;
  value.counted = denominator.counted;
  value.unknown = numerator.unknown + denominator.unknown;
  value.left_out = numerator.left_out;
  for (const auto& [field, rows] : denominator.left_out)
    value.left_out[field] += rows;
  if (numerator.state == ValueState::value) value.numerator = figure_of(numerator, of_numerator);
  if (denominator.state == ValueState::value) value.denominator = figure_of(denominator, of_denominator);
  if (value.state != ValueState::unavailable) {
    value.state = value.denominator.is_zero() ? ValueState::empty : ValueState::value;
  }
  if (value.state == ValueState::unavailable) {
    value.numerator = 0;
    value.denominator = 1;
  }
  return value;
}

} // namespace appraise
