#include "engine/expression.h"

#include "engine/problem.h"

#include <gtest/gtest.h>

#include <map>

namespace appraise {
namespace {

Number number(std::string_view decimal) {
  return *Number::parse(decimal);
}

Expr cell(const std::string& name, int places = 0) {
  return reference({"t", name, "c"}, places);
}

Expr input(const std::string& name, std::string_view decimal) {
  return parameter(number(decimal), name, {"p", name, "c"});
}

Lookup with(std::map<std::string, Result> cells) {
  Lookup lookup;
  lookup.cell = [cells](const Ref& ref) { return cells.at(ref.row); };
  return lookup;
}

std::string formula(const Expr& natural) {
  return print_spreadsheet(
      *guarded(natural), [](const Ref& ref) { return ref.row; }, [](const std::string& id) { return id; });
}

Number points(const Expr& tree, const Lookup& lookup) {
  return std::get<Number>(evaluate(*tree, lookup));
}

TEST(Expression, ComputesExactly) {
  const Expr tree = apply(Op::multiply, {input("each", "0.3"), cell("n")});
  EXPECT_EQ(points(tree, with({{"n", Number(7)}})), number("2.1"));
  const Expr third = apply(Op::divide, {cell("n"), cell("d")});
  EXPECT_EQ(points(apply(Op::multiply, {third, constant(3)}), with({{"n", Number(1)}, {"d", Number(3)}})), Number(1));
}

TEST(Expression, StatesCountNothingInASum) {
  const Expr tree = apply(Op::sum, {cell("a"), cell("b"), cell("c")});
  const Lookup lookup = with({{"a", number("1.5")}, {"b", std::string("no cases")}, {"c", number("2")}});
  EXPECT_EQ(points(tree, lookup), number("3.5"));
  EXPECT_EQ(points(apply(Op::count_numbers, tree->children), lookup), Number(2));
}

TEST(Expression, AStateInAProductIsOurOwnMistake) {
  const Expr tree = apply(Op::multiply, {cell("a"), constant(1)});
  EXPECT_THROW(evaluate(*tree, with({{"a", std::string("no cases")}})), Error);
}

TEST(Expression, TheBranchNotTakenIsNotEvaluated) {
  const Expr tree =
      choose(apply(Op::equal, {cell("d"), constant(0)}), constant(0), apply(Op::divide, {cell("n"), cell("d")}));
  EXPECT_EQ(points(tree, with({{"n", Number(4)}, {"d", Number(0)}})), Number(0));
  EXPECT_EQ(points(tree, with({{"n", Number(4)}, {"d", Number(8)}})), number("0.5"));
}

TEST(Expression, TakenKeepsOnlyTheBranchThatWasComputed) {
  const Expr tree =
      apply(Op::add, {choose(apply(Op::less, {cell("n"), constant(5)}), cell("a"), cell("b")), constant(1)});
  const Lookup lookup = with({{"n", Number(7)}, {"a", Number(10)}, {"b", Number(20)}});
  const auto name = [](const Ref& ref) { return ref.row; };
  EXPECT_EQ(print_words(*taken(tree, lookup), name), print_words(*apply(Op::add, {cell("b"), constant(1)}), name));
  EXPECT_EQ(points(taken(tree, lookup), lookup), points(tree, lookup));
}

TEST(Expression, RankCountsGreaterKeysAndLeavesStatesOut) {
  Lookup lookup = with({{"key", Number(5)}, {"group", std::string("east")}});
  lookup.column = [](const Ref&) {
    return std::vector<Result>{Number(9), Number(5), Number(5), std::string("no cases"), Number(7), Number(1)};
  };
  lookup.groups = [](const Ref&) { return std::vector<std::string>{"west", "east", "east", "east", "east", "east"}; };
  lookup.group = [](const Ref&) { return std::string("east"); };
  EXPECT_EQ(points(rank_of(cell("key"), {"t", "", "key"}), lookup), Number(3));
  EXPECT_EQ(points(rank_in_group_of(cell("key"), {"t", "", "key"}, cell("group"), {"t", "", "group"}), lookup),
            Number(2));
}

// The shapes of which it is measured that doubles agree with exact arithmetic.
TEST(Guarded, RoundsAfterScaling) {
  const Expr product = apply(Op::multiply, {input("each", "0.3"), cell("n")});
  const Expr cut = apply(Op::minimum, {input("cap", "20"), product});
  EXPECT_EQ(formula(round_to(cut, 2, 2)), "ROUND(ROUND(100*MIN(cap,each*n),9),0)/100");
  EXPECT_EQ(formula(round_to(cut, 2, 5)), "ROUND(ROUND(100*MIN(cap,each*n),7),0)/100");
  EXPECT_EQ(formula(round_to(cut, 6, 6)), "ROUND(ROUND(1000000*MIN(cap,each*n),2),0)/1000000");
  EXPECT_EQ(formula(round_to(cell("n"), 0, 3)), "ROUND(ROUND(n,9),0)");
}

TEST(Guarded, AProductKeepsItsQuotientInBrackets) {
  const Expr quotient = apply(Op::divide, {cell("n"), cell("d")});
  EXPECT_EQ(formula(apply(Op::multiply, {input("each", "0.7"), quotient})), "each*(n/d)");
  const Expr left = apply(Op::subtract, {cell("a"), apply(Op::subtract, {cell("b"), cell("c")})});
  EXPECT_EQ(formula(left), "a-(b-c)");
  EXPECT_EQ(formula(apply(Op::divide, {apply(Op::add, {cell("a"), cell("b")}), cell("c")})), "(a+b)/c");
}

TEST(Guarded, FloorsAreRoundedUnlessOfOneQuotientOfIntegers) {
  const Expr quotient = apply(Op::divide, {cell("n"), cell("d")});
  EXPECT_EQ(formula(apply(Op::floor, {quotient})), "INT(n/d)");
  EXPECT_EQ(formula(apply(Op::floor, {apply(Op::divide, {quotient, input("step", "0.1")})})), "INT(ROUND(n/d/step,9))");
}

TEST(Guarded, OneQuotientOfIntegersMeetsADecimalAsItIs) {
  const Expr edge = input("edge", "0.035");
  EXPECT_EQ(formula(apply(Op::greater_equal, {apply(Op::divide, {cell("n"), cell("d")}), edge})), "n/d>=edge");
  EXPECT_EQ(formula(apply(Op::greater_equal, {cell("n"), edge})), "n>=edge");
  EXPECT_EQ(formula(apply(Op::greater_equal, {apply(Op::divide, {cell("money", 2), cell("d")}), edge})),
            "ROUND(money/d-edge,9)>=0");
  EXPECT_EQ(formula(apply(Op::less, {apply(Op::add, {cell("a"), cell("b")}), edge})), "ROUND(a+b-edge,9)<0");
}

TEST(Guarded, SpellsConditionsStatesAndRanks) {
  const Expr state = choose(text_is("no cases", cell("s")), state_text("no cases"), cell("x"));
  EXPECT_EQ(formula(state), "IF(s=\"no cases\",\"no cases\",x)");
  EXPECT_EQ(formula(rank_of(cell("key"), {"t", "keys", ""})), "COUNTIF(keys,\">\"&key)+1");
  EXPECT_EQ(formula(rank_in_group_of(cell("key"), {"t", "keys", ""}, cell("g"), {"t", "groups", ""})),
            "COUNTIFS(groups,g,keys,\">\"&key)+1");
  const Expr cells =
      apply(Op::either, {apply(Op::equal, {apply(Op::count_numbers, {cell("a"), cell("b")}), constant(0)}),
                         apply(Op::negate, {apply(Op::is_number, {cell("a")})})});
  EXPECT_EQ(formula(cells), "OR(COUNT(a,b)=0,NOT(ISNUMBER(a)))");
}

TEST(Guarded, AConstantWithoutACellIsRefused) {
  EXPECT_THROW(formula(constant(number("0.3"))), Error);
  EXPECT_THROW(formula(constant(20)), Error);
  EXPECT_EQ(formula(constant(1000)), "1000");
}

double in_doubles(const Expr& natural, const std::string& value, RoundModel model) {
  const DoubleLookup lookup = as_doubles(with({{"x", number(value)}}));
  return std::get<double>(evaluate_doubles(*guarded(natural), lookup, model));
}

constexpr RoundModel kModels[] = {RoundModel::half_added, RoundModel::exact_binary, RoundModel::fifteen_digits};

TEST(Doubles, HalvesGoAwayFromZeroAsExactly) {
  for (const char* value : {"1.005", "2.675", "-1.005", "-2.675", "0.285", "1234.565", "0.5", "-0.5", "2.4999"}) {
    for (const int places : {0, 2}) {
      const Expr tree = round_to(cell("x", 3), places, 4);
      for (const RoundModel model : kModels) {
        EXPECT_EQ(in_doubles(tree, value, model), number(value).rounded(places).to_double()) << value << " " << places;
      }
    }
  }
}

TEST(Doubles, HalvesGoToEvenWhereTheSchemeSaysSo) {
  for (const char* value :
       {"0.5", "1.5", "2.5", "-0.5", "-1.5", "-2.5", "2.51", "2.49", "-2.51", "3", "1.005", "1.015"}) {
    for (const int places : {0, 2}) {
      const Expr tree = round_to(cell("x", 3), places, 4, Rounding::half_even);
      const Number exact = number(value).rounded(places, Rounding::half_even);
      EXPECT_EQ(points(guarded(tree), with({{"x", number(value)}})), exact) << value;
      for (const RoundModel model : kModels)
        EXPECT_EQ(in_doubles(tree, value, model), exact.to_double()) << value;
    }
  }
}

// The three models are three: on an unguarded rounding they differ, as spreadsheets do.
TEST(Doubles, TheModelsOfRoundDiffer) {
  const DoubleLookup lookup = as_doubles(with({{"x", number("1.005")}}));
  const Expression naive = *round_to(cell("x"), 2, 1);
  EXPECT_EQ(std::get<double>(evaluate_doubles(naive, lookup, RoundModel::half_added)), 1.0);
  EXPECT_EQ(std::get<double>(evaluate_doubles(naive, lookup, RoundModel::exact_binary)), 1.0);
  EXPECT_EQ(std::get<double>(evaluate_doubles(naive, lookup, RoundModel::fifteen_digits)), 1.01);
}

TEST(Expression, SubstitutesCells) {
  const Expr tree = apply(Op::add, {cell("a"), input("each", "2"), rank_of(cell("a"), {"t", "", "k"})});
  const Expr moved = substitute(tree, [](const Ref& ref) { return Ref{"sheet", ref.row, ref.column}; });
  EXPECT_EQ(moved->children[0]->ref, (Ref{"sheet", "a", "c"}));
  EXPECT_EQ(moved->children[1]->ref, (Ref{"sheet", "each", "c"}));
  EXPECT_EQ(moved->children[2]->ref, (Ref{"sheet", "", "k"}));
  EXPECT_EQ(tree->children[0]->ref, (Ref{"t", "a", "c"}));
}

TEST(Expression, ListsReferencesAndParametersOnce) {
  const Expr each = input("each", "2");
  const Expr tree =
      apply(Op::add, {apply(Op::multiply, {each, cell("a")}), apply(Op::multiply, {each, cell("b")}), cell("a")});
  ASSERT_EQ(references(*tree).size(), 2u);
  EXPECT_EQ(references(*tree)[1].row, "b");
  ASSERT_EQ(parameters(*tree).size(), 1u);
  EXPECT_EQ(parameters(*tree)[0]->number, Number(2));
}

TEST(Expression, PrintsJson) {
  const Expr tree = round_to(apply(Op::multiply, {input("each", "0.3"), cell("n")}), 2, 2);
  EXPECT_EQ(print_json(*tree), R"({"op":"round","places":2,"mode":"half up","args":[{"op":"multiply","args":[)"
                               R"({"number":"0.3","name":"each","ref":["p","each","c"]},{"ref":["t","n","c"]}]}]})");
}

TEST(Expression, PrintsWordsWithNamesOrNumbers) {
  const Expr tree = apply(
      Op::minimum, {input("cap", "20"), apply(Op::add, {cell("a"), apply(Op::multiply, {constant(3), cell("b")})})});
  EXPECT_EQ(print_words(*tree, [](const Ref& ref) { return ref.row; }), "min(20, a + (3 × b))");
  EXPECT_EQ(print_words(*tree, [](const Ref&) { return "7"; }), "min(20, 7 + (3 × 7))");
}

} // namespace
} // namespace appraise
