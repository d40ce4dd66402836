// Conditions in Chinese words and as SQL.
#include "engine/predicate/condition.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::shared_ptr<const Condition> parse(const std::string& text, const char* type, Condition::Expect expect) {
  Problems problems;
  return Condition::parse(text, *sample::types().find(type), sample::types(), {}, problems, expect);
}

std::string words(const std::string& text) {
  const auto condition = parse(text, "cases", Condition::Expect::truth);
  return condition == nullptr ? "!" : condition->words();
}

TEST(ConditionPrinted, WordsAreChinese) {
  EXPECT_EQ(words("handled_by = 'own office' and closed_date in period"), "办理主体为本局 且 结案日期在考核期内");
  EXPECT_EQ(words("case_type in ('infringement', 'counterfeit')"), "案件类型属于侵权纠纷、假冒专利");
  EXPECT_EQ(words("cross_region or not exposed"), "跨地区协作为是 或 曝光为否");
  EXPECT_EQ(words("cross_region = no and performed"), "跨地区协作为否 且 决定已履行为是");
  EXPECT_EQ(words("closed_date is missing or closed_date > period_end"), "结案日期未填 或 结案日期晚于考核期末日");
  EXPECT_EQ(words("(cross_region or exposed) and closed_date is not missing"),
            "（跨地区协作为是 或 曝光为是） 且 结案日期已填");
  EXPECT_EQ(words("docketed_date <= after(requested_date, 5 working days)"), "立案日期不晚于请求日期后5个工作日");
  EXPECT_EQ(words("days(docketed_date, closed_date) <= 30.5"), "立案日期至结案日期的天数不大于30.5");
  EXPECT_EQ(words("(evidence_measures + 1) * 2 > 4"), "（证据措施次数 + 1） × 2大于4");
  EXPECT_EQ(words("case_type not in ('counterfeit')"), "案件类型不属于假冒专利");
  EXPECT_EQ(words("not (cross_region and exposed)"), "并非（跨地区协作为是 且 曝光为是）");
  EXPECT_EQ(words("case_no = '甲'"), "案号为“甲”");
  EXPECT_EQ(words("closed_date < 2016-05-01 or closed_date >= period_start"),
            "结案日期早于2016-05-01 或 结案日期不早于考核期首日");
  EXPECT_EQ(words("closed_date != 2016-05-01 and closed_date in (2016-05-02, 2016-05-03)"),
            "结案日期不为2016-05-01 且 结案日期属于2016-05-02、2016-05-03");
  EXPECT_EQ(words("closed_date in base and closed_date not in base"), "结案日期在基期内 且 结案日期不在基期内");
  EXPECT_EQ(words("closed_date not in period or exposed = (closed_date is missing)"),
            "结案日期不在考核期内 或 曝光为结案日期未填");
  EXPECT_EQ(words("evidence_measures < 3 or evidence_measures >= 5 or evidence_measures != 4"),
            "证据措施次数小于3 或 证据措施次数不小于5 或 证据措施次数不为4");
  EXPECT_EQ(words("-evidence_measures + 8 - 1 / 2 * 3 > 0"), "−证据措施次数 + 8 − 1 ÷ 2 × 3大于0");
  EXPECT_EQ(words("evidence_measures - (coercive_measures - 1) = 2"), "证据措施次数 − （强制措施次数 − 1）为2");
  EXPECT_EQ(words("working_days(requested_date, docketed_date) > 5"), "请求日期至立案日期的工作日数大于5");
  EXPECT_EQ(words("closed_date <= after(docketed_date, 3 months)"), "结案日期不晚于立案日期后3个月");
  EXPECT_EQ(words("closed_date <= after(docketed_date, evidence_measures + 5 days)"),
            "结案日期不晚于立案日期后（证据措施次数 + 5）日");
  EXPECT_EQ(words("exposed != yes and not (cross_region or exposed)"),
            "曝光为否 且 并非（跨地区协作为是 或 曝光为是）");
  EXPECT_EQ(words("cross_region"), "跨地区协作为是");
}

TEST(ConditionPrinted, AsSqlOfEveryDialect) {
  const auto sql = [&](const std::string& text, SqlDialect dialect = SqlDialect::postgresql, const char* type = "cases",
                       Condition::Expect expect = Condition::Expect::truth) {
    const auto condition = parse(text, type, expect);
    return condition == nullptr ? "!" : condition->sql(dialect);
  };
  const auto clickhouse = [&](const std::string& text) { return sql(text, SqlDialect::clickhouse); };
  const auto sqlite = [&](const std::string& text) { return sql(text, SqlDialect::sqlite); };

  EXPECT_EQ(sql("docketed_date <= 2016-01-31"), "docketed_date <= DATE '2016-01-31'");
  EXPECT_EQ(clickhouse("docketed_date <= 2016-01-31"), "docketed_date <= toDate32('2016-01-31')");
  EXPECT_EQ(sqlite("docketed_date <= 2016-01-31"), "docketed_date <= '2016-01-31'");
  EXPECT_EQ(sql("closed_date in period or closed_date not in base"),
            "closed_date BETWEEN :period_start AND :period_end OR closed_date NOT BETWEEN :base_start AND :base_end");
  EXPECT_EQ(clickhouse("closed_date in period"), "closed_date BETWEEN {period_start:Date32} AND {period_end:Date32}");

  // Categories by their ids, quotes doubled, brackets only where the tree has them.
  EXPECT_EQ(sql("case_type != '假冒专利'"), "case_type <> 'counterfeit'");
  EXPECT_EQ(sql("case_type not in ('侵权纠纷', 'counterfeit')"), "case_type NOT IN ('infringement', 'counterfeit')");
  EXPECT_EQ(sql("respondent = 'a''b'"), "respondent = 'a''b'");
  EXPECT_EQ(clickhouse("respondent = 'a\\b'"), "respondent = 'a\\\\b'");
  EXPECT_EQ(sql("cross_region and (cross_region = no or not cross_region)"),
            "cross_region AND (cross_region = FALSE OR NOT cross_region)");
  EXPECT_EQ(sql("cross_region = (closed_date is missing)"), "cross_region = (closed_date IS NULL)");
  EXPECT_EQ(sql("closed_date is not missing"), "closed_date IS NOT NULL");
  EXPECT_EQ(sql("cases.case_type = 'counterfeit'", SqlDialect::postgresql, "file_reviews"),
            "cases.case_type = 'counterfeit'");

  // Numbers: exact decimals, or hundredths in SQLite; a division becomes a factor on the other side.
  EXPECT_EQ(sql("penalty_amount >= 0.5"), "penalty_amount >= 0.5");
  EXPECT_EQ(clickhouse("penalty_amount >= 0.5"), "penalty_amount >= toDecimal64('0.5', 1)");
  EXPECT_EQ(sqlite("penalty_amount >= 0.5"), "penalty_amount >= 5 * 10");
  EXPECT_EQ(sqlite("penalty_amount in (1, 0.25)"), "penalty_amount IN (100, 25)");
  EXPECT_EQ(sql("penalty_amount / 3 > evidence_measures + 1"), "penalty_amount > (evidence_measures + 1) * 3");
  EXPECT_EQ(sql("penalty_amount / 0.5 - evidence_measures * -2 < 7"),
            "penalty_amount * 10 - evidence_measures * -2 * 5 < 7 * 5");
  EXPECT_EQ(sql("days(docketed_date, closed_date) / 30", SqlDialect::postgresql, "cases", Condition::Expect::number),
            "(closed_date - docketed_date) / 30.0");

  EXPECT_EQ(sql("days(docketed_date, closed_date) > 30"), "closed_date - docketed_date > 30");
  EXPECT_EQ(clickhouse("days(docketed_date, closed_date) > 30"), "dateDiff('day', docketed_date, closed_date) > 30");
  EXPECT_EQ(sqlite("days(docketed_date, closed_date) > 30"),
            "CAST(julianday(closed_date) - julianday(docketed_date) AS INTEGER) > 30");
  EXPECT_EQ(
      sql("docketed_date >= period_start and docketed_date < period_end and docketed_date not in period"),
      "docketed_date >= :period_start AND docketed_date < :period_end AND docketed_date NOT BETWEEN :period_start "
      "AND :period_end");
  EXPECT_EQ(sql("docketed_date in base and evidence_measures != 2"),
            "docketed_date BETWEEN :base_start AND :base_end AND evidence_measures <> 2");
  EXPECT_EQ(clickhouse("after(docketed_date, 5 days) = closed_date"), "addDays(docketed_date, 5) = closed_date");
  // A minus before a minus is no comment, and a sum on the right of one keeps its brackets.
  EXPECT_EQ(sql("-(-evidence_measures) - (coercive_measures - 1) > 0"),
            "-(-evidence_measures) - (coercive_measures - 1) > 0");

  // Dates that are reckoned. Three months after 30 November is the last of February, which SQLite must be told.
  EXPECT_EQ(sql("closed_date <= after(docketed_date, 3 months)"),
            "closed_date <= CAST(docketed_date + 3 * INTERVAL '1 month' AS date)");
  EXPECT_EQ(clickhouse("closed_date <= after(docketed_date, 3 months)"), "closed_date <= addMonths(docketed_date, 3)");
  EXPECT_EQ(sqlite("closed_date <= after(docketed_date, 3 months)"),
            "closed_date <= min(date(docketed_date, 3 || ' months'), date(docketed_date, 'start of month', (3 + 1) || "
            "' months', '-1 day'))");
  EXPECT_EQ(sql("after(docketed_date, -5 days) < closed_date"), "docketed_date + -5 < closed_date");
  EXPECT_EQ(sqlite("after(docketed_date, 5 days) < closed_date"), "date(docketed_date, 5 || ' days') < closed_date");
  const std::string upto = "(SELECT max(ordinal) FROM working_calendar WHERE day <= ";
  EXPECT_EQ(sql("working_days(docketed_date, closed_date) <= 5"),
            upto + "closed_date) - " + upto + "docketed_date) <= 5");
  EXPECT_EQ(sql("closed_date <= after(docketed_date, 5 working days)"),
            "closed_date <= (SELECT day FROM working_calendar WHERE ordinal = " + upto + "docketed_date) + 5)");
  EXPECT_EQ(sql("closed_date <= after(docketed_date, evidence_measures working days)"),
            "closed_date <= CASE WHEN evidence_measures < 1 THEN docketed_date ELSE (SELECT day FROM working_calendar "
            "WHERE ordinal = " +
                upto + "docketed_date) + evidence_measures) END");
}

} // namespace
} // namespace appraise
