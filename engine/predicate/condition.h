// The condition language: small, typed, three-valued as in SQL.
//
//   fields, fields of a joined type through its declared key (`cases.case_type` in a side record), literals ('text', 12, 3.5,
//   2016-01-01, yes, no), = != < <= > >=, in ('a', 'b'), in period, in base, period_start, period_end, is missing,
//   is not missing, and, or, not, ( ), + - * /, days(a, b), working_days(a, b), after(date, n days|months|working days).
//   A comparison with a missing operand is unknown; `not unknown` is unknown; and / or as in SQL. Nothing loops or calls out.
//   Parsing checks every name, type and category value against the declarations, and reports all errors with line, column and
//   the nearest names (rules condition-syntax, condition-unknown-name, condition-type, condition-unknown-value).
//
//   auto where = Condition::parse("closed_date in period and case_type = 'a'", type, types, place, problems);
//   Truth t = where->test(row, context);
#pragma once

#include "engine/calendar.h"
#include "engine/problem.h"
#include "engine/table.h"
#include "engine/values.h"

#include <memory>
#include <string>
#include <vector>

namespace appraise {

enum class Truth : std::int8_t { no = 0, yes = 1, unknown = -1 };

// What a row is evaluated against.
struct RowContext {
  const Records* records = nullptr; // for joined fields
  const WorkCalendar* calendar = nullptr;
  Slice period;
  Slice base; // `in base`; equals period where there is none
};

struct Row {
  const Table* table = nullptr;
  const Batch* batch = nullptr;
  std::size_t row = 0;
};

class Condition {
public:
  struct Node; // the syntax tree, in condition_tree.h

  // expect: what the whole text must be. On error the problems are recorded and the result is null.
  enum class Expect { truth, number, any_field };
  static std::shared_ptr<const Condition> parse(const std::string& text, const RecordType& type, const RecordTypes& types,
                                                const Place& place, Problems& problems, Expect expect = Expect::truth);

  Truth test(const Row& row, const RowContext& context) const;
  // A number as a scaled integer (hundredths for number and money fields, days for day counts); kMissing when unknown.
  std::int64_t number(const Row& row, const RowContext& context) const;
  // 1 for plain integers and days, 100 for number and money fields.
  std::int64_t scale() const;
  // For Expect::any_field: a stable text of the field's value, empty when missing.
  std::string value_text(const Row& row, const RowContext& context) const;
  // The first field whose absence makes the test unknown for this row; empty when the test is known.
  std::string missing_field(const Row& row, const RowContext& context) const;
  // In Chinese, with the fields' titles: 办理主体为本局 且 结案日期在考核期内.
  std::string words() const;
  const std::string& text() const { return text_; }

  explicit Condition(std::string text, std::unique_ptr<Node> root);
  ~Condition();

private:
  std::string text_;
  std::unique_ptr<Node> root_;
};

} // namespace appraise
