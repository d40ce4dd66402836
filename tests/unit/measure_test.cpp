// Measures as states: figures by hand, and the laws that make parallel and rolled-up results equal to the serial one.
#include "engine/measures/measure.h"

#include "tests/unit/sample.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

Indicator indicator_of(const std::string& measure, const std::string& more) {
  const std::string toml = "title = \"x\"\nunit = \"x\"\nof = \"cases\"\nscope = \"own\"\nmeasure = \"" + measure +
                           "\"\n" + more + "\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n";
  return sample::declared("x", toml).indicators.at(0);
}

std::vector<Indicator> row_indicators() {
  return {indicator_of("count", ""),
          indicator_of("sum", "value = \"penalty_amount\""),
          indicator_of("share", "that = \"cross_region\""),
          indicator_of("mean", "value = \"penalty_amount\""),
          indicator_of("quantile", "value = \"evidence_measures\"\nprobability = 0.25"),
          indicator_of("distinct", "value = \"respondent\""),
          indicator_of("minimum", "value = \"penalty_amount\""),
          indicator_of("maximum", "value = \"penalty_amount\""),
          indicator_of("variance", "value = \"penalty_amount\""),
          indicator_of("evenness", "value = \"closed_date\""),
          indicator_of("dispersion", "value = \"closed_date\"\nby = \"day\""),
          indicator_of("chi_square", "value = \"closed_date\""),
          indicator_of("chi_square_p", "value = \"closed_date\"")};
}

std::string shown(const Indicator& indicator, const MeasureState& state) {
  Value value;
  find_measure(indicator.measure)
      ->finish(state.summary(), indicator, sample::slice("period", "2016-01-01", "2016-12-31"), value);
  return value.numerator.text() + "/" + value.denominator.text() + (value.state == ValueState::empty ? " empty" : "") +
         " n" + std::to_string(value.counted) + " u" + std::to_string(value.unknown);
}

std::string figure(const Indicator& indicator, const std::vector<Observation>& rows) {
  auto state = find_measure(indicator.measure)->start();
  for (const Observation& row : rows)
    state->add(row);
  return shown(indicator, *state);
}

std::vector<Observation> of_values(const std::vector<std::int64_t>& values) {
  std::vector<Observation> rows;
  for (const std::int64_t value : values)
    rows.push_back({.value = value});
  return rows;
}

TEST(Measures, FiguresByHand) {
  const auto all = row_indicators();
  EXPECT_EQ(figure(all[0], of_values({0, 0, 0})), "3/1 n3 u0");
  EXPECT_EQ(figure(all[1], of_values({1250, -50, 1})), "12.01/1 n3 u0"); // 12.50 − 0.50 + 0.01
  EXPECT_EQ(figure(all[2], {{.that = Truth::yes}, {.that = Truth::no}, {.that = Truth::unknown}, {.that = Truth::yes}}),
            "2/4 n4 u1");
  EXPECT_EQ(figure(all[3], of_values({1250, -50, 1})), "12.01/3 n3 u0");
  EXPECT_EQ(figure(all[5], {{.text = "甲"}, {.text = "乙"}, {.text = "甲"}}), "2/1 n3 u0");
  EXPECT_EQ(figure(all[6], of_values({1250, -50, 1})), "-0.5/1 n3 u0");
  EXPECT_EQ(figure(all[7], of_values({1250, -50, 1250, 1})), "12.5/1 n4 u0");
  EXPECT_EQ(figure(all[8], of_values({100, 200, 400, 500})), "10/4 n4 u0"); // mean 3: 4 + 1 + 1 + 4
  EXPECT_EQ(figure(all[8], of_values({0, 0, 1})), "1/15000/3 n3 u0");       // 2/3 of a ten-thousandth, over 3
  EXPECT_EQ(figure(all[8], of_values({-1250})), "0/1 n1 u0");
}

// R: quantile(c(1, 2, 4, 8), 0.25) = 1.75; quantile(c(5, 1, 9), 0.25) = 3; quantile(7, 0.25) = 7; all type 7.
TEST(Measures, QuantilesOfType7) {
  const Indicator quarter = row_indicators()[4];
  EXPECT_EQ(figure(quarter, of_values({8, 1, 4, 2})), "1.75/1 n4 u0");
  EXPECT_EQ(figure(quarter, of_values({5, 1, 9})), "3/1 n3 u0");
  EXPECT_EQ(figure(quarter, of_values({7})), "7/1 n1 u0");
  EXPECT_EQ(figure(quarter, of_values({3, 3, 3, 10})), "3/1 n4 u0");
  const auto at = [](const char* p, const std::vector<std::int64_t>& values) {
    return figure(indicator_of("quantile", std::string("value = \"evidence_measures\"\nprobability = ") + p),
                  of_values(values));
  };
  EXPECT_EQ(at("0.5", {4, 1, 3, 2}), "2.5/1 n4 u0");
  EXPECT_EQ(at("0", {4, 1, 3, 2}), "1/1 n4 u0");
  EXPECT_EQ(at("1", {4, 1, 3, 2}), "4/1 n4 u0");
  EXPECT_EQ(at("0.9", {0, 10}), "9/1 n2 u0");
  EXPECT_EQ(at("0.5", {-5, -10}), "-7.5/1 n2 u0");
}

TEST(Measures, OfNothingAreEmpty) {
  for (const Indicator& indicator : row_indicators()) {
    EXPECT_NE(figure(indicator, {}).find("empty"), std::string::npos) << indicator.measure;
  }
  EXPECT_EQ(figure(row_indicators()[1], of_values({0})), "0/1 n1 u0") << "a sum of 0 is a value";
}

TEST(Measures, SumsPassBeyond64Bits) {
  const std::int64_t large = INT64_MAX - 7;
  // 3 × 92233720368547758.00
  EXPECT_EQ(figure(row_indicators()[1], of_values({large, large, large})), "276701161105643274/1 n3 u0");
  EXPECT_EQ(figure(row_indicators()[1], of_values({-large, -large, -large})), "-276701161105643274/1 n3 u0");
}

// 5, 4, 6, 5, 5, 7, 3, 5, 5, 5, 6, 4 rows of the months of 2016, each on the month's last day. By definition, in
// Python's fractions and in decimals of 60 digits: σ ÷ μ = 0.2, χ² = 44881/17980, p by the finite sum for 11 degrees of
// freedom.
TEST(Measures, OverMonths) {
  const int rows[] = {5, 4, 6, 5, 5, 7, 3, 5, 5, 5, 6, 4};
  std::vector<std::int64_t> days;
  for (int month = 1; month <= 12; ++month) {
    const Date last = Date::of(2016, month, 1)->add_months(1).add_days(-1);
    days.insert(days.end(), static_cast<std::size_t>(rows[month - 1]), last.days - Date::of(2016, 1, 1)->days);
  }
  EXPECT_EQ(figure(indicator_of("evenness", "value = \"closed_date\""), of_values(days)), "48/60 n60 u0");
  EXPECT_EQ(figure(indicator_of("dispersion", "value = \"closed_date\""), of_values(days)), "12/60 n60 u0");
  EXPECT_EQ(figure(indicator_of("chi_square", "value = \"closed_date\""), of_values(days)), "134643/899/60 n60 u0");
  EXPECT_EQ(figure(indicator_of("chi_square_p", "value = \"closed_date\""), of_values(days)),
            "59.75116572618/60 n60 u0"); // 0.995852762103
  EXPECT_EQ(figure(indicator_of("chi_square_p", "value = \"closed_date\""), of_values({40})),
            "0.39281907562/1 n1 u0"); // χ² = 366/29 − 1
}

TEST(Measures, ACrowdOnOneDayHasNoChance) {
  Value value;
  const std::int64_t crowd = 4'000'000'000;
  find_measure("chi_square_p")
      ->finish({.rows = crowd, .counts = {{0, crowd}}}, indicator_of("chi_square_p", "value = \"closed_date\""),
               sample::slice("period", "2016-01-01", "2016-12-31"), value);
  EXPECT_EQ(value.state, ValueState::value);
  EXPECT_EQ(value.numerator, Number(0));
}

// Of one month there is nothing to be uneven.
TEST(Measures, OverASingleMonth) {
  const Slice june = sample::slice("period", "2016-06-01", "2016-06-30");
  const auto figure_in_june = [&](const char* measure) {
    Value value;
    const Indicator indicator = indicator_of(measure, "value = \"closed_date\"");
    find_measure(measure)->finish({.rows = 3, .counts = {{0, 1}, {29, 2}}}, indicator, june, value);
    return value.numerator / value.denominator;
  };
  EXPECT_EQ(figure_in_june("evenness"), Number(1));
  EXPECT_EQ(figure_in_june("dispersion"), Number(0));
  EXPECT_EQ(figure_in_june("chi_square"), Number(0));
  EXPECT_EQ(figure_in_june("chi_square_p"), Number(1));
}

TEST(Measures, ByMonthTheSliceIsWholeMonths) {
  const auto evenness = [](const char* by, const char* from, const char* to) {
    Value value;
    const Indicator indicator = indicator_of("evenness", std::string("value = \"closed_date\"\nby = \"") + by + "\"");
    find_measure("evenness")
        ->finish({.rows = 2, .counts = {{5, 2}}}, indicator, sample::slice("period", from, to), value);
    EXPECT_EQ(value.counted, 2);
    return value.state == ValueState::unavailable ? value.note : "value";
  };
  EXPECT_EQ(evenness("month", "2016-01-01", "2016-06-30"), "value");
  EXPECT_EQ(evenness("month", "2016-01-01", "2016-06-29"), "slice-not-whole-months");
  EXPECT_EQ(evenness("month", "2016-01-02", "2016-06-30"), "slice-not-whole-months");
  EXPECT_EQ(evenness("day", "2016-01-02", "2016-06-29"), "value");
}

// Two squares of 2^63 − 1 fit into 127 bits, three do not.
TEST(Measures, SquaresPastTheirBitsAreAnError) {
  const Indicator variance = row_indicators()[8];
  EXPECT_EQ(figure(variance, of_values({INT64_MAX, INT64_MAX})), "0/2 n2 u0");
  EXPECT_THROW(figure(variance, of_values({INT64_MAX, INT64_MAX, -INT64_MAX})), Error);
  auto two = find_measure("variance")->start();
  auto one = find_measure("variance")->start();
  for (int i = 0; i < 2; ++i)
    two->add({.value = INT64_MAX});
  one->add({.value = -INT64_MAX});
  EXPECT_THROW(one->merge(*two), Error);
  two->remove({.value = INT64_MAX});
  auto more = find_measure("variance")->start();
  more->add({.value = INT64_MAX});
  EXPECT_NO_THROW(more->merge(*two)) << "what was taken back leaves room";
}

TEST(Measures, MergedAndRemovedEqualTheSerialState) {
  std::mt19937 random(7);
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i)
    names.push_back("N" + std::to_string(i));
  for (const Indicator& indicator : row_indicators()) {
    const Measure& measure = *find_measure(indicator.measure);
    for (int round = 0; round < 50; ++round) {
      std::vector<Observation> rows(1 + random() % 60);
      for (Observation& row : rows) {
        const std::int64_t least = measure.needs_value() == MeasureValue::date ? 0 : -100;
        row = {static_cast<Truth>(static_cast<int>(random() % 3) - 1),
               static_cast<std::int64_t>(random() % 200) + least, names[random() % 40]};
      }
      const std::string serial = figure(indicator, rows);
      std::shuffle(rows.begin(), rows.end(), random);
      std::vector<std::unique_ptr<MeasureState>> parts;
      for (int i = 0; i < 3; ++i)
        parts.push_back(measure.start());
      for (const Observation& row : rows)
        parts[random() % 3]->add(row);
      parts[2]->merge(*parts[0]);
      parts[1]->merge(*parts[2]);
      EXPECT_EQ(shown(indicator, *parts[1]), serial) << indicator.measure;
      const std::string before = shown(indicator, *parts[1]);
      const Observation more{Truth::yes, 31, "more"};
      parts[1]->add(more);
      parts[1]->remove(more);
      EXPECT_EQ(shown(indicator, *parts[1]), before) << indicator.measure;
      for (const Observation& row : rows)
        parts[1]->remove(row);
      EXPECT_EQ(shown(indicator, *parts[1]), figure(indicator, {})) << indicator.measure;
    }
  }
}

Value value_of(ValueState state, Number numerator, Number denominator = 1) {
  Value value;
  value.state = state;
  value.numerator = std::move(numerator);
  value.denominator = std::move(denominator);
  return value;
}

TEST(Ratio, StatesOfItsSidesDecide) {
  const Indicator count = row_indicators()[0];
  const Value some = value_of(ValueState::value, 6);
  const Value none = value_of(ValueState::empty, 0);
  Value unknown = value_of(ValueState::unavailable, 0);
  unknown.note = "why";
  const auto ratio = [&](const Value& above, const Value& below) { return ratio_of({above, count}, {below, count}); };
  EXPECT_EQ(ratio(some, value_of(ValueState::value, 4)).numerator /
                ratio(some, value_of(ValueState::value, 4)).denominator,
            Number::ratio(3, 2));
  EXPECT_EQ(ratio(none, some).state, ValueState::value) << "nothing of six is nought";
  EXPECT_TRUE(ratio(none, some).numerator.is_zero());
  EXPECT_EQ(ratio(some, none).state, ValueState::empty);
  EXPECT_EQ(ratio(some, value_of(ValueState::value, 0)).state, ValueState::empty);
  EXPECT_EQ(ratio(none, none).state, ValueState::empty);
  EXPECT_EQ(ratio(unknown, some).state, ValueState::unavailable);
  EXPECT_EQ(ratio(unknown, none).state, ValueState::unavailable);
  EXPECT_EQ(ratio(some, unknown).note, "why");
}

TEST(Ratio, TakesFiguresNotNumerators) {
  Indicator per_ten_thousand = row_indicators()[0];
  per_ten_thousand.per = 10000;
  // 3 × 10000 ÷ 4 = 7500, over a mean of 10 ÷ 4 = 2.5
  const Value above = value_of(ValueState::value, 3, 4);
  const Value below = value_of(ValueState::value, 10, 4);
  const Value value = ratio_of({above, per_ten_thousand}, {below, row_indicators()[3]});
  EXPECT_EQ(value.numerator, Number(7500));
  EXPECT_EQ(value.denominator, Number::ratio(5, 2));
}

// A whole year, leap or not, has 365 days; any other span its own.
TEST(DispositionTime, DaysOfTheSlice) {
  const Indicator count = row_indicators()[0];
  const Value pending = value_of(ValueState::value, 3);
  const Value closed = value_of(ValueState::value, 2);
  const auto days = [&](const char* from, const char* to) {
    const Value value = find_measure("disposition_time")
                            ->combine({{pending, count}, {closed, count}}, count, sample::slice("period", from, to));
    EXPECT_EQ(value.denominator, Number(2));
    return value.numerator / Number(3);
  };
  EXPECT_EQ(days("2016-01-01", "2016-12-31"), Number(365));
  EXPECT_EQ(days("2015-07-01", "2016-06-30"), Number(365));
  EXPECT_EQ(days("2016-01-01", "2016-12-30"), Number(365)) << "one day short of 366";
  EXPECT_EQ(days("2015-01-01", "2015-12-30"), Number(364));
  EXPECT_EQ(days("2016-01-01", "2016-06-30"), Number(182));
  EXPECT_EQ(days("2016-02-29", "2016-02-29"), Number(1));
}

class CombinationTest : public testing::Test {
protected:
  // a = 7, b = 1/3 × 100, z = 0; e is empty, u unavailable.
  Value of(const std::string& expression) {
    const std::string each =
        "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n";
    std::vector<std::pair<std::string, std::string>> files = {
        {"f/x.toml", each + "measure = \"combination\"\nexpression = \"" + expression + "\"\n"}};
    for (const char* id : {"a", "b", "z", "e", "u"})
      files.emplace_back(std::string("f/") + id + ".toml", each + "measure = \"measured\"\n");
    Problems problems;
    const Catalogue catalogue = Catalogue::load(files, sample::types(), problems);
    EXPECT_TRUE(problems.empty()) << expression;
    const Indicator& indicator = *catalogue.find("x");
    std::vector<Value> values;
    for (const std::string& id : indicator.operands) {
      values.push_back(id == "a"   ? value_of(ValueState::value, 7)
                       : id == "b" ? value_of(ValueState::value, 1, 3)
                                   : value_of(ValueState::value, 0));
      if (id == "e") values.back().state = ValueState::empty;
      if (id == "u") values.back().state = ValueState::unavailable;
      values.back().counted = 10;
    }
    std::vector<Operand> operands;
    Indicator hundred = *catalogue.find("b");
    hundred.per = 100;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string& id = indicator.operands[i];
      operands.push_back({values[i], id == "b" ? hundred : *catalogue.find(id)});
    }
    return find_measure("combination")->combine(operands, indicator, {});
  }
  std::string figure(const std::string& expression) {
    const Value value = of(expression);
    EXPECT_EQ(value.denominator, Number(1));
    return value.state == ValueState::value ? value.numerator.text()
                                            : std::string(value.state == ValueState::empty ? "empty" : "unavailable");
  }
};

TEST_F(CombinationTest, IsExactArithmetic) {
  EXPECT_EQ(figure("a + b - 2 * a / 4"), "221/6"); // 7 + 100/3 − 14/4
  EXPECT_EQ(figure("(a + b - 2) * a / 4"), "805/12");
  EXPECT_EQ(figure("a - 2 - 3"), "2");
  EXPECT_EQ(figure("a / 2 / 7"), "0.5");
  EXPECT_EQ(figure("a / (2 / 7)"), "24.5");
  EXPECT_EQ(figure("-a + 0.25"), "-6.75");
  EXPECT_EQ(figure("-(a - b) * 3"), "79");
  EXPECT_EQ(figure("a * a - a"), "42");
  EXPECT_EQ(of("a * a - a").counted, 10) << "each operand once";
  EXPECT_EQ(of("a + b").counted, 20);
}

TEST_F(CombinationTest, StatesOfItsOperandsDecide) {
  EXPECT_EQ(figure("a + e"), "empty");
  EXPECT_EQ(figure("e * 0 + u"), "unavailable") << "whatever else is empty";
  EXPECT_EQ(figure("a / z"), "empty");
  EXPECT_EQ(figure("a / (1 / z)"), "empty");
  EXPECT_EQ(figure("a / (a - 7)"), "empty");
  EXPECT_EQ(figure("z / a"), "0");
  EXPECT_EQ(figure("u / z"), "unavailable");
}

TEST(Measures, AggregatesInSql) {
  const auto sql = [](const char* measure, const char* more) {
    const Indicator indicator = indicator_of(measure, more);
    std::string text;
    for (const SqlDialect dialect : {SqlDialect::postgresql, SqlDialect::clickhouse, SqlDialect::sqlite})
      text += find_measure(measure)->sql(indicator, dialect) + "; ";
    return text;
  };
  const char* const days = "value = \"days(docketed_date, closed_date)\"";
  EXPECT_EQ(sql("count", ""), "count(*); count(*); count(*); ");
  EXPECT_EQ(sql("share", "that = \"cross_region\""),
            "count(CASE WHEN cross_region THEN 1 END), count(*); count(CASE WHEN cross_region THEN 1 END), count(*); "
            "count(CASE WHEN cross_region THEN 1 END), count(*); ");
  EXPECT_EQ(sql("sum", "value = \"evidence_measures\""),
            "sum(evidence_measures); sum(evidence_measures); sum(evidence_measures); ");
  EXPECT_EQ(sql("mean", "value = \"penalty_amount\""),
            "sum(penalty_amount), count(penalty_amount); sum(penalty_amount), count(penalty_amount); "
            "sum(penalty_amount / 100.0), count(penalty_amount / 100.0); ");
  EXPECT_EQ(sql("distinct", "value = \"respondent\""),
            "count(DISTINCT respondent); count(DISTINCT respondent); count(DISTINCT respondent); ");
  EXPECT_EQ(sql("minimum", days), "min(closed_date - docketed_date); min(dateDiff('day', docketed_date, closed_date)); "
                                  "min(CAST(julianday(closed_date) - julianday(docketed_date) AS INTEGER)); ");
  EXPECT_EQ(sql("maximum", "value = \"evidence_measures\""),
            "max(evidence_measures); max(evidence_measures); max(evidence_measures); ");
  EXPECT_EQ(sql("variance", "value = \"evidence_measures + 1\""),
            "var_pop(evidence_measures + 1); varPop(evidence_measures + 1); "
            "(sum((evidence_measures + 1) * (evidence_measures + 1)) - sum(evidence_measures + 1) * "
            "sum(evidence_measures + 1) * 1.0 / count(evidence_measures + 1)) / count(evidence_measures + 1); ");
  EXPECT_EQ(sql("quantile", "value = \"evidence_measures\"\nprobability = 0.25"),
            "percentile_cont(0.25) WITHIN GROUP (ORDER BY evidence_measures); "
            "quantileExactInclusive(0.25)(evidence_measures); ; ");
  EXPECT_EQ(sql("dispersion", "value = \"closed_date\""),
            "count(*) GROUP BY date_trunc('month', closed_date); count(*) GROUP BY toStartOfMonth(closed_date); "
            "count(*) GROUP BY strftime('%Y-%m', closed_date); ");
  EXPECT_EQ(sql("evenness", "value = \"closed_date\"\nby = \"day\""),
            "count(*) GROUP BY closed_date; count(*) GROUP BY closed_date; count(*) GROUP BY closed_date; ");
}

} // namespace
} // namespace appraise
