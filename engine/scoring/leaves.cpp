#include "engine/measures/measure.h"
#include "engine/scoring/rule.h"

namespace appraise {

Ref value_ref(const std::string& indicator, const std::string& slice, const std::string& column) {
  return {"value", indicator + "@" + slice, column};
}
Ref parameter_ref(const std::string& item, const std::string& name) {
  return {"parameter", item, name};
}
Ref points_ref(const std::string& item_or_node) {
  return {"points", item_or_node, "points"};
}
Ref keys_ref(const std::string& item_or_total) {
  return {"points", "", item_or_total};
}
Ref groups_ref() {
  return {"groups", "", "group"};
}
Ref group_ref() {
  return {"groups", "unit", "group"};
}

namespace {

constexpr int kHundredths = 2;

// Decimal places that the numerator's cell may have: 0 only where it is sure to hold an integer.
int numerator_places(const Indicator& indicator) {
  if (indicator.measure == "count" || indicator.measure == "distinct" || indicator.measure == "share") return 0;
  const bool sums = indicator.measure == "sum" || indicator.measure == "mean";
  return sums && indicator.value != nullptr && indicator.value->scale() == 1 ? 0 : kHundredths;
}

int denominator_places(const Indicator& indicator) {
  return find_measure(indicator.measure)->over() == MeasureOver::rows ? 0 : kHundredths;
}

Expr denominator(const Indicator& indicator, const std::string& slice) {
  return reference(value_ref(indicator.id, slice, "denominator"), denominator_places(indicator));
}

} // namespace

bool has_denominator(const Indicator& indicator) {
  return find_measure(indicator.measure)->over() != MeasureOver::one;
}

Expr figure(const Indicator& indicator, const std::string& slice) {
  Expr numerator = reference(value_ref(indicator.id, slice, "numerator"), numerator_places(indicator));
  if (!(indicator.per == Number(1))) numerator = apply(Op::multiply, {numerator, constant(indicator.per)});
  return has_denominator(indicator) ? apply(Op::divide, {numerator, denominator(indicator, slice)}) : numerator;
}

Expr with_figure(const Indicator& indicator, const std::string& slice, const std::function<Expr(Expr)>& body) {
  Expr result = body(figure(indicator, slice));
  if (!has_denominator(indicator)) return result;
  return choose(apply(Op::equal, {denominator(indicator, slice), constant(0)}), constant(0), std::move(result));
}

} // namespace appraise
