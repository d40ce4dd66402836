// The small arithmetic in which rules state points. A rule does not compute: it returns a tree; one evaluator gives
// exact points, printers give the spreadsheet formula, JSON and the explanation with the numbers put in.
//
//   Leaves are constants (scheme parameters with a name and a place in the sheet) and references. A reference is three
//   names, table, row and column: in a rule it means "of the unit in question" (value/disputes@period/numerator), in a
//   Document it is a cell's id. substitute() turns the one into the other. Results are a number, a truth or a state's
//   text (no number: it counts nothing in a sum, as in a spreadsheet). The tree is natural. guarded() gives the same
//   tree in the shapes of which it is measured that plain doubles agree with exact arithmetic: rounding as
//   ROUND(ROUND(10^p*x,g),0)/10^p, floor as INT(ROUND(x,9)), comparisons of computed values as ROUND(a-b,9)>=0, one
//   quotient of integers against a decimal cell as it is.
#pragma once

#include "engine/number.h"

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace appraise {

struct Ref {
  std::string table;
  std::string row;
  std::string column;
  friend bool operator==(const Ref&, const Ref&) = default;
  friend auto operator<=>(const Ref&, const Ref&) = default;
};

enum class Op {
  constant, // number; `name` when it is a parameter that may be changed in the sheet (then `ref` is its cell)
  text,     // a state's text id
  reference,
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  sum,
  floor,
  round, // places, mode; `digits` = integer digits of the largest attainable |x|, for the guard
  less,
  less_equal,
  greater,
  greater_equal,
  equal,     // numbers
  is_text,   // child 0 is the state text of child 1
  is_number, // child 0 is a number, not a state
  both,
  either,
  negate,
  choose,        // if child 0 then child 1 else child 2; the branch not taken is not evaluated
  count_numbers, // how many children are numbers
  rank, // 1 + number of keys in the column `ref` greater than child 0; with child 1, the cell of this row's group:
        // among rows of the same group
};

struct Expression;
using Expr = std::shared_ptr<const Expression>;

struct Expression {
  Op op = Op::constant;
  std::vector<Expr> children;
  Number number;    // constant
  std::string name; // parameter's name in the scheme; text id for Op::text
  Ref ref;          // reference; a parameter's cell; for rank: the column of keys (row empty)
  Ref group;        // rank in group: the column of groups (row empty)
  int places = 0;   // round; reference: decimal places that the cell may have, 0 for an integer
  int digits = 0;   // round: integer digits of the largest attainable |x|
  Rounding mode = Rounding::half_up;
};

Expr constant(Number number);
Expr parameter(Number number, std::string name, Ref ref);
Expr state_text(std::string id);
Expr reference(Ref ref, int places = 0);
Expr apply(Op op, std::vector<Expr> children);
Expr round_to(Expr x, int places, int digits, Rounding mode = Rounding::half_up);
Expr choose(Expr condition, Expr yes, Expr no);
Expr text_is(std::string id, Expr x); // x is this state's text
// 1 + number of greater keys in a column; `keys` and `groups` are columns (row empty), `group` is this row's cell.
Expr rank_of(Expr key, Ref keys);
Expr rank_in_group_of(Expr key, Ref keys, Expr group, Ref groups);

using Result = std::variant<Number, std::string /* state text id */, bool>;

// Where the evaluator finds what references mean.
struct Lookup {
  std::function<Result(const Ref&)> cell;
  // For rank: the keys (numbers, or states that count nowhere) and groups of all units; and the group of this one.
  std::function<std::vector<Result>(const Ref& keys)> column;
  std::function<std::vector<std::string>(const Ref& groups)> groups;
  std::function<std::string(const Ref& groups)> group;
};

Result evaluate(const Expression& tree, const Lookup& lookup);
// The tree with every choice replaced by the branch that is taken: what was computed, without what was not.
Expr taken(const Expr& tree, const Lookup& lookup);

// Plain IEEE doubles, as a spreadsheet computes; the three models of ROUND that spreadsheets use.
enum class RoundModel { half_added /* floor(x·10^p+½)/10^p */, exact_binary, fifteen_digits };
using DoubleResult = std::variant<double, std::string, bool>;
struct DoubleLookup {
  std::function<DoubleResult(const Ref&)> cell;
  std::function<std::vector<DoubleResult>(const Ref& keys)> column;
  std::function<std::vector<std::string>(const Ref& groups)> groups;
  std::function<std::string(const Ref& groups)> group;
};
DoubleResult evaluate_doubles(const Expression& guarded_tree, const DoubleLookup& lookup, RoundModel model);

DoubleLookup as_doubles(const Lookup& exact); // each number as the nearest double

// The same value in shapes that are safe in doubles; see the head of this file.
Expr guarded(const Expr& natural);
Expr substitute(const Expr& tree, const std::function<Ref(const Ref&)>& cell);

// A formula without the leading "="; `address` gives a cell's or a column's address, `text` a state's text.
// Only a guarded tree is printed. Numbers without a cell may only be 0, 1, powers of ten and guard digits.
std::string print_spreadsheet(const Expression& guarded_tree, const std::function<std::string(const Ref&)>& address,
                              const std::function<std::string(const std::string&)>& text);
std::string print_json(const Expression& tree);
// A line of arithmetic; with `put_in` each leaf is followed by, or replaced with, its number.
// `name` gives what stands for a reference: a name, or its number. `word` gives the words of operators and states by id
// ("operator.if", "state.no cases"); without it mathematical signs are used.
std::string print_words(const Expression& tree, const std::function<std::string(const Ref&)>& name,
                        const std::function<std::string(const std::string&)>& word = {});

// Collects the references of a tree, each once, in order; and its parameters, which are input cells of a sheet.
std::vector<Ref> references(const Expression& tree);
std::vector<Expr> parameters(const Expression& tree);
bool is_parameter(const Expression& tree);

} // namespace appraise
