#include "engine/indicator.h"

#include "engine/measures/measure.h"
#include "tests/unit/sample.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace appraise {
namespace {

Problems problems_of(const std::string& toml) {
  Problems problems;
  Catalogue::load({{"family/x.toml", toml}}, sample::types(), problems);
  return problems;
}

const std::string kGood = "title = \"x\"\nunit = \"%\"\nof = \"cases\"\nscope = \"own\"\nmeasure = \"share\"\n"
                          "where = \"closed_date in period\"\nthat = \"cross_region\"\nbetter = \"higher\"\n"
                          "in_force = 2015-07-01\nreference = [\"x\"]\n";

std::string changed(std::string from, const std::string& to) {
  std::string text = kGood;
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(Catalogue, TheRepositorysOwnLoads) {
  const Catalogue& catalogue = sample::catalogue();
  EXPECT_GE(catalogue.indicators.size(), 30u);
  EXPECT_TRUE(std::is_sorted(
      catalogue.indicators.begin(), catalogue.indicators.end(),
      [](const Indicator& a, const Indicator& b) { return std::tie(a.family, a.id) < std::tie(b.family, b.id); }));
  for (const Indicator& indicator : catalogue.indicators) {
    EXPECT_FALSE(indicator.references.empty()) << indicator.id;
    EXPECT_TRUE(indicator.where == nullptr || !indicator.where->words().empty()) << indicator.id;
  }
}

TEST(Catalogue, AGoodDeclarationIsTakenWhole) {
  Problems problems;
  const Catalogue catalogue = Catalogue::load({{"family/x.toml", kGood}}, sample::types(), problems);
  ASSERT_TRUE(problems.empty());
  const Indicator& indicator = catalogue.indicators.at(0);
  EXPECT_EQ(indicator.id, "x");
  EXPECT_EQ(indicator.family, "family");
  EXPECT_FALSE(indicator.with_descendants);
  EXPECT_EQ(indicator.in_force.text(), "2015-07-01");
}

TEST(Catalogue, MistakesInConditionsStandInTheFilesOwnLines) {
  Problems problems = problems_of(
      changed("\"closed_date in period\"", "\"\"\"\n  closed_date in period\n  and outcom = 'penalty'\n\"\"\""));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "condition-unknown-name");
  EXPECT_EQ(problems[0].place.file, "family/x.toml");
  EXPECT_EQ(problems[0].place.row, 8);
  EXPECT_EQ(problems[0].place.column, 7);
  EXPECT_EQ(problems[0].excerpt, "  and outcom = 'penalty'");
  problems = problems_of(changed("\"cross_region\"", "\"cross_regio\""));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].place.row, 7);
  EXPECT_EQ(problems[0].place.column, 9);
  EXPECT_EQ(problems[0].excerpt, "that = \"cross_regio\"");
}

TEST(Catalogue, EveryMistakeIsToldAtOnce) {
  std::string text = changed("measure = \"share\"", "measure = \"shar\"");
  EXPECT_EQ(problems_of(text).at(0).rule, "unknown-value");
  EXPECT_EQ(problems_of(text).at(0).nearest.at(0), "share");
  text = changed("of = \"cases\"", "of = \"case\"");
  EXPECT_EQ(problems_of(text).at(0).rule, "indicator-record-type");
  EXPECT_EQ(problems_of(text).at(0).nearest.at(0), "cases");
  text = changed("title = \"x\"\n", "titel = \"x\"\n");
  ASSERT_EQ(problems_of(text).size(), 2u);
  EXPECT_EQ(problems_of(text)[0].rule, "missing-key");
  EXPECT_EQ(problems_of(text)[1].rule, "unknown-key");
  EXPECT_EQ(problems_of(text)[1].nearest.at(0), "title");
  EXPECT_EQ(problems_of(changed("that = \"cross_region\"\n", "")).at(0).rule, "missing-key");
  EXPECT_EQ(problems_of(changed("measure = \"share\"", "measure = \"count\"")).at(0).rule, "unknown-key")
      << "a count has no `that`";
  EXPECT_EQ(problems_of(changed("reference = [\"x\"]\n", "")).at(0).rule, "missing-key");
  EXPECT_EQ(problems_of("x = [\n").at(0).rule, "toml-syntax");
}

TEST(Catalogue, MeasuresOverTimeTakeADateByMonthOrDay) {
  const auto over_time = [](const std::string& value, const std::string& more) {
    std::string text = changed("measure = \"share\"", "measure = \"evenness\"\n" + more);
    const std::string that = "that = \"cross_region\"";
    return text.replace(text.find(that), that.size(), "value = \"" + value + "\"");
  };
  Problems problems;
  const auto by = [&](const std::string& more) {
    return Catalogue::load({{"f/x.toml", over_time("closed_date", more)}}, sample::types(), problems)
        .indicators.at(0)
        .by;
  };
  EXPECT_EQ(by(""), "month");
  EXPECT_EQ(by("by = \"day\""), "day");
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(problems_of(over_time("closed_date", "by = \"week\"")).at(0).rule, "unknown-value");
  EXPECT_EQ(problems_of(over_time("penalty_amount", "")).at(0).rule, "condition-type");
  EXPECT_EQ(problems_of(over_time("penalty_amount", "")).at(0).expected, "date");
  EXPECT_EQ(problems_of(changed("unit = \"%\"", "unit = \"%\"\nby = \"day\"")).at(0).rule, "unknown-key");
}

TEST(Catalogue, RatiosRestOnOthers) {
  const auto ratio = [](const std::string& a, const std::string& b) {
    return "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\nmeasure = "
           "\"ratio\"\n"
           "numerator = \"" +
           a + "\"\ndenominator = \"" + b + "\"\n";
  };
  Problems problems;
  Catalogue::load({{"f/x.toml", ratio("good", "god")}, {"f/good.toml", kGood}}, sample::types(), problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "indicator-unknown");
  EXPECT_EQ(problems[0].nearest.at(0), "good");
  EXPECT_EQ(problems[0].place.row, 8);
  EXPECT_EQ(problems[0].excerpt, "denominator = \"god\"");
  problems.clear();
  Catalogue::load({{"f/x.toml", ratio("good", "y")}, {"f/y.toml", ratio("x", "good")}, {"f/good.toml", kGood}},
                  sample::types(), problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "indicator-circle");
  EXPECT_EQ(problems[0].found, "x → y → x");
  problems.clear();
  Catalogue::load({{"f/x.toml", ratio("x", "x")}}, sample::types(), problems);
  ASSERT_EQ(problems.size(), 1u) << "one circle by two ways";
  EXPECT_EQ(problems[0].found, "x → x");
  problems.clear();
  Catalogue::load({{"f/x.toml", kGood}, {"g/x.toml", kGood}}, sample::types(), problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "indicator-twice");
}

TEST(Catalogue, CombinationsNameIndicatorsInAnExpression) {
  const auto combined = [](const std::string& expression) {
    return "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\nmeasure = "
           "\"combination\"\nexpression = \"" +
           expression + "\"\n";
  };
  const auto load = [&](const std::string& expression, const std::string& other = "good") {
    Problems problems;
    const Catalogue catalogue =
        Catalogue::load({{"f/x.toml", combined(expression)}, {"f/y.toml", combined(other)}, {"f/good.toml", kGood}},
                        sample::types(), problems);
    return std::pair(catalogue, problems);
  };
  const auto [catalogue, none] = load("good * 2 - (y + good) / 3");
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(catalogue.find("x")->operands, (std::vector<std::string>{"good", "y"}));
  EXPECT_EQ(catalogue.find("x")->expression, "good * 2 - (y + good) / 3");
  EXPECT_TRUE(catalogue.find("x")->with_descendants) << "what it is made of knows its scope";

  Problems problems = load("good + 2 * god").second;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "indicator-unknown");
  EXPECT_EQ(problems[0].nearest.at(0), "good");
  EXPECT_EQ(problems[0].place.row, 7);
  EXPECT_EQ(problems[0].place.column, 26);
  EXPECT_EQ(problems[0].excerpt, "expression = \"good + 2 * god\"");

  problems = load("good + y", "good - (x + 1)").second;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "indicator-circle");
  EXPECT_EQ(problems[0].found, "x → y → x");
  EXPECT_EQ(load("x + 1").second.at(0).found, "x → x");

  for (const char* wrong :
       {"good +", "good = 1", "days(good, y)", "good and y", "not good", "'good'", "2 + 3", "good y", "",
        "good is missing", "good + (good in (1, 2))", "2016-01-01 + good", "good + yes"}) {
    problems = load(wrong).second;
    ASSERT_EQ(problems.size(), 1u) << wrong;
    const std::string last =
        std::string(wrong).empty() ? "+" : std::string(wrong).substr(std::string(wrong).size() - 1);
    EXPECT_EQ(problems[0].rule, last == "+" ? "condition-unfinished" : "condition-syntax") << wrong;
    EXPECT_EQ(problems[0].place.row, 7) << wrong;
  }
}

} // namespace
} // namespace appraise
