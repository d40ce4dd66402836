// Conditions in Chinese, with the titles of fields and values. Brackets stand only where the tree needs them.
#include "engine/number.h"
#include "engine/predicate/condition_tree.h"

#include <fmt/core.h>

namespace appraise {

namespace {

using Node = Condition::Node;

int strength(const Node& node) {
  switch (node.op) {
  case NodeOp::either: return 1;
  case NodeOp::both: return 2;
  case NodeOp::negate: return 3;
  case NodeOp::add:
  case NodeOp::subtract: return 5;
  case NodeOp::multiply:
  case NodeOp::divide: return 6;
  default: return 8;
  }
}

std::string print(const Node& node);

std::string child(const Node& node, std::size_t index, int weakest) {
  const Node& inner = *node.children[index];
  return strength(inner) < weakest ? "（" + print(inner) + "）" : print(inner);
}

std::string join(const Node& node, const char* between) {
  const int own = strength(node);
  return child(node, 0, own) + between + child(node, 1, own + 1);
}

// A flag that stands alone is a sentence of its own: 跨地区协作为是.
std::string truth(const Node& node, bool value) {
  if (node.op != NodeOp::field) return print(node);
  return print(node) + (value ? "为是" : "为否");
}

bool is_flag_literal(const Node& node) {
  return node.op == NodeOp::flag;
}

std::string compare(const Node& node) {
  const Node& left = *node.children[0];
  const Node& right = *node.children[1];
  if (left.kind == Kind::truth && is_flag_literal(right)) {
    return truth(left, (right.integer != 0) == (node.op == NodeOp::equal));
  }
  if (left.kind == Kind::date) {
    switch (node.op) {
    case NodeOp::less: return print(left) + "早于" + print(right);
    case NodeOp::less_equal: return print(left) + "不晚于" + print(right);
    case NodeOp::greater: return print(left) + "晚于" + print(right);
    case NodeOp::greater_equal: return print(left) + "不早于" + print(right);
    default: break;
    }
  }
  switch (node.op) {
  case NodeOp::equal: return print(left) + "为" + print(right);
  case NodeOp::unequal: return print(left) + "不为" + print(right);
  case NodeOp::less: return print(left) + "小于" + print(right);
  case NodeOp::less_equal: return print(left) + "不大于" + print(right);
  case NodeOp::greater: return print(left) + "大于" + print(right);
  default: return print(left) + "不小于" + print(right);
  }
}

std::string list(const Node& node) {
  std::string values;
  for (std::size_t i = 1; i < node.children.size(); ++i)
    values += (i > 1 ? "、" : "") + print(*node.children[i]);
  return values;
}

// With its values: 处理时限（自2011-01-01起30日，自2016-01-01起20日）; without the day where there is but one.
std::string parameter(const Node& node) {
  std::string values;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) values += "，";
    if (node.children.size() > 1) values += "自" + node.parameter->values[i].from.text() + "起";
    values += print(*node.children[i]) + node.parameter->unit;
  }
  return node.parameter->title + "（" + values + "）";
}

std::string negated(const Node& inner) {
  switch (inner.op) {
  case NodeOp::field: return truth(inner, false);
  case NodeOp::is_missing: return print(*inner.children[0]) + "已填";
  case NodeOp::in_period: return print(*inner.children[0]) + "不在考核期内";
  case NodeOp::in_base: return print(*inner.children[0]) + "不在基期内";
  case NodeOp::in_list: return print(*inner.children[0]) + "不属于" + list(inner);
  default: return "并非（" + print(inner) + "）";
  }
}

// Truths on both sides of 且 and 或.
std::string clause(const Node& node, std::size_t index, int weakest) {
  const Node& inner = *node.children[index];
  return inner.op == NodeOp::field ? truth(inner, true) : child(node, index, weakest);
}

std::string print(const Node& node) {
  switch (node.op) {
  case NodeOp::field: return node.title;
  case NodeOp::number: return Number::ratio(Number(node.integer), Number(node.scale)).text();
  case NodeOp::date: return Date{static_cast<std::int32_t>(node.integer)}.text();
  case NodeOp::text: return node.kind == Kind::category ? node.title : "“" + node.text + "”";
  case NodeOp::flag: return node.integer != 0 ? "是" : "否";
  case NodeOp::parameter: return parameter(node);
  case NodeOp::period_start: return "考核期首日";
  case NodeOp::period_end: return "考核期末日";
  case NodeOp::in_list: return print(*node.children[0]) + (node.children.size() > 2 ? "属于" : "为") + list(node);
  case NodeOp::in_period: return print(*node.children[0]) + "在考核期内";
  case NodeOp::in_base: return print(*node.children[0]) + "在基期内";
  case NodeOp::is_missing: return print(*node.children[0]) + "未填";
  case NodeOp::both: return clause(node, 0, 2) + " 且 " + clause(node, 1, 2);
  case NodeOp::either: return clause(node, 0, 1) + " 或 " + clause(node, 1, 1);
  case NodeOp::negate: return negated(*node.children[0]);
  case NodeOp::add: return join(node, " + ");
  case NodeOp::subtract: return join(node, " − ");
  case NodeOp::multiply: return join(node, " × ");
  case NodeOp::divide: return join(node, " ÷ ");
  case NodeOp::minus: return "−" + child(node, 0, 8);
  case NodeOp::days: return print(*node.children[0]) + "至" + print(*node.children[1]) + "的天数";
  case NodeOp::working_days: return print(*node.children[0]) + "至" + print(*node.children[1]) + "的工作日数";
  case NodeOp::after: {
    const char* unit = node.step == Step::days ? "日" : node.step == Step::months ? "个月" : "个工作日";
    return fmt::format("{}后{}{}", print(*node.children[0]), child(node, 1, 8), unit);
  }
  default: return compare(node);
  }
}

} // namespace

std::string Condition::words() const {
  return root_->op == NodeOp::field && root_->kind == Kind::truth ? truth(*root_, true) : print(*root_);
}

} // namespace appraise
