#include "engine/input/cells.h"

#include "engine/calendar.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::string date(std::string_view cell) {
  const Parsed parsed = parse_date(cell);
  if (parsed.rule != nullptr) return parsed.rule;
  return parsed.value == kMissing ? "missing" : Date{static_cast<std::int32_t>(parsed.value)}.text();
}

std::string number(std::string_view cell) {
  const Parsed parsed = parse_hundredths(cell);
  if (parsed.rule != nullptr) return parsed.rule;
  return parsed.value == kMissing ? "missing" : std::to_string(parsed.value);
}

TEST(Cells, DatesInTheAcceptedForms) {
  for (const char* cell : {"2017-03-05", "2017-3-5", "2017/3/5", "2017/03/05", "2017.3.5", "20170305", "2017年3月5日",
                           "2017年03月05日", "２０１７－０３－０５", "　2017-03-05 ", "2017-03-05 00:00:00",
                           "2017-03-05T09:00:00+08:00", "2017-03-05 9:30"}) {
    EXPECT_EQ(date(cell), "2017-03-05") << cell;
  }
  EXPECT_EQ(date("2016-02-29"), "2016-02-29");
  EXPECT_EQ(date("2000-02-29"), "2000-02-29");
  EXPECT_EQ(date("1970-01-01"), "1970-01-01");
  EXPECT_EQ(date("9999-12-31"), "9999-12-31");
  EXPECT_EQ(date(""), "missing");
  EXPECT_EQ(date("　 "), "missing");
}

TEST(Cells, DatesThatAreNoneAreNeverGuessed) {
  for (const char* cell : {"2017-02-30", "2017-02-29", "1900-02-29", "2017-13-01", "2017-00-10", "2017-01-00",
                           "2017年2月30日", "20170230", "2017/4/31", "0000-01-01"}) {
    EXPECT_EQ(date(cell), "impossible-date") << cell;
  }
  for (const char* cell : {"17-3-5", "3/5/2017", "05.03.2017", "2017-3", "2017年3月", "2017-03-05（补）", "-", "无",
                           "二〇一七年三月五日", "2017-03/05", "2017-03-05 25:00", "201703051", "2017-03-05x"}) {
    EXPECT_EQ(date(cell), "date-form") << cell;
  }
  EXPECT_EQ(date("42799"), "date-serial");
  EXPECT_EQ(serial_as_date("42799"), "2017-03-05");
  EXPECT_EQ(serial_as_date("42799.75"), "2017-03-05");
  EXPECT_EQ(serial_as_date("60"), "");
}

TEST(Cells, EveryDayOfFourCenturiesReadsBack) {
  for (Date day = *Date::of(1800, 1, 1); day < *Date::of(2200, 1, 1); day = day.add_days(1)) {
    ASSERT_EQ(parse_date(day.text()).value, day.days) << day.text();
  }
}

TEST(Cells, NumbersAreExactHundredths) {
  EXPECT_EQ(number("123"), "12300");
  EXPECT_EQ(number("１２３"), "12300");
  EXPECT_EQ(number("1,234"), "123400");
  EXPECT_EQ(number("1，234，567.8"), "123456780");
  EXPECT_EQ(number("0.1"), "10");
  EXPECT_EQ(number("1.50"), "150");
  EXPECT_EQ(number("1.500"), "150");
  EXPECT_EQ(number("-0.05"), "-5");
  EXPECT_EQ(number("-0"), "0");
  EXPECT_EQ(number("+5"), "500");
  EXPECT_EQ(number("123456789012345"), "12345678901234500");
  EXPECT_EQ(number(""), "missing");
  for (const char* cell : {"一百二十", "壹佰贰拾元整", "1.2万", "12件",   "约30", "30余", "5%", "1/2", "1e3",
                           "0x1F",     "NaN",          "inf",   "=5",     "'5",   "٣",    "-",  "—",   "…",
                           "1 234",    "12,34",        ",123",  "1,2345", "1.",   ".5",   "--5"}) {
    EXPECT_EQ(number(cell), "not-a-number") << cell;
  }
  EXPECT_EQ(number("0.125"), "number-places");
  EXPECT_EQ(number("9007199254740993"), "number-too-large");
}

TEST(Cells, CountsAndFlags) {
  EXPECT_EQ(parse_integer("5").value, 5);
  EXPECT_EQ(parse_integer("5.0").value, 5);
  EXPECT_STREQ(parse_integer("-5").rule, "number-negative");
  EXPECT_STREQ(parse_integer("5.5").rule, "number-places");
  EXPECT_EQ(parse_integer("0").value, 0);
  EXPECT_EQ(parse_integer(" ").value, kMissing);
  EXPECT_EQ(parse_flag("是").value, 1);
  EXPECT_EQ(parse_flag("否").value, 0);
  EXPECT_EQ(parse_flag("").value, kMissing);
  EXPECT_STREQ(parse_flag("也许").rule, "flag-unknown");
}

} // namespace
} // namespace appraise
