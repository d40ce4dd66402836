#include "engine/input/cells.h"

#include "engine/input/input.h"
#include "engine/input/unicode.h"

#include <algorithm>
#include <array>

namespace appraise {

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// Days since 1970-01-01 of the proleptic Gregorian calendar, without a library call: dates are most of a file.
std::int64_t days_of(int year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = y / 400;
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

Parsed civil(int year, int month, int day) {
  constexpr std::array<int, 12> kLengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || month < 1 || month > 12 || day < 1) return {.rule = "impossible-date"};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int length = kLengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
  if (day > length) return {.rule = "impossible-date"};
  return {.value = days_of(year, month, day)};
}

// Full-width forms made narrow, trimmed.
std::string plain(std::string_view cell) {
  std::string result;
  cell = trimmed(cell);
  for (std::size_t i = 0; i < cell.size();)
    append_utf8(result, narrow(next_char(cell, i)));
  return result;
}

// Takes digits from the front: the count must lie in [least, most]. −1 when it does not.
int take(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  int value = 0;
  while (count < text.size() && count < most && digit(text[count]))
    value = value * 10 + (text[count++] - '0');
  if (count < least || (count < text.size() && digit(text[count]))) return -1;
  text.remove_prefix(count);
  return value;
}

bool skip(std::string_view& text, std::string_view sign) {
  if (text.substr(0, sign.size()) != sign) return false;
  text.remove_prefix(sign.size());
  return true;
}

// "", " 09:00", "T09:00:00+08:00", " 00:00:00.000"
bool time_of_day(std::string_view rest) {
  if (rest.empty()) return true;
  if (!skip(rest, "T") && !skip(rest, " ")) return false;
  while (skip(rest, " ")) {
  }
  const int hour = take(rest, 1, 2);
  if (hour < 0 || hour > 23 || !skip(rest, ":")) return false;
  const int minute = take(rest, 2, 2);
  if (minute < 0 || minute > 59) return false;
  if (skip(rest, ":")) {
    const int second = take(rest, 2, 2);
    if (second < 0 || second > 59) return false;
    if (skip(rest, ".") && take(rest, 1, 9) < 0) return false;
  }
  if (rest.empty() || rest == "Z") return true;
  return rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && digit(rest[1]) && digit(rest[2]) && rest[3] == ':' &&
         digit(rest[4]) && digit(rest[5]);
}

bool day_count(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view rest = text.substr(std::min(point + 1, text.size()));
  return point >= 1 && point <= 5 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(point), digit) &&
         std::all_of(rest.begin(), rest.end(), digit);
}

Parsed slow_date(std::string_view cell) {
  const std::string text = plain(cell);
  if (text.empty()) return {};
  std::string_view rest = text;
  if (text.size() >= 8 && std::all_of(text.begin(), text.begin() + 8, digit)) {
    const int whole = take(rest, 8, 8);
    if (whole < 0 || !time_of_day(rest)) return {.rule = "date-form"};
    return civil(whole / 10000, whole / 100 % 100, whole % 100);
  }
  const int year = take(rest, 4, 4);
  if (year < 0) return {.rule = day_count(text) ? "date-serial" : "date-form"};
  constexpr std::array<std::array<std::string_view, 3>, 4> kSigns = {
      {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};
  for (const auto& [first, second, last] : kSigns) {
    std::string_view at = rest;
    if (!skip(at, first)) continue;
    const int month = take(at, 1, 2);
    if (month < 0 || !skip(at, second)) continue;
    const int day = take(at, 1, 2);
    if (day < 0 || !skip(at, last) || !time_of_day(at)) continue;
    return civil(year, month, day);
  }
  return {.rule = day_count(text) ? "date-serial" : "date-form"};
}

// Digits with an optional sign, thousands separators and decimals, scaled by 10^places.
Parsed scaled(std::string_view cell, int places) {
  if (!cell.empty() && cell.size() <= 12 && std::all_of(cell.begin(), cell.end(), digit)) {
    std::int64_t value = 0;
    for (const char c : cell)
      value = value * 10 + (c - '0');
    return {.value = places == 2 ? value * 100 : value};
  }
  const std::string text = plain(cell);
  if (text.empty()) return {};
  std::string_view rest = text;
  const bool negative = skip(rest, "-");
  if (!negative) skip(rest, "+");
  const std::size_t point = std::min(rest.find('.'), rest.size());
  std::string_view whole = rest.substr(0, point);
  std::string_view decimals = rest.substr(std::min(point + 1, rest.size()));
  if (whole.empty() || (point < rest.size() && decimals.empty())) return {.rule = "not-a-number"};
  std::string digits;
  const bool grouped = whole.find(',') != std::string_view::npos;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool separator = grouped && i > 0 && (whole.size() - i) % 4 == 0;
    if (separator ? whole[i] != ',' : !digit(whole[i])) return {.rule = "not-a-number"};
    if (!separator) digits += whole[i];
  }
  if (!std::all_of(decimals.begin(), decimals.end(), digit)) return {.rule = "not-a-number"};
  while (!decimals.empty() && decimals.back() == '0')
    decimals.remove_suffix(1);
  if (decimals.size() > static_cast<std::size_t>(places)) return {.rule = "number-places"};
  if (digits.size() > 15) return {.rule = "number-too-large"};
  digits += decimals;
  digits.append(static_cast<std::size_t>(places) - decimals.size(), '0');
  std::int64_t value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return {.value = negative ? -value : value};
}

} // namespace

Parsed parse_date(std::string_view cell) {
  if (cell.empty()) return {};
  if (cell.size() == 10 && cell[4] == '-' && cell[7] == '-') {
    const auto at = [&](std::size_t i) { return cell[i] - '0'; };
    bool plain_digits = true;
    for (const std::size_t i : {0u, 1u, 2u, 3u, 5u, 6u, 8u, 9u})
      plain_digits = plain_digits && digit(cell[i]);
    if (plain_digits) {
      return civil(at(0) * 1000 + at(1) * 100 + at(2) * 10 + at(3), at(5) * 10 + at(6), at(8) * 10 + at(9));
    }
  }
  return slow_date(cell);
}

Parsed parse_integer(std::string_view cell) {
  const Parsed parsed = scaled(cell, 0);
  if (parsed.rule == nullptr && parsed.value != kMissing && parsed.value < 0) return {.rule = "number-negative"};
  return parsed;
}

Parsed parse_hundredths(std::string_view cell) {
  return scaled(cell, 2);
}

Parsed parse_flag(std::string_view cell) {
  static constexpr std::array<std::string_view, 10> kYes = {"是",  "1",    "有",   "yes", "Yes",
                                                            "YES", "true", "TRUE", "Y",   "√"};
  static constexpr std::array<std::string_view, 10> kNo = {"否", "0",     "无",    "no", "No",
                                                           "NO", "false", "FALSE", "N",  "×"};
  const std::string text = normalised(cell);
  if (text.empty()) return {};
  if (std::find(kYes.begin(), kYes.end(), text) != kYes.end()) return {.value = 1};
  if (std::find(kNo.begin(), kNo.end(), text) != kNo.end()) return {.value = 0};
  return {.rule = "flag-unknown"};
}

std::string serial_as_date(std::string_view cell) {
  const std::string text = plain(cell);
  if (!day_count(text)) return {};
  std::string_view rest = std::string_view(text).substr(0, text.find('.'));
  const int serial = take(rest, 1, 5);
  if (serial <= 60) return {}; // day 60 is 1900-02-29, which never was
  return Date{static_cast<std::int32_t>(serial - 25569)}.text();
}

} // namespace appraise
