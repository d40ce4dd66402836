// Each rule against points calculated by hand.
#include "tests/unit/score_fixture.h"

namespace appraise {
namespace {

using namespace score_fixture;

// The points of the one item of a scheme, as decimal text or as the state's text.
std::string points(const Scheme& scheme, const Cells& cells) {
  static const Catalogue all = catalogue();
  const Result result = evaluate(*item_expression(scheme.items[0], scheme, all), cells.lookup());
  if (const Number* number = std::get_if<Number>(&result)) return number->text();
  return std::get<std::string>(result);
}

Scheme one(const std::string& indicator_id, const std::string& scoring, const std::string& more = "",
           const std::string& head = "") {
  const Catalogue all = catalogue();
  std::string points_line;
  const std::size_t at = more.find("points = ");
  if (at != std::string::npos && more.find("bonus") == std::string::npos) {
    points_line = more.substr(at, more.find('\n', at) - at) + "\n";
  }
  return load(scheme_text(item("x", indicator_id, scoring, more), points_line + head), all);
}

Cells figure_of(const std::string& id, Number numerator, Number denominator = 1) {
  Cells cells;
  cells.value(id, std::move(numerator), std::move(denominator));
  return cells;
}

TEST(PerUnit, EachCaseEarnsItsPoints) {
  const Scheme scheme = one("n", "rule = \"per unit\", each = 0.3");
  EXPECT_EQ(points(scheme, figure_of("n", 7)), "2.1");
  EXPECT_EQ(points(scheme, figure_of("n", 1000)), "300");
}

TEST(PerUnit, StopsAtTheCapAndAtTheMaximum) {
  EXPECT_EQ(points(one("n", "rule = \"per unit\", each = 0.3, cap = 2"), figure_of("n", 7)), "2");
  EXPECT_EQ(points(one("n", "rule = \"per unit\", each = 0.3", "points = 1.5"), figure_of("n", 7)), "1.5");
}

TEST(PerUnit, AddsFurtherIndicators) {
  const Scheme scheme = one("n", "rule = \"per unit\", each = 1, plus = [{ indicator = \"more\", each = 4 }]");
  Cells cells = figure_of("n", 3);
  cells.value("more", 2);
  EXPECT_EQ(points(scheme, cells), "11"); // 3·1 + 2·4
  cells.state("more", "no cases");
  EXPECT_EQ(points(scheme, cells), "3");
  cells.state("n", "no cases");
  EXPECT_EQ(points(scheme, cells), "no cases");
  cells.value("more", 2);
  EXPECT_EQ(points(scheme, cells), "8") << "a further indicator with cases is never lost";
  cells.state("more", "not reported");
  EXPECT_EQ(points(scheme, cells), "not reported");
}

TEST(PerUnit, OfAQuotient) {
  const Scheme scheme = one("per_officer", "rule = \"per unit\", each = 0.7", "", "rounding = { places = 2 }\n");
  EXPECT_EQ(points(scheme, figure_of("per_officer", 10, 4)), "1.75");
  EXPECT_EQ(points(scheme, figure_of("per_officer", 10, 3)), "2.33");
  EXPECT_EQ(points(scheme, figure_of("per_officer", 10, 0)), "0") << "a denominator set to 0 by hand";
}

std::string ladder(const std::string& edge) {
  return "rule = \"bands\", edge = \"" + edge + "\", bands = [{ at = 0.9, points = 10 }, { at = 0.8, points = 9 }, " +
         "{ below = true, points = 1 }]";
}

TEST(Bands, TheEdgeBelongsToTheBandWhereTheRuleSaysSo) {
  const Scheme at = one("rate", ladder("at or above"));
  const Scheme above = one("rate", ladder("above"));
  EXPECT_EQ(points(at, figure_of("rate", 9, 10)), "10");
  EXPECT_EQ(points(above, figure_of("rate", 9, 10)), "9");
  EXPECT_EQ(points(at, figure_of("rate", 899, 1000)), "9");
  EXPECT_EQ(points(at, figure_of("rate", 4, 5)), "9");
  EXPECT_EQ(points(above, figure_of("rate", 4, 5)), "1");
  EXPECT_EQ(points(at, figure_of("rate", 0, 5)), "1");
  EXPECT_EQ(points(at, figure_of("rate", 5, 5)), "10");
}

TEST(Bands, ABandMayHaveItsOwnEdge) {
  const Scheme scheme = one("rate", "rule = \"bands\", edge = \"at or above\", bands = [{ at = 0.2, points = 3 }, "
                                    "{ at = 0.1, points = 2, edge = \"above\" }, { below = true, points = 1 }]");
  EXPECT_EQ(points(scheme, figure_of("rate", 1, 5)), "3");
  EXPECT_EQ(points(scheme, figure_of("rate", 1, 10)), "1");
  EXPECT_EQ(points(scheme, figure_of("rate", 11, 100)), "2");
}

TEST(Bands, RunUpwardWhereLessIsBetter) {
  const Scheme scheme = one("mean_days", "rule = \"bands\", edge = \"at or below\", bands = [{ at = 30, points = 4 }, "
                                         "{ at = 60, points = 2 }, { above = true, points = 0 }]");
  EXPECT_EQ(points(scheme, figure_of("mean_days", 60, 2)), "4");
  EXPECT_EQ(points(scheme, figure_of("mean_days", 61, 2)), "2");
  EXPECT_EQ(points(scheme, figure_of("mean_days", 121, 2)), "0");
}

Cells growing(std::int64_t now, std::int64_t before) {
  Cells cells = figure_of("n", now);
  if (before == 0)
    cells.state("n", "no cases", "base1");
  else
    cells.value("n", before, 1, "base1");
  return cells;
}

std::string growth(const std::string& steps, const std::string& zero, const std::string& more = "") {
  return "rule = \"growth\", each = 1, step = 0.1, steps = \"" + steps + "\", zero_base = \"" + zero + "\"" + more;
}

TEST(Growth, ProRataOrByWholeSteps) {
  EXPECT_EQ(points(one("n", growth("pro rata", "one")), growing(12, 8)), "5"); // 50 % is five steps
  EXPECT_EQ(points(one("n", growth("pro rata", "one")), growing(10, 8)), "2.5");
  EXPECT_EQ(points(one("n", growth("whole", "one")), growing(10, 8)), "2");
  EXPECT_EQ(points(one("n", growth("whole", "one")), growing(13, 10)), "3") << "exactly three steps";
}

TEST(Growth, FromAZeroBase) {
  EXPECT_EQ(points(one("n", growth("pro rata", "one")), growing(40, 0)), "390"); // (40 − 1) ÷ 1 ÷ 0.1
  EXPECT_EQ(points(one("n", growth("pro rata", "none")), growing(40, 0)), "0");
  EXPECT_EQ(points(one("n", growth("pro rata", "not applicable")), growing(40, 0)), "not applicable");
}

TEST(Growth, AFallEarnsNothingOrDownToTheFloor) {
  EXPECT_EQ(points(one("n", growth("pro rata", "one")), growing(6, 8)), "0");
  EXPECT_EQ(points(one("n", growth("pro rata", "one", ", floor = -2")), growing(6, 8)), "-2");
  EXPECT_EQ(points(one("n", growth("whole", "one", ", floor = -2")), growing(19, 20)), "-1") << "−5 % is one step down";
  EXPECT_EQ(points(one("n", growth("pro rata", "one", ", cap = 4")), growing(12, 8)), "4");
}

TEST(Growth, ABaseThatWasNotReportedIsNoZero) {
  Cells cells = figure_of("n", 40);
  cells.state("n", "not reported", "base1");
  EXPECT_EQ(points(one("n", growth("pro rata", "one")), cells), "not reported");
}

TEST(Linear, BetweenNothingAndAll) {
  const Scheme scheme = one("rate", "rule = \"linear\", from = 0.8, to = 1", "points = 4");
  EXPECT_EQ(points(scheme, figure_of("rate", 9, 10)), "2");
  EXPECT_EQ(points(scheme, figure_of("rate", 8, 10)), "0");
  EXPECT_EQ(points(scheme, figure_of("rate", 1, 10)), "0");
  EXPECT_EQ(points(scheme, figure_of("rate", 10, 10)), "4");
  const Scheme down = one("median", "rule = \"linear\", from = 100, to = 30", "points = 5");
  EXPECT_EQ(points(down, figure_of("median", 65)), "2.5");
  EXPECT_EQ(points(down, figure_of("median", 20)), "5");
  EXPECT_EQ(points(down, figure_of("median", 130)), "0");
}

TEST(Range, InsideIsMetAndNoMore) {
  const Scheme scheme = one("rate", "rule = \"range\", low = 0.2, high = 0.6", "points = 4");
  for (const int met : {20, 40, 60})
    EXPECT_EQ(points(scheme, figure_of("rate", met, 100)), "4") << met;
  for (const int met : {19, 61, 100, 0})
    EXPECT_EQ(points(scheme, figure_of("rate", met, 100)), "0") << met;
  const Scheme near =
      one("rate", "rule = \"range\", low = 0.2, high = 0.6, outside = \"linear\", width = 0.1", "points = 4");
  EXPECT_EQ(points(near, figure_of("rate", 15, 100)), "2");
  EXPECT_EQ(points(near, figure_of("rate", 63, 100)), "2.8");
  EXPECT_EQ(points(near, figure_of("rate", 5, 100)), "0");
  EXPECT_EQ(points(near, figure_of("rate", 60, 100)), "4");
}

TEST(Deduction, FromFullDownToNothing) {
  const Scheme scheme =
      one("late", "rule = \"deduction\", full = 4, each = 1, plus = [{ indicator = \"more\", each = 0.5 }]",
          "points = 4\nwhen_empty = \"full\"");
  Cells cells = figure_of("late", 2);
  cells.value("more", 1);
  EXPECT_EQ(points(scheme, cells), "1.5");
  cells.value("late", 9);
  EXPECT_EQ(points(scheme, cells), "0");
  cells.state("late", "no cases");
  EXPECT_EQ(points(scheme, cells), "3.5") << "what the further indicator finds still counts";
  cells.state("more", "no cases");
  EXPECT_EQ(points(scheme, cells), "4");
}

TEST(Bonus, StopsAtItsCap) {
  const Scheme scheme = one("more", "rule = \"bonus\", each = 0.05, cap = 3", "bonus = true\npoints = 3");
  EXPECT_EQ(points(scheme, figure_of("more", 7)), "0.35");
  EXPECT_EQ(points(scheme, figure_of("more", 61)), "3");
}

TEST(Manual, TheValueIsThePoints) {
  const Scheme scheme = one("survey", "rule = \"manual\"", "points = 2");
  EXPECT_EQ(points(scheme, figure_of("survey", *Number::parse("1.25"))), "1.25");
  EXPECT_EQ(points(scheme, figure_of("survey", 7)), "2");
  EXPECT_EQ(points(scheme, figure_of("survey", -1)), "0");
}

TEST(Item, StatesAreNoNumbers) {
  Cells none;
  none.state("rate", "no cases");
  Cells missing;
  missing.state("rate", "not in source");
  const std::string rule = "rule = \"linear\", from = 0, to = 1";
  const std::string source = "when_unavailable_state = \"not in source\"\n";
  EXPECT_EQ(points(one("rate", rule, "points = 4", source), none), "no cases");
  EXPECT_EQ(points(one("rate", rule, "points = 4", source), missing), "not in source");
  EXPECT_EQ(points(one("rate", rule, "points = 4\nwhen_empty = \"full\""), none), "4");
  EXPECT_EQ(points(one("rate", rule, "points = 4\nwhen_empty = \"not assessed\""), none), "not assessed");
  EXPECT_EQ(points(one("rate", rule, "points = 4\nwhen_unavailable = \"not assessed\"", source), missing),
            "not assessed");
}

TEST(Item, TooFewCasesAreAState) {
  const std::string rule = "rule = \"linear\", from = 0, to = 1";
  const Scheme scheme = one("rate", rule, "points = 4\nmin_denominator = 5\nwhen_too_few = \"zero\"");
  EXPECT_EQ(points(scheme, figure_of("rate", 4, 4)), "too few");
  EXPECT_EQ(points(scheme, figure_of("rate", 5, 5)), "4");
  const Scheme out = one("rate", rule, "points = 4\nmin_denominator = 5\nwhen_too_few = \"not assessed\"");
  EXPECT_EQ(points(out, figure_of("rate", 4, 4)), "not assessed");
}

TEST(Item, RoundsOnceAndHalfAwayFromZero) {
  const std::string head = "rounding = { at = \"item\", places = 2 }\n";
  const Scheme scheme = one("n", "rule = \"per unit\", each = 0.035", "", head);
  EXPECT_EQ(points(scheme, figure_of("n", 3)), "0.11"); // 0.105
  EXPECT_EQ(points(scheme, figure_of("n", 1)), "0.04"); // 0.035
  const Scheme falling = one("n", growth("pro rata", "one", ", floor = -9"), "", head);
  EXPECT_EQ(points(falling, growing(799, 800)), "-0.01");   // −0.0125
  EXPECT_EQ(points(falling, growing(1997, 2000)), "-0.02"); // −0.015
  const Scheme even =
      one("n", "rule = \"per unit\", each = 0.035", "", "rounding = { places = 2, mode = \"half even\" }\n");
  EXPECT_EQ(points(even, figure_of("n", 3)), "0.1"); // 0.105
}

TEST(Item, KeepsSixPlacesWhereTheSchemeNamesNone) {
  EXPECT_EQ(points(one("per_officer", "rule = \"per unit\", each = 1"), figure_of("per_officer", 1, 3)), "0.333333");
}

TEST(Rules, EachHasItsNameOnce) {
  for (const ScoringRule* rule : scoring_rules())
    EXPECT_EQ(find_scoring_rule(rule->name()), rule);
  EXPECT_EQ(scoring_rules().size(), 9u);
  EXPECT_EQ(find_scoring_rule("magic"), nullptr);
}

} // namespace
} // namespace appraise
