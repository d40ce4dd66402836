// The text of a numeric cell: what Excel holds, in one form.
//
//   A number is rounded to the 15 digits that Excel keeps and written without exponent (0.30000000000000004 → 0.3);
//   from 10^21 on and below 10^−9 it is written as %.15g does. A date is a count of days: 1 = 1900-01-01 with a
//   1900-02-29 that never was, so that serials below 61 stay numbers; or, in the system of 1904, 0 = 1904-01-01.
//
//   char room[kNumberRoom];
//   char* end = put_number("1.10", room);                            // 1.1
//   end = put_serial("42370.5", NumberKind::date, false, room);      // 2016-01-01 12:00:00
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace appraise::xlsx {

// What a cell's format makes of its number. Elapsed times ([h]:mm) are numbers.
enum class NumberKind : std::uint8_t { number, date, time };

NumberKind kind_of_format(std::string_view code); // yyyy"年"m"月"d"日" → date
NumberKind kind_of_builtin(std::int64_t id);      // formats that have a number and no code

constexpr std::size_t kNumberRoom = 48;

// Each writes at most kNumberRoom bytes and returns the end; nullptr when the text is no such value.
char* put_number(std::string_view text, char* to);
char* put_serial(std::string_view text, NumberKind kind, bool from_1904, char* to);
char* put_iso_date(std::string_view text, char* to); // 2016-01-01T12:00:00Z, as cells of type d hold it

} // namespace appraise::xlsx
