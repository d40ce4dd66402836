#include "engine/input/cells.h"

#include "engine/input/input.h"
#include "engine/input/unicode.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr const char* kNumberForm = "number-form";
constexpr const char* kDateSerial = "date-from-serial";

bool digit(char c) {
  return c >= '0' && c <= '9';
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

Parsed civil(int year, int month, int day) {
  const auto date = Date::of(year, month, day);
  return date && year > 0 ? Parsed{.value = date->days} : Parsed{.rule = "impossible-date"};
}

// Digits, and a fraction perhaps: what a spreadsheet shows of a date whose cell has no date format.
bool day_count(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view rest = text.substr(std::min(point + 1, text.size()));
  return point >= 1 && point <= 5 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(point), digit) &&
         std::all_of(rest.begin(), rest.end(), digit) && (point == text.size() || !rest.empty());
}

// Excel's days from 1900, for counts of five digits that mean 1927 to 2099: a smaller number in a column of dates is
// anything but a date. (Day 60 of that count is 1900-02-29, which never was.)
Parsed from_day_count(std::string_view text) {
  if (!day_count(text)) return {.rule = "date-form"};
  std::string_view whole = text.substr(0, text.find('.'));
  const int count = take(whole, 1, 5);
  if (count < 10000 || count > 73050) return {.rule = "date-serial"};
  return {.value = count - 25569, .note = kDateSerial};
}

// Numerals -------------------------------------------------------------------

int numeral(char32_t c) {
  constexpr std::u32string_view kPlain = U"〇一二三四五六七八九";
  constexpr std::u32string_view kFormal = U"零壹贰叁肆伍陆柒捌玖";
  for (const std::u32string_view row : {kPlain, kFormal}) {
    if (const std::size_t at = row.find(c); at != std::u32string_view::npos) return static_cast<int>(at);
  }
  return c == U'两' ? 2 : -1;
}

std::int64_t numeral_unit(char32_t c) {
  switch (c) {
  case U'十':
  case U'拾': return 10;
  case U'百':
  case U'佰': return 100;
  case U'千':
  case U'仟': return 1000;
  case U'万': return 10000;
  case U'亿': return 100000000;
  default: return 0;
  }
}

std::u32string characters(std::string_view text) {
  std::u32string result;
  for (std::size_t i = 0; i < text.size();)
    result += next_char(text, i);
  return result;
}

// 一百二十 → 120; −1 when it is no numeral.
std::int64_t numerals(std::u32string_view text) {
  std::int64_t total = 0;
  std::int64_t section = 0;
  std::int64_t last = -1;
  if (text.empty() || text.size() > 20) return -1;
  for (const char32_t c : text) {
    const std::int64_t unit = numeral_unit(c);
    if (unit == 0) {
      const int value = numeral(c);
      if (value < 0 || last > 0) return -1;
      last = value;
    } else if (unit >= 10000) {
      section += std::max<std::int64_t>(last, 0);
      if (section + total == 0 || (unit == 10000 && section == 0)) return -1;
      total = unit == 10000 ? total + section * unit : (total + section) * unit;
      section = 0;
      last = -1;
    } else {
      section += (last < 0 ? (unit == 10 ? 1 : 0) : last) * unit;
      last = -1;
    }
  }
  return total + section + std::max<std::int64_t>(last, 0);
}

std::string without_zeros(std::int64_t hundredths) {
  std::string text = hundredths < 0 ? "-" : "";
  hundredths = hundredths < 0 ? -hundredths : hundredths;
  text += std::to_string(hundredths / 100);
  if (hundredths % 100 == 0) return text;
  text += '.';
  text += static_cast<char>('0' + hundredths / 10 % 10);
  if (hundredths % 10 != 0) text += static_cast<char>('0' + hundredths % 10);
  return text;
}

// 一百二十, 壹佰贰拾元整, 1.2万, 12件: what is meant, without a unit behind it.
std::string number_meant(std::string_view cell) {
  std::u32string text = characters(plain(cell));
  const auto ends_with = [&](char32_t c) { return text.size() > 1 && text.back() == c; };
  if (ends_with(U'整')) text.pop_back();
  constexpr std::u32string_view kUnits = U"元圆件人次个起份";
  if (text.size() > 1 && kUnits.find(text.back()) != std::u32string_view::npos) text.pop_back();
  std::int64_t factor = 1;
  if (text.size() > 1 && text[0] < 0x80) {
    factor = std::max<std::int64_t>(numeral_unit(text.back()), 1);
    if (factor > 1) text.pop_back();
    std::string ascii;
    for (const char32_t c : text)
      append_utf8(ascii, c);
    const Parsed parsed = cells::slow_number(ascii, 2);
    if (parsed.rule != nullptr || parsed.value < 0 || parsed.value > 1'000'000'000'000) return {};
    return without_zeros(parsed.value * factor);
  }
  const std::int64_t value = numerals(text);
  return value < 0 ? std::string() : std::to_string(value);
}

// 二〇一七年三月五日 → 2017-03-05
std::string date_meant(std::string_view cell) {
  const std::u32string text = characters(plain(cell));
  const std::size_t year_end = text.find(U'年');
  const std::size_t month_end = text.find(U'月');
  if (year_end != 4 || month_end == std::u32string::npos || month_end < 6 || text.back() != U'日') return {};
  int year = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int value = numeral(text[i]);
    if (value < 0) return {};
    year = year * 10 + value;
  }
  const std::u32string_view all = text;
  const std::int64_t month = numerals(all.substr(5, month_end - 5));
  const std::int64_t day = numerals(all.substr(month_end + 1, all.size() - month_end - 2));
  if (month < 1 || day < 1 || month > 12 || day > 31) return {};
  const Parsed parsed = civil(year, static_cast<int>(month), static_cast<int>(day));
  return parsed.rule != nullptr ? std::string() : Date{static_cast<std::int32_t>(parsed.value)}.text();
}

// 5.10E+17
bool has_exponent(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && (digit(text[i]) || text[i] == '.'))
    ++i;
  if (i == 0 || i + 1 >= text.size() || (text[i] != 'E' && text[i] != 'e')) return false;
  i += text[i + 1] == '+' || text[i + 1] == '-' ? 2 : 1;
  const std::string_view rest = text.substr(i);
  return !rest.empty() && rest.size() <= 3 && std::all_of(rest.begin(), rest.end(), digit) &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

} // namespace

Parsed cells::slow_date(std::string_view cell) {
  const std::string text = plain(cell);
  if (text.empty()) return {};
  std::string_view rest = text;
  if (text.size() >= 8 && std::all_of(text.begin(), text.begin() + 8, digit)) {
    const int whole = take(rest, 8, 8);
    if (whole < 0 || !time_of_day(rest)) return {.rule = "date-form"};
    return appraise::civil(whole / 10000, whole / 100 % 100, whole % 100);
  }
  const int year = take(rest, 4, 4);
  if (year < 0) return from_day_count(text);
  constexpr std::array<std::array<std::string_view, 3>, 4> kSigns = {
      {{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}}};
  for (const auto& [first, second, last] : kSigns) {
    std::string_view at = rest;
    if (!skip(at, first)) continue;
    const int month = take(at, 1, 2);
    if (month < 0 || !skip(at, second)) continue;
    const int day = take(at, 1, 2);
    if (day < 0 || !skip(at, last) || !time_of_day(at)) continue;
    return appraise::civil(year, month, day);
  }
  return from_day_count(text);
}

// Digits with an optional sign, thousands separators and decimals, scaled by 10^places.
Parsed cells::slow_number(std::string_view cell, int places) {
  const std::string text = plain(cell);
  if (text.empty()) return {};
  std::string_view rest = text;
  bool noted = text.size() != trimmed(cell).size(); // full-width forms take three bytes
  noted |= skip(rest, "'");                         // what spreadsheets put before a number that is kept as text
  const bool negative = skip(rest, "-");
  if (!negative) noted |= skip(rest, "+");
  const std::size_t point = std::min(rest.find('.'), rest.size());
  const std::string_view whole = rest.substr(0, point);
  std::string_view decimals = rest.substr(std::min(point + 1, rest.size()));
  if (whole.empty() || (point < rest.size() && decimals.empty())) return {.rule = "not-a-number"};
  std::string digits;
  const bool grouped = whole.find(',') != std::string_view::npos;
  noted |= grouped;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool separator = grouped && i > 0 && (whole.size() - i) % 4 == 0;
    if (separator ? whole[i] != ',' : !digit(whole[i])) return {.rule = "not-a-number"};
    if (!separator) digits += whole[i];
  }
  if (!std::all_of(decimals.begin(), decimals.end(), digit)) return {.rule = "not-a-number"};
  while (!decimals.empty() && decimals.back() == '0')
    decimals.remove_suffix(1);
  if (decimals.size() > static_cast<std::size_t>(places)) return {.rule = "number-places"};
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() > 16) return {.rule = "number-too-large"};
  digits += decimals;
  digits.append(static_cast<std::size_t>(places) - decimals.size(), '0');
  std::int64_t value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return {.value = negative ? -value : value, .note = noted ? kNumberForm : nullptr};
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

Severity severity_of_note(const char* note) {
  return std::string_view(note) == kDateSerial ? Severity::verify : Severity::notice;
}

std::string cell_hint(const char* rule, std::string_view cell) {
  const std::string_view name = rule;
  if (name == "not-a-number") return number_meant(cell);
  if (name == "date-form") return date_meant(cell);
  if (name == kNumberForm) {
    const Parsed parsed = cells::slow_number(cell, 2);
    return parsed.value == kMissing ? std::string() : without_zeros(parsed.value);
  }
  if (name != "date-serial" && name != kDateSerial) return {};
  const Parsed parsed = from_day_count(plain(cell));
  return parsed.value == kMissing ? std::string() : Date{static_cast<std::int32_t>(parsed.value)}.text();
}

std::optional<Severity> truncated_identifier(std::string_view cell) {
  constexpr std::size_t kKept = 15; // digits that a spreadsheet keeps of a number
  cell = trimmed(cell);
  if (cell.empty() || !digit(cell.front())) return std::nullopt;
  if (has_exponent(cell)) return Severity::blocking;
  if (cell.size() < kKept + 2 || cell.size() > 40 || !std::all_of(cell.begin(), cell.end(), digit)) return std::nullopt;
  return cell.find_first_not_of('0', kKept) == std::string_view::npos ? std::optional(Severity::verify) : std::nullopt;
}

} // namespace appraise
