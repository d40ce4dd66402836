// Civil dates and working days.
//
//   A Date is a count of days since 1970-01-01 in the Gregorian calendar; no clock, no time zone. Arithmetic on dates
//   is exact. add_months() keeps the day of the month, clamped to the month's end (2015-11-30 + 3 months = 2016-02-29).
//   A WorkCalendar knows the holidays and make-up working days of whole years. Beyond its years it does not guess: it
//   throws Error("calendar-beyond").
//
//   Date d = *Date::parse("2016-07-01");
//   calendar.roll_forward(d.add_months(3));   // 2016-10-08, a make-up Saturday
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

struct Date {
  std::int32_t days = 0;

  // nullopt when the month or the day does not exist.
  static std::optional<Date> of(int year, int month, int day);
  static std::optional<Date> parse(std::string_view iso); // exactly YYYY-MM-DD
  int year() const;
  int month() const;
  int day() const;
  int weekday() const; // 1 = Monday … 7 = Sunday
  Date add_days(std::int64_t count) const { return Date{static_cast<std::int32_t>(days + count)}; }
  Date add_months(int count) const;
  std::string text() const;
  friend auto operator<=>(const Date&, const Date&) = default;
};

class WorkCalendar {
public:
  struct Exception {
    Date date;
    bool working = false; // true: a weekend day that is worked; false: a holiday
  };
  WorkCalendar() = default;
  WorkCalendar(int first_year, int last_year, const std::vector<Exception>& exceptions);

  int first_year() const { return first_year_; }
  int last_year() const { return last_year_; }
  bool is_working(Date date) const;
  // The count-th working day after the date; the date itself is day 0. count >= 1.
  Date after(Date date, std::int64_t count) const;
  // The date itself when it is a working day, else the first working day after it.
  Date roll_forward(Date date) const;
  // Working days in (from, to]; negative when to is before from.
  std::int64_t between(Date from, Date to) const;

private:
  std::size_t index(Date date) const;
  int first_year_ = 0;
  int last_year_ = -1;
  std::int32_t first_day_ = 0;
  std::vector<bool> working_;
};

} // namespace appraise
