// A Pratt parser: every operator has a strength, and an operand ends where a weaker operator begins.
#include "engine/number.h"
#include "engine/predicate/condition_tree.h"
#include "engine/predicate/lexer.h"

#include <utility>

namespace appraise {

namespace {

using Node = Condition::Node;
using NodePtr = std::unique_ptr<Node>;

constexpr int kDeepest = 200;

enum Strength { kNothing = 0, kOr = 1, kAnd = 2, kNot = 3, kCompare = 4, kSum = 5, kProduct = 6, kMinus = 7 };

struct SyntaxError {
  const char* rule;
  std::size_t offset;
  std::string found;
  std::string expected;
};

class Parser {
public:
  explicit Parser(const std::string& text) : tokens_(split_condition(text)) {}

  NodePtr whole() {
    NodePtr node = expression(kNothing);
    if (now().kind != Token::Kind::end) fail("and, or, =, …");
    return node;
  }

private:
  const Token& now() const { return tokens_[at_]; }
  const Token& following() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
  bool is_name(const char* word) const { return now().kind == Token::Kind::name && now().text == word; }
  bool is_symbol(const char* symbol) const { return now().kind == Token::Kind::symbol && now().text == symbol; }
  bool follows_symbol(const char* symbol) const {
    return following().kind == Token::Kind::symbol && following().text == symbol;
  }
  void advance() { ++at_; }

  [[noreturn]] void fail(std::string expected) const {
    const bool ended = now().kind == Token::Kind::end;
    throw SyntaxError{ended ? "condition-unfinished" : "condition-syntax", now().offset, now().text,
                      std::move(expected)};
  }
  void take(const char* symbol) {
    if (!is_symbol(symbol)) fail(symbol);
    advance();
  }
  void take_word(const char* word) {
    if (!is_name(word)) fail(word);
    advance();
  }

  NodePtr make(NodeOp op, std::size_t offset) const {
    auto node = std::make_unique<Node>();
    node->op = op;
    node->offset = offset;
    return node;
  }
  NodePtr finish(NodePtr node) const {
    const Token& last = tokens_[at_ - 1];
    node->length = last.offset + last.length - node->offset;
    return node;
  }
  template <typename... Children> NodePtr join(NodeOp op, std::size_t offset, Children... children) const {
    NodePtr node = make(op, offset);
    (node->children.push_back(std::move(children)), ...);
    return finish(std::move(node));
  }

  NodePtr expression(int weakest) {
    if (++depth_ > kDeepest) {
      throw SyntaxError{"condition-too-deep", now().offset, now().text, std::to_string(kDeepest)};
    }
    const std::size_t start = now().offset; // with the brackets around the first operand
    NodePtr left = operand();
    while (true) {
      const int strength = strength_here();
      if (strength <= weakest) break;
      left = strength == kCompare ? comparison(std::move(left), start) : binary(std::move(left), strength, start);
    }
    --depth_;
    return left;
  }

  int strength_here() const {
    if (is_name("or")) return kOr;
    if (is_name("and")) return kAnd;
    if (is_name("in") || is_name("is") || is_name("not")) return kCompare;
    if (now().kind != Token::Kind::symbol) return kNothing;
    const std::string& symbol = now().text;
    if (symbol == "+" || symbol == "-") return kSum;
    if (symbol == "*" || symbol == "/") return kProduct;
    if (symbol == "(" || symbol == ")" || symbol == ",") return kNothing;
    return kCompare;
  }

  NodePtr binary(NodePtr left, int strength, std::size_t offset) {
    const std::string sign = now().text;
    advance();
    NodePtr right = expression(strength);
    const NodeOp op = strength == kOr    ? NodeOp::either
                      : strength == kAnd ? NodeOp::both
                      : sign == "+"      ? NodeOp::add
                      : sign == "-"      ? NodeOp::subtract
                      : sign == "*"      ? NodeOp::multiply
                                         : NodeOp::divide;
    return join(op, offset, std::move(left), std::move(right));
  }

  // Comparisons do not chain: a < b < c is a mistake.
  NodePtr comparison(NodePtr left, std::size_t offset) {
    bool negated = false;
    NodePtr node;
    if (is_name("is")) {
      advance();
      negated = is_name("not");
      if (negated) advance();
      take_word("missing");
      node = join(NodeOp::is_missing, offset, std::move(left));
    } else if (is_name("in") || is_name("not")) {
      negated = is_name("not");
      if (negated) advance();
      take_word("in");
      node = membership(std::move(left), offset);
    } else {
      const std::string sign = now().text;
      advance();
      NodePtr right = expression(kCompare);
      const NodeOp op = sign == "="    ? NodeOp::equal
                        : sign == "!=" ? NodeOp::unequal
                        : sign == "<"  ? NodeOp::less
                        : sign == "<=" ? NodeOp::less_equal
                        : sign == ">"  ? NodeOp::greater
                                       : NodeOp::greater_equal;
      node = join(op, offset, std::move(left), std::move(right));
    }
    if (negated) node = join(NodeOp::negate, offset, std::move(node));
    if (strength_here() == kCompare) fail("and, or");
    return node;
  }

  NodePtr membership(NodePtr left, std::size_t offset) {
    if (is_name("period") || is_name("base")) {
      const NodeOp op = is_name("period") ? NodeOp::in_period : NodeOp::in_base;
      advance();
      return join(op, offset, std::move(left));
    }
    if (!is_symbol("(")) fail("period, base, (");
    advance();
    NodePtr node = make(NodeOp::in_list, offset);
    node->children.push_back(std::move(left));
    node->children.push_back(literal());
    while (is_symbol(",")) {
      advance();
      node->children.push_back(literal());
    }
    take(")");
    return finish(std::move(node));
  }

  // Or a name, which must be a parameter's.
  NodePtr literal() {
    const Token token = now();
    NodePtr node = operand();
    const bool signed_number = node->op == NodeOp::minus && node->children[0]->op == NodeOp::number;
    if (node->op != NodeOp::text && node->op != NodeOp::number && node->op != NodeOp::date &&
        node->op != NodeOp::field && !signed_number) {
      throw SyntaxError{"condition-syntax", token.offset, token.text, "literal"};
    }
    if (!signed_number) return node;
    node->children[0]->integer = -node->children[0]->integer;
    return std::move(node->children[0]);
  }

  NodePtr operand() {
    const Token token = now();
    switch (token.kind) {
    case Token::Kind::text: {
      advance();
      NodePtr node = join(NodeOp::text, token.offset);
      node->text = token.text;
      return node;
    }
    case Token::Kind::date: {
      const auto date = Date::parse(token.text);
      if (!date) fail("YYYY-MM-DD");
      advance();
      NodePtr node = join(NodeOp::date, token.offset);
      node->integer = date->days;
      return node;
    }
    case Token::Kind::number: return number();
    case Token::Kind::name: return named();
    case Token::Kind::symbol: break;
    case Token::Kind::end: fail("operand");
    case Token::Kind::wrong: fail(token.text == "'" ? "quote" : "operand");
    }
    if (token.text == "(") {
      advance();
      NodePtr node = expression(kNothing);
      take(")");
      return node;
    }
    if (token.text == "-") {
      advance();
      return join(NodeOp::minus, token.offset, expression(kMinus));
    }
    fail("operand");
  }

  NodePtr number() {
    const Token token = now();
    NodePtr node = make(NodeOp::number, token.offset);
    Number value = *Number::parse(token.text);
    const std::size_t point = token.text.find('.');
    const std::size_t places = point == std::string::npos ? 0 : token.text.size() - point - 1;
    if (places > 6 || value.integer_digits() > 12) fail("999999999999.999999");
    for (std::size_t i = 0; i < places; ++i) {
      value *= Number(10);
      node->scale *= 10;
    }
    node->integer = value.to_integer();
    advance();
    return finish(std::move(node));
  }

  NodePtr named() {
    const Token token = now();
    if (token.text == "not") {
      advance();
      return join(NodeOp::negate, token.offset, expression(kNot));
    }
    if (token.text == "yes" || token.text == "no") {
      advance();
      NodePtr node = join(NodeOp::flag, token.offset);
      node->integer = token.text == "yes" ? 1 : 0;
      return node;
    }
    if (token.text == "period_start" || token.text == "period_end") {
      advance();
      return join(token.text == "period_start" ? NodeOp::period_start : NodeOp::period_end, token.offset);
    }
    if (follows_symbol("(")) return function();
    for (const char* word : {"and", "or", "in", "is", "missing", "period", "base"}) {
      if (token.text == word) fail("operand");
    }
    advance();
    NodePtr node = join(NodeOp::field, token.offset);
    node->name = token.text;
    return node;
  }

  NodePtr function() {
    const Token token = now();
    const bool after = token.text == "after";
    if (!after && token.text != "days" && token.text != "working_days") fail("days, working_days, after");
    advance();
    take("(");
    NodePtr first = expression(kNothing);
    take(",");
    NodePtr second = expression(kNothing);
    Step step = Step::days;
    if (after) step = unit_of_time();
    take(")");
    const NodeOp op = after ? NodeOp::after : token.text == "days" ? NodeOp::days : NodeOp::working_days;
    NodePtr node = join(op, token.offset, std::move(first), std::move(second));
    node->step = step;
    return node;
  }

  Step unit_of_time() {
    if (is_name("days") || is_name("months")) {
      const Step step = is_name("days") ? Step::days : Step::months;
      advance();
      return step;
    }
    if (!is_name("working")) fail("days, months, working days");
    advance();
    take_word("days");
    return Step::working_days;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

std::size_t characters(const std::string& text, std::size_t from, std::size_t to) {
  std::size_t count = 0;
  for (std::size_t i = from; i < to; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++count;
  }
  return count;
}

} // namespace

Problem condition_problem(std::string rule, const std::string& text, std::size_t offset, const Place& place,
                          std::string found, std::string expected) {
  Problem problem{.rule = std::move(rule), .place = place, .found = std::move(found), .expected = std::move(expected)};
  std::size_t line_start = 0;
  std::int64_t line = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    if (text[i] != '\n') continue;
    line_start = i + 1;
    ++line;
  }
  const std::size_t line_end = std::min(text.find('\n', offset), text.size());
  problem.excerpt = text.substr(line_start, line_end - line_start);
  const auto column = static_cast<std::int64_t>(characters(text, line_start, offset));
  problem.place.row += line;
  problem.place.column = (line == 0 && place.column > 0 ? place.column : 1) + column;
  return problem;
}

std::unique_ptr<Node> parse_condition(const std::string& text, const Place& place, Problems& problems) {
  try {
    return Parser(text).whole();
  } catch (const SyntaxError& error) {
    problems.push_back(condition_problem(error.rule, text, error.offset, place, error.found, error.expected));
    return nullptr;
  }
}

} // namespace appraise
