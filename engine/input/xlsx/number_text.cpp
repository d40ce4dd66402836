#include "engine/input/xlsx/number_text.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace appraise::xlsx {

namespace {

constexpr std::int64_t kEpoch1900 = -25569; // 1899-12-30 in days since 1970: serial 61 is 1900-03-01
constexpr std::int64_t kEpoch1904 = -24107; // 1904-01-01
constexpr std::int64_t kLastDay = 2932896;  // 9999-12-31
constexpr std::int64_t kDaySeconds = 86400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

char* put_two(std::uint32_t value, char* to) {
  to[0] = static_cast<char>('0' + value / 10);
  to[1] = static_cast<char>('0' + value % 10);
  return to + 2;
}

// Years 0 to 9999, in 32 bits since it is done for every date of a file. Counts days from 0000-03-01, so that the leap
// day is the last of its year.
char* put_date(std::int64_t days, char* to) {
  const auto shifted = static_cast<std::uint32_t>(days + 719468);
  const std::uint32_t era = shifted / 146097;
  const std::uint32_t day_of_era = shifted % 146097;
  const std::uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint32_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::uint32_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::uint32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  const std::uint32_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  to = put_two(year % 100, put_two(year / 100, to));
  *to++ = '-';
  to = put_two(month, to);
  *to++ = '-';
  return put_two(day, to);
}

std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = y / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

char* put_clock(std::int64_t seconds_of_day, char* to) {
  const auto seconds = static_cast<std::uint32_t>(seconds_of_day);
  to = put_two(seconds / 3600, to);
  *to++ = ':';
  to = put_two(seconds / 60 % 60, to);
  *to++ = ':';
  return put_two(seconds % 60, to);
}

char* put_moment(std::int64_t days, std::int64_t seconds, char* to) {
  to = put_date(days, to);
  if (seconds == 0) return to;
  *to++ = ' ';
  return put_clock(seconds, to);
}

// XML lets white space stand around a number, and a plus before it.
std::string_view bare(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && space(text.back()))
    text.remove_suffix(1);
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  return text;
}

bool parse_double(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

// Most numbers of a file are decimals of at most 15 digits in the form that we give: they need no arithmetic.
bool is_plain(const char* at, const char* end) {
  const bool negative = at < end && *at == '-';
  if (negative) ++at;
  if (at == end || end - at > 16) return false;
  const char* digits = at;
  while (at < end && is_digit(*at))
    ++at;
  const std::ptrdiff_t whole = at - digits;
  if (whole == 0 || (*digits == '0' && whole > 1)) return false;
  if (at == end) return whole <= 15 && !(negative && *digits == '0');
  if (*at++ != '.' || end - digits > 16 || end[-1] == '0') return false;
  // 0.00001 and less may be below 10^−9.
  if (*digits == '0' && end - at >= 5 && std::memcmp(at, "00000", 5) == 0) return false;
  if (at == end) return false;
  while (at < end && is_digit(*at))
    ++at;
  return at == end;
}

char* put_double(double value, char* to) {
  if (value == 0) {
    *to++ = '0';
    return to;
  }
  char digits[32]; // d.dddddddddddddde±xx
  const char* digits_end =
      std::to_chars(digits, digits + sizeof digits, std::fabs(value), std::chars_format::scientific, 14).ptr;
  const char* mark = static_cast<const char*>(std::memchr(digits, 'e', static_cast<std::size_t>(digits_end - digits)));
  int exponent = 0;
  std::from_chars(mark[1] == '+' ? mark + 2 : mark + 1, digits_end, exponent);
  if (exponent >= 21 || exponent < -9)
    return std::to_chars(to, to + kNumberRoom, value, std::chars_format::general, 15).ptr;
  digits[1] = digits[0]; // now the digits stand together from digits + 1
  const char* first = digits + 1;
  const char* last = mark;
  while (last > first + 1 && last[-1] == '0')
    --last;
  const int count = static_cast<int>(last - first);
  if (value < 0) *to++ = '-';
  if (exponent < 0) {
    *to++ = '0';
    *to++ = '.';
    for (int i = exponent + 1; i < 0; ++i)
      *to++ = '0';
    std::memcpy(to, first, static_cast<std::size_t>(count));
    return to + count;
  }
  for (int i = 0; i < count || i <= exponent; ++i) {
    if (i == exponent + 1) *to++ = '.';
    *to++ = i < count ? first[i] : '0';
  }
  return to;
}

} // namespace

char* put_number(std::string_view text, char* to) {
  if (is_plain(text.data(), text.data() + text.size())) {
    std::memcpy(to, text.data(), text.size());
    return to + text.size();
  }
  double value = 0;
  return parse_double(bare(text), value) ? put_double(value, to) : nullptr;
}

char* put_serial(std::string_view text, NumberKind kind, bool from_1904, char* to) {
  if (kind == NumberKind::number) return put_number(text, to);
  double value = 0;
  std::int64_t day = 0;
  std::int64_t seconds = 0;
  if (text.size() == 5 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) &&
      is_digit(text[4])) {
    for (const char c : text)
      day = day * 10 + (c - '0'); // five digits: a day of 1927 or later
    value = static_cast<double>(day);
  } else {
    if (!parse_double(bare(text), value)) return nullptr;
    if (value < 0 || value > 3e6) return put_double(value, to);
    day = static_cast<std::int64_t>(value);
    seconds = std::llround((value - static_cast<double>(day)) * static_cast<double>(kDaySeconds));
    if (seconds == kDaySeconds) {
      ++day;
      seconds = 0;
    }
  }
  if (kind == NumberKind::time && day == 0 && value < 1) return put_clock(seconds, to);
  const std::int64_t days = day + (from_1904 ? kEpoch1904 : kEpoch1900);
  if ((!from_1904 && day < 61) || days > kLastDay) return put_double(value, to);
  return put_moment(days, seconds, to);
}

namespace {

// Exactly `count` digits at `at`, which moves behind them; −1 when they do not stand there.
std::int64_t take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

} // namespace

char* put_iso_date(std::string_view text, char* to) {
  bool dated = false;
  std::int64_t days = 0;
  if (text.size() >= 10 && text[4] == '-') {
    const std::int64_t year = take_digits(text, 4);
    if (year < 0 || !take(text, '-')) return nullptr;
    const std::int64_t month = take_digits(text, 2);
    if (month < 1 || month > 12 || !take(text, '-')) return nullptr;
    const std::int64_t day = take_digits(text, 2);
    days = days_of(year, month, day);
    const std::int64_t next_month = month == 12 ? days_of(year + 1, 1, 1) : days_of(year, month + 1, 1);
    if (day < 1 || days >= next_month) return nullptr;
    dated = true;
    if (text.empty()) return put_date(days, to);
    if (text.front() != 'T' && text.front() != ' ') return nullptr;
    text.remove_prefix(1);
  } else {
    take(text, 'T');
  }
  const std::int64_t hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return nullptr;
  const std::int64_t minute = take_digits(text, 2);
  if (minute < 0 || minute > 59) return nullptr;
  std::int64_t second = 0;
  bool up = false;
  if (take(text, ':')) {
    second = take_digits(text, 2);
    if (second < 0 || second > 59) return nullptr;
    if (take(text, '.')) {
      up = !text.empty() && text.front() >= '5';
      while (!text.empty() && is_digit(text.front()))
        text.remove_prefix(1);
    }
  }
  take(text, 'Z');
  if (!text.empty()) return nullptr;
  std::int64_t seconds = hour * 3600 + minute * 60 + second + (up ? 1 : 0);
  if (!dated) return seconds == kDaySeconds ? nullptr : put_clock(seconds, to);
  if (seconds == kDaySeconds) {
    ++days;
    seconds = 0;
  }
  return days > kLastDay ? nullptr : put_moment(days, seconds, to);
}

} // namespace appraise::xlsx
