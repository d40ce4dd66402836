#include "engine/calendar.h"

#include "engine/problem.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

Date date(std::string_view iso) {
  return *Date::parse(iso);
}

// National Day 2016 as announced: off 1 to 7 October; Saturday 8 and Sunday 9 October worked.
WorkCalendar october_2016() {
  std::vector<WorkCalendar::Exception> days;
  for (const char* off : {"2016-10-03", "2016-10-04", "2016-10-05", "2016-10-06", "2016-10-07"}) {
    days.push_back({date(off), false});
  }
  days.push_back({date("2016-10-08"), true});
  days.push_back({date("2016-10-09"), true});
  return {2016, 2017, days};
}

TEST(Date, CountsFromTheEpoch) {
  EXPECT_EQ(date("1970-01-01").days, 0);
  EXPECT_EQ(date("1970-03-01").days, 59);
  EXPECT_EQ(date("2000-03-01").days, 11017); // 30 years, 7 leap days, 31 + 29 days
  EXPECT_EQ(date("1969-12-31").days, -1);
}

TEST(Date, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(Date::of(2015, 2, 29));
  EXPECT_TRUE(Date::of(2016, 2, 29));
  EXPECT_FALSE(Date::of(1900, 2, 29));
  EXPECT_TRUE(Date::of(2000, 2, 29));
  EXPECT_FALSE(Date::of(2016, 4, 31));
  EXPECT_FALSE(Date::of(2016, 13, 1));
  EXPECT_FALSE(Date::of(2016, 0, 1));
  EXPECT_FALSE(Date::of(2016, 1, 0));
  EXPECT_FALSE(Date::of(0, 1, 1));
  EXPECT_FALSE(Date::of(10000, 1, 1));
  EXPECT_TRUE(Date::of(9999, 12, 31));
}

TEST(Date, ReadsTheIsoFormOnly) {
  for (const char* wrong : {"", "2016-1-01", "2016-01-1", "2016/01/01", "2016-01-01 ", "20160101", "2016-0a-01",
                            "-016-01-01", "2016-01-01T"}) {
    EXPECT_FALSE(Date::parse(wrong)) << wrong;
  }
  EXPECT_EQ(date("2016-07-04").text(), "2016-07-04");
  EXPECT_EQ(date("0031-01-02").text(), "0031-01-02");
}

TEST(Date, SplitsIntoItsParts) {
  const Date d = date("2016-10-08");
  EXPECT_EQ(d.year(), 2016);
  EXPECT_EQ(d.month(), 10);
  EXPECT_EQ(d.day(), 8);
  EXPECT_EQ(d.weekday(), 6); // a Saturday
  EXPECT_EQ(date("1970-01-01").weekday(), 4);
  EXPECT_EQ(date("2016-02-28").weekday(), 7);
  EXPECT_EQ(date("2016-02-29").weekday(), 1);
}

TEST(Date, MonthsKeepTheDayAndStopAtTheMonthsEnd) {
  EXPECT_EQ(date("2015-11-30").add_months(3).text(), "2016-02-29");
  EXPECT_EQ(date("2014-11-30").add_months(3).text(), "2015-02-28");
  EXPECT_EQ(date("2016-08-31").add_months(1).text(), "2016-09-30");
  EXPECT_EQ(date("2016-01-15").add_months(12).text(), "2017-01-15");
  EXPECT_EQ(date("2016-03-31").add_months(-1).text(), "2016-02-29");
  EXPECT_EQ(date("2016-01-10").add_months(-1).text(), "2015-12-10");
}

TEST(WorkCalendar, KnowsHolidaysAndMakeUpDays) {
  const WorkCalendar calendar = october_2016();
  EXPECT_TRUE(calendar.is_working(date("2016-09-30")));
  EXPECT_FALSE(calendar.is_working(date("2016-10-01"))); // Saturday
  EXPECT_FALSE(calendar.is_working(date("2016-10-07"))); // Friday, holiday
  EXPECT_TRUE(calendar.is_working(date("2016-10-08")));  // Saturday, worked
  EXPECT_FALSE(calendar.is_working(date("2016-10-15"))); // an ordinary Saturday
}

TEST(WorkCalendar, RollsForwardOnlyFromDaysOff) {
  const WorkCalendar calendar = october_2016();
  EXPECT_EQ(calendar.roll_forward(date("2016-09-30")).text(), "2016-09-30");
  EXPECT_EQ(calendar.roll_forward(date("2016-07-01").add_months(3)).text(), "2016-10-08");
  EXPECT_EQ(calendar.roll_forward(date("2016-10-08")).text(), "2016-10-08");
  EXPECT_EQ(calendar.roll_forward(date("2016-10-15")).text(), "2016-10-17");
}

TEST(WorkCalendar, TheEventDayIsDayZero) {
  const WorkCalendar calendar = october_2016();
  EXPECT_EQ(calendar.after(date("2016-09-29"), 1).text(), "2016-09-30");
  EXPECT_EQ(calendar.after(date("2016-09-30"), 1).text(), "2016-10-08");
  EXPECT_EQ(calendar.after(date("2016-09-30"), 3).text(), "2016-10-10");
  EXPECT_EQ(calendar.after(date("2016-10-02"), 2).text(), "2016-10-09"); // the event may fall on a day off
  EXPECT_EQ(calendar.after(date("2016-11-07"), 5).text(), "2016-11-14");
}

TEST(WorkCalendar, CountsWithoutTheFirstDayAndWithTheLast) {
  const WorkCalendar calendar = october_2016();
  EXPECT_EQ(calendar.between(date("2016-09-30"), date("2016-10-08")), 1);
  EXPECT_EQ(calendar.between(date("2016-09-29"), date("2016-10-10")), 4); // 30, 8, 9, 10
  EXPECT_EQ(calendar.between(date("2016-11-07"), date("2016-11-07")), 0);
  EXPECT_EQ(calendar.between(date("2016-10-10"), date("2016-09-29")), -4);
}

TEST(WorkCalendar, DoesNotGuessBeyondItsYears) {
  const WorkCalendar calendar = october_2016();
  EXPECT_TRUE(calendar.is_working(date("2016-01-01"))); // a Friday that this calendar does not list
  EXPECT_NO_THROW((void)calendar.is_working(date("2017-12-31")));
  for (const char* beyond : {"2015-12-31", "2018-01-01"}) {
    try {
      (void)calendar.is_working(date(beyond));
      FAIL() << beyond;
    } catch (const Error& error) {
      ASSERT_EQ(error.problems().size(), 1u);
      EXPECT_EQ(error.problems()[0].rule, "calendar-beyond");
      EXPECT_EQ(error.problems()[0].found, beyond);
      EXPECT_EQ(error.problems()[0].expected, "2016..2017");
      EXPECT_EQ(error.code(), ExitCode::limit);
    }
  }
  EXPECT_THROW((void)calendar.after(date("2017-12-29"), 1), Error);
  EXPECT_THROW((void)WorkCalendar().is_working(date("2016-01-01")), Error);
}

} // namespace
} // namespace appraise
