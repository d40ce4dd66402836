#include "engine/expression.h"
#include "engine/problem.h"

#include <algorithm>

namespace appraise {

namespace {

// A tree that adds up states or divides by zero is our own mistake, never the data's.
[[noreturn]] void broken(const char* what) {
  throw Error(ExitCode::internal, Problem{.rule = "expression-broken", .found = what});
}

class Evaluator {
public:
  explicit Evaluator(const Lookup& lookup) : lookup_(lookup) {}

  Result value(const Expression& tree) const {
    switch (tree.op) {
    case Op::constant: return tree.number;
    case Op::text: return tree.name;
    case Op::reference: return lookup_.cell(tree.ref);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::minimum:
    case Op::maximum: return folded(tree);
    case Op::sum: return summed(tree);
    case Op::floor: return number(tree, 0).floor();
    case Op::round: return number(tree, 0).rounded(tree.places, tree.mode);
    case Op::less: return number(tree, 0) < number(tree, 1);
    case Op::less_equal: return number(tree, 0) <= number(tree, 1);
    case Op::greater: return number(tree, 0) > number(tree, 1);
    case Op::greater_equal: return number(tree, 0) >= number(tree, 1);
    case Op::equal: return number(tree, 0) == number(tree, 1);
    case Op::is_text: return is_text(tree);
    case Op::is_number: return std::holds_alternative<Number>(value(*tree.children[0]));
    case Op::both:
      return std::all_of(tree.children.begin(), tree.children.end(), [&](const Expr& c) { return truth(*c); });
    case Op::either:
      return std::any_of(tree.children.begin(), tree.children.end(), [&](const Expr& c) { return truth(*c); });
    case Op::negate: return !truth(*tree.children[0]);
    case Op::choose: return value(*tree.children[truth(*tree.children[0]) ? 1 : 2]);
    case Op::count_numbers: {
      const auto numbers = std::count_if(tree.children.begin(), tree.children.end(),
                                         [&](const Expr& c) { return std::holds_alternative<Number>(value(*c)); });
      return Number(static_cast<std::int64_t>(numbers));
    }
    case Op::rank: return rank(tree);
    }
    broken("operator");
  }

private:
  Number number(const Expression& tree, std::size_t child) const {
    Result result = value(*tree.children[child]);
    if (Number* found = std::get_if<Number>(&result)) return std::move(*found);
    broken("number wanted");
  }

  bool truth(const Expression& tree) const {
    const Result result = value(tree);
    if (const bool* found = std::get_if<bool>(&result)) return *found;
    broken("truth wanted");
  }

  bool is_text(const Expression& tree) const {
    const Result result = value(*tree.children[1]);
    const std::string* found = std::get_if<std::string>(&result);
    return found != nullptr && *found == tree.children[0]->name;
  }

  Number folded(const Expression& tree) const {
    Number result = number(tree, 0);
    for (std::size_t i = 1; i < tree.children.size(); ++i) {
      const Number next = number(tree, i);
      switch (tree.op) {
      case Op::add: result += next; break;
      case Op::subtract: result -= next; break;
      case Op::multiply: result *= next; break;
      case Op::divide:
        if (next.is_zero()) broken("division by zero");
        result /= next;
        break;
      case Op::minimum: result = std::min(result, next); break;
      default: result = std::max(result, next); break;
      }
    }
    return result;
  }

  Number summed(const Expression& tree) const {
    Number result;
    for (const Expr& child : tree.children) {
      const Result next = value(*child);
      if (const Number* found = std::get_if<Number>(&next)) result += *found;
    }
    return result;
  }

  Number rank(const Expression& tree) const {
    const Number key = number(tree, 0);
    const std::vector<Result> keys = lookup_.column(tree.ref);
    std::vector<std::string> groups;
    std::string own;
    if (tree.children.size() > 1) {
      groups = lookup_.groups(tree.group);
      own = lookup_.group(tree.group);
    }
    std::int64_t greater = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Number* other = std::get_if<Number>(&keys[i]);
      if (other != nullptr && *other > key && (groups.empty() || groups[i] == own)) ++greater;
    }
    return Number(greater + 1);
  }

  const Lookup& lookup_;
};

} // namespace

Result evaluate(const Expression& tree, const Lookup& lookup) {
  return Evaluator(lookup).value(tree);
}

Expr taken(const Expr& tree, const Lookup& lookup) {
  if (tree->op == Op::choose) {
    const bool yes = std::get<bool>(evaluate(*tree->children[0], lookup));
    return taken(tree->children[yes ? 1 : 2], lookup);
  }
  auto copy = std::make_shared<Expression>(*tree);
  for (Expr& child : copy->children)
    child = taken(child, lookup);
  return copy;
}

} // namespace appraise
