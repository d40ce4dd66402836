// Rules in words, as an officer reads them in the table of rules.
#include "reports/texts/rule_sentence.h"

#include "engine/scoring/rule.h"
#include "tests/unit/score_fixture.h"

namespace appraise {
namespace {

using namespace score_fixture;

Catalogue named() {
  Catalogue all = catalogue();
  for (Indicator& one : all.indicators) {
    one.unit = one.measure == "share" ? "%" : one.measure == "mean" || one.measure == "quantile" ? "天" : "件";
    if (one.id == "more") one.title = "撤销";
  }
  return all;
}

std::string words(const std::string& indicator_id, const std::string& rule, const std::string& more = "",
                  Language language = Language::chinese) {
  const Catalogue all = named();
  Problems problems; // a lone item's points do not add up, which does not matter to its words
  const Scheme scheme = Scheme::load(scheme_text(item("a", indicator_id, rule, more)), "x/2016.toml", all, problems);
  return rule_sentence(scheme.items[0], scheme, all, language);
}

TEST(RuleSentence, SaysEachRuleInItsOwnWords) {
  EXPECT_EQ(words("n", "rule = \"per unit\", each = 0.3"), "每件得0.3分；无案件的不计分");
  EXPECT_EQ(words("n", "rule = \"per unit\", each = 0.3", "points = 20"), "每件得0.3分，最高20分；无案件的不计分");
  EXPECT_EQ(words("n", "rule = \"per unit\", each = 1, plus = [{ indicator = \"more\", each = 4 }]"),
            "每件得1分，撤销每件另得4分；无案件的不计分");
  EXPECT_EQ(words("rate",
                  "rule = \"bands\", edge = \"at or above\", bands = [{ at = 0.9, points = 10 }, "
                  "{ at = 0.1, points = 2, edge = \"above\" }, { below = true, points = 1 }]",
                  "points = 10"),
            "90%以上（含）得10分，超过10%得2分，其余得1分；无案件的不计分");
  EXPECT_EQ(
      words("n", "rule = \"growth\", each = 1, step = 0.1, steps = \"pro rata\", zero_base = \"one\""),
      "比上年每增长10个百分点得1分，不足10个百分点的按比例计分，下降的不计负分，上年为0的以1为基数；无案件的不计分");
  EXPECT_EQ(words("median", "rule = \"linear\", from = 100, to = 30", "points = 5"),
            "100天及以上不得分，30天及以下得5分，其间按比例计分；无案件的不计分");
  EXPECT_EQ(words("rate", "rule = \"range\", low = 0.2, high = 0.6",
                  "points = 4\nmin_denominator = 5\nwhen_too_few = \"zero\""),
            "在20%至60%之间（含本数）的得4分，在此之外的不得分；无案件的不计分；分母不足5的为件数过少，不计分");
  EXPECT_EQ(words("n", "rule = \"deduction\", full = 4, each = 1, plus = [{ indicator = \"more\", each = 0.5 }]",
                  "points = 4\nwhen_empty = \"full\""),
            "满分4分，每件扣1分，扣完为止，撤销每件另扣0.5分；无案件的得满分");
  EXPECT_EQ(words("n", "rule = \"bonus\", each = 0.05, cap = 3", "bonus = true\npoints = 3"),
            "每件加0.05分，最高加3分；无案件的不计分");
  EXPECT_EQ(words("survey", "rule = \"manual\"", "points = 2"), "按核定得分计分，最高2分；无案件的不计分");
}

TEST(RuleSentence, EveryRuleHasASentenceInBothLanguages) {
  for (const ScoringRule* rule : scoring_rules()) {
    ASSERT_TRUE(has_text("rule." + rule->name())) << rule->name();
    EXPECT_FALSE(text("rule." + rule->name(), Language::chinese).empty());
    EXPECT_FALSE(text("rule." + rule->name(), Language::english).empty());
  }
  EXPECT_EQ(words("n", "rule = \"per unit\", each = 0.3", "", Language::english),
            "0.3 points per 件; no points without cases");
}

TEST(RuleSentence, ParametersHaveTitles) {
  EXPECT_EQ(parameter_title("each", Language::chinese), "每单位分值");
  EXPECT_EQ(parameter_title("at12", Language::chinese), "第12档界限");
  EXPECT_EQ(parameter_title("points", Language::english), "points");
  const Catalogue all = named();
  const Scheme scheme = load(
      scheme_text(item("a", "n", "rule = \"per unit\", each = 1, plus = [{ indicator = \"more\", each = 4 }]")), all);
  for (const Expr& parameter : parameters(*item_expression(scheme.items[0], scheme, all))) {
    EXPECT_NE(parameter_title(parameter->name, Language::chinese), parameter->name);
  }
}

} // namespace
} // namespace appraise
