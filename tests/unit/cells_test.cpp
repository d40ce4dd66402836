#include "engine/input/cells.h"

#include "engine/calendar.h"

#include <gtest/gtest.h>
#include <random>

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
  EXPECT_EQ(cell_hint("date-form", "二〇一七年三月五日"), "2017-03-05");
  EXPECT_EQ(cell_hint("date-form", "二〇一七年十二月三十一日"), "2017-12-31");
  EXPECT_EQ(cell_hint("date-form", "二〇一七年二月三十日"), "");
  EXPECT_EQ(cell_hint("date-form", "3/5/2017"), "") << "day and month are never guessed";
}

// 2017-03-05 is day 42799 of Excel's count from 1900: 42736 is 2017-01-01 in Microsoft's own examples, and 63 more.
TEST(Cells, CountsOfDaysAreReadAndNoted) {
  for (const char* cell : {"42799", "42799.75", "42799.0", "４２７９９", " 42799 "}) {
    EXPECT_EQ(date(cell), "2017-03-05") << cell;
    EXPECT_STREQ(parse_date(cell).note, "date-from-serial") << cell;
    EXPECT_EQ(cell_hint("date-from-serial", cell), "2017-03-05") << cell;
  }
  EXPECT_EQ(severity_of_note("date-from-serial"), Severity::verify);
  EXPECT_EQ(date("10000"), "1927-05-18");
  EXPECT_EQ(date("73050"), "2099-12-31");
  for (const char* cell : {"0", "5", "59", "60", "61", "9999", "73051", "99999", "60.5"}) {
    EXPECT_NE(parse_date(cell).rule, nullptr) << cell;
    EXPECT_EQ(cell_hint("date-serial", cell), "") << cell;
  }
  for (const char* cell : {"-42799", "42799.", "42799,5", "427990", "42799.5.1"}) {
    EXPECT_EQ(date(cell), "date-form") << cell;
  }
  EXPECT_EQ(parse_date("2017-03-05").note, nullptr);
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
  EXPECT_EQ(number("9007199254740993"), "900719925474099300"); // no double holds it
  EXPECT_EQ(number("0000000000000000000012"), "1200");
  EXPECT_EQ(number("12345.67"), "1234567");
  EXPECT_EQ(number("999999999999999.99"), "99999999999999999");
  EXPECT_EQ(number(""), "missing");
  for (const char* cell : {"一百二十", "壹佰贰拾元整", "1.2万", "12件",   "约30", "30余", "5%", "1/2", "1e3",
                           "0x1F",     "NaN",          "inf",   "=5",     "'x",   "٣",    "-",  "—",   "…",
                           "1 234",    "12,34",        ",123",  "1,2345", "1.",   ".5",   "--5"}) {
    EXPECT_EQ(number(cell), "not-a-number") << cell;
  }
  EXPECT_EQ(number("0.125"), "number-places");
  EXPECT_EQ(number("90071992547409930"), "number-too-large");
}

TEST(Cells, NumbersInOtherFormsAreReadAndNoted) {
  for (const char* cell : {"１２３", "1,234", "1，234", "+5", "'5", "－5", "12．5"}) {
    EXPECT_STREQ(parse_hundredths(cell).note, "number-form") << cell;
    EXPECT_EQ(parse_hundredths(cell).rule, nullptr) << cell;
  }
  EXPECT_EQ(number("'5"), "500");
  EXPECT_EQ(cell_hint("number-form", "1，234.50"), "1234.5");
  EXPECT_EQ(cell_hint("number-form", "－0.05"), "-0.05");
  EXPECT_EQ(severity_of_note("number-form"), Severity::notice);
  for (const char* cell : {"123", "12.5", "-5", "0", " 7 ", "1.50", "　8"})
    EXPECT_EQ(parse_hundredths(cell).note, nullptr) << cell;
  EXPECT_STREQ(parse_integer("１２").note, "number-form");
}

TEST(Cells, WhatIsMeantIsSaidAndNotTaken) {
  for (const auto& [cell, meant] :
       {std::pair{"一百二十", "120"}, std::pair{"壹佰贰拾元整", "120"}, std::pair{"1.2万", "12000"},
        std::pair{"12件", "12"}, std::pair{"二十", "20"}, std::pair{"十二", "12"}, std::pair{"一千零五", "1005"},
        std::pair{"三万二千", "32000"}, std::pair{"一亿零二百万", "102000000"}, std::pair{"两", "2"},
        std::pair{"０．５万元", "5000"}, std::pair{"约30", ""}, std::pair{"30余", ""}, std::pair{"二五", ""},
        std::pair{"5%", ""}, std::pair{"-", ""}, std::pair{"万", ""}, std::pair{"无", ""}, std::pair{"1e3", ""}}) {
    EXPECT_EQ(number(cell), "not-a-number") << cell;
    EXPECT_EQ(cell_hint("not-a-number", cell), meant) << cell;
  }
}

TEST(Cells, IdentifiersThatLostTheirDigits) {
  for (const char* cell : {"5.10E+17", "2.01510123456E+11", "4.40E+17", "1e5", "5.1E17"})
    EXPECT_EQ(truncated_identifier(cell), Severity::blocking) << cell;
  for (const char* cell : {"510000000000001000", "11010119900307100000", "51010119900307000"})
    EXPECT_EQ(truncated_identifier(cell), Severity::verify) << cell;
  for (const char* cell : {"", "A-1", "510000000000001001", "5100000000000010", "1000000000000000", "2016E1A", "E+17",
                           "京知法处字〔2017〕1号", "91110000100000001X", "1.2.3E+4", "5.10E+", "100"}) {
    EXPECT_EQ(truncated_identifier(cell), std::nullopt) << cell;
  }
}

TEST(Cells, WhatMayHaveLostItsDigitsIsLookedAt) {
  EXPECT_FALSE(may_be_truncated("901060-2016-ZL-000000010")); // or every tenth record would take the long way
  EXPECT_FALSE(may_be_truncated("粤知执〔2016〕10"));
  std::mt19937 random(11);
  std::size_t truncated = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string_view letters = i % 2 == 0 ? "0123456789Ee+-." : "00000001";
    std::string cell;
    for (std::size_t left = random() % 24; left > 0; --left)
      cell += letters[random() % letters.size()];
    if (i % 5 == 0) cell += "E+" + std::to_string(random() % 1200);
    if (!truncated_identifier(cell)) continue;
    ++truncated;
    ASSERT_TRUE(may_be_truncated(cell)) << cell;
  }
  EXPECT_GT(truncated, 1000u);
}

TEST(Cells, TheQuickWayAndTheCarefulOneAgree) {
  for (const char* cell :
       {"2017-03-05", "2017-02-29", "0000-01-01", "9999-12-31", "2017-00-10", "2017-01-00", "2017-13-01", "2017-1a-01",
        "201/-03-05", "201:-03-05", "2017/03/05", "2017-03:05", "１７-03-05"}) {
    EXPECT_EQ(parse_date(cell).value, cells::slow_date(cell).value) << cell;
    EXPECT_STREQ(parse_date(cell).rule == nullptr ? "" : parse_date(cell).rule,
                 cells::slow_date(cell).rule == nullptr ? "" : cells::slow_date(cell).rule)
        << cell;
  }
  for (const char* cell : {"0", "1", "999999999999999", "12a", "1:", "1/", "12.34", "12.3a", "a.34", "1234567890123456",
                           "12345678901234.56", "9999999999999999.99", "1.234", "-1.23"}) {
    EXPECT_EQ(parse_hundredths(cell).value, cells::slow_number(cell, 2).value) << cell;
    EXPECT_EQ(parse_integer(cell).value == kMissing,
              cells::slow_number(cell, 0).value == kMissing || cells::slow_number(cell, 0).value < 0)
        << cell;
  }
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
