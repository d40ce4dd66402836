#include "engine/expression.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr int kInnerDigits = 9; // more would let the noise of a double through

Expr copied(const Expression& tree, std::vector<Expr> children) {
  Expression result = tree;
  result.children = std::move(children);
  return std::make_shared<const Expression>(std::move(result));
}

bool integer(const Expression& tree) {
  switch (tree.op) {
  case Op::constant: return tree.name.empty() && tree.number.is_integer();
  case Op::reference: return tree.places == 0;
  case Op::count_numbers:
  case Op::rank: return true;
  case Op::multiply:
    return std::all_of(tree.children.begin(), tree.children.end(), [](const Expr& c) { return integer(*c); });
  default: return false;
  }
}

// One quotient of integers is the double nearest to the exact ratio; so is a decimal of its cell. They compare exactly.
bool integer_quotient(const Expression& tree) {
  return tree.op == Op::divide && tree.children.size() == 2 && integer(*tree.children[0]) && integer(*tree.children[1]);
}

bool nearest_double(const Expression& tree) {
  return tree.op == Op::constant || tree.op == Op::reference || integer(tree) || integer_quotient(tree);
}

Expr plain_round(Expr x, int digits) {
  return round_to(std::move(x), digits, 0);
}

Expr scaled_back(Expr x, int places) {
  return places == 0 ? x : apply(Op::divide, {std::move(x), constant(Number::power_of_ten(places))});
}

// After scaling by 10^p a half is exact in binary, so every model of ROUND agrees on it once the noise is rounded away.
Expr guarded_round(const Expression& tree, Expr x) {
  const int inner = std::max(0, std::min(kInnerDigits, 14 - tree.places - tree.digits));
  if (tree.places > 0) x = apply(Op::multiply, {constant(Number::power_of_ten(tree.places)), x});
  const Expr clean = plain_round(x, inner);
  if (tree.mode == Rounding::half_up) return scaled_back(plain_round(clean, 0), tree.places);
  // Half to even: below, above or at the half of the span from the floor; at the half the even neighbour.
  const Expr one = constant(1);
  const Expr two = apply(Op::add, {one, one});
  const Expr low = apply(Op::floor, {clean});
  const Expr rest = apply(Op::subtract, {clean, low});
  const Expr twice = apply(Op::add, {rest, rest});
  const Expr half_low = apply(Op::divide, {low, two});
  const Expr even = apply(Op::equal, {apply(Op::floor, {half_low}), half_low});
  const Expr stays =
      apply(Op::either, {apply(Op::less, {twice, one}), apply(Op::both, {apply(Op::equal, {twice, one}), even})});
  return scaled_back(choose(stays, low, apply(Op::add, {low, one})), tree.places);
}

bool comparison(Op op) {
  return op == Op::less || op == Op::less_equal || op == Op::greater || op == Op::greater_equal || op == Op::equal;
}

} // namespace

Expr guarded(const Expr& natural) {
  std::vector<Expr> children;
  children.reserve(natural->children.size());
  for (const Expr& child : natural->children)
    children.push_back(guarded(child));

  if (natural->op == Op::round) return guarded_round(*natural, children[0]);
  if (natural->op == Op::floor && !integer_quotient(*natural->children[0])) {
    return apply(Op::floor, {plain_round(children[0], kInnerDigits)});
  }
  if (comparison(natural->op) && !(nearest_double(*natural->children[0]) && nearest_double(*natural->children[1]))) {
    const Expr difference = apply(Op::subtract, {children[0], children[1]});
    return apply(natural->op, {plain_round(difference, kInnerDigits), constant(0)});
  }
  return copied(*natural, std::move(children));
}

} // namespace appraise
