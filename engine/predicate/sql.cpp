// Conditions as SQL. A number is printed as a text and a whole factor that the value is to be divided by, so that
// comparisons stay exact where the text divides, and in SQLite, which keeps hundredths as integers.
#include "engine/number.h"
#include "engine/predicate/condition_tree.h"

#include <fmt/core.h>
#include <numeric>
#include <utility>

namespace appraise {

namespace {

using Node = Condition::Node;

enum Strength { kOr = 1, kAnd, kNot, kCompare, kSum, kProduct, kSign, kOperand };

struct Term {
  std::string text;
  Strength strength = kOperand;
  std::int64_t factor = 1; // of a number: the value is text ÷ factor
};

std::string decimal(std::int64_t integer, std::int64_t scale) {
  return Number::ratio(Number(integer), Number(scale)).text(); // scales of literals are powers of ten
}

int decimals(std::int64_t scale) {
  int count = 0;
  for (; scale > 1; scale /= 10)
    ++count;
  return count;
}

class Printer {
public:
  explicit Printer(SqlDialect dialect) : dialect_(dialect) {}

  std::string whole(const Node& root) const {
    const Term term = print(root);
    return term.factor == 1 ? term.text : fmt::format("{} / {}.0", inside(term, kProduct), term.factor);
  }

private:
  static std::string inside(const Term& term, Strength weakest) {
    return term.strength < weakest ? "(" + term.text + ")" : term.text;
  }
  // The text of term × by.
  static Term times(Term term, std::int64_t by) {
    if (by == 1) return term;
    return {fmt::format("{} * {}", inside(term, kProduct), by), kProduct, term.factor};
  }

  std::string quoted(const std::string& text) const {
    std::string result = "'";
    for (const char c : text) {
      if (c == '\'') result += '\'';
      if (c == '\\' && dialect_ == SqlDialect::clickhouse) result += '\\';
      result += c;
    }
    return result + "'";
  }

  std::string date(std::int64_t days) const {
    const std::string iso = Date{static_cast<std::int32_t>(days)}.text();
    switch (dialect_) {
    case SqlDialect::postgresql: return "DATE '" + iso + "'";
    case SqlDialect::clickhouse: return "toDate32('" + iso + "')";
    case SqlDialect::sqlite: break;
    }
    return "'" + iso + "'";
  }

  std::string bound(const std::string& name) const {
    return dialect_ == SqlDialect::clickhouse ? "{" + name + ":Date32}" : ":" + name;
  }

  Term field(const Node& node) const {
    const bool hundredths = dialect_ == SqlDialect::sqlite && node.kind == Kind::number;
    return {node.name, kOperand, hundredths ? node.scale : 1};
  }

  Term literal(const Node& node) const {
    const Strength strength = node.integer < 0 ? kSign : kOperand;
    if (dialect_ == SqlDialect::sqlite) return {std::to_string(node.integer), strength, node.scale};
    const std::string value = decimal(node.integer, node.scale);
    if (dialect_ == SqlDialect::postgresql || node.scale == 1) return {value, strength};
    return {fmt::format("toDecimal64('{}', {})", value, decimals(node.scale))}; // else it would be a double
  }

  // A literal, or that of a parameter's values which holds on the period's last day.
  template <typename Text> std::string dated(const Node& node, const Text& text_of) const {
    if (node.op != NodeOp::parameter) return text_of(node);
    if (node.children.size() == 1) return text_of(*node.children[0]);
    std::string result = "CASE";
    for (std::size_t i = node.children.size(); i-- > 0;) {
      result += fmt::format(" WHEN {} >= {} THEN {}", bound("period_end"), date(node.parameter->values[i].from.days),
                            text_of(*node.children[i]));
    }
    return result + " END";
  }

  Term parameter(const Node& node) const {
    Term first = print(*node.children[0]);
    if (node.children.size() == 1) return first;
    return {dated(node, [&](const Node& value) { return print(value).text; }), kOperand, first.factor};
  }

  std::string child(const Node& node, std::size_t index, Strength weakest) const {
    return inside(print(*node.children[index]), weakest);
  }

  // Both sides over their common factor.
  std::pair<Term, Term> alike(const Node& node) const {
    const Term left = print(*node.children[0]);
    const Term right = print(*node.children[1]);
    const std::int64_t factor = std::lcm(left.factor, right.factor);
    const auto over = [&](const Term& term) {
      Term result = times(term, factor / term.factor);
      result.factor = factor;
      return result;
    };
    return {over(left), over(right)};
  }

  Term compare(const Node& node, const char* sign) const {
    const auto [left, right] = alike(node);
    return {inside(left, kSum) + " " + sign + " " + inside(right, kSum), kCompare, 1};
  }

  Term list(const Node& node, const char* in = " IN ") const {
    const Term subject = print(*node.children[0]);
    const auto text_of = [&](const Node& value) {
      if (value.op != NodeOp::number) return print(value).text;
      return Number::ratio(Number(value.integer) * Number(subject.factor), Number(value.scale)).text();
    };
    std::string values;
    for (std::size_t i = 1; i < node.children.size(); ++i)
      values += (i > 1 ? ", " : "") + dated(*node.children[i], text_of);
    return {fmt::format("{}{}({})", inside(subject, kSum), in, values), kCompare, 1};
  }

  Term within(const Node& node, const char* slice, const char* between = " BETWEEN ") const {
    const std::string name = slice;
    return {child(node, 0, kSum) + between + bound(name + "_start") + " AND " + bound(name + "_end"), kCompare, 1};
  }

  Term negated(const Node& inner) const {
    switch (inner.op) {
    case NodeOp::is_missing: return {child(inner, 0, kSum) + " IS NOT NULL", kCompare, 1};
    case NodeOp::in_list: return list(inner, " NOT IN ");
    case NodeOp::in_period: return within(inner, "period", " NOT BETWEEN ");
    case NodeOp::in_base: return within(inner, "base", " NOT BETWEEN ");
    default: return {"NOT " + inside(print(inner), kOperand), kNot, 1};
    }
  }

  Term sum(const Node& node, const char* sign) const {
    const auto [left, right] = alike(node);
    return {inside(left, kSum) + sign + inside(right, kProduct), kSum, left.factor};
  }

  Term product(const Node& node) const {
    const Term left = print(*node.children[0]);
    const Term right = print(*node.children[1]);
    return {inside(left, kProduct) + " * " + inside(right, kSign), kProduct, left.factor * right.factor};
  }

  // x ÷ (n / t) = x · t ÷ n; the divisor is written out and is positive.
  Term quotient(const Node& node) const {
    const Node& divisor = *node.children[1];
    Term left = times(print(*node.children[0]), divisor.scale);
    left.factor *= divisor.integer;
    return left;
  }

  Term days(const Node& node) const {
    const std::string from = child(node, 0, kProduct);
    const std::string to = child(node, 1, kSum);
    switch (dialect_) {
    case SqlDialect::postgresql: return {to + " - " + from, kSum, 1};
    case SqlDialect::clickhouse: return {fmt::format("dateDiff('day', {}, {})", from, to), kOperand, 1};
    case SqlDialect::sqlite: break;
    }
    return {fmt::format("CAST(julianday({}) - julianday({}) AS INTEGER)", to, from), kOperand, 1};
  }

  // The number of working days up to a day, in the table working_calendar (day, ordinal).
  static std::string ordinal(const std::string& day) {
    return fmt::format("(SELECT max(ordinal) FROM working_calendar WHERE day <= {})", day);
  }

  Term working_days(const Node& node) const {
    return {ordinal(child(node, 1, kSum)) + " - " + ordinal(child(node, 0, kSum)), kSum, 1};
  }

  Term after(const Node& node) const {
    const std::string from = child(node, 0, kSum);
    const std::string count = child(node, 1, kProduct);
    if (node.step == Step::working_days) {
      const std::string day =
          fmt::format("(SELECT day FROM working_calendar WHERE ordinal = {} + {})", ordinal(from), count);
      if (node.children[1]->op == NodeOp::number) return {day, kOperand, 1};
      return {fmt::format("CASE WHEN {} < 1 THEN {} ELSE {} END", child(node, 1, kSum), from, day), kOperand, 1};
    }
    const bool months = node.step == Step::months;
    switch (dialect_) {
    case SqlDialect::postgresql:
      if (!months) return {from + " + " + count, kSum, 1};
      return {fmt::format("CAST({} + {} * INTERVAL '1 month' AS date)", from, count), kOperand, 1};
    case SqlDialect::clickhouse:
      return {fmt::format("{}({}, {})", months ? "addMonths" : "addDays", from, count), kOperand, 1};
    case SqlDialect::sqlite: break;
    }
    if (!months) return {fmt::format("date({}, {} || ' days')", from, inside_operand(node)), kOperand, 1};
    // SQLite goes on into the next month where the day does not exist: the month's last day comes before that.
    return {
        fmt::format("min(date({0}, {1} || ' months'), date({0}, 'start of month', ({2} + 1) || ' months', '-1 day'))",
                    from, inside_operand(node), count),
        kOperand, 1};
  }
  // || binds more closely than + and *.
  std::string inside_operand(const Node& node) const { return child(node, 1, kOperand); }

  Term print(const Node& node) const {
    switch (node.op) {
    case NodeOp::field: return field(node);
    case NodeOp::number: return literal(node);
    case NodeOp::date: return {date(node.integer)};
    case NodeOp::text: return {quoted(node.text)};
    case NodeOp::parameter: return parameter(node);
    case NodeOp::flag: return {node.integer != 0 ? "TRUE" : "FALSE"};
    case NodeOp::period_start: return {bound("period_start")};
    case NodeOp::period_end: return {bound("period_end")};
    case NodeOp::equal: return compare(node, "=");
    case NodeOp::unequal: return compare(node, "<>");
    case NodeOp::less: return compare(node, "<");
    case NodeOp::less_equal: return compare(node, "<=");
    case NodeOp::greater: return compare(node, ">");
    case NodeOp::greater_equal: return compare(node, ">=");
    case NodeOp::in_list: return list(node);
    case NodeOp::in_period: return within(node, "period");
    case NodeOp::in_base: return within(node, "base");
    case NodeOp::is_missing: return {child(node, 0, kSum) + " IS NULL", kCompare, 1};
    case NodeOp::both: return {child(node, 0, kAnd) + " AND " + child(node, 1, kAnd), kAnd, 1};
    case NodeOp::either: return {child(node, 0, kOr) + " OR " + child(node, 1, kOr), kOr, 1};
    case NodeOp::negate: return negated(*node.children[0]);
    case NodeOp::add: return sum(node, " + ");
    case NodeOp::subtract: return sum(node, " - ");
    case NodeOp::multiply: return product(node);
    case NodeOp::divide: return quotient(node);
    case NodeOp::minus: {
      const Term inner = print(*node.children[0]);
      return {"-" + inside(inner, kOperand), kSign, inner.factor};
    }
    case NodeOp::days: return days(node);
    case NodeOp::working_days: return working_days(node);
    case NodeOp::after: return after(node);
    }
    return {};
  }

  SqlDialect dialect_;
};

} // namespace

std::string Condition::sql(SqlDialect dialect) const {
  return Printer(dialect).whole(*root_);
}

} // namespace appraise
