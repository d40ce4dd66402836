#include "engine/measures/list.h"

#include <cassert>

namespace appraise {

const std::vector<const Measure*>& measures() {
  static const std::vector<const Measure*> all = {
      &count_measure(),       &sum_measure(),        &share_measure(),
      &mean_measure(),        &quantile_measure(),   &minimum_measure(),
      &maximum_measure(),     &variance_measure(),   &evenness_measure(),
      &dispersion_measure(),  &chi_square_measure(), &chi_square_p_measure(),
      &distinct_measure(),    &ratio_measure(),      &disposition_time_measure(),
      &combination_measure(), &measured_measure(),
  };
  return all;
}

const Measure* find_measure(const std::string& name) {
  for (const Measure* measure : measures()) {
    if (measure->name() == name) return measure;
  }
  return nullptr;
}

Number figure_of(const Value& value, const Indicator& indicator) {
  assert(value.state == ValueState::value);
  return value.numerator * indicator.per / value.denominator;
}

Value resting_on(const std::vector<Operand>& operands) {
  Value result;
  result.source = operands.front().value.source;
  for (const auto& [value, indicator] : operands) {
    if (value.state == ValueState::unavailable) {
      result.state = ValueState::unavailable;
      if (result.note.empty()) result.note = value.note;
    }
    if (value.source != result.source) result.source = ValueSource::rows;
    result.unknown += value.unknown;
    for (const auto& [field, rows] : value.left_out)
      result.left_out[field] += rows;
  }
  return result;
}

Number to_number(WideInteger value) {
  constexpr std::int64_t kPart = 1'000'000'000'000'000'000;
  const Number low(static_cast<std::int64_t>(value % kPart));
  return value == value % kPart ? low : to_number(value / kPart) * Number(kPart) + low;
}

} // namespace appraise
