// Values: the facts. Unit × indicator × slice, each an exact numerator and denominator with the rows behind it.
//
//   figure = numerator × per ÷ denominator. A count is n ÷ 1, a share met ÷ eligible, a mean sum ÷ rows, a quantile q
//   ÷ 1. value: there is a figure. empty: no row to speak of (a count of nothing, a share of nothing). unavailable: the
//   source does not give it, or the rule of law that it needs does not exist; `note` says why. Whether an empty value
//   earns points, is "not applicable" or "too few" is a decision of the scheme, and stands in the Scorecard.
#pragma once

#include "engine/calendar.h"
#include "engine/number.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace appraise {

enum class ValueState { value, empty, unavailable };
enum class ValueSource { rows, warehouse, measured, self, verified };

// A span of time. The appraised one is "period"; base periods are "base1", "base2" … in the scheme's order.
struct Slice {
  std::string id;
  Date from;
  Date to;
};

struct Value {
  ValueState state = ValueState::empty;
  Number numerator;
  Number denominator = 1;
  std::int64_t counted = 0;                     // rows behind the denominator (behind the numerator of a count)
  std::int64_t unknown = 0;                     // rows counted whose `that` was unknown, hence not met
  std::map<std::string, std::int64_t> left_out; // field whose absence left rows out of `where` → rows
  ValueSource source = ValueSource::rows;
  std::string note; // the source of a measured value, or why it is unavailable
};

struct Values {
  std::vector<std::string> indicators;
  std::vector<Slice> slices;
  std::int32_t units = 0;
  std::vector<Value> cells; // [unit][indicator][slice]

  void resize();
  Value& at(std::int32_t unit, std::size_t indicator, std::size_t slice);
  const Value& at(std::int32_t unit, std::size_t indicator, std::size_t slice) const;
  std::size_t indicator(const std::string& id) const; // asserts that it is there
  std::size_t slice(const std::string& id) const;
};

} // namespace appraise
