#include "engine/expression.h"
#include "engine/problem.h"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace appraise {

namespace {

[[noreturn]] void broken(const char* what) {
  throw Error(ExitCode::internal, Problem{.rule = "expression-broken", .found = what});
}

double power_of_ten(int exponent) {
  double result = 1;
  for (int i = 0; i < exponent; ++i)
    result *= 10;
  return result;
}

// The decimal that a double stands for, to 80 places: exact for every double that can lie on a half.
Number exactly(double x) {
  return *Number::parse(fmt::format("{:.80f}", x));
}

Number fifteen_significant(double x) {
  const std::string text = fmt::format("{:.14e}", x);
  const std::size_t e = text.find('e');
  return *Number::parse(text.substr(0, e)) * Number::power_of_ten(std::stoi(text.substr(e + 1)));
}

double rounded(double x, int places, RoundModel model) {
  const double scale = power_of_ten(places);
  const double size = std::fabs(x) * scale;
  if (!(size < 9e15)) return x;
  if (model == RoundModel::half_added) return std::copysign(std::floor(size + 0.5) / scale, x);
  // Far from a half the models agree; only near it the exact decimal decides.
  const double fraction = size - std::floor(size);
  if (size < 1e9 && std::fabs(fraction - 0.5) > 1e-3) return std::copysign(std::round(size) / scale, x);
  return (model == RoundModel::exact_binary ? exactly(x) : fifteen_significant(x)).rounded(places).to_double();
}

class Evaluator {
public:
  Evaluator(const DoubleLookup& lookup, RoundModel model) : lookup_(lookup), model_(model) {}

  DoubleResult value(const Expression& tree) const {
    switch (tree.op) {
    case Op::constant: return tree.number.to_double();
    case Op::text: return tree.name;
    case Op::reference: return lookup_.cell(tree.ref);
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::minimum:
    case Op::maximum: return folded(tree);
    case Op::sum: return summed(tree);
    case Op::floor: return std::floor(number(tree, 0));
    case Op::round: return rounded(number(tree, 0), tree.places, model_);
    case Op::less: return number(tree, 0) < number(tree, 1);
    case Op::less_equal: return number(tree, 0) <= number(tree, 1);
    case Op::greater: return number(tree, 0) > number(tree, 1);
    case Op::greater_equal: return number(tree, 0) >= number(tree, 1);
    case Op::equal: return number(tree, 0) == number(tree, 1);
    case Op::is_text: return is_text(tree);
    case Op::is_number: return std::holds_alternative<double>(value(*tree.children[0]));
    case Op::both:
      return std::all_of(tree.children.begin(), tree.children.end(), [&](const Expr& c) { return truth(*c); });
    case Op::either:
      return std::any_of(tree.children.begin(), tree.children.end(), [&](const Expr& c) { return truth(*c); });
    case Op::negate: return !truth(*tree.children[0]);
    case Op::choose: return value(*tree.children[truth(*tree.children[0]) ? 1 : 2]);
    case Op::count_numbers:
      return static_cast<double>(std::count_if(tree.children.begin(), tree.children.end(), [&](const Expr& c) {
        return std::holds_alternative<double>(value(*c));
      }));
    case Op::rank: return rank(tree);
    }
    broken("operator");
  }

private:
  double number(const Expression& tree, std::size_t child) const {
    const DoubleResult result = value(*tree.children[child]);
    if (const double* found = std::get_if<double>(&result)) return *found;
    broken("number wanted");
  }

  bool truth(const Expression& tree) const {
    const DoubleResult result = value(tree);
    if (const bool* found = std::get_if<bool>(&result)) return *found;
    broken("truth wanted");
  }

  bool is_text(const Expression& tree) const {
    const DoubleResult result = value(*tree.children[1]);
    const std::string* found = std::get_if<std::string>(&result);
    return found != nullptr && *found == tree.children[0]->name;
  }

  double folded(const Expression& tree) const {
    double result = number(tree, 0);
    for (std::size_t i = 1; i < tree.children.size(); ++i) {
      const double next = number(tree, i);
      switch (tree.op) {
      case Op::add: result += next; break;
      case Op::subtract: result -= next; break;
      case Op::multiply: result *= next; break;
      case Op::divide:
        if (next == 0) broken("division by zero");
        result /= next;
        break;
      case Op::minimum: result = std::min(result, next); break;
      default: result = std::max(result, next); break;
      }
    }
    return result;
  }

  double summed(const Expression& tree) const {
    double result = 0;
    for (const Expr& child : tree.children) {
      const DoubleResult next = value(*child);
      if (const double* found = std::get_if<double>(&next)) result += *found;
    }
    return result;
  }

  double rank(const Expression& tree) const {
    const double key = number(tree, 0);
    const std::vector<DoubleResult> keys = lookup_.column(tree.ref);
    std::vector<std::string> groups;
    std::string own;
    if (tree.children.size() > 1) {
      groups = lookup_.groups(tree.group);
      own = lookup_.group(tree.group);
    }
    double result = 1;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const double* other = std::get_if<double>(&keys[i]);
      if (other != nullptr && *other > key && (groups.empty() || groups[i] == own)) result += 1;
    }
    return result;
  }

  const DoubleLookup& lookup_;
  RoundModel model_;
};

DoubleResult to_double(const Result& result) {
  if (const Number* number = std::get_if<Number>(&result)) return number->to_double();
  if (const bool* truth = std::get_if<bool>(&result)) return *truth;
  return std::get<std::string>(result);
}

} // namespace

DoubleResult evaluate_doubles(const Expression& guarded_tree, const DoubleLookup& lookup, RoundModel model) {
  return Evaluator(lookup, model).value(guarded_tree);
}

DoubleLookup as_doubles(const Lookup& exact) {
  DoubleLookup result;
  result.cell = [exact](const Ref& ref) { return to_double(exact.cell(ref)); };
  result.column = [exact](const Ref& keys) {
    std::vector<DoubleResult> column;
    for (const Result& key : exact.column(keys))
      column.push_back(to_double(key));
    return column;
  };
  result.groups = exact.groups;
  result.group = exact.group;
  return result;
}

} // namespace appraise
