// Parameters by name in conditions: dated values of every kind, in the evaluator, the plan, SQL and words.
#include "engine/predicate/parameters.h"

#include "engine/plan.h"
#include "engine/predicate/condition_tree.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

using sample::slice;

const char* const kParameters = R"(
[limit]
title  = "限额"
unit   = "元"
values = [{ from = 2010-02-01, value = 10.5, reference = "甲法" }, { from = 2016-01-01, value = 12, reference = "乙法" }]
[grace]
title  = "宽限"
unit   = "日"
values = [{ from = 2010-01-01, value = 7, reference = "甲法" }]
[opening]
title  = "施行日"
values = [{ from = 2010-01-01, value = 2015-07-01, reference = "甲法" }]
[suspect]
title  = "某人"
values = [{ from = 2010-01-01, value = "甲", reference = "甲法" }, { from = 2016-12-31, value = "乙", reference = "乙法" }]
[kind]
title  = "类型"
values = [{ from = 2010-01-01, value = "侵权纠纷", reference = "甲法" }, { from = 2016-01-01, value = "counterfeit", reference = "乙法" }]
)";

class ParametersTest : public testing::Test {
protected:
  ParametersTest() { types_.parameters = load_parameters(kParameters, "p.toml", types_, problems_); }

  std::shared_ptr<const Condition> parse(const std::string& text) {
    problems_.clear();
    return Condition::parse(text, *types_.find("cases"), types_, {.file = "x.toml", .row = 1, .column = 1}, problems_);
  }
  std::string sql(const std::string& text, SqlDialect dialect = SqlDialect::postgresql) {
    const auto condition = parse(text);
    return condition == nullptr ? "!" : condition->sql(dialect);
  }
  std::string words(const std::string& text) {
    const auto condition = parse(text);
    return condition == nullptr ? "!" : condition->words();
  }
  // How many of the rows are met in 2016 and in 2015, by the plan and row by row.
  std::string counts(const std::string& where) {
    Problems problems;
    const Catalogue catalogue =
        Catalogue::load({{"x/n.toml", "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\n"
                                      "reference = [\"x\"]\nof = \"cases\"\nscope = \"own\"\nmeasure = \"count\"\n"
                                      "where = \"" +
                                          where + "\"\n"}},
                        types_, problems);
    if (!problems.empty()) return problems[0].rule;
    const sample::Pasted tables = {{"cases", "case_no, unit, case_type, respondent, penalty_amount, docketed_date\n"
                                             "A, 1, infringement, 甲, 10.50, 2015-06-30\n"
                                             "B, 1, counterfeit, 乙, 10.51, 2015-07-01\n"
                                             "C, 1, counterfeit, , 12.00, 2016-02-01\n"
                                             "D, 1, infringement, 乙, 12.01, 2016-12-31\n"}};
    const Roster roster = sample::roster_of(tables, {});
    const Records records = sample::records_of(tables, roster);
    const PlanInput input{&types_,
                          &records,
                          &roster,
                          &sample::calendar(),
                          &catalogue,
                          {"n"},
                          {slice("period", "2016-01-01", "2016-12-31"), slice("base1", "2015-01-01", "2015-12-31")},
                          1};
    std::string result;
    for (const auto& way : {compute, compute_row_by_row}) {
      const Values values = way(input, problems);
      for (std::size_t i = 0; i < 2; ++i)
        result += (result.empty() ? "" : " ") + std::to_string(values.at(0, 0, i).counted);
    }
    return result;
  }

  RecordTypes types_ = sample::types();
  Problems problems_;
};

TEST_F(ParametersTest, TheValueOfThePeriodsLastDayHolds) {
  EXPECT_EQ(counts("penalty_amount > limit"), "1 3 1 3") << "12 in 2016, 10.5 in 2015";
  EXPECT_EQ(counts("penalty_amount in (limit, 12.01)"), "2 2 2 2");
  EXPECT_EQ(counts("penalty_amount - limit = 0"), "1 1 1 1");
  EXPECT_EQ(counts("docketed_date < opening"), "1 1 1 1");
  EXPECT_EQ(counts("docketed_date = after(opening, grace days) or docketed_date in (opening)"), "1 1 1 1");
  EXPECT_EQ(counts("respondent = suspect"), "2 1 2 1") << "another name from the last day of 2016";
  EXPECT_EQ(counts("respondent not in (suspect)"), "1 2 1 2");
  EXPECT_EQ(counts("case_type = kind"), "2 2 2 2");
  EXPECT_EQ(counts("kind != case_type and respondent is missing"), "0 1 0 1");
  EXPECT_EQ(counts("case_type in (kind)"), "2 2 2 2");
  EXPECT_EQ(counts("suspect in ('乙', '丙')"), "4 0 4 0");
  EXPECT_EQ(counts("limit * 2 >= grace * 3"), "4 4 4 4");
}

TEST_F(ParametersTest, PrintsItsValuesInWordsAndSql) {
  EXPECT_EQ(words("days(requested_date, docketed_date) <= grace"), "请求日期至立案日期的天数不大于宽限（7日）");
  EXPECT_EQ(words("penalty_amount >= limit"), "罚没金额不小于限额（自2010-02-01起10.5元，自2016-01-01起12元）");
  EXPECT_EQ(words("case_type = kind"), "案件类型为类型（自2010-01-01起侵权纠纷，自2016-01-01起假冒专利）");
  EXPECT_EQ(sql("docketed_date > after(requested_date, grace days)"), "docketed_date > requested_date + 7");
  EXPECT_EQ(sql("penalty_amount >= limit"),
            "penalty_amount >= CASE WHEN :period_end >= DATE '2016-01-01' THEN 12 WHEN :period_end >= DATE "
            "'2010-02-01' THEN 10.5 END");
  EXPECT_EQ(sql("penalty_amount >= limit", SqlDialect::sqlite),
            "penalty_amount >= CASE WHEN :period_end >= '2016-01-01' THEN 120 WHEN :period_end >= '2010-02-01' THEN "
            "105 END * 10");
  EXPECT_EQ(sql("penalty_amount in (limit, 2)", SqlDialect::sqlite),
            "penalty_amount IN (CASE WHEN :period_end >= '2016-01-01' THEN 1200 WHEN :period_end >= '2010-02-01' THEN "
            "1050 END, 200)");
  EXPECT_EQ(sql("case_type = kind", SqlDialect::clickhouse),
            "case_type = CASE WHEN {period_end:Date32} >= toDate32('2016-01-01') THEN 'counterfeit' WHEN "
            "{period_end:Date32} >= toDate32('2010-01-01') THEN 'infringement' END");
  const auto named = parse("penalty_amount > limit and penalty_amount < limit * 2 and docketed_date < opening");
  ASSERT_EQ(named->parameters().size(), 2u);
  EXPECT_EQ(named->parameters()[0]->id, "limit");
  EXPECT_EQ(named->parameters()[1]->values[0].text, "2015-07-01");
}

TEST_F(ParametersTest, TypesAndNamesAreChecked) {
  const auto rule = [&](const char* text) { return parse(text) == nullptr ? problems_.at(0).rule : "none"; };
  EXPECT_EQ(rule("penalty_amount > opening"), "condition-type");
  EXPECT_EQ(rule("respondent = grace"), "condition-type");
  EXPECT_EQ(rule("limit is missing"), "condition-type");
  EXPECT_EQ(rule("penalty_amount / grace > 2"), "condition-type") << "a divisor is written out";
  EXPECT_EQ(rule("outcome = kind"), "condition-unknown-value");
  EXPECT_EQ(rule("case_type in (case_no)"), "condition-syntax");
  EXPECT_EQ(rule("penalty_amount > limt"), "condition-unknown-name");
  EXPECT_EQ(problems_.at(0).nearest, std::vector<std::string>{"limit"});
  EXPECT_EQ(rule("penalty_amount > 限额"), "condition-unknown-name");
  EXPECT_EQ(problems_.at(0).nearest, std::vector<std::string>{"limit"});
}

TEST_F(ParametersTest, BeforeItsFirstValueTheRunEnds) {
  const auto condition = parse("respondent is missing and penalty_amount > limit");
  ASSERT_NE(condition, nullptr);
  try {
    in_force(*condition->root().children[1]->children[1], slice("period", "2010-01-01", "2010-01-31"));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().at(0).rule, "parameter-not-in-force");
    EXPECT_EQ(error.problems().at(0).place.row, 2);
    EXPECT_EQ(error.problems().at(0).expected, "2010-02-01");
  }
}

TEST_F(ParametersTest, TheFileIsCheckedAsAWhole) {
  const char* const text =
      "[grace]\ntitle = \"x\"\nvalues = []\n"
      "[case_no]\ntitle = \"x\"\nvalues = [{ from = 2010-01-01, value = 1, reference = \"x\" }]\n"
      "[period]\ntitle = \"x\"\nvalues = [{ from = 2010-01-01, value = 1, reference = \"x\" }]\n"
      "[mixed]\ntitle = \"x\"\nvalues = [{ from = 2010-01-01, value = 1, reference = \"x\" },\n"
      "{ from = 2010-01-01, value = \"1\", reference = \"x\" }]\n"
      "[fine]\ntitle = \"x\"\nvalues = [{ from = 2010-01-01, value = 0.0000001, reference = \"x\" }]\n"
      "[flag]\ntitle = \"x\"\nvalues = [{ from = 2010-01-01, value = true, reference = \"x\" }]\n"
      "[bare]\nvalues = [{ value = 1 }]\n";
  Problems problems;
  EXPECT_EQ(load_parameters(text, "p.toml", types_, problems).size(), 7u);
  std::string rules;
  for (const Problem& problem : problems)
    rules += problem.rule + ":" + std::to_string(problem.place.row) + " ";
  EXPECT_EQ(rules, "missing-key:3 parameter-name:4 parameter-name:7 wrong-type:13 parameter-order:13 number-range:16 "
                   "wrong-type:19 missing-key:20 missing-key:21 missing-key:21 ");
}

} // namespace
} // namespace appraise
