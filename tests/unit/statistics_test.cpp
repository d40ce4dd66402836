// Statistics over units: by hand, and by Python's statistics and fractions modules (the commands stand beside).
#include "engine/statistics/figures.h"
#include "engine/statistics/over_units.h"
#include "tests/unit/sample.h"

#include <cmath>
#include <gtest/gtest.h>

namespace appraise {
namespace {

constexpr double kNone = UnitStatistics::kNone;

UnitStatistics over(const std::vector<double>& figures) {
  return statistics_over_units(figures);
}

// Deviations −3 −1 −1 −1 0 0 2 4: squares 32 ÷ 8 = 4; cubes 42 ÷ 8 = 5.25, ÷ 2³; fourth powers 356 ÷ 8 = 44.5, ÷ 2⁴,
// − 3. Places 1.75, 3.5 and 5.25 of the sorted figures.
TEST(UnitStatistics, OfEightFiguresByHand) {
  const UnitStatistics of = over({9, 4, 2, 5, 4, 7, 4, 5});
  EXPECT_EQ(of.units, 8u);
  EXPECT_EQ(of.without, 0u);
  EXPECT_EQ(of.mean, 5);
  EXPECT_EQ(of.sigma, 2);
  EXPECT_EQ(of.skewness, 0.65625);
  EXPECT_EQ(of.kurtosis, -0.21875);
  EXPECT_EQ(of.minimum, 2);
  EXPECT_EQ(of.lower_quartile, 4);
  EXPECT_EQ(of.median, 4.5);
  EXPECT_EQ(of.upper_quartile, 5.5);
  EXPECT_EQ(of.maximum, 9);
}

// python3 -c "import statistics as s; x = [1.5, 0.25, 8, 3.125, 2]; m, d = s.fmean(x), s.pstdev(x); print(m, d,
//   sum((v - m)**3 for v in x) / 5 / d**3, sum((v - m)**4 for v in x) / 5 / d**4 - 3, s.quantiles(x, n=4,
//   method='inclusive'))"
TEST(UnitStatistics, OfFiveFiguresByPython) {
  const UnitStatistics of = over({1.5, 0.25, 8, 3.125, 2});
  EXPECT_DOUBLE_EQ(of.mean, 2.975);
  EXPECT_DOUBLE_EQ(of.sigma, 2.6767517628648347);
  EXPECT_NEAR(of.skewness, 1.069059124727162, 1e-14);
  EXPECT_NEAR(of.kurtosis, -0.2792783099885119, 1e-14);
  EXPECT_DOUBLE_EQ(of.lower_quartile, 1.5);
  EXPECT_DOUBLE_EQ(of.median, 2);
  EXPECT_DOUBLE_EQ(of.upper_quartile, 3.125);
}

TEST(UnitStatistics, AFigureThatIsNotThereIsCountedAndNothingElse) {
  const UnitStatistics with = over({kNone, 9, 4, 2, kNone, 5, 4, 7, 4, 5, kNone});
  const UnitStatistics of = over({9, 4, 2, 5, 4, 7, 4, 5});
  EXPECT_EQ(with.units, 8u);
  EXPECT_EQ(with.without, 3u);
  EXPECT_EQ(with.mean, of.mean);
  EXPECT_EQ(with.sigma, of.sigma);
  EXPECT_EQ(with.kurtosis, of.kurtosis);
  EXPECT_EQ(with.upper_quartile, of.upper_quartile);
}

// The same deviations as above. The plain sums of powers, near 10³⁶, would leave nothing of them.
TEST(UnitStatistics, DeviationsThatAreSmallBesideTheFiguresKeepTheirShape) {
  std::vector<double> figures = {9, 4, 2, 5, 4, 7, 4, 5};
  for (double& figure : figures)
    figure += 1e9;
  const UnitStatistics of = over(figures);
  EXPECT_EQ(of.mean, 1e9 + 5);
  EXPECT_EQ(of.sigma, 2);
  EXPECT_EQ(of.skewness, 0.65625);
  EXPECT_EQ(of.kurtosis, -0.21875);
}

TEST(UnitStatistics, OfFiguresThatAreAllTheSame) {
  const UnitStatistics of = over(std::vector<double>(10, 0.1)); // whose sum is no double
  EXPECT_EQ(of.mean, 0.1);
  EXPECT_EQ(of.sigma, 0);
  EXPECT_TRUE(std::isnan(of.skewness));
  EXPECT_TRUE(std::isnan(of.kurtosis));
  EXPECT_EQ(of.lower_quartile, 0.1);
  const UnitStatistics one = over({-3});
  EXPECT_EQ(one.units, 1u);
  EXPECT_EQ(one.sigma, 0);
  EXPECT_EQ(one.median, -3);
  EXPECT_EQ(one.upper_quartile, -3);
}

TEST(UnitStatistics, OfNoFigure) {
  for (const UnitStatistics& of : {over({}), over({kNone, kNone})}) {
    EXPECT_EQ(of.units, 0u);
    for (const double statistic : {of.mean, of.sigma, of.skewness, of.kurtosis, of.minimum, of.lower_quartile,
                                   of.median, of.upper_quartile, of.maximum})
      EXPECT_TRUE(std::isnan(statistic));
  }
  EXPECT_EQ(over({kNone, kNone}).without, 2u);
}

// Two indicators over cases of 2016: a count, and the share of them closed. 11 has two cases (one closed), 12 none.
TEST(FigureMatrix, HoldsFiguresAndNaNWhereThereIsNone) {
  const sample::Pasted tables = {{"cases", "case_no, unit, case_type, docketed_date, closed_date\n"
                                           "A-1, 11, infringement, 2016-01-05, 2016-02-05\n"
                                           "A-2, 11, infringement, 2016-01-06,\n"}};
  const Roster roster = sample::roster_of(tables, {},
                                          "code, level, parent_code\n1, country,\n12, province, 1\n"
                                          "11, province, 1\n");
  const Records records = sample::records_of(tables, roster);
  const std::string head = "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\n"
                           "reference = [\"x\"]\nof = \"cases\"\nscope = \"own\"\n";
  Catalogue catalogue = sample::declared("docketed", head + "measure = \"count\"\n");
  catalogue.indicators.push_back(
      sample::declared("closed", head + "measure = \"share\"\nthat = \"not (closed_date is missing)\"\n")
          .indicators[0]);
  PlanInput input;
  input.types = &sample::types();
  input.records = &records;
  input.roster = &roster;
  input.catalogue = &catalogue;
  input.indicators = {"docketed", "closed"};
  input.slices = {sample::slice("period", "2016-01-01", "2016-12-31")};
  Problems problems;
  const Values values = compute(input, problems);

  const FigureMatrix figures = figure_matrix(values, catalogue, units_of_level(roster, "province"), 0);
  EXPECT_EQ(figures.units, (std::vector<std::int32_t>{1, 2})); // in the roster's order
  EXPECT_EQ(figures.indicators, (std::vector<std::string>{"docketed", "closed"}));
  ASSERT_EQ(figures.entries.rows(), 2);
  ASSERT_EQ(figures.entries.cols(), 2);
  EXPECT_TRUE(std::isnan(figures.entries(0, 0))); // a count of nothing is empty, and no 0
  EXPECT_TRUE(std::isnan(figures.entries(0, 1)));
  EXPECT_EQ(figures.entries(1, 0), 2);
  EXPECT_EQ(figures.entries(1, 1), 0.5);
}

} // namespace
} // namespace appraise
