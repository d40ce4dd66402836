#include "engine/calendar.h"

#include "engine/problem.h"

#include <chrono>
#include <fmt/core.h>

namespace appraise {

namespace chrono = std::chrono;

namespace {

chrono::year_month_day civil(Date date) {
  return chrono::sys_days{chrono::days{date.days}};
}

int digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

} // namespace

std::optional<Date> Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const chrono::year_month_day date{chrono::year{year}, chrono::month{static_cast<unsigned>(month)},
                                    chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(chrono::sys_days{date}.time_since_epoch().count())};
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  return of(digits(iso.substr(0, 4)), digits(iso.substr(5, 2)), digits(iso.substr(8, 2)));
}

int Date::year() const {
  return static_cast<int>(civil(*this).year());
}
int Date::month() const {
  return static_cast<int>(static_cast<unsigned>(civil(*this).month()));
}
int Date::day() const {
  return static_cast<int>(static_cast<unsigned>(civil(*this).day()));
}
int Date::weekday() const {
  return static_cast<int>(chrono::weekday{chrono::sys_days{chrono::days{days}}}.iso_encoding());
}

Date Date::add_months(int count) const {
  const chrono::year_month_day start = civil(*this);
  chrono::year_month_day moved = start + chrono::months{count};
  if (!moved.ok()) moved = moved.year() / moved.month() / chrono::last;
  return Date{static_cast<std::int32_t>(chrono::sys_days{moved}.time_since_epoch().count())};
}

std::string Date::text() const {
  return fmt::format("{:04}-{:02}-{:02}", year(), month(), day());
}

WorkCalendar::WorkCalendar(int first_year, int last_year, const std::vector<Exception>& exceptions)
    : first_year_(first_year), last_year_(last_year), first_day_(Date::of(first_year, 1, 1)->days) {
  const Date end = *Date::of(last_year, 12, 31);
  working_.reserve(static_cast<std::size_t>(end.days - first_day_) + 1);
  for (Date date{first_day_}; date <= end; date = date.add_days(1))
    working_.push_back(date.weekday() <= 5);
  for (const Exception& exception : exceptions)
    working_[index(exception.date)] = exception.working;
}

std::size_t WorkCalendar::index(Date date) const {
  const auto offset = static_cast<std::int64_t>(date.days) - first_day_;
  if (offset < 0 || offset >= static_cast<std::int64_t>(working_.size())) {
    throw Error(ExitCode::limit, Problem{.rule = "calendar-beyond",
                                         .found = date.text(),
                                         .expected = fmt::format("{}..{}", first_year_, last_year_)});
  }
  return static_cast<std::size_t>(offset);
}

bool WorkCalendar::is_working(Date date) const {
  return working_[index(date)];
}

Date WorkCalendar::after(Date date, std::int64_t count) const {
  while (count > 0) {
    date = date.add_days(1);
    if (is_working(date)) --count;
  }
  return date;
}

Date WorkCalendar::roll_forward(Date date) const {
  while (!is_working(date))
    date = date.add_days(1);
  return date;
}

std::int64_t WorkCalendar::between(Date from, Date to) const {
  if (to < from) return -between(to, from);
  std::int64_t count = 0;
  while (from < to) {
    from = from.add_days(1);
    if (is_working(from)) ++count;
  }
  return count;
}

} // namespace appraise
