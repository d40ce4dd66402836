#include "engine/plan/observe.h"

namespace appraise {

Observed observe(const Indicator& indicator, const Measure& measure, const Row& row, const RowContext& context) {
  Observed result;
  if (indicator.where != nullptr) {
    const Truth inside = indicator.where->test(row, context);
    if (inside == Truth::no) return result;
    if (inside == Truth::unknown) {
      result.verdict = Verdict::left_out_missing;
      return result;
    }
  }
  result.verdict = Verdict::met;
  if (measure.needs_that()) {
    result.observation.that = indicator.that->test(row, context);
    if (result.observation.that == Truth::no) result.verdict = Verdict::not_met;
    if (result.observation.that == Truth::unknown) result.verdict = Verdict::unknown_that;
  }
  bool missing = false;
  if (measure.needs_value() == MeasureValue::number) {
    result.observation.value = indicator.value->number(row, context);
    missing = result.observation.value == kMissing;
  } else if (measure.needs_value() == MeasureValue::date) {
    const std::int64_t day = indicator.value->number(row, context);
    missing = day == kMissing;
    if (!missing && (day < context.period.from.days || day > context.period.to.days)) return {};
    result.observation.value = missing ? kMissing : day - context.period.from.days;
  } else if (measure.needs_value() == MeasureValue::text) {
    result.text = indicator.value->value_text(row, context);
    missing = result.text.empty();
  }
  if (missing) result.verdict = Verdict::left_out_missing;
  return result;
}

// The field to name for a row that is left out, or whose `that` is unknown.
std::string reason(const Indicator& indicator, const Row& row, const RowContext& context) {
  for (const auto* condition : {&indicator.where, &indicator.that, &indicator.value}) {
    if (*condition == nullptr) continue;
    std::string field = (*condition)->missing_field(row, context);
    if (!field.empty()) return field;
  }
  return {};
}

} // namespace appraise
