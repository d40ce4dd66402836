// Totals, states of whole units, ranks, ties and groups.
#include "tests/unit/score_fixture.h"

namespace appraise {
namespace {

using namespace score_fixture;

std::optional<Number> key(const char* decimal) {
  return Number::parse(decimal);
}

TEST(Ranks, TiesShareARankAndTheNextIsSkipped) {
  const std::vector<std::optional<Number>> keys = {key("5"), key("9"), std::nullopt, key("5.0"), key("7"), key("-1")};
  EXPECT_EQ(ranks(keys), (std::vector<std::optional<int>>{3, 1, std::nullopt, 3, 2, 5}));
}

TEST(Ranks, InGroupsCountOnlyTheirOwn) {
  const std::vector<std::optional<Number>> keys = {key("5"), key("9"), key("5"), std::nullopt, key("7")};
  const std::vector<std::string> groups = {"east", "west", "west", "west", ""};
  EXPECT_EQ(ranks_in_groups(keys, groups), (std::vector<std::optional<int>>{1, 1, 2, std::nullopt, std::nullopt}));
}

struct Appraised {
  Catalogue all = catalogue();
  Scheme scheme;
  Roster roster;
  Values values;
  Scorecard card;
};

constexpr const char* kRoster = "code,name,level,parent_code,region_group,clock_place\n"
                                "10,Top,province,,,\n"
                                "11,A,city,10,east,x\n12,B,city,10,east,\n13,C,city,10,west,x\n14,D,city,10,west,\n"
                                "15,E,county,13,west,\n";

std::unique_ptr<Appraised> appraised(const std::string& text, const std::map<std::string, std::vector<Value>>& given) {
  auto result = std::make_unique<Appraised>();
  result->scheme = load(text, result->all);
  Problems problems;
  result->roster = Roster::load(kRoster, "roster.csv", problems);
  result->values.indicators = result->scheme.indicators();
  result->values.slices = result->scheme.slices();
  result->values.units = result->roster.size();
  result->values.resize();
  for (const auto& [id, column] : given) {
    for (std::size_t i = 0; i < column.size(); ++i) {
      result->values.at(static_cast<std::int32_t>(i) + 1, result->values.indicator(id), 0) = column[i];
    }
  }
  result->card = score(result->scheme, result->roster, result->all, result->values, problems);
  EXPECT_TRUE(problems.empty()) << shown(problems);
  return result;
}

Value counted(Number numerator, Number denominator = 1) {
  Value value;
  value.state = ValueState::value;
  value.numerator = std::move(numerator);
  value.denominator = std::move(denominator);
  return value;
}

Value missing() {
  Value value;
  value.state = ValueState::unavailable;
  return value;
}

const std::string kCities = "units = \"level = 'city'\"\ngroups = \"region_group\"\nrounding = { places = 2 }\n";

std::vector<std::optional<int>> ranks_of(const Scorecard& card) {
  std::vector<std::optional<int>> result;
  for (const UnitResult& unit : card.units)
    result.push_back(unit.rank);
  return result;
}

TEST(Scorecard, AppraisesTheUnitsItNamesAndRanksThem) {
  const auto done = appraised(
      scheme_text(item("a", "n", "rule = \"per unit\", each = 0.1") +
                      item("b", "more", "rule = \"per unit\", each = 0.2"),
                  kCities),
      {{"n", {counted(1), counted(3), counted(7), Value{}}}, {"more", {counted(1), Value{}, Value{}, Value{}}}});
  const Scorecard& card = done->card;
  ASSERT_EQ(card.units.size(), 4u);
  EXPECT_EQ(done->roster[card.units[0].unit].name, "A");
  EXPECT_EQ(card.units[0].total->text(), "0.3") << "0.1 + 0.2 is three tenths, and ties with 3 × 0.1";
  EXPECT_EQ(card.units[1].total->text(), "0.3");
  EXPECT_EQ(ranks_of(card), (std::vector<std::optional<int>>{2, 2, 1, std::nullopt}));
  EXPECT_EQ(card.units[2].rank_in_group, 1);
  EXPECT_EQ(card.units[0].rank_in_group, 1);
  EXPECT_EQ(card.units[1].items[1].state, State::no_cases);
  // All without a number: a state, no total, no key, no rank.
  EXPECT_EQ(card.units[3].state, State::no_cases);
  EXPECT_FALSE(card.units[3].total.has_value());
  EXPECT_FALSE(card.units[3].key.has_value());
  EXPECT_FALSE(card.units[3].rank_in_group.has_value());
}

TEST(Scorecard, HundredthsDecideARankAndThousandthsDoNot) {
  // 1.236 and 1.244 both round to 1.24: a tie at two places; 1.23 is behind it, though all four are 1 as integers.
  const auto done = appraised(scheme_text(item("a", "n", "rule = \"per unit\", each = 0.001"), kCities),
                              {{"n", {counted(1230), counted(1236), counted(1244), counted(1220)}}});
  EXPECT_EQ(ranks_of(done->card), (std::vector<std::optional<int>>{3, 1, 1, 4}));
}

TEST(Scorecard, AUnitThatReportedNothingIsNotWithoutCases) {
  const auto done = appraised(
      scheme_text(item("a", "n", "rule = \"per unit\", each = 1") + item("b", "more", "rule = \"per unit\", each = 1"),
                  kCities),
      {{"n", {missing(), missing(), counted(1), missing()}}, {"more", {missing(), Value{}, missing(), missing()}}});
  EXPECT_EQ(done->card.units[0].state, State::not_reported);
  EXPECT_EQ(done->card.units[1].state, State::no_cases);
  EXPECT_EQ(done->card.units[2].total->text(), "1");
}

TEST(Scorecard, OneItemNotAssessedTakesTheUnitOutOfTheRanking) {
  const auto done =
      appraised(scheme_text(item("a", "n", "rule = \"per unit\", each = 1") +
                                item("b", "more", "rule = \"per unit\", each = 1", "when_empty = \"not assessed\""),
                            kCities),
                {{"n", {counted(9), counted(1), counted(2), counted(2)}},
                 {"more", {Value{}, counted(1), counted(1), counted(1)}}});
  EXPECT_EQ(done->card.units[0].state, State::not_assessed);
  EXPECT_EQ(done->card.units[0].items[0].points->text(), "9");
  EXPECT_EQ(ranks_of(done->card), (std::vector<std::optional<int>>{std::nullopt, 3, 1, 1}));
}

TEST(Scorecard, NodesSumTheirItemsAndBonusStandsOutside) {
  const std::string node = "[[node]]\nid = \"N\"\ntitle = \"N\"\npoints = 5\n";
  const auto done =
      appraised(scheme_text(node + item("a", "n", "rule = \"per unit\", each = 1", "node = \"N\"\npoints = 3") +
                                item("b", "rate", "rule = \"linear\", from = 0, to = 1", "node = \"N\"\npoints = 2") +
                                item("c", "more", "rule = \"bonus\", each = 1, cap = 2", "bonus = true"),
                            "points = 5\n" + kCities),
                {{"n", {counted(9), counted(2), Value{}, Value{}}},
                 {"rate", {counted(1, 3), Value{}, Value{}, Value{}}},
                 {"more", {counted(7), Value{}, counted(1), Value{}}}});
  const auto& units = done->card.units;
  EXPECT_EQ(units[0].nodes[0]->text(), "3.67"); // 3 + 2 ÷ 3
  EXPECT_EQ(units[0].total->text(), "5.67");
  EXPECT_EQ(units[1].total->text(), "2");
  EXPECT_FALSE(units[2].nodes[0].has_value());
  EXPECT_EQ(units[2].total->text(), "1") << "a bonus alone is a total";
}

TEST(Scorecard, ASchemeThatGivesRanksRanksEachFigure) {
  const auto done =
      appraised(scheme_text(item("a", "n", "rule = \"rank only\"") + item("b", "mean_days", "rule = \"rank only\""),
                            "gives = \"ranks\"\nwhen_unavailable_state = \"not in source\"\n" + kCities),
                {{"n", {counted(5), counted(8), missing(), counted(5)}},
                 {"mean_days", {counted(10, 4), counted(5, 2), counted(30, 4), missing()}}});
  const auto& units = done->card.units;
  const auto rank = [&](std::size_t unit, std::size_t item_index) { return units[unit].items[item_index].rank; };
  EXPECT_EQ(rank(0, 0), 2);
  EXPECT_EQ(rank(1, 0), 1);
  EXPECT_EQ(rank(2, 0), std::nullopt);
  EXPECT_EQ(units[2].items[0].state, State::not_in_source);
  EXPECT_EQ(rank(3, 0), 2);
  EXPECT_EQ(units[3].items[0].rank_in_group, 1);
  EXPECT_EQ(rank(0, 1), 1) << "10 ÷ 4 equals 5 ÷ 2, and fewer days are better";
  EXPECT_EQ(rank(1, 1), 1);
  EXPECT_EQ(rank(2, 1), 3);
  EXPECT_FALSE(units[0].total.has_value());
  EXPECT_FALSE(units[0].items[0].points.has_value());
}

TEST(Scorecard, RankTreesSayTheSame) {
  const auto done = appraised(scheme_text(item("a", "n", "rule = \"per unit\", each = 1"), kCities),
                              {{"n", {counted(4), counted(9), counted(4), Value{}}}});
  const Scorecard& card = done->card;
  for (std::size_t i = 0; i < card.units.size(); ++i) {
    const Lookup lookup = lookup_of(card, i);
    for (const bool in_group : {false, true}) {
      const auto wanted = in_group ? card.units[i].rank_in_group : card.units[i].rank;
      const Result exact = evaluate(*rank_expression("total", in_group), lookup);
      const DoubleResult sheet =
          evaluate_doubles(*guarded(rank_expression("total", in_group)), as_doubles(lookup), RoundModel::half_added);
      if (wanted) {
        EXPECT_EQ(exact, Result(Number(*wanted)));
        EXPECT_EQ(sheet, DoubleResult(static_cast<double>(*wanted)));
      } else {
        EXPECT_EQ(exact, Result(std::string("no cases")));
      }
    }
  }
}

TEST(Units, AreChosenByColumnsOfTheRoster) {
  const auto chosen = [](const std::string& condition) {
    const Scheme scheme = load(
        scheme_text(item("a", "n", "rule = \"per unit\", each = 1"), "units = \"" + condition + "\"\n"), catalogue());
    Problems problems;
    const Roster roster = Roster::load(kRoster, "roster.csv", problems);
    std::string names;
    for (const std::int32_t unit : appraised_units(scheme, roster, problems))
      names += roster[unit].name;
    for (const Problem& problem : problems)
      names += "!" + problem.rule;
    return names;
  };
  EXPECT_EQ(chosen("level = 'city'"), "ABCD");
  EXPECT_EQ(chosen("level = 'city' and group = 'west'"), "CD");
  EXPECT_EQ(chosen("parent = '13'"), "E");
  EXPECT_EQ(chosen("level = 'city' and clock_place = 'x'"), "AC");
  EXPECT_EQ(chosen("level = 'town'"), "!units-none");
  EXPECT_EQ(chosen("colour = 'red'"), "!units-unknown-column");
}

} // namespace
} // namespace appraise
