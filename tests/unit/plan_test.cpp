#include "engine/plan.h"

#include "engine/plan/measure_file.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

using sample::slice;

const char* const kRoster =
    "code, level, parent_code\n1, country,\n11, province, 1\n111, city, 11\n112, city, 11\n12, province, 1\n";

Catalogue with(const std::vector<std::pair<std::string, std::string>>& declarations) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& [id, toml] : declarations) {
    files.emplace_back("sample/" + id + ".toml",
                       "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n" +
                           toml);
  }
  Problems problems;
  Catalogue catalogue = Catalogue::load(files, sample::types(), problems);
  for (const Problem& problem : problems)
    ADD_FAILURE() << problem.rule << " " << problem.found << " " << problem.place.row;
  return catalogue;
}

class PlanTest : public testing::Test {
protected:
  Values run(const Catalogue& catalogue, const sample::Pasted& tables, std::vector<std::string> wanted,
             std::size_t batch_rows = 4096, int threads = 1) {
    roster_ = sample::roster_of({}, {}, kRoster);
    records_ = sample::records_of(tables, roster_, batch_rows);
    catalogue_ = catalogue;
    input_ = {&sample::types(),
              &records_,
              &roster_,
              &sample::calendar(),
              &catalogue_,
              std::move(wanted),
              {slice("period", "2016-01-01", "2016-12-31"), slice("base1", "2015-01-01", "2015-12-31")},
              threads};
    return compute(input_, problems_);
  }
  std::string cell(const Values& values, const char* unit, const char* indicator,
                   const char* of_slice = "period") const {
    const Value& value = values.at(*roster_.find(unit), values.indicator(indicator), values.slice(of_slice));
    std::string text = value.state == ValueState::value   ? ""
                       : value.state == ValueState::empty ? "empty "
                                                          : "unavailable ";
    text += value.numerator.text() + "/" + value.denominator.text();
    for (const auto& [field, rows] : value.left_out)
      text += " -" + field + std::to_string(rows);
    return text;
  }
  std::string verdicts(const char* unit, const char* indicator) {
    std::string text;
    trace(input_, *roster_.find(unit), indicator, input_.slices[0], [&](const TracedRow& row) {
      text += std::to_string(row.row.batch->lines[row.row.row]);
      text += std::string("mnu-o")[static_cast<std::size_t>(row.verdict)];
      text += row.missing_field + " ";
    });
    return text;
  }
  Roster roster_;
  Records records_;
  Catalogue catalogue_;
  PlanInput input_;
  Problems problems_;
};

const char* const kCases = "case_no, unit, case_type, docketed_date, closed_date, cross_region, respondent\n"
                           "A, 111, infringement, 2016-01-01, 2016-02-01, yes, 甲\n"
                           "B, 111, infringement, 2016-12-31,, no, 乙\n"
                           "C, 112, counterfeit, 2016-05-01, 2016-05-20,, 甲\n"
                           "D, 11, counterfeit, 2015-05-01, 2016-01-01, yes,\n"
                           "E, 12, infringement,, 2016-03-01, yes, 丙\n"
                           "F, 12, infringement, 2017-01-01,, yes, 丁\n";

TEST_F(PlanTest, RowsCountOncePerUnitOnTheirPath) {
  const Catalogue catalogue =
      with({{"all",
             "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"count\"\nwhere = \"docketed_date in period\""},
            {"own", "of = \"cases\"\nscope = \"own\"\nmeasure = \"count\"\nwhere = \"docketed_date in period\""}});
  const Values values = run(catalogue, {{"cases", kCases}}, {"all", "own"});
  EXPECT_EQ(cell(values, "1", "all"), "3/1 -docketed_date1");
  EXPECT_EQ(cell(values, "11", "all"), "3/1");
  EXPECT_EQ(cell(values, "111", "all"), "2/1");
  EXPECT_EQ(cell(values, "12", "all"), "empty 0/1 -docketed_date1");
  EXPECT_EQ(cell(values, "11", "own"), "empty 0/1");
  EXPECT_EQ(cell(values, "111", "own"), "2/1");
  EXPECT_EQ(cell(values, "11", "all", "base1"), "1/1") << "the base is its own period";
}

TEST_F(PlanTest, StatesAreMergedUpTheRosterNotFigures) {
  const Catalogue catalogue =
      with({{"rate", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"share\"\nwhere = \"docketed_date in "
                     "period\"\nthat = \"cross_region\""},
            {"who", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"distinct\"\nvalue = \"respondent\""}});
  const Values values = run(catalogue, {{"cases", kCases}}, {"rate", "who"});
  EXPECT_EQ(cell(values, "111", "rate"), "1/2");
  EXPECT_EQ(cell(values, "11", "rate"), "1/3");
  EXPECT_EQ(values.at(*roster_.find("11"), 0, 0).unknown, 1);
  EXPECT_EQ(cell(values, "111", "who"), "2/1");
  EXPECT_EQ(cell(values, "112", "who"), "1/1");
  EXPECT_EQ(cell(values, "11", "who"), "2/1 -respondent1") << "甲 of both cities is one";
  EXPECT_EQ(cell(values, "1", "who"), "4/1 -respondent1");
}

TEST_F(PlanTest, WhatRatiosNeedComesAfterTheWanted) {
  const Catalogue catalogue = with(
      {{"a", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"count\"\nwhere = \"docketed_date in period\""},
       {"b", "of = \"officers\"\nscope = \"with descendants\"\nmeasure = \"count\""},
       {"q", "measure = \"ratio\"\nnumerator = \"a\"\ndenominator = \"b\"\nper = 100"},
       {"r", "measure = \"ratio\"\nnumerator = \"q\"\ndenominator = \"b\""}});
  const sample::Pasted tables = {
      {"cases", kCases}, {"officers", "certificate_no, unit, joined_date\n1, 111, 2010-01-01\n2, 112, 2010-01-01\n"}};
  const Values values = run(catalogue, tables, {"r"});
  EXPECT_EQ(values.indicators, (std::vector<std::string>{"r", "q", "b", "a"}));
  EXPECT_EQ(cell(values, "11", "q"), "3/2");
  EXPECT_EQ(cell(values, "11", "r"), "150/2") << "3 × 100 ÷ 2 over 2";
  EXPECT_EQ(cell(values, "112", "q"), "1/1");
  EXPECT_EQ(cell(values, "12", "q"), "empty 0/0 -docketed_date1");
}

TEST_F(PlanTest, MeasuredValuesAreNeverRolledUp) {
  const Catalogue catalogue = with({{"m", "measure = \"measured\""}});
  const Values values = run(catalogue,
                            {{"measured", "unit, indicator, from_date, to_date, value, source\n"
                                          "111, m, 2016-01-01, 2016-12-31, 12.5, 年报\n"
                                          "112, m, 2016-01-01, 2016-11-30, 3, 年报\n"
                                          "112, n, 2016-01-01, 2016-12-31, 3, 年报\n"
                                          "12, m, 2016-01-01, 2016-12-31, 1, 年报\n"
                                          "12, m, 2016-01-01, 2016-12-31, 2, 快报\n"}},
                            {"m"});
  EXPECT_EQ(cell(values, "111", "m"), "12.5/1");
  EXPECT_EQ(values.at(*roster_.find("111"), 0, 0).note, "年报");
  EXPECT_EQ(values.at(*roster_.find("111"), 0, 0).source, ValueSource::measured);
  EXPECT_EQ(cell(values, "11", "m"), "unavailable 0/1");
  EXPECT_EQ(cell(values, "112", "m"), "unavailable 0/1") << "another span, another indicator";
  EXPECT_EQ(cell(values, "111", "m", "base1"), "unavailable 0/1");
  EXPECT_EQ(cell(values, "12", "m"), "unavailable 0/1");
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(problems_[0].rule, "measured-twice");
  EXPECT_EQ(problems_[0].place.row, 6);
  EXPECT_EQ(problems_[0].key, "12");
}

TEST_F(PlanTest, DeadAndUnplacedRowsAreNowhere) {
  const Catalogue catalogue = with({{"all", "of = \"cases\"\nscope = \"own\"\nmeasure = \"count\""}});
  run(catalogue, {{"cases", kCases}}, {"all"});
  Batch& batch = records_.tables.at("cases").batches[0];
  batch.alive[0] = 0;
  batch.units[1] = -1;
  const Values values = compute(input_, problems_);
  EXPECT_EQ(cell(values, "111", "all"), "empty 0/1");
  EXPECT_EQ(verdicts("111", "all"), "");
}

TEST_F(PlanTest, TraceSaysWhyEachRowCounts) {
  const Catalogue catalogue = with(
      {{"rate", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"share\"\nwhere = \"docketed_date in "
                "period\"\nthat = \"cross_region\""},
       {"days", "of = \"cases\"\nscope = \"own\"\nmeasure = \"mean\"\nwhere = \"docketed_date in period\"\nvalue = "
                "\"days(docketed_date, closed_date)\""},
       {"n", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"count\"\nwhere = \"cross_region and "
             "docketed_date in period\""},
       {"d", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"count\"\nwhere = \"docketed_date in period\""},
       {"q", "measure = \"ratio\"\nnumerator = \"n\"\ndenominator = \"d\""},
       {"months", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"evenness\"\nvalue = \"docketed_date\""},
       {"c", "measure = \"combination\"\nexpression = \"n + 2 * d\""}});
  const Values values = run(catalogue, {{"cases", kCases}}, {"rate", "days", "q", "months", "c"});
  EXPECT_EQ(verdicts("11", "rate"), "2m 3n 4ucross_region 5o ");
  EXPECT_EQ(verdicts("12", "rate"), "6-docketed_date 7o ");
  EXPECT_EQ(verdicts("111", "days"), "2m 3-closed_date ");
  EXPECT_EQ(cell(values, "111", "days"), "31/1 -closed_date1");
  EXPECT_EQ(verdicts("11", "q"), "2m 3n 4n 5o ") << "row 4: only the denominator counts it";
  EXPECT_EQ(verdicts("11", "months"), "2m 3m 4m 5o ") << "row 5: docketed in another year";
  EXPECT_EQ(verdicts("12", "months"), "6-docketed_date 7o ");
  EXPECT_EQ(verdicts("11", "c"), "2m 3m 4m 5o ") << "row 4: one of the two counts it";
  EXPECT_EQ(verdicts("12", "c"), "6-docketed_date 7o ");
  EXPECT_EQ(cell(values, "11", "c"), "7/1 -cross_region1"); // 1 + 2 × 3
}

TEST_F(PlanTest, WhatIsMadeOfOneTypesFiguresIsMeasuredAlone) {
  const Catalogue catalogue = with(
      {{"a", "of = \"cases\"\nscope = \"own\"\nmeasure = \"count\""},
       {"late", "of = \"cases\"\nscope = \"own\"\nmeasure = \"count\"\nwhere = \"closed_date > closing_deadline\""},
       {"b", "of = \"officers\"\nscope = \"own\"\nmeasure = \"count\""},
       {"same", "measure = \"ratio\"\nnumerator = \"a\"\ndenominator = \"a\""},
       {"mixed", "measure = \"ratio\"\nnumerator = \"a\"\ndenominator = \"b\""},
       {"deep", "measure = \"combination\"\nexpression = \"same + 2 * a\""},
       {"deep_mixed", "measure = \"combination\"\nexpression = \"same + mixed\""},
       {"derived", "measure = \"disposition_time\"\nnumerator = \"late\"\ndenominator = \"a\""}});
  const auto type = [&](const char* id) { return record_type_of(*catalogue.find(id), catalogue); };
  const auto alone = [&](const char* id) { return measured_alone(*catalogue.find(id), catalogue, sample::types()); };
  EXPECT_EQ(type("b"), "officers");
  EXPECT_EQ(type("deep"), "cases");
  EXPECT_EQ(type("mixed"), "");
  EXPECT_EQ(type("deep_mixed"), "");
  EXPECT_TRUE(alone("a"));
  EXPECT_TRUE(alone("same"));
  EXPECT_TRUE(alone("deep"));
  EXPECT_FALSE(alone("mixed"));
  EXPECT_FALSE(alone("deep_mixed"));
  EXPECT_EQ(type("derived"), "cases");
  EXPECT_FALSE(alone("derived")) << "the deadline is a derived column";
}

TEST_F(PlanTest, TraceKnowsMeasuredRecordsAndRowsOfTheDenominatorAlone) {
  const Catalogue catalogue = with(
      {{"m", "measure = \"measured\""},
       {"n", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"count\"\nwhere = \"docketed_date in period\""},
       {"d", "of = \"officers\"\nscope = \"with descendants\"\nmeasure = \"count\""},
       {"q", "measure = \"ratio\"\nnumerator = \"n\"\ndenominator = \"d\""}});
  run(catalogue,
      {{"cases", "case_no, unit, case_type, docketed_date\nA, 111, infringement, 2016-01-01\n"},
       {"officers", "certificate_no, unit, joined_date\n1, 111, 2010-01-01\n2, 12, 2010-01-01\n"},
       {"measured", "unit, indicator, from_date, to_date, value, source\n111, m, 2016-01-01, 2016-12-31, 5, 年报\n"
                    "111, m, 2015-01-01, 2015-12-31, 4, 年报\n"}},
      {"m", "q"});
  EXPECT_EQ(verdicts("111", "m"), "2m 3o ");
  EXPECT_EQ(verdicts("11", "m"), "") << "measured figures are never rolled up";
  EXPECT_EQ(verdicts("11", "q"), "2m 2n ") << "a case, then an officer";
}

// By itself an export knows its own columns and one period.
TEST(MeasuredAlone, NeedsNothingButTheColumnsOfItsExport) {
  const auto alone = [](const char* id) {
    return measured_alone(*sample::catalogue().find(id), sample::catalogue(), sample::types());
  };
  EXPECT_TRUE(alone("infringement_docketed"));
  EXPECT_TRUE(alone("lead_handling_rate")) << "a parameter is no column";
  EXPECT_FALSE(alone("closed_on_time_rate")) << "a derived column";
  EXPECT_FALSE(alone("counterfeit_per_officer")) << "two record types";
  EXPECT_FALSE(alone("valid_inventions")) << "measured elsewhere";
  EXPECT_FALSE(alone("file_review_mean")) << "a type that finds its unit through another";
  const auto declared = [](const char* where) {
    const std::string toml = "title = \"x\"\nunit = \"x\"\nof = \"cases\"\nscope = \"own\"\nbetter = \"none\"\n"
                             "in_force = 2011-01-01\nreference = [\"x\"]\nmeasure = \"count\"\nwhere = \"";
    const Catalogue catalogue = sample::declared("x", toml + where + "\"\n");
    return measured_alone(catalogue.indicators.at(0), catalogue, sample::types());
  };
  EXPECT_TRUE(declared("closed_date in period"));
  EXPECT_FALSE(declared("closed_date in base"));
  EXPECT_FALSE(declared("file_reviews.score > 80"));
}

// 600 random rows: threads and batch sizes show nowhere, and the merged states equal a plain recount.
TEST_F(PlanTest, ResultsAreIndependentOfThreadsAndBatches) {
  const Catalogue catalogue =
      with({{"a", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"share\"\nwhere = \"docketed_date in "
                  "period\"\nthat = \"cross_region\""},
            {"b", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"quantile\"\nprobability = 0.3\nvalue = "
                  "\"days(docketed_date, closed_date)\""},
            {"c", "of = \"cases\"\nscope = \"own\"\nmeasure = \"distinct\"\nvalue = \"respondent\""},
            {"d", "of = \"cases\"\nscope = \"with descendants\"\nmeasure = \"sum\"\nvalue = \"penalty_amount\""},
            {"e", "measure = \"ratio\"\nnumerator = \"d\"\ndenominator = \"c\""}});
  std::mt19937 random(3);
  std::string csv = "case_no, unit, case_type, docketed_date, closed_date, cross_region, respondent, penalty_amount\n";
  std::int64_t cents = 0;
  for (int i = 0; i < 600; ++i) {
    const char* const units[] = {"1", "11", "111", "112", "12"};
    const char* const flags[] = {"yes", "no", ""};
    const auto day = [&](int year) {
      return random() % 9 == 0 ? std::string() : Date::of(year, 1, 1)->add_days(random() % 700).text();
    };
    const auto fine = static_cast<std::int64_t>(random() % 100000);
    cents += fine;
    csv += "N" + std::to_string(i) + "," + units[random() % 5] + ",infringement," + day(2015) + "," + day(2016) + "," +
           flags[random() % 3] + ",R" + std::to_string(random() % 50) + "," + Number::ratio(fine, 100).text() + "\n";
  }
  std::vector<std::string> first;
  for (const auto& [batch_rows, threads] :
       {std::pair<std::size_t, int>{4096, 1}, {1, 1}, {7, 3}, {1, 3}, {4096, 2}, {100, 8}}) {
    const Values values = run(catalogue, {{"cases", csv}}, {"a", "b", "c", "d", "e"}, batch_rows, threads);
    std::vector<std::string> shown;
    for (const char* unit : {"1", "11", "111", "112", "12"}) {
      for (const char* id : {"a", "b", "c", "d", "e"}) {
        for (const char* of_slice : {"period", "base1"})
          shown.push_back(cell(values, unit, id, of_slice));
      }
    }
    EXPECT_EQ(values.at(0, values.indicator("d"), 0).numerator, Number::ratio(cents, 100));
    if (first.empty()) first = shown;
    EXPECT_EQ(shown, first) << batch_rows << " rows, " << threads << " threads";
  }
}

TEST_F(PlanTest, AnErrorInAThreadReachesTheCaller) {
  const Catalogue catalogue = with({{"n", "of = \"cases\"\nscope = \"own\"\nmeasure = \"count\"\nwhere = "
                                          "\"working_days(docketed_date, closed_date) > 3\""}});
  EXPECT_THROW(
      run(catalogue,
          {{"cases",
            "case_no, unit, case_type, docketed_date, closed_date\nA, 11, infringement, 2016-01-01, 2031-01-01\n"}},
          {"n"}, 1, 3),
      Error);
}

} // namespace
} // namespace appraise
