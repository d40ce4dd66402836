#include "engine/expression.h"

#include <algorithm>
#include <utility>

namespace appraise {

namespace {

Expr made(Expression tree) {
  return std::make_shared<const Expression>(std::move(tree));
}

template <typename Visit> void walk(const Expression& tree, const Visit& visit) {
  visit(tree);
  for (const Expr& child : tree.children)
    walk(*child, visit);
}

} // namespace

bool is_parameter(const Expression& tree) {
  return tree.op == Op::constant && !tree.name.empty();
}

Expr constant(Number number) {
  Expression tree;
  tree.number = std::move(number);
  return made(std::move(tree));
}

Expr parameter(Number number, std::string name, Ref ref) {
  Expression tree;
  tree.number = std::move(number);
  tree.name = std::move(name);
  tree.ref = std::move(ref);
  return made(std::move(tree));
}

Expr state_text(std::string id) {
  Expression tree;
  tree.op = Op::text;
  tree.name = std::move(id);
  return made(std::move(tree));
}

Expr reference(Ref ref, int places) {
  Expression tree;
  tree.op = Op::reference;
  tree.ref = std::move(ref);
  tree.places = places;
  return made(std::move(tree));
}

Expr apply(Op op, std::vector<Expr> children) {
  Expression tree;
  tree.op = op;
  tree.children = std::move(children);
  return made(std::move(tree));
}

Expr round_to(Expr x, int places, int digits, Rounding mode) {
  Expression tree;
  tree.op = Op::round;
  tree.children.push_back(std::move(x));
  tree.places = places;
  tree.digits = digits;
  tree.mode = mode;
  return made(std::move(tree));
}

Expr choose(Expr condition, Expr yes, Expr no) {
  return apply(Op::choose, {std::move(condition), std::move(yes), std::move(no)});
}

Expr text_is(std::string id, Expr x) {
  return apply(Op::is_text, {state_text(std::move(id)), std::move(x)});
}

Expr rank_of(Expr key, Ref keys) {
  Expression tree;
  tree.op = Op::rank;
  tree.children.push_back(std::move(key));
  tree.ref = std::move(keys);
  return made(std::move(tree));
}

Expr rank_in_group_of(Expr key, Ref keys, Expr group, Ref groups) {
  Expression tree;
  tree.op = Op::rank;
  tree.children.push_back(std::move(key));
  tree.children.push_back(std::move(group));
  tree.ref = std::move(keys);
  tree.group = std::move(groups);
  return made(std::move(tree));
}

Expr substitute(const Expr& tree, const std::function<Ref(const Ref&)>& cell) {
  Expression copy = *tree;
  for (Expr& child : copy.children)
    child = substitute(child, cell);
  if (tree->op == Op::reference || tree->op == Op::rank || is_parameter(*tree)) copy.ref = cell(tree->ref);
  if (tree->op == Op::rank && !(tree->group == Ref{})) copy.group = cell(tree->group);
  return made(std::move(copy));
}

std::vector<Ref> references(const Expression& tree) {
  std::vector<Ref> result;
  walk(tree, [&](const Expression& node) {
    if (node.op == Op::reference && std::find(result.begin(), result.end(), node.ref) == result.end()) {
      result.push_back(node.ref);
    }
  });
  return result;
}

std::vector<Expr> parameters(const Expression& tree) {
  std::vector<Expr> result;
  walk(tree, [&](const Expression& node) {
    const auto same = [&](const Expr& known) { return known->ref == node.ref; };
    if (is_parameter(node) && std::none_of(result.begin(), result.end(), same)) {
      result.push_back(std::make_shared<const Expression>(node));
    }
  });
  return result;
}

} // namespace appraise
