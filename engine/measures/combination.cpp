// Exact arithmetic over the figures of other indicators, of the same unit and slice: expression = "a + b - 2 * c / d".
//
//   Operands are ids and numbers, operators + - * / and brackets; × and ÷ bind more closely, and what binds alike goes
//   from left to right. An operand counts as it is shown, numerator × per ÷ denominator. Unavailable when an operand
//   is; else empty when an operand is, or where something is divided by zero. Rows behind the operands, and those that
//   they leave out, are told together: a row of several operands is told several times.
#include "engine/measures/list.h"
#include "engine/predicate/condition_tree.h"

#include <algorithm>

namespace appraise {

namespace {

using Node = Condition::Node;

class Translator {
public:
  Translator(const std::string& text, const Place& place, Problems& problems, Problems& named)
      : text_(text), place_(place), problems_(problems), named_(named) {}

  Expr tree(const Node& node) {
    switch (node.op) {
    case NodeOp::number: return constant(Number::ratio(node.integer, node.scale));
    case NodeOp::field:
      named_.push_back(condition_problem("indicator-unknown", text_, node.offset, place_, node.name, {}));
      return reference({"indicator", node.name, "figure"});
    case NodeOp::add: return two(Op::add, node);
    case NodeOp::subtract: return two(Op::subtract, node);
    case NodeOp::multiply: return two(Op::multiply, node);
    case NodeOp::divide: return two(Op::divide, node);
    case NodeOp::minus: return either(Op::subtract, constant(0), tree(*node.children[0]));
    default: break;
    }
    refuse(node.offset, text_.substr(node.offset, node.length), "+ - * / ( )");
    return nullptr;
  }

  void refuse(std::size_t offset, std::string found, std::string expected) {
    problems_.push_back(
        condition_problem("condition-syntax", text_, offset, place_, std::move(found), std::move(expected)));
  }

private:
  Expr two(Op op, const Node& node) {
    Expr left = tree(*node.children[0]);
    return either(op, std::move(left), tree(*node.children[1]));
  }
  static Expr either(Op op, Expr left, Expr right) {
    return left == nullptr || right == nullptr ? nullptr : apply(op, {std::move(left), std::move(right)});
  }

  const std::string& text_;
  const Place& place_;
  Problems& problems_;
  Problems& named_;
};

// The inner parts first, so that whatever is evaluated here can be.
bool divides_by_zero(const Expression& tree, const Lookup& lookup) {
  const bool inside = std::any_of(tree.children.begin(), tree.children.end(),
                                  [&](const Expr& child) { return divides_by_zero(*child, lookup); });
  return inside || (tree.op == Op::divide && std::get<Number>(evaluate(*tree.children[1], lookup)).is_zero());
}

class Combination : public Measure {
public:
  std::string name() const override { return "combination"; }
  bool over_rows() const override { return false; }
  bool over_figures() const override { return true; }
  Value combine(const std::vector<Operand>& operands, const Indicator& indicator, const Slice&) const override {
    Value value = resting_on(operands);
    for (const Operand& operand : operands)
      value.counted += operand.value.counted;
    const auto has_figure = [](const Operand& operand) { return operand.value.state == ValueState::value; };
    if (!std::all_of(operands.begin(), operands.end(), has_figure)) return value;
    Lookup lookup;
    lookup.cell = [&](const Ref& ref) -> Result {
      const auto operand = std::find_if(operands.begin(), operands.end(),
                                        [&](const Operand& one) { return one.indicator.id == ref.row; });
      return figure_of(operand->value, operand->indicator);
    };
    if (divides_by_zero(*indicator.combination, lookup)) return value;
    value.numerator = std::get<Number>(evaluate(*indicator.combination, lookup));
    value.state = ValueState::value;
    return value;
  }
};

} // namespace

Expr parse_combination(const std::string& text, const Place& place, Problems& problems, Problems& named) {
  const auto node = parse_condition(text, place, problems);
  if (node == nullptr) return nullptr;
  Translator translator(text, place, problems, named);
  Expr tree = translator.tree(*node);
  if (tree != nullptr && references(*tree).empty()) {
    translator.refuse(node->offset, text, "indicator");
    return nullptr;
  }
  return tree;
}

const Measure& combination_measure() {
  static const Combination measure;
  return measure;
}

} // namespace appraise
