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
  bool over_figures() const override { return true; }
  MeasureOver over() const override { return MeasureOver::figure; }
  Value combine(const std::vector<Operand>& operands, const Indicator&, const Slice&) const override {
    return ratio_of(operands[0], operands[1]);
  }
};

} // namespace

const Measure& ratio_measure() {
  static const Ratio measure;
  return measure;
}

Value ratio_of(const Operand& numerator, const Operand& denominator) {
  Value value = resting_on({numerator, denominator});
  value.counted = denominator.value.counted;
  if (value.state == ValueState::unavailable) return value;
  const auto figure = [](const Operand& side) {
    return side.value.state == ValueState::value ? figure_of(side.value, side.indicator) : Number();
  };
  value.numerator = figure(numerator);
  value.denominator = figure(denominator);
  if (!value.denominator.is_zero()) value.state = ValueState::value;
  return value;
}

} // namespace appraise
