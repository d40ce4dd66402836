#include "engine/predicate/condition.h"

#include "tests/unit/sample.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

using sample::slice;

// One row; a condition is tried on it.
class ConditionTest : public testing::Test {
protected:
  void rows(const std::string& cases, const std::string& file_reviews = {}) {
    tables_ = {{"cases", cases}};
    if (!file_reviews.empty()) tables_.emplace_back("file_reviews", file_reviews);
    roster_ = sample::roster_of(tables_, {});
    records_ = sample::records_of(tables_, roster_);
    side_rows_ = SideRows(records_);
  }
  std::shared_ptr<const Condition> parse(const std::string& text, const char* type = "cases",
                                         Condition::Expect expect = Condition::Expect::truth) {
    problems_.clear();
    return Condition::parse(text, *sample::types().find(type), sample::types(),
                            {.file = "x.toml", .row = 10, .column = 1}, problems_, expect);
  }
  RowContext context() const {
    return {&records_, &side_rows_, &sample::calendar(), slice("period", "2016-01-01", "2016-12-31"),
            slice("base1", "2015-01-01", "2015-12-31")};
  }
  Row row(const char* type = "cases", std::size_t index = 0) const {
    const Table& table = records_.tables.at(type);
    return {&table, &table.batches[0], index};
  }
  char test(const std::string& text, const char* type = "cases") {
    const auto condition = parse(text, type);
    if (condition == nullptr) return '!';
    const Truth truth = condition->test(row(type), context());
    return truth == Truth::yes ? 'y' : truth == Truth::no ? 'n' : '?';
  }
  std::string missing(const std::string& text) {
    const auto condition = parse(text);
    return condition == nullptr ? "!" : condition->missing_field(row(), context());
  }
  sample::Pasted tables_;
  Roster roster_;
  Records records_;
  SideRows side_rows_;
  Problems problems_;
};

TEST_F(ConditionTest, ComparesEveryKindWithItsLiterals) {
  rows("case_no, unit, case_type, docketed_date, penalty_amount, evidence_measures, cross_region\n"
       "A-1, 900100, infringement, 2016-03-01, 12.50, 3, yes\n");
  EXPECT_EQ(test("case_no = 'A-1'"), 'y');
  EXPECT_EQ(test("case_no != 'A-1'"), 'n');
  EXPECT_EQ(test("case_type = 'infringement'"), 'y');
  EXPECT_EQ(test("case_type = '侵权纠纷'"), 'y');
  EXPECT_EQ(test("'counterfeit' = case_type"), 'n');
  EXPECT_EQ(test("docketed_date < 2016-03-02"), 'y');
  EXPECT_EQ(test("docketed_date <= 2016-03-01"), 'y');
  EXPECT_EQ(test("docketed_date > 2016-03-01"), 'n');
  EXPECT_EQ(test("docketed_date >= 2016-03-01"), 'y');
  EXPECT_EQ(test("penalty_amount = 12.5"), 'y');
  EXPECT_EQ(test("penalty_amount > 12.499"), 'y');
  EXPECT_EQ(test("penalty_amount < 12.501"), 'y');
  EXPECT_EQ(test("evidence_measures = 3.00"), 'y');
  EXPECT_EQ(test("evidence_measures > -4"), 'y');
  EXPECT_EQ(test("cross_region"), 'y');
  EXPECT_EQ(test("cross_region = no"), 'n');
  EXPECT_EQ(test("cross_region != no"), 'y');
}

TEST_F(ConditionTest, ListsHoldAnyKindAndMayBeNegated) {
  rows("case_no, unit, case_type, docketed_date, evidence_measures, penalty_amount\n"
       "O'Neil, 900100, counterfeit, 2016-03-01, -3, 0.5\n");
  EXPECT_EQ(test("case_type in ('infringement', 'counterfeit')"), 'y');
  EXPECT_EQ(test("case_type not in ('infringement', '其他纠纷')"), 'y');
  EXPECT_EQ(test("case_no in ('a', 'O''Neil')"), 'y');
  EXPECT_EQ(test("docketed_date in (2016-02-29, 2016-03-01)"), 'y');
  EXPECT_EQ(test("evidence_measures in (1, -3)"), 'y');
  EXPECT_EQ(test("penalty_amount in (0.50, 3)"), 'y');
  EXPECT_EQ(test("penalty_amount in (0.505)"), 'n');
}

TEST_F(ConditionTest, PeriodAndBaseIncludeBothEnds) {
  rows("case_no, unit, case_type, docketed_date, closed_date, decided_date, served_date\n"
       "A-1, 900100, infringement, 2016-01-01, 2016-12-31, 2017-01-01, 2015-12-31\n");
  EXPECT_EQ(test("docketed_date in period"), 'y');
  EXPECT_EQ(test("closed_date in period"), 'y');
  EXPECT_EQ(test("decided_date in period"), 'n');
  EXPECT_EQ(test("served_date in period"), 'n');
  EXPECT_EQ(test("served_date in base"), 'y');
  EXPECT_EQ(test("docketed_date not in base"), 'y');
  EXPECT_EQ(test("docketed_date = period_start and closed_date = period_end"), 'y');
}

TEST_F(ConditionTest, MissingIsUnknownAsInSql) {
  rows("case_no, unit, case_type, docketed_date\nA-1, 900100, infringement,\n");
  EXPECT_EQ(test("docketed_date = 2016-01-01"), '?');
  EXPECT_EQ(test("docketed_date != 2016-01-01"), '?');
  EXPECT_EQ(test("docketed_date in period"), '?');
  EXPECT_EQ(test("not docketed_date in period"), '?');
  EXPECT_EQ(test("outcome in ('penalty')"), '?');
  EXPECT_EQ(test("outcome not in ('penalty')"), '?');
  EXPECT_EQ(test("requester = ''"), '?');
  EXPECT_EQ(test("requester in ('', 'x')"), '?');
  EXPECT_EQ(test("cross_region"), '?');
  EXPECT_EQ(test("cross_region = no"), '?');
  EXPECT_EQ(test("not cross_region"), '?');
  EXPECT_EQ(test("penalty_amount + 1 > 0"), '?');
  EXPECT_EQ(test("days(docketed_date, period_end) > 0"), '?');
  EXPECT_EQ(test("after(docketed_date, 3 months) > period_end"), '?');
  EXPECT_EQ(test("docketed_date is missing"), 'y');
  EXPECT_EQ(test("docketed_date is not missing"), 'n');
  EXPECT_EQ(test("requester is missing and cross_region is missing"), 'y');
}

// The nine combinations of Kleene's logic: yes, no, unknown.
TEST_F(ConditionTest, AndOrNotHaveThreeValues) {
  rows("case_no, unit, case_type, cross_region, exposed\nA-1, 900100, infringement, yes, no\n");
  const std::vector<std::pair<std::string, char>> values = {
      {"cross_region", 'y'}, {"exposed", 'n'}, {"performed", '?'}};
  for (const auto& [a, x] : values) {
    EXPECT_EQ(test("not " + a), x == 'y' ? 'n' : x == 'n' ? 'y' : '?');
    for (const auto& [b, y] : values) {
      const char both = x == 'n' || y == 'n' ? 'n' : x == 'y' && y == 'y' ? 'y' : '?';
      const char either = x == 'y' || y == 'y' ? 'y' : x == 'n' && y == 'n' ? 'n' : '?';
      EXPECT_EQ(test(a + " and " + b), both) << a << b;
      EXPECT_EQ(test(a + " or " + b), either) << a << b;
    }
  }
}

TEST_F(ConditionTest, StrongerOperatorsBindFirst) {
  rows("case_no, unit, case_type, cross_region, exposed, evidence_measures, coercive_measures\n"
       "A-1, 900100, infringement, yes, no, 7, 2\n");
  EXPECT_EQ(test("cross_region or exposed and exposed"), 'y');
  EXPECT_EQ(test("(cross_region or exposed) and exposed"), 'n');
  EXPECT_EQ(test("not exposed and exposed"), 'n');
  EXPECT_EQ(test("not (exposed and exposed)"), 'y');
  EXPECT_EQ(test("evidence_measures + coercive_measures * 3 = 13"), 'y');
  EXPECT_EQ(test("(evidence_measures + coercive_measures) * 3 = 27"), 'y');
  EXPECT_EQ(test("evidence_measures - coercive_measures - 1 = 4"), 'y');
  EXPECT_EQ(test("-evidence_measures + 8 = 1"), 'y');
  EXPECT_EQ(test("evidence_measures / 2 = 3.5"), 'y');
  EXPECT_EQ(test("evidence_measures / 3 > 2.333333"), 'y');
  EXPECT_EQ(test("evidence_measures / 3 < 2.333334"), 'y');
  EXPECT_EQ(test("evidence_measures / 0.5 = 14"), 'y');
}

TEST_F(ConditionTest, HundredthsStayExact) {
  rows("case_no, unit, case_type, penalty_amount\nA-1, 900100, counterfeit, 0.10\n");
  EXPECT_EQ(test("penalty_amount * 3 = 0.3"), 'y');
  EXPECT_EQ(test("penalty_amount * penalty_amount = 0.01"), 'y');
  EXPECT_EQ(test("penalty_amount + 0.2 = 0.3"), 'y');
  EXPECT_EQ(test("penalty_amount / 3 * 3 = 0.1"), 'y');
  EXPECT_EQ(test("penalty_amount in (999999999999.999999, 0.1)"), 'y');
  EXPECT_EQ(test("penalty_amount * penalty_amount * 0.0001 in (999999999999, 0.000001)"), 'y');
  const auto value = parse("penalty_amount + evidence_measures", "cases", Condition::Expect::number);
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->scale(), 100);
  EXPECT_EQ(value->number(row(), context()), kMissing);
  EXPECT_EQ(parse("penalty_amount * 2", "cases", Condition::Expect::number)->number(row(), context()), 20);
}

TEST_F(ConditionTest, ASumBeyond64BitsEndsTheRun) {
  rows("case_no, unit, case_type, penalty_amount\nA-1, 900100, counterfeit, 90000000000000000.00\n");
  try {
    test("cross_region or\n  1 + penalty_amount * 2 > 0");
    FAIL() << "it fits";
  } catch (const Error& error) {
    const Problem& problem = error.problems().at(0);
    EXPECT_EQ(problem.rule, "number-too-large");
    EXPECT_EQ(problem.found, "penalty_amount * 2");
    EXPECT_EQ(problem.place.row, 11); // the text begins in row 10
    EXPECT_EQ(problem.place.column, 7);
  }
}

TEST_F(ConditionTest, DatesCountFromTheDayAfter) {
  // A Friday before a long holiday; 2017-09-30 is worked, 2017-10-01 … 08 are free.
  rows("case_no, unit, case_type, requested_date, docketed_date, closed_date\n"
       "A-1, 900100, infringement, 2017-09-29, 2017-10-12, 2015-11-30\n");
  EXPECT_EQ(test("days(requested_date, docketed_date) = 13"), 'y');
  EXPECT_EQ(test("days(docketed_date, requested_date) = -13"), 'y');
  EXPECT_EQ(test("working_days(requested_date, docketed_date) = 5"), 'y');
  EXPECT_EQ(test("after(requested_date, 5 working days) = 2017-10-12"), 'y');
  EXPECT_EQ(test("after(requested_date, 5 days) = 2017-10-04"), 'y');
  EXPECT_EQ(test("after(closed_date, 3 months) = 2016-02-29"), 'y');
  EXPECT_EQ(test("after(closed_date, -1 months) = 2015-10-30"), 'y');
}

TEST_F(ConditionTest, FieldsOfJoinedRecords) {
  rows("case_no, unit, case_type\nA-1, 900100, infringement\nA-2, 900100, counterfeit\nA-3, 900100, counterfeit\n",
       "case_no, review_year, file_year, reviewed_date, score\nA-1, 2016, 2015, 2016-05-01, 88.5\n"
       "A-2, 2016, 2015, 2016-05-01, 70\nA-2, 2016, 2015, 2016-05-02, 71\nA-9, 2016, 2015, 2016-05-02, 71\n");
  const auto up = parse("cases.case_type = 'infringement'", "file_reviews");
  ASSERT_NE(up, nullptr);
  EXPECT_EQ(up->test(row("file_reviews", 0), context()), Truth::yes);
  EXPECT_EQ(up->test(row("file_reviews", 1), context()), Truth::no);
  EXPECT_EQ(up->test(row("file_reviews", 3), context()), Truth::unknown);
  EXPECT_EQ(up->missing_field(row("file_reviews", 3), context()), "cases.case_type");
  const auto down = parse("file_reviews.score >= 80");
  ASSERT_NE(down, nullptr);
  EXPECT_EQ(down->test(row("cases", 0), context()), Truth::yes);
  EXPECT_EQ(down->test(row("cases", 1), context()), Truth::unknown) << "two side records";
  EXPECT_EQ(down->test(row("cases", 2), context()), Truth::unknown) << "no side record";
}

TEST_F(ConditionTest, TheReasonIsTheFirstMissingFieldThatMatters) {
  rows("case_no, unit, case_type, closed_date\nA-1, 900100, infringement, 2016-05-01\n");
  EXPECT_EQ(missing("closed_date in period"), "");
  EXPECT_EQ(missing("docketed_date in period and outcome = 'penalty'"), "docketed_date");
  EXPECT_EQ(missing("closed_date in period and outcome = 'penalty'"), "outcome");
  EXPECT_EQ(missing("(cross_region or closed_date in period) and outcome = 'penalty'"), "outcome")
      << "cross_region does not matter";
  EXPECT_EQ(missing("case_type = 'counterfeit' and outcome = 'penalty'"), "") << "known to be false";
  EXPECT_EQ(missing("docketed_date is missing and not (decided_date <= closed_date)"), "decided_date");
  EXPECT_EQ(missing("days(docketed_date, decided_date) > 3"), "docketed_date");
}

TEST_F(ConditionTest, EveryMistakeHasItsPlaceAndTheNearestNames) {
  EXPECT_EQ(parse("case_typ = 'infringement'\n  and outcome = 'penality'\n  and docketed_date = 3"), nullptr);
  ASSERT_EQ(problems_.size(), 3u);
  EXPECT_EQ(problems_[0].rule, "condition-unknown-name");
  EXPECT_EQ(problems_[0].place.row, 10);
  EXPECT_EQ(problems_[0].place.column, 1);
  EXPECT_EQ(problems_[0].nearest.at(0), "case_type");
  EXPECT_EQ(problems_[1].rule, "condition-unknown-value");
  EXPECT_EQ(problems_[1].place.row, 11);
  EXPECT_EQ(problems_[1].place.column, 17);
  EXPECT_EQ(problems_[1].nearest.at(0), "penalty");
  EXPECT_EQ(problems_[1].excerpt, "  and outcome = 'penality'");
  EXPECT_EQ(problems_[2].rule, "condition-type");
  EXPECT_EQ(problems_[2].place.row, 12);
  EXPECT_EQ(problems_[2].place.column, 23);
}

TEST_F(ConditionTest, ATitleInPlaceOfAnIdIsUnderstood) {
  EXPECT_EQ(parse("结案日期 in period"), nullptr);
  ASSERT_EQ(problems_.size(), 1u);
  EXPECT_EQ(problems_[0].nearest, std::vector<std::string>{"closed_date"});
}

TEST_F(ConditionTest, SyntaxErrorsStandUnderTheirWord) {
  const std::vector<std::pair<std::string, std::int64_t>> wrong = {
      {"", 1},
      {"docketed_date in", 17},
      {"docketed_date in period closed_date", 25},
      {"docketed_date = 2016-02-30", 17},
      {"case_type = 'x", 13},
      {"case_type == 'x'", 12},
      {"(case_type = 'infringement'", 28},
      {"1 < evidence_measures < 3", 23},
      {"case_type is not empty", 18},
      {"case_type in (case_no)", 15},
      {"cross_region in (yes)", 18},
      {"after(docketed_date, 3 weeks) in period", 24},
      {"weeks(docketed_date, 3) = 1", 1},
      {"and cross_region", 1},
      {"cross_region & exposed", 14},
      {"案号 = '甲' 或 cross_region", 10},
  };
  for (const auto& [text, column] : wrong) {
    EXPECT_EQ(parse(text), nullptr) << text;
    ASSERT_EQ(problems_.size(), 1u) << text;
    const bool ended = problems_[0].place.column > static_cast<std::int64_t>(text.size());
    EXPECT_EQ(problems_[0].rule, ended ? "condition-unfinished" : "condition-syntax") << text;
    EXPECT_EQ(problems_[0].place.column, column) << text;
  }
}

TEST_F(ConditionTest, TypesAreChecked) {
  for (const char* text :
       {"docketed_date", "docketed_date + 1 > 2016-01-01", "case_type > 'infringement'", "case_no < 'b'",
        "closed_date = '2016-01-01'", "cross_region > no", "cross_region in ('yes')", "evidence_measures in period",
        "case_type = outcome", "unit = '900100'", "evidence_measures / coercive_measures > 2",
        "evidence_measures / 0 > 2", "after(docketed_date, penalty_amount days) in period",
        "days(docketed_date, 3) > 1", "after(docketed_date, 0 working days) in period",
        "after(docketed_date, -5 working days) in period", "not evidence_measures",
        "(docketed_date in period) is missing", "case_type in (1, 2)"}) {
    EXPECT_EQ(parse(text), nullptr) << text;
    ASSERT_FALSE(problems_.empty()) << text;
    EXPECT_EQ(problems_[0].rule, "condition-type") << text;
  }
  EXPECT_EQ(parse("complaints.complaint_no = 'x'"), nullptr);
  EXPECT_EQ(problems_.at(0).rule, "condition-unknown-name") << "a type that is not joined";
  EXPECT_EQ(parse("case_no", "cases", Condition::Expect::number), nullptr);
  EXPECT_NE(parse("case_no", "cases", Condition::Expect::any_field), nullptr);
  EXPECT_EQ(parse("evidence_measures + 1", "cases", Condition::Expect::any_field), nullptr);
}

// Of both sides of and and or, and of every kind; the message names what was found.
TEST_F(ConditionTest, APartIsQuotedWithAllItsBrackets) {
  for (const auto& [text, found, column] :
       {std::tuple{"not ((evidence_measures + 1) * 2)", "(evidence_measures + 1) * 2: number", 6},
        std::tuple{"((1 + 2) * 3 - 4) is missing", "(1 + 2) * 3 - 4", 2}}) {
    EXPECT_EQ(parse(text), nullptr) << text;
    ASSERT_EQ(problems_.size(), 1u) << text;
    EXPECT_EQ(problems_[0].found, found) << text;
    EXPECT_EQ(problems_[0].place.column, column) << text;
  }
}

TEST_F(ConditionTest, AllMistakesAreToldWithTheirKind) {
  EXPECT_EQ(parse("evidence_measures and (case_typ = 'x' or closed_date)\n  or not case_type"), nullptr);
  std::string told;
  for (const Problem& problem : problems_)
    told += problem.rule + " " + problem.found + " | ";
  EXPECT_EQ(told, "condition-unknown-name case_typ | condition-type closed_date: date | condition-type "
                  "evidence_measures: number | condition-type case_type: category | ");
  const auto found = [&](const char* text) { return parse(text) == nullptr ? problems_.at(0).found : "none"; };
  EXPECT_EQ(found("evidence_measures > cross_region"), "cross_region: flag");
  EXPECT_EQ(found("evidence_measures > unit"), "unit: unit");
  EXPECT_EQ(found("unit in ('900100')"), "unit: unit");
  EXPECT_EQ(found("case_type < 'counterfeit'"), "case_type: category");
  EXPECT_EQ(found("outcome = counterfeit"), "counterfeit");
  EXPECT_EQ(problems_.at(0).nearest, std::vector<std::string>{"'counterfeit'"}) << "a value without its quotes";
}

TEST_F(ConditionTest, NumbersThatCannotStayExactAreRefused) {
  for (const char* text :
       {"penalty_amount / 1000000001 > 1", "penalty_amount * 0.001 * 0.00001 > 1", "penalty_amount / 30000000 > 1"}) {
    EXPECT_EQ(parse(text), nullptr) << text;
    EXPECT_EQ(problems_.at(0).rule, "condition-too-fine") << text;
  }
  EXPECT_NE(parse("penalty_amount / 10000000 > 1"), nullptr);
  EXPECT_EQ(parse("penalty_amount > 1.1234567"), nullptr);
  EXPECT_EQ(problems_.at(0).rule, "condition-syntax") << "six places";
}

TEST_F(ConditionTest, DeepNestingIsRefusedNotFollowed) {
  EXPECT_NE(parse(std::string(100, '(') + "cross_region" + std::string(100, ')')), nullptr);
  EXPECT_EQ(parse(std::string(100'000, '(') + "cross_region" + std::string(100'000, ')')), nullptr);
  EXPECT_EQ(problems_.at(0).rule, "condition-too-deep");
  std::string nots;
  for (int i = 0; i < 100'000; ++i)
    nots += "not ";
  EXPECT_EQ(parse(nots + "cross_region"), nullptr);
}

} // namespace
} // namespace appraise
