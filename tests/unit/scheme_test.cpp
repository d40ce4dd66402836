// What the loader refuses, with its place and what to write instead.
#include "tests/unit/score_fixture.h"

#include <algorithm>

namespace appraise {
namespace {

using namespace score_fixture;

Problems refused(const std::string& text) {
  Problems problems;
  Scheme::load(text, "templates/schemes/test/2016.toml", catalogue(), problems);
  return problems;
}

const Problem& only(const Problems& problems) {
  EXPECT_EQ(problems.size(), 1u) << shown(problems);
  static const Problem none;
  return problems.empty() ? none : problems.front();
}

std::int64_t line_of(const std::string& text, const std::string& part) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(part));
  return 1 + std::count(text.begin(), end, '\n');
}

const std::string kEach = "rule = \"per unit\", each = 0.3";

TEST(Scheme, ReadsWhatItIsGiven) {
  const std::string text = scheme_text(item("a", "n", kEach, "form_number = \"1\"\ntasks = [29, 43]\nbonus = true") +
                                           item("b", "rate", "rule = \"manual\"", "points = 4.5"),
                                       "points = 4.5\ngroups = \"region_group\"\nunits = \"level = 'city' and parent = "
                                       "'900100'\"\nrounding = { at = \"item\", "
                                       "places = 2, mode = \"half even\" }\nexample = true\n");
  const Scheme scheme = load(text, catalogue());
  EXPECT_EQ(scheme.id, "test/2016");
  EXPECT_TRUE(scheme.example);
  EXPECT_EQ(scheme.places, 2);
  EXPECT_EQ(scheme.mode, Rounding::half_even);
  EXPECT_EQ(scheme.period.id, "period");
  EXPECT_EQ(scheme.period.to, *Date::of(2016, 12, 31));
  ASSERT_EQ(scheme.bases.size(), 1u);
  EXPECT_EQ(scheme.bases[0].id, "base1");
  EXPECT_EQ(scheme.items[0].tasks, (std::vector<std::int64_t>{29, 43}));
  EXPECT_EQ(scheme.items[0].form_number, "1");
  EXPECT_EQ(scheme.items[0].when_empty, "zero");
  EXPECT_EQ(*scheme.items[1].points, *Number::parse("4.5"));
  EXPECT_EQ(scheme.item("b"), &scheme.items[1]);
  EXPECT_EQ(scheme.indicators(), (std::vector<std::string>{"n", "rate"}));
}

TEST(Scheme, AMisspeltKeyIsRefusedWithTheNearest) {
  const std::string text = scheme_text(item("a", "n", kEach, "form_numbr = \"1\""));
  const Problem problem = only(refused(text));
  EXPECT_EQ(problem.rule, "unknown-key");
  EXPECT_EQ(problem.place.row, line_of(text, "form_numbr"));
  EXPECT_EQ(problem.place.column, 1);
  EXPECT_EQ(problem.nearest, (std::vector<std::string>{"form_number"}));
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", "rule = \"per unit\", eahc = 1, each = 2")))).rule, "unknown-key");
}

TEST(Scheme, AnItemRestsOnAReference) {
  std::string text = scheme_text(item("a", "n", kEach));
  text.erase(text.rfind("reference"), std::string("reference = [\"r\"]").size());
  EXPECT_EQ(only(refused(text)).rule, "item-without-reference");
  EXPECT_EQ(only(refused(text)).found, "a");
}

TEST(Scheme, PointsAddUpExactly) {
  const auto text = [](const std::string& total, const std::string& node, const std::string& first) {
    return scheme_text("[[node]]\nid = \"N\"\ntitle = \"N\"\n" + node +
                           item("a", "n", kEach, "node = \"N\"\n" + first) +
                           item("b", "n", kEach, "node = \"N\"\npoints = 0.2"),
                       total);
  };
  EXPECT_TRUE(refused(text("points = 0.3\n", "points = 0.3\n", "points = 0.1")).empty());
  const std::string wrong = text("points = 0.3\n", "points = 0.3\n", "points = 0.2");
  const Problem problem = only(refused(wrong));
  EXPECT_EQ(problem.rule, "points-do-not-add-up");
  EXPECT_EQ(problem.found, "0.3");
  EXPECT_EQ(problem.expected, "0.4");
  EXPECT_EQ(problem.place.row, line_of(wrong, "id = \"N\"") + 2);
  EXPECT_EQ(only(refused(text("points = 1\n", "points = 0.3\n", "points = 0.1"))).expected, "0.3");
  EXPECT_EQ(only(refused(text("", "points = 0.3\n", "points = 0.1"))).found, "—");
  EXPECT_EQ(refused(text("points = 0.3\n", "points = 0.3\n", "")).size(), 1u) << "an uncut item leaves its node uncut";
  EXPECT_TRUE(refused(text("", "", "")).empty());
}

TEST(Scheme, BandsHaveNoGapAndNoOverlap) {
  const auto rule = [](const std::string& bands) {
    const Problems problems = refused(scheme_text(
        item("a", "rate", "rule = \"bands\", edge = \"at or above\", bands = [" + bands + "]", "points = 10"),
        "points = 10\n"));
    return problems.empty() ? std::string() : only(problems).rule;
  };
  EXPECT_EQ(rule("{ at = 0.9, points = 10 }, { below = true, points = 0 }"), "");
  EXPECT_EQ(rule("{ at = 0.9, points = 10 }, { at = 0.8, points = 5 }"), "bands-gap");
  EXPECT_EQ(rule("{ at = 0.8, points = 5 }, { at = 0.9, points = 10 }, { below = true, points = 0 }"), "bands-overlap");
  EXPECT_EQ(rule("{ at = 0.9, points = 10 }, { at = 0.9, points = 5 }, { below = true, points = 0 }"), "bands-overlap");
  EXPECT_EQ(rule("{ below = true, points = 0 }, { at = 0.9, points = 10 }, { below = true, points = 0 }"),
            "bands-overlap");
  EXPECT_EQ(rule("{ at = 0.9, points = 11 }, { below = true, points = 0 }"), "points-above-maximum");
  EXPECT_EQ(rule("{ at = 0.9 }, { below = true, points = 0 }"), "missing-key");
  EXPECT_EQ(rule(""), "bands-gap");
}

TEST(Scheme, IndicatorsExistAndAreInForce) {
  EXPECT_EQ(only(refused(scheme_text(item("a", "per_oficer", kEach)))).rule, "indicator-unknown");
  EXPECT_EQ(only(refused(scheme_text(item("a", "per_oficer", kEach)))).nearest.front(), "per_officer");
  const std::string plus = kEach + ", plus = [{ indicator = \"moer\", each = 1 }]";
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", plus)))).found, "moer");

  Catalogue later = catalogue();
  for (Indicator& one : later.indicators)
    one.in_force = *Date::of(2016, 7, 1);
  Problems problems;
  Scheme::load(scheme_text(item("a", "n", kEach)), "x/2016.toml", later, problems);
  EXPECT_EQ(only(problems).rule, "indicator-not-in-force");
  EXPECT_EQ(only(problems).expected, "2016-07-01");
}

TEST(Scheme, RulesAreKnownAndFit) {
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", "rule = \"per unti\", each = 1")))).rule, "rule-unknown");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", "rule = \"per unit\"")))).rule, "missing-key");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", "rule = \"per unit\", each = 0")))).rule, "number-range");
  EXPECT_EQ(only(refused(scheme_text(item("a", "rate", "rule = \"linear\", from = 0, to = 1")))).rule,
            "rule-needs-points");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", "rule = \"rank only\"")))).rule, "rule-does-not-fit");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", kEach), "gives = \"ranks\"\n"))).rule, "rule-does-not-fit");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", "rule = \"bonus\", each = 1")))).rule, "rule-does-not-fit");
  EXPECT_EQ(only(refused(scheme_text(item("a", "rate", "rule = \"range\", low = 0.6, high = 0.2", "points = 1"),
                                     "points = 1\n")))
                .rule,
            "number-range");
  const std::string growth =
      "rule = \"growth\", each = 1, step = 0.1, steps = \"whole\", zero_base = \"one\", base = \"base2\"";
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", growth)))).rule, "base-unknown");
}

TEST(Scheme, NodesAndIdsAreClear) {
  const std::string node = "[[node]]\nid = \"N\"\ntitle = \"N\"\n";
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", kEach) + item("a", "n", kEach)))).rule, "duplicate-id");
  EXPECT_EQ(only(refused(scheme_text(item("total", "n", kEach)))).rule, "duplicate-id");
  EXPECT_EQ(
      only(refused(scheme_text(node + item("a", "n", kEach, "node = \"N\"") + item("b", "n", kEach, "node = \"M\""))))
          .rule,
      "node-unknown");
  EXPECT_EQ(only(refused(scheme_text(node + item("a", "n", kEach, "node = \"N\"") + item("b", "n", kEach)))).rule,
            "missing-key");
  EXPECT_EQ(only(refused(scheme_text(node + item("a", "n", "rule = \"bonus\", each = 1", "bonus = true")))).rule,
            "node-without-items");
  EXPECT_EQ(only(refused(scheme_text(""))).rule, "missing-key");
}

TEST(Scheme, DecisionsAreWritten) {
  std::string text = scheme_text(item("a", "n", kEach));
  text.erase(text.find("when_empty = \"zero\"\n"), std::string("when_empty = \"zero\"\n").size());
  EXPECT_EQ(only(refused(text)).rule, "missing-key");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", kEach, "when_empty = \"full\"")))).rule, "rule-needs-points");
  EXPECT_EQ(only(refused(scheme_text(item("a", "rate", kEach, "min_denominator = 5")))).rule, "missing-key");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", kEach, "min_denominator = 5\nwhen_too_few = \"zero\"")))).rule,
            "minimum-without-denominator");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", kEach), "units = \"level is city\"\n"))).rule, "units-condition");
  EXPECT_EQ(only(refused(scheme_text(item("a", "n", kEach), "rounding = { places = 7 }\n"))).rule, "number-range");
}

TEST(Scheme, AllIsSaidAtOnce) {
  const Problems problems =
      refused(scheme_text(item("a", "nn", "rule = \"per unit\", each = -1", "colour = \"red\""), "points = 3\n"));
  std::vector<std::string> rules;
  for (const Problem& problem : problems)
    rules.push_back(problem.rule);
  std::sort(rules.begin(), rules.end());
  EXPECT_EQ(rules,
            (std::vector<std::string>{"indicator-unknown", "number-range", "points-do-not-add-up", "unknown-key"}));
}

} // namespace
} // namespace appraise
