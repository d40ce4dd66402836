// One cell of text → one 64-bit integer, exactly, or the rule that it breaks. Nothing is guessed.
//
//   date     2016-01-05, 2016/1/5, 2016.1.5, 2016年1月5日, 20160105, full-width digits; a time of day behind it is left
//   off.
//            impossible-date (no such day), date-serial (a spreadsheet's day count), date-form (anything else)
//   integer  a count: number-negative below zero
//   number, money   hundredths; thousands separators and full-width digits accepted; number-places beyond two decimals
//            not-a-number (Chinese numerals, units, percent, exponents …), number-too-large beyond 15 digits
//   flag     是 否 有 无 yes no true false 1 0 …; flag-unknown
//
//   parse_date("2016-02-30").rule;   // "impossible-date"
#pragma once

#include "engine/table.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace appraise {

struct Parsed {
  std::int64_t value = kMissing; // kMissing with no rule: the cell is empty
  const char* rule = nullptr;
};

Parsed parse_date(std::string_view cell);
Parsed parse_integer(std::string_view cell);
Parsed parse_hundredths(std::string_view cell);
Parsed parse_flag(std::string_view cell);

// The day that a spreadsheet means by a day count such as "42799.75" (1900 system), for the hint; empty when it means
// none.
std::string serial_as_date(std::string_view cell);

} // namespace appraise
