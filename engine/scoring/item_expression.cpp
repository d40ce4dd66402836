#include "engine/scoring/parameters.h"
#include "engine/scoring/rule.h"

#include <algorithm>
#include <cassert>

namespace appraise {

namespace {

// Whoever has no maximum is taken to stay below a million points: more digits would leave the guard of the rounding too
// few.
constexpr int kUnboundedDigits = 6;

bool is_plain_zero(const Expression& tree) {
  return tree.op == Op::constant && tree.name.empty() && tree.number.is_zero();
}

Expr cut(const Item& item, Expr x) {
  if (!item.points) return x;
  return apply(Op::maximum, {constant(0), apply(Op::minimum, {parameter_of(item, "points"), std::move(x)})});
}

int digits_of(const Item& item) {
  if (item.points) return item.points->integer_digits();
  return has_parameter(item, "cap") && !has_parameter(item, "floor") ? item.scoring.numbers.at("cap").integer_digits()
                                                                     : kUnboundedDigits;
}

// Cut and rounded; states, and the zero that guards a quotient, stay outside.
Expr finished(const Item& item, const Scheme& scheme, const Expr& x) {
  if (x->op == Op::text || is_plain_zero(*x)) return x;
  if (x->op == Op::choose && (x->children[1]->op == Op::text || is_plain_zero(*x->children[1]))) {
    return choose(x->children[0], x->children[1], finished(item, scheme, x->children[2]));
  }
  return round_to(cut(item, x), scheme.places, digits_of(item), scheme.mode);
}

Expr state_cell(const std::string& indicator, const std::string& slice) {
  return reference(value_ref(indicator, slice, "state"));
}

Expr any(std::vector<Expr> conditions) {
  return conditions.size() == 1 ? conditions[0] : apply(Op::either, std::move(conditions));
}

Expr all(std::vector<Expr> conditions) {
  return conditions.size() == 1 ? conditions[0] : apply(Op::both, std::move(conditions));
}

// What a unit gets that the written rule sets aside: the state itself, or the decision not to assess.
Expr set_aside(const std::string& decision, const std::string& state) {
  return state_text(decision == "not assessed" ? "not assessed" : state);
}

Expr with_minimum(const Item& item, Expr points) {
  if (!item.min_denominator) return points;
  const Expr minimum = parameter(*item.min_denominator, "min_denominator", parameter_ref(item.id, "min_denominator"));
  const Expr denominator = reference(value_ref(item.indicator, "period", "denominator"));
  return choose(apply(Op::less, {denominator, minimum}), set_aside(item.when_too_few, "too few"), std::move(points));
}

// An item is empty when all its indicators are, so that a further term is never lost.
Expr with_empty(const Item& item, Expr points) {
  std::vector<Expr> empty;
  for (const std::string& id : item.indicators())
    empty.push_back(text_is("no cases", state_cell(id, "period")));
  Expr instead = set_aside(item.when_empty, "no cases");
  if (item.when_empty == "full") instead = parameter_of(item, item.points ? "points" : "full");
  if (item.when_empty == "full" && !item.provided.empty()) {
    std::vector<Expr> nothing;
    for (const std::string& id : item.provided)
      nothing.push_back(text_is("no cases", state_cell(id, "period")));
    instead = choose(all(std::move(nothing)), state_text("no cases"), std::move(instead));
  }
  return choose(all(std::move(empty)), std::move(instead), std::move(points));
}

Expr with_unavailable(const Item& item, const Scheme& scheme, Expr points) {
  std::vector<Expr> missing;
  for (const std::string& id : item.indicators()) {
    missing.push_back(text_is(scheme.unavailable_state, state_cell(id, "period")));
  }
  const auto base = item.scoring.words.find("base");
  if (base != item.scoring.words.end()) {
    missing.push_back(text_is(scheme.unavailable_state, state_cell(item.indicator, base->second)));
  }
  return choose(any(std::move(missing)), set_aside(item.when_unavailable, scheme.unavailable_state), std::move(points));
}

bool may_be_not_assessed(const Item& item) {
  return item.when_empty == "not assessed" || item.when_unavailable == "not assessed" ||
         (item.min_denominator && item.when_too_few == "not assessed");
}

Expr points_cell(const std::string& id) {
  return reference(points_ref(id), 6);
}

std::vector<Expr> cells_of(const std::vector<const Item*>& items) {
  std::vector<Expr> cells;
  cells.reserve(items.size());
  for (const Item* item : items)
    cells.push_back(points_cell(item->id));
  return cells;
}

// The state of a sum whose items are all without a number: no cases where one of them says so.
Expr state_without_numbers(const std::vector<const Item*>& items, const Scheme& scheme) {
  const auto any_is = [&](const std::string& state) {
    std::vector<Expr> conditions;
    conditions.reserve(items.size());
    for (const Item* item : items)
      conditions.push_back(text_is(state, points_cell(item->id)));
    return any(std::move(conditions));
  };
  return choose(any_is("no cases"), state_text("no cases"),
                choose(any_is(scheme.unavailable_state), state_text(scheme.unavailable_state), state_text("no cases")));
}

Expr sum_of(std::vector<Expr> cells, const std::vector<const Item*>& items, const std::optional<Number>& largest,
            const Scheme& scheme) {
  const int digits = largest ? largest->integer_digits() : kUnboundedDigits;
  const Expr numbers = apply(Op::count_numbers, cells_of(items));
  return choose(apply(Op::equal, {numbers, constant(0)}), state_without_numbers(items, scheme),
                round_to(apply(Op::sum, std::move(cells)), scheme.places, digits, scheme.mode));
}

} // namespace

Expr item_expression(const Item& item, const Scheme& scheme, const Catalogue& catalogue) {
  const ScoringRule* rule = find_scoring_rule(item.scoring.rule);
  assert(rule != nullptr);
  Expr points = finished(item, scheme, rule->expression(item, scheme, catalogue));
  return with_unavailable(item, scheme, with_empty(item, with_minimum(item, std::move(points))));
}

Expr node_expression(const Node& node, const Scheme& scheme) {
  const std::vector<const Item*> items = scheme.items_of(node.id);
  return sum_of(cells_of(items), items, node.points, scheme);
}

Expr total_expression(const Scheme& scheme) {
  std::vector<const Item*> items;
  std::vector<Expr> cells;
  for (const Node& node : scheme.nodes)
    cells.push_back(points_cell(node.id));
  std::optional<Number> largest = scheme.points;
  for (const Item& item : scheme.items) {
    items.push_back(&item);
    if (item.node.empty()) cells.push_back(points_cell(item.id));
    if (!item.bonus || !largest) continue;
    // An uncut bonus makes the total unbounded.
    if (item.points) {
      *largest += *item.points;
    } else {
      largest.reset();
    }
  }
  Expr total = sum_of(std::move(cells), items, largest, scheme);
  std::vector<Expr> not_assessed;
  for (const Item* item : items) {
    if (may_be_not_assessed(*item)) not_assessed.push_back(text_is("not assessed", points_cell(item->id)));
  }
  if (not_assessed.empty()) return total;
  return choose(any(std::move(not_assessed)), state_text("not assessed"), std::move(total));
}

Expr rank_expression(const std::string& item_or_total, bool in_group) {
  const Expr key = points_cell(item_or_total);
  const Expr rank = in_group ? rank_in_group_of(key, keys_ref(item_or_total), reference(group_ref()), groups_ref())
                             : rank_of(key, keys_ref(item_or_total));
  return choose(apply(Op::is_number, {key}), rank, key);
}

} // namespace appraise
