// Measures: how rows become a figure. One .cpp each, and one list (list.cpp) in which each name stands once.
//
//   A row measure is a state with add, remove, merge and summary, made of integers only: a state that was merged from
//   parts in any order equals the one that saw every row. remove() takes back a row that was added. finish() makes the
//   exact figure of a Value, and its state, from the summary; the caller fills in left-out reasons. States of units are
//   merged up the roster before they are finished. A measure over figures (ratio, disposition_time, combination) is
//   made of other indicators' finished figures, `measured` of records that already hold the figure; they have no row
//   state.
//
//   const Measure& share = *find_measure("share");
//   auto state = share.start();
//   state->add({.that = Truth::yes});
//   Value value;
//   share.finish(state->summary(), indicator, period, value);   // 1 ÷ 1
#pragma once

#include "engine/expression.h"
#include "engine/indicator.h"
#include "engine/roster.h"
#include "engine/values.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise {

// What a measure takes from a row that met `where`. Rows without a value never arrive where a value is needed.
struct Observation {
  Truth that = Truth::no;
  std::int64_t value = 0; // scaled by the scale of the indicator's value; of a date: days since the slice's first
  std::string_view text{};
};

__extension__ typedef __int128 WideInteger;

// All that rows say to a measure, however it was gathered. A measure reads what it needs.
struct Summary {
  std::int64_t rows = 0;    // rows that met `where` and have the value that the measure needs
  std::int64_t met = 0;     // of them: `that` is yes
  std::int64_t unknown = 0; // of them: `that` is unknown
  WideInteger sum = 0;      // Σ value, scaled
  WideInteger squares = 0;  // Σ value², scaled twice
  std::vector<std::pair<std::int64_t, std::int64_t>> counts{}; // (scaled value, how often), by value
  std::int64_t distinct = 0;
};

class MeasureState {
public:
  virtual ~MeasureState() = default;
  virtual void add(const Observation& row) = 0;
  virtual void remove(const Observation& row) = 0;
  virtual void merge(const MeasureState& other) = 0; // of the same measure and indicator
  virtual Summary summary() const = 0;
};

enum class MeasureValue { none, number, date /* within the slice */, text };
// What a summary of it must hold beside the rows.
enum class MeasureKeeps { rows, sum, squares, counts, keys };
// What its figure is divided by.
enum class MeasureOver { one, rows, figure };

// One of the figures of the same unit and slice that a measure over figures is made of.
struct Operand {
  const Value& value;
  const Indicator& indicator;
};

class Measure {
public:
  virtual ~Measure() = default;
  virtual std::string name() const = 0;
  virtual bool over_rows() const { return true; }
  virtual bool over_figures() const { return false; }
  virtual bool needs_that() const { return false; }
  virtual MeasureValue needs_value() const { return MeasureValue::none; }
  virtual MeasureKeeps keeps() const { return MeasureKeeps::rows; }
  virtual MeasureOver over() const { return MeasureOver::one; }
  virtual std::unique_ptr<MeasureState> start() const { return nullptr; }
  // The figure and its state; left-out reasons are the caller's.
  virtual void finish(const Summary&, const Indicator&, const Slice&, Value&) const {}
  // What asks a database for it, of the rows that meet `where`: one aggregate, or numerator and denominator, or the
  // counts that it is made of. Empty where the dialect has nothing for it.
  virtual std::string sql(const Indicator&, SqlDialect) const { return {}; }
  // The figure and its state, of the figures of indicator.operands in their order.
  virtual Value combine(const std::vector<Operand>&, const Indicator&, const Slice&) const { return {}; }
};

// What every measure over rows says: of no row it is empty.
inline void finish_as(const Summary& rows, Number numerator, Number denominator, Value& value) {
  value.state = rows.rows > 0 ? ValueState::value : ValueState::empty;
  value.numerator = std::move(numerator);
  value.denominator = std::move(denominator);
  value.counted = rows.rows;
}

const std::vector<const Measure*>& measures();
const Measure* find_measure(const std::string& name);

// numerator × per ÷ denominator of a finished value; asserts that there is one.
Number figure_of(const Value& value, const Indicator& indicator);

// A value without a figure yet: unavailable when an operand is, with its note, else empty. Rows that operands leave out
// are told together: a row that several leave out is told several times.
Value resting_on(const std::vector<Operand>& operands);

// ratio.cpp: the two figures.
Value ratio_of(const Operand& numerator, const Operand& denominator);

// combination.cpp: + - * / ( ) over numbers and ids; null, and a problem, where it is something else. `named` gets for
// each id what is to be said if there is no such indicator.
Expr parse_combination(const std::string& text, const Place& place, Problems& problems, Problems& named);

// measured.cpp: one value per unit. Problems: measured-twice.
std::vector<Value> measured_values(const Indicator& indicator, const Records& records, const Roster& roster,
                                   const RowContext& context, Problems& problems);
// Whether this live record of type `measured` is the indicator's for the context's period.
bool is_measured_row(const Indicator& indicator, const Row& row, const RowContext& context);

Number to_number(WideInteger value);

} // namespace appraise
