#include "indicators/derived/derived.h"

#include "tests/unit/sample.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace appraise {
namespace {

using sample::date;

Clock clock_of(std::int64_t limit, const char* unit, std::int64_t extension = 0,
               const char* extension_unit = "months") {
  Clock clock;
  clock.limit = limit;
  clock.unit = unit;
  clock.extension = extension;
  clock.extension_unit = extension_unit;
  return clock;
}

std::string due(const Clock& clock, const char* event, std::optional<Date> approved = {},
                std::vector<Interval> excluded = {}, const char* as_of = "2017-12-31") {
  return deadline(clock, date(event), approved, std::move(excluded), date(as_of), sample::calendar()).text();
}

const Clock kThreeMonths = clock_of(3, "months", 1);

// The three examples of the statutes' note, and the years' change.
TEST(Deadline, MonthsAreClampedAndRolled) {
  EXPECT_EQ(due(kThreeMonths, "2015-11-30"), "2016-02-29");
  EXPECT_EQ(due(kThreeMonths, "2016-07-01"), "2016-10-08"); // a make-up Saturday
  EXPECT_EQ(due(clock_of(5, "working days"), "2017-09-29"), "2017-10-12");
  EXPECT_EQ(due(clock_of(1, "months"), "2017-01-31"), "2017-02-28");
  EXPECT_EQ(due(clock_of(15, "days"), "2017-01-13"), "2017-02-03"); // 01-28 falls into the spring festival
}

TEST(Deadline, AnExtensionCountsOnlyWhenApprovedInTime) {
  EXPECT_EQ(due(kThreeMonths, "2017-01-10"), "2017-04-10");
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", date("2017-04-10")), "2017-05-10");
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", date("2017-04-11")), "2017-04-10");
  // The deadline that holds without it is the rolled one: 2016-10-01 is a holiday, 2016-10-08 is worked.
  EXPECT_EQ(due(kThreeMonths, "2016-07-01", date("2016-10-08")), "2016-11-01");
  EXPECT_EQ(due(kThreeMonths, "2016-07-01", date("2016-10-09")), "2016-10-08");
  // The month is added to the unrolled, clamped base: 2016-02-29, not to the event.
  EXPECT_EQ(due(kThreeMonths, "2015-11-30", date("2016-02-01")), "2016-03-29");
  EXPECT_EQ(due(clock_of(1, "months", 15, "days"), "2017-03-01", date("2017-03-20")),
            "2017-04-17"); // 04-16 is a Sunday
  EXPECT_EQ(due(clock_of(1, "months"), "2017-03-01", date("2017-03-20")), "2017-04-01")
      << "no extension in this clock; worked Saturday";
}

TEST(Deadline, ExcludedDaysMoveIt) {
  const auto days = [](const char* from, const char* to) { return Interval{date(from), date(to)}; };
  // 2017-05-28 + 12 days = 2017-06-09
  EXPECT_EQ(due(kThreeMonths, "2017-02-28", {}, {days("2017-04-01", "2017-04-12")}), "2017-06-09");
  // overlapping intervals are counted once: 04-01 … 04-12
  EXPECT_EQ(due(kThreeMonths, "2017-02-28", {}, {days("2017-04-05", "2017-04-12"), days("2017-04-01", "2017-04-06")}),
            "2017-06-09");
  // clipped to begin after the event day: 03-01 … 03-10 is ten days; 06-07 is a Wednesday
  EXPECT_EQ(due(kThreeMonths, "2017-02-28", {}, {days("2017-01-01", "2017-03-10")}), "2017-06-07");
  // wholly before the event: nothing
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {days("2016-12-01", "2017-01-10")}), "2017-04-10");
  // the last day still counts, the day after does not
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {days("2017-04-10", "2017-04-12")}), "2017-04-13");
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {days("2017-04-11", "2017-04-12")}), "2017-04-10");
  // the first interval moves the deadline over the second: 04-10 + 5 = 04-15, then + 3 = 04-18
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {days("2017-04-15", "2017-04-17"), days("2017-03-01", "2017-03-05")}),
            "2017-04-18");
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {days("2017-04-16", "2017-04-17"), days("2017-03-01", "2017-03-05")}),
            "2017-04-17")
      << "04-15 is a Saturday";
  // an interval that ends before it begins is none
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {days("2017-03-05", "2017-03-01")}), "2017-04-10");
}

TEST(Deadline, AnOpenIntervalCountsToTheAsOfDay) {
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {{date("2017-04-01"), {}}}, "2017-04-05"),
            "2017-04-17"); // + 5 = Saturday 15th
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", {}, {{date("2017-04-01"), {}}}, "2017-03-31"), "2017-04-10");
}

TEST(Deadline, AnExtensionMayBeApprovedDuringExcludedDays) {
  const std::vector<Interval> excluded = {{date("2017-04-01"), date("2017-04-12")}};
  // without: 04-10 + 12 = 04-22, a Saturday → 04-24; with: 05-10 + 12 = 05-22
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", date("2017-04-24"), excluded), "2017-05-22");
  EXPECT_EQ(due(kThreeMonths, "2017-01-10", date("2017-04-25"), excluded), "2017-04-24");
}

TEST(Clocks, EveryRowOfTheNoteIsThereAndSaysWhyItIsNotComputable) {
  std::set<std::string> ids;
  for (const Clock& clock : sample::clocks()) {
    EXPECT_TRUE(ids.insert(clock.id).second) << clock.id;
    EXPECT_FALSE(clock.reference.empty()) << clock.id;
    EXPECT_EQ(clock.computable, clock.why.empty()) << clock.id;
    if (!clock.computable) continue;
    EXPECT_GT(clock.limit, 0) << clock.id;
    const RecordType& cases = *sample::types().find("cases");
    EXPECT_TRUE(cases.field(clock.start)) << clock.id << " " << clock.start;
    EXPECT_TRUE(cases.field(clock.end)) << clock.id << " " << clock.end;
  }
  for (const char* id : {"inf_close", "inf_close_2010", "ctf_close", "ctf_close_2010", "publish", "inf_close_zj",
                         "inf_close_cq", "ctf_close_ha", "med_close", "ctf_close_samr", "archive", "random_publish"}) {
    EXPECT_EQ(ids.count(id), 1u) << id;
  }
  EXPECT_EQ(ids.size() - static_cast<std::size_t>(std::count_if(sample::clocks().begin(), sample::clocks().end(),
                                                                [](const Clock& clock) { return clock.invented; })),
            41u);
}

TEST(Clocks, CategoriesExist) {
  const RecordType& cases = *sample::types().find("cases");
  const auto has = [&](const RecordType& type, const char* field, const std::string& id) {
    const auto& categories = type.fields[type.field(field).value()].categories;
    return std::any_of(categories.begin(), categories.end(),
                       [&](const Category& category) { return category.id == id; });
  };
  for (const Clock& clock : sample::clocks()) {
    EXPECT_TRUE(clock.matter.empty() || has(cases, "case_type", clock.matter)) << clock.id;
    EXPECT_TRUE(clock.procedure.empty() || has(cases, "procedure", clock.procedure)) << clock.id;
    for (const std::string& outcome : clock.outcomes)
      EXPECT_TRUE(has(cases, "outcome", outcome)) << clock.id;
    for (const std::string& cause : clock.excluded) {
      EXPECT_TRUE(has(*sample::types().find("excluded_time"), "cause", cause)) << clock.id;
    }
  }
}

TEST(Clocks, MistakesAreLocated) {
  Problems problems;
  load_clocks(
      "[[clock]]\nid = \"a\"\ntitle = \"t\"\nplace = \"national\"\nlimit = 3\nunit = \"weeks\"\nstatus = \"x\"\n"
      "reference = \"r\"\nexcludd = []\n",
      "clocks.toml", problems);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].rule, "unknown-value");
  EXPECT_EQ(problems[0].place.row, 6);
  EXPECT_EQ(problems[1].rule, "unknown-key");
  EXPECT_EQ(problems[1].nearest.at(0), "excluded");
}

TEST(Calendar, ABrokenLineIsNamed) {
  Problems problems;
  load_calendar(
      "date,kind,name,year\n2016-01-01,holiday,元旦,2016\n2016-02-30,holiday,x,2016\n2016-10-08,workday,x,2016\n",
      "workdays.csv", problems);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].place.row, 3);
  EXPECT_EQ(problems[1].place.row, 4);
}

class DeriveTest : public testing::Test {
protected:
  void derive_rows(const std::string& cases, const std::string& excluded = {}) {
    sample::Pasted tables = {{"cases", cases}};
    if (!excluded.empty()) tables.emplace_back("excluded_time", excluded);
    const Roster roster =
        sample::roster_of({}, {},
                          "code, level, parent_code, clock_place\n900000, country,,\n900100, province, 900000, 甲省\n"
                          "900101, city, 900100,\n900200, province, 900000,\n900300, province, 900000, 癸省\n");
    records_ = sample::records_of(tables, roster);
    derive(records_, roster, sample::clocks(), sample::calendar(), date("2016-12-31"), problems_);
  }
  std::string value(const char* field, std::size_t row = 0) const {
    const Table& cases = records_.tables.at("cases");
    const std::int64_t days = cases.batches[0].value(cases.type->field(field).value(), row);
    return days == kMissing ? "" : Date{static_cast<std::int32_t>(days)}.text();
  }
  Records records_;
  Problems problems_;
};

TEST_F(DeriveTest, MatterDateAndProcedureChooseTheClock) {
  derive_rows("case_no, unit, case_type, docketed_date, procedure\n"
              "A-1, 900200, infringement, 2015-06-30,\n"             // four months under the 2010 version: 2015-10-30
              "A-2, 900200, infringement, 2015-07-01,\n"             // three months: 2015-10-01, holiday → 10-08
              "A-3, 900200, counterfeit, 2016-03-01,\n"              // one month: 2016-04-01
              "A-4, 900200, other dispute, 2016-03-01,\n"            // no clock
              "A-5, 900200, infringement,,\n"                        // not docketed
              "A-6, 900200, infringement, 2010-03-01,\n"             // before every version on record
              "A-7, 900200, counterfeit, 2016-03-01, samr order 2\n" // that order is in force from 2019-04-01 only
              "A-8, 900200, counterfeit, 2019-05-01, samr order 2\n" // its clock is not computable: no verdict
              "A-9, 900200, counterfeit, 2019-05-06, measures 2015\n");
  EXPECT_EQ(value("closing_deadline", 0), "2015-10-30");
  EXPECT_EQ(value("closing_deadline", 1), "2015-10-08");
  EXPECT_EQ(value("closing_deadline", 2), "2016-04-01");
  EXPECT_EQ(value("closing_deadline", 3), "");
  EXPECT_EQ(value("closing_deadline", 4), "");
  EXPECT_EQ(value("closing_deadline", 5), "");
  EXPECT_EQ(value("closing_deadline", 6), "2016-04-01");
  EXPECT_EQ(value("closing_deadline", 7), "");
  EXPECT_EQ(value("closing_deadline", 8), "2019-06-06");
  EXPECT_TRUE(problems_.empty());
}

TEST_F(DeriveTest, TheLocalClockIsTheUnitsOwnOrThatOfAUnitAbove) {
  derive_rows("case_no, unit, case_type, docketed_date\n"
              "A-1, 900100, infringement, 2016-03-01\n" // 甲省: two months
              "A-2, 900101, infringement, 2016-03-01\n" // its city: the same
              "A-3, 900200, infringement, 2016-03-01\n" // none: national
              "A-4, 900300, infringement, 2016-03-01\n" // 癸省 has a clock for counterfeits only
              "A-5, 900300, counterfeit, 2016-03-01\n");
  EXPECT_EQ(value("own_closing_deadline", 0), "2016-05-03"); // 05-01 holiday, 05-02 in lieu
  EXPECT_EQ(value("own_closing_deadline", 1), "2016-05-03");
  EXPECT_EQ(value("closing_deadline", 1), "2016-06-01");
  EXPECT_EQ(value("own_closing_deadline", 2), "2016-06-01");
  EXPECT_EQ(value("own_closing_deadline", 3), "2016-06-01");
  EXPECT_EQ(value("own_closing_deadline", 4), "2016-05-03");
}

TEST_F(DeriveTest, EachClockAllowsItsOwnCauses) {
  derive_rows("case_no, unit, case_type, docketed_date\n"
              "A-1, 900200, infringement, 2016-03-01\nA-2, 900200, counterfeit, 2016-03-01\nA-3, 900200, counterfeit, "
              "2016-03-01\n",
              "case_no, cause, from_date, to_date\nA-1, appraisal, 2016-03-10, 2016-03-14\nA-2, appraisal, 2016-03-10, "
              "2016-03-14\n"
              "A-3, hearing, 2016-03-10, 2016-03-14\n");
  EXPECT_EQ(value("closing_deadline", 0), "2016-06-06"); // 06-01 + 5
  EXPECT_EQ(value("closing_deadline", 1), "2016-04-01"); // an appraisal is no cause in Article 36
  EXPECT_EQ(value("closing_deadline", 2), "2016-04-06"); // 04-01 + 5
}

TEST_F(DeriveTest, OnlyStopOrdersAndPenaltiesHaveAPublicationDeadline) {
  derive_rows("case_no, unit, case_type, decided_date, outcome\n"
              "A-1, 900200, infringement, 2016-03-01, infringement found\n"
              "A-2, 900200, counterfeit, 2016-03-01, penalty\n"
              "A-3, 900200, infringement, 2016-03-01, infringement not found\n"
              "A-4, 900200, infringement, 2016-03-01,\n"
              "A-5, 900200, infringement,, infringement found\n"
              "A-6, 900200, infringement, 2015-06-30, infringement found\n");
  EXPECT_EQ(value("publication_deadline", 0), "2016-03-29"); // twenty working days, four full weeks
  EXPECT_EQ(value("publication_deadline", 1), "2016-03-29");
  for (const std::size_t row : {2u, 3u, 4u, 5u})
    EXPECT_EQ(value("publication_deadline", row), "") << row;
}

TEST_F(DeriveTest, BeyondTheCalendarIsTheRowsTrouble) {
  derive_rows("case_no, unit, case_type, docketed_date\nA-1, 900200, infringement, 2031-03-01\nA-2, 900200, "
              "counterfeit, 2016-03-01\n");
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(problems_[0].rule, "calendar-beyond");
  EXPECT_EQ(problems_[0].place.row, 2);
  EXPECT_EQ(problems_[0].key, "A-1");
  EXPECT_EQ(value("closing_deadline", 0), "");
  EXPECT_EQ(value("closing_deadline", 1), "2016-04-01");
}

} // namespace
} // namespace appraise
