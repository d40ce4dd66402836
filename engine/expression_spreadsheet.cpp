#include "engine/expression.h"
#include "engine/problem.h"

#include <fmt/core.h>
#include <optional>

namespace appraise {

namespace {

// How tightly an operator binds; a right operand that binds no tighter is put in brackets, since doubles are not
// associative.
enum Binding { comparing = 1, adding = 2, multiplying = 3, atom = 4 };

Binding binding(Op op) {
  switch (op) {
  case Op::less:
  case Op::less_equal:
  case Op::greater:
  case Op::greater_equal:
  case Op::equal:
  case Op::is_text: return comparing;
  case Op::add:
  case Op::subtract:
  case Op::rank: return adding;
  case Op::multiply:
  case Op::divide: return multiplying;
  default: return atom;
  }
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (char c : text) {
    result += c;
    if (c == '"') result += c;
  }
  return result + "\"";
}

bool is_power_of_ten(const Number& number) {
  const std::string digits = number.text();
  return digits[0] == '1' && digits.find_first_not_of('0', 1) == std::string::npos;
}

enum class Direction { down, right };

struct Address {
  std::string sheet;
  std::int64_t column = 0;
  std::int64_t row = 0;
};

// "'s'!F12" → s, 6, 12; nullopt for ranges, absolute and other addresses.
std::optional<Address> parse_address(const std::string& text) {
  const std::size_t mark = text.rfind('!');
  Address address;
  std::size_t at = mark == std::string::npos ? 0 : mark + 1;
  address.sheet = text.substr(0, at);
  const std::size_t letters = at;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && at - letters < 3; ++at)
    address.column = address.column * 26 + (text[at] - 'A' + 1);
  const std::size_t digits = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - digits < 8; ++at)
    address.row = address.row * 10 + (text[at] - '0');
  if (at != text.size() || digits == letters || at == digits) return std::nullopt;
  return address;
}

std::optional<Direction> direction(const std::string& from, const std::string& to) {
  const auto a = parse_address(from);
  const auto b = parse_address(to);
  if (!a || !b || a->sheet != b->sheet) return std::nullopt;
  if (a->column == b->column && a->row + 1 == b->row) return Direction::down;
  if (a->row == b->row && a->column + 1 == b->column) return Direction::right;
  return std::nullopt;
}

class Printer {
public:
  Printer(const std::function<std::string(const Ref&)>& address,
          const std::function<std::string(const std::string&)>& text)
      : address_(address), text_(text) {}

  std::string print(const Expression& tree) const {
    switch (tree.op) {
    case Op::constant: return literal(tree);
    case Op::text: return quoted(text_(tree.name));
    case Op::reference: return address_(tree.ref);
    case Op::add: return infix(tree, "+");
    case Op::subtract: return infix(tree, "-");
    case Op::multiply: return infix(tree, "*");
    case Op::divide: return infix(tree, "/");
    case Op::less: return infix(tree, "<");
    case Op::less_equal: return infix(tree, "<=");
    case Op::greater: return infix(tree, ">");
    case Op::greater_equal: return infix(tree, ">=");
    case Op::equal: return infix(tree, "=");
    case Op::is_text:
      return fmt::format("{}={}", operand(*tree.children[1], comparing, true), print(*tree.children[0]));
    case Op::minimum: return call("MIN", tree);
    case Op::maximum: return call("MAX", tree);
    case Op::sum: return call_over_cells("SUM", tree);
    case Op::floor: return call("INT", tree);
    case Op::round: return fmt::format("ROUND({},{})", print(*tree.children[0]), tree.places);
    case Op::is_number: return call("ISNUMBER", tree);
    case Op::both: return call("AND", tree);
    case Op::either: return call("OR", tree);
    case Op::negate: return call("NOT", tree);
    case Op::choose: return call("IF", tree);
    case Op::count_numbers: return call_over_cells("COUNT", tree);
    case Op::rank: return rank(tree);
    }
    return {};
  }

private:
  std::string literal(const Expression& tree) const {
    if (is_parameter(tree)) return address_(tree.ref);
    if (!tree.number.is_zero() && !is_power_of_ten(tree.number)) {
      throw Error(ExitCode::internal, Problem{.rule = "expression-broken", .found = "literal " + tree.number.text()});
    }
    return tree.number.text();
  }

  std::string operand(const Expression& child, Binding outer, bool right) const {
    const Binding inner = binding(child.op);
    const std::string text = print(child);
    return inner < outer || (right && inner == outer) ? fmt::format("({})", text) : text;
  }

  std::string infix(const Expression& tree, const char* sign) const {
    const Binding outer = binding(tree.op);
    std::string result;
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
      if (i > 0) result += sign;
      result += operand(*tree.children[i], outer, i > 0 || outer == comparing);
    }
    return result;
  }

  std::string call(const char* function, const Expression& tree) const {
    std::string result = std::string(function) + "(";
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
      if (i > 0) result += ",";
      result += print(*tree.children[i]);
    }
    return result + ")";
  }

  // Neighbouring cells become a range: shorter to read, and a function takes no more than 255 arguments.
  std::string call_over_cells(const char* function, const Expression& tree) const {
    std::string result = std::string(function) + "(";
    for (std::size_t i = 0; i < tree.children.size();) {
      std::size_t end = i + 1;
      std::string last = print(*tree.children[i]);
      if (i > 0) result += ",";
      result += last;
      if (tree.children[i]->op == Op::reference) {
        std::optional<Direction> way;
        for (; end < tree.children.size() && tree.children[end]->op == Op::reference; ++end) {
          const std::string next = print(*tree.children[end]);
          const auto step = direction(last, next);
          if (!step || (way && *way != *step)) break;
          way = step;
          last = next;
        }
      }
      if (end > i + 1) {
        result += ":";
        result.append(last, last.rfind('!') + 1);
      }
      i = end;
    }
    return result + ")";
  }

  std::string rank(const Expression& tree) const {
    const std::string greater = fmt::format("{},\">\"&{}", address_(tree.ref), operand(*tree.children[0], atom, false));
    if (tree.children.size() < 2) return fmt::format("COUNTIF({})+1", greater);
    return fmt::format("COUNTIFS({},{},{})+1", address_(tree.group), print(*tree.children[1]), greater);
  }

  const std::function<std::string(const Ref&)>& address_;
  const std::function<std::string(const std::string&)>& text_;
};

} // namespace

std::string print_spreadsheet(const Expression& guarded_tree, const std::function<std::string(const Ref&)>& address,
                              const std::function<std::string(const std::string&)>& text) {
  return Printer(address, text).print(guarded_tree);
}

} // namespace appraise
