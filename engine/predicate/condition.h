// The condition language: small, typed, three-valued as in SQL.
//
//   fields, fields of a joined type through its declared key (`cases.case_type` in a side record), literals ('text',
//   12, 3.5, 2016-01-01, yes, no), = != < <= > >=, in ('a', 'b'), not in, in period, in base, period_start, period_end,
//   is missing, is not missing, and, or, not, ( ), + - * /, days(a, b), working_days(a, b), after(date, n
//   days|months|working days), and parameters by name where a number, date or text could be written out, but not a
//   divisor (parameters.h). days(a, b) = b − a; after(date, n working days) is the date itself where n is below 1.
//   Numbers are exact; `/` takes a divisor that is written out (for others multiply the other side). A joined field
//   leads from a side record to the record it belongs to, or from a record to its one side record; where there is none,
//   or more than one, it is missing. A comparison with a missing operand is unknown; `not unknown` is unknown; and / or
//   as in SQL. Nothing loops or calls out. Parsing checks every name, type and category value against the declarations,
//   and reports all errors with line, column and the nearest names (rules condition-syntax, condition-unknown-name,
//   condition-type, condition-unknown-value). Numbers beyond 64 bits end the run (Error number-too-large): they are
//   never wrapped.
//
//   auto where = Condition::parse("closed_date in period and case_type = 'a'", type, types, place, problems);
//   Truth t = where->test(row, context);
#pragma once

#include "engine/calendar.h"
#include "engine/problem.h"
#include "engine/table.h"
#include "engine/values.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace appraise {

// The dialects a condition is printed in.
enum class SqlDialect { postgresql, clickhouse, sqlite };

enum class Truth : std::int8_t { no = 0, yes = 1, unknown = -1 };

// From a record to its side records: for `cases`-like types, which row of each side type belongs to which record.
class SideRows {
public:
  SideRows() = default;
  explicit SideRows(const Records& records);
  // The one live side record of this type that belongs to the row; does not exist where there is none or more than one.
  RowRef find(const std::string& side_type, std::size_t batch, std::size_t row) const;
  // The same of a batch's rows, one after the other.
  void find_all(const std::string& side_type, std::size_t batch, std::vector<RowRef>& rows) const;

private:
  struct Index {
    std::vector<std::vector<RowRef>> rows;        // [batch][row of the record's table]
    std::vector<std::vector<std::uint8_t>> count; // 0, 1, 2 = more than one
  };
  std::map<std::string, Index> sides_;
};

// What a row is evaluated against.
struct RowContext {
  const Records* records = nullptr;    // for joined fields
  const SideRows* side_rows = nullptr; // for fields of side records; without it they are missing
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
  enum class Expect { truth, number, date, any_field };
  // `place` is where the text's first character stands; the text's later lines begin at column 1.
  static std::shared_ptr<const Condition> parse(const std::string& text, const RecordType& type,
                                                const RecordTypes& types, const Place& place, Problems& problems,
                                                Expect expect = Expect::truth);

  Truth test(const Row& row, const RowContext& context) const;
  // Sure that test() says `no` for no row of the batch: known where the whole text compares two columns of the row
  // itself, in one loop over them. False says nothing.
  bool refuses_none(const Batch& batch) const;
  // A number as a scaled integer (hundredths for number and money fields, days for day counts); kMissing when unknown.
  std::int64_t number(const Row& row, const RowContext& context) const;
  // The scaled integer that number() gives is figure × scale().
  // 1 for plain integers and days, 100 for number and money fields.
  std::int64_t scale() const;
  // For Expect::any_field: a stable text of the field's value, empty when missing.
  std::string value_text(const Row& row, const RowContext& context) const;
  // The first field whose absence makes the test unknown for this row; empty when the test is known.
  std::string missing_field(const Row& row, const RowContext& context) const;
  // The parameters that it names, each once, in reading order.
  std::vector<std::shared_ptr<const Parameter>> parameters() const;
  // In Chinese, with the fields' titles: 状态为已结 且 结案日期在考核期内.
  std::string words() const;
  // As SQL that gives the same truth or number: columns by the fields' ids (joined ones behind their type's name), NULL
  // where a value is missing, categories by their ids; parameters period_start, period_end, base_start, base_end;
  // working days by a table working_calendar (day, ordinal), where ordinal counts the working days up to the day. In
  // SQLite dates are ISO texts, and number and money columns hold hundredths: it has no exact decimals.
  std::string sql(SqlDialect dialect) const;
  const std::string& text() const { return text_; }
  const Node& root() const { return *root_; }

  Condition(std::string text, Place place, std::unique_ptr<Node> root);
  ~Condition();

private:
  std::string text_;
  Place place_; // of its first character
  std::unique_ptr<Node> root_;
};

} // namespace appraise
