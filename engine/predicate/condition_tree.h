// The syntax tree of a condition, as the parser builds it, the type checker completes it and evaluator and printer read
// it.
//
//   A number is an integer over a scale that is fixed at parse time (1 for integers and days, 100 for hundredths; a
//   product has the product of the scales), so that arithmetic and comparisons are exact. Names are resolved to columns
//   at parse time.
#pragma once

#include "engine/predicate/condition.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace appraise {

enum class Kind { truth, number, date, text, category, unit, none };

enum class NodeOp {
  field,     // name, route, column
  number,    // integer over scale
  date,      // integer
  text,      // text; with type category: integer is the position
  flag,      // yes, no
  parameter, // children: its values, each a literal
  period_start,
  period_end,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in_list, // child 0; the others are literals and parameters
  in_period,
  in_base,
  is_missing, // child 0 is a field
  both,
  either,
  negate,
  add,
  subtract,
  multiply,
  divide,
  minus,
  days, // child 1 − child 0
  working_days,
  after, // child 0 is a date, child 1 a count
};

enum class Step { days, months, working_days };

// Where a field's row is found.
enum class Route {
  own,    // in the row itself
  parent, // in the record that this side record belongs to
  side,   // in the one side record that belongs to this record
};

struct Condition::Node {
  NodeOp op = NodeOp::field;
  std::vector<std::unique_ptr<Node>> children;
  Kind kind = Kind::none;
  std::int64_t scale = 1;
  std::size_t offset = 0; // of its first byte in the text, for messages
  std::size_t length = 0;

  std::string name;  // of a field, as written
  std::string title; // of a field or a category value, for words
  std::string other; // record type of a joined field
  Route route = Route::own;
  std::size_t column = 0;
  FieldType field_type = FieldType::text;
  std::vector<Category> categories;

  std::int64_t integer = 0;
  std::string text;
  std::shared_ptr<const Parameter> parameter;
  Step step = Step::days;
};

// A parameter's value on the period's last day; any other node is itself. Before the first value: Error
// parameter-not-in-force.
const Condition::Node& in_force(const Condition::Node& node, const Slice& period);

// Parses the text; on a syntax error one problem and null. Names are not resolved yet.
std::unique_ptr<Condition::Node> parse_condition(const std::string& text, const Place& place, Problems& problems);

// Resolves names and literals, gives every node its kind and scale; false when a problem was recorded.
bool check_condition(Condition::Node& root, const std::string& text, const RecordType& type, const RecordTypes& types,
                     const Place& place, Problems& problems);

// A problem at a byte of the text: line, column, and the line as the excerpt.
Problem condition_problem(std::string rule, const std::string& text, std::size_t offset, const Place& place,
                          std::string found, std::string expected);

} // namespace appraise
