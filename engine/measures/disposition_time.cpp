// Disposition time (CEPEJ): pending at the end of the slice ÷ closed in it × days, in days: how long it would take to
// close what is pending at the slice's own pace.
//
//   numerator and denominator are ids of indicators, as of a ratio. A whole year has 365 days, a leap year too; another
//   slice has its own. The value is pending × days ÷ closed; states and left-out rows are those of a ratio: empty where
//   nothing was closed, nothing pending counts 0.
#include "engine/measures/list.h"

namespace appraise {

namespace {

std::int64_t days_of(const Slice& slice) {
  const Date after = slice.to.add_days(1);
  return after == slice.from.add_months(12) ? 365 : after.days - slice.from.days;
}

class DispositionTime : public Measure {
public:
  std::string name() const override { return "disposition_time"; }
  bool over_rows() const override { return false; }
  bool over_figures() const override { return true; }
  MeasureOver over() const override { return MeasureOver::figure; }
  Value combine(const std::vector<Operand>& operands, const Indicator&, const Slice& slice) const override {
    Value value = ratio_of(operands[0], operands[1]);
    value.numerator *= Number(days_of(slice));
    return value;
  }
};

} // namespace

const Measure& disposition_time_measure() {
  static const DispositionTime measure;
  return measure;
}

} // namespace appraise
