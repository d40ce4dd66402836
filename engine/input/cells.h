// One cell of text → one 64-bit integer, exactly, or the rule that it breaks. Nothing is guessed.
//
//   date     2016-01-05, 2016/1/5, 2016.1.5, 2016年1月5日, 20160105, full-width digits; a time of day behind it is left
//   off.
//            impossible-date (no such day), date-form (anything else, also 3/5/2016, where day and month could change
//            places). A spreadsheet's count of days, 42799 or 42799.75, is read as Excel counts from 1900 and noted as
//            date-from-serial; counts before 1927 or after 2099 are refused as date-serial.
//   integer  a count: number-negative below zero
//   number, money   hundredths; number-places beyond two decimals, not-a-number (Chinese numerals, units, percent,
//            exponents …), number-too-large beyond 16 digits. Full-width digits, thousands separators, a plus sign and
//            a spreadsheet's apostrophe are read and noted as number-form.
//   flag     是 否 有 无 yes no true false 1 0 …; flag-unknown
//
//   parse_date("2016-02-30").rule;   // "impossible-date"
//   parse_hundredths("1,234").note;  // "number-form"; .value = 123400
#pragma once

#include "engine/input/plain_cells.h"
#include "engine/table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace appraise {

struct Parsed {
  std::int64_t value = kMissing; // kMissing with no rule: the cell is empty
  const char* rule = nullptr;    // why there is no value
  const char* note = nullptr;    // there is a value, and this is to be told: see severity_of_note
};

Parsed parse_flag(std::string_view cell);

// The notes' severity: a form that can mean nothing else is a notice; a count of days wants to be confirmed.
Severity severity_of_note(const char* note);

// What the cell probably means, for a cell that was refused or noted under `rule`: the day of a day count or of
// 二〇一七年三月五日, the number of 一百二十, 1.2万, 12件 or 1,234. Empty when nobody can say.
std::string cell_hint(const char* rule, std::string_view cell);

// An identifier whose digits a spreadsheet has lost: written with an exponent (5.10E+17), which nobody can undo:
// blocking; or of 17 digits and more with zeros behind the 15 that a spreadsheet keeps (510000000000001000): to be
// verified. nullopt for all others. The rule is id-truncated.
std::optional<Severity> truncated_identifier(std::string_view cell);

// Whether a look at a few bytes leaves it open that truncated_identifier says something of a text without white space
// at its ends: then it has an exponent, of at most three digits, or ends in 0.
inline bool may_be_truncated(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !digit(text.front())) return false;
  if (text.size() < 8) return text.find_first_of("Ee") != std::string_view::npos;
  const std::uint64_t end = in_place::load8(text.data() + text.size() - 8);
  const std::uint64_t e = (end | 0x2020202020202020u) ^ 0x6565656565656565u; // a byte is 0 where E or e stands
  if (((e - 0x0101010101010101u) & ~e & 0x8080808080808080u) != 0) return true;
  std::uint64_t value = 0;
  return text.size() >= 17 && text.back() == '0' && in_place::digits(text.data(), 8, value);
}

namespace cells {

Parsed slow_date(std::string_view cell);
Parsed slow_number(std::string_view cell, int places);

// Up to 15 digits and nothing else; false otherwise.
inline bool digits_only(const char* at, std::size_t size, std::uint64_t& value) {
  std::uint64_t sum = 0;
  unsigned bad = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const unsigned digit = static_cast<unsigned char>(at[i]) - unsigned{'0'};
    bad |= digit > 9 ? 1u : 0u;
    sum = sum * 10 + digit;
  }
  value = sum;
  return bad == 0 && size > 0 && size <= 15;
}

} // namespace cells

// The plainest form of a cell, read in place, in any encoding that holds ASCII; false for all others, which parse_…
// reads in UTF-8.

// YYYY-MM-DD of a day that exists.
inline bool plain_date(std::string_view cell, std::int64_t& days) {
  return cell.size() == 10 && in_place::ten_bytes_date(cell.data(), days);
}

// Digits alone.
inline bool plain_integer(std::string_view cell, std::int64_t& value) {
  std::uint64_t digits = 0;
  if (!cells::digits_only(cell.data(), cell.size(), digits)) return false;
  value = static_cast<std::int64_t>(digits);
  return true;
}

// Digits alone, or digits, a point and two digits.
inline bool plain_hundredths(std::string_view cell, std::int64_t& value) {
  std::uint64_t whole = 0;
  std::uint64_t decimals = 0;
  const bool point = cell.size() > 3 && cell[cell.size() - 3] == '.';
  if (!cells::digits_only(cell.data(), cell.size() - (point ? 3 : 0), whole)) return false;
  if (point && !cells::digits_only(cell.data() + cell.size() - 2, 2, decimals)) return false;
  value = static_cast<std::int64_t>(whole * 100 + decimals);
  return true;
}

inline Parsed parse_date(std::string_view cell) {
  Parsed parsed;
  if (cell.empty() || plain_date(cell, parsed.value)) return parsed;
  return cells::slow_date(cell);
}

inline Parsed parse_integer(std::string_view cell) {
  Parsed parsed;
  if (plain_integer(cell, parsed.value)) return parsed;
  parsed = cells::slow_number(cell, 0);
  if (parsed.rule == nullptr && parsed.value != kMissing && parsed.value < 0) return {.rule = "number-negative"};
  return parsed;
}

inline Parsed parse_hundredths(std::string_view cell) {
  Parsed parsed;
  if (plain_hundredths(cell, parsed.value)) return parsed;
  return cells::slow_number(cell, 2);
}

} // namespace appraise
