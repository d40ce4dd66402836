// --profile: what a plan consists of, counted by hand, and how often it is timed.
#include "engine/plan.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::int64_t ticks = 0; // one more each time someone looks
std::int64_t tick() {
  return ++ticks;
}

const std::string kHead = "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n"
                          "of = \"cases\"\nscope = \"own\"\n";

// Five cases in batches of two.
class ProfileOfAPlan : public testing::Test {
protected:
  void declare(const std::string& id, const std::string& toml) {
    catalogue_.indicators.push_back(sample::declared(id, kHead + toml).indicators.at(0));
    input_.indicators.push_back(id);
  }
  Values computed(Profile* profile) {
    input_.types = &sample::types();
    input_.records = &records_;
    input_.roster = &roster_;
    input_.calendar = &sample::calendar();
    input_.catalogue = &catalogue_;
    input_.slices = {sample::slice("period", "2016-01-01", "2016-12-31")};
    input_.profile = profile;
    Problems problems;
    return compute(input_, problems);
  }
  PlanShape shape() {
    Profile profile(tick);
    computed(&profile);
    return profile.plans.at(0);
  }

private:
  sample::Pasted tables_ = {{"cases", "case_no, unit, case_type, docketed_date, penalty_amount\n"
                                      "A-1, 11, infringement, 2016-01-05, 3\n"
                                      "A-2, 11, infringement, 2016-01-06,\n"
                                      "A-3, 11, counterfeit, 2016-01-06, 5\n"
                                      "A-4, 11, counterfeit, 2015-01-06, 7\n"
                                      "A-5, 11, infringement, 2016-02-06, 9.5\n"}};
  Roster roster_ = sample::roster_of(tables_, {}, "");
  Records records_ = sample::records_of(tables_, roster_, 2);
  Catalogue catalogue_;
  PlanInput input_;
};

// The column case_type; whether it is infringement; whether it is missing. Rows that are counted; rows left out.
TEST_F(ProfileOfAPlan, NamesItsPartsOnce) {
  const std::string count = "measure = \"count\"\nwhere = \"case_type = 'infringement'\"\n";
  declare("cases", count);
  const PlanShape one = shape();
  EXPECT_EQ(one.type, "cases");
  EXPECT_EQ(one.rows, 5);
  EXPECT_EQ(one.columns, (std::vector<std::string>{"case_type"}));
  EXPECT_EQ(one.steps, 3u);
  EXPECT_EQ(one.counters, 2u);
  EXPECT_TRUE(one.banks.empty());

  declare("cases_again", count);
  EXPECT_EQ(shape().steps, 3u);
  EXPECT_EQ(shape().counters, 2u);

  // Two more counters: rows with an amount, rows left out for want of one. Mean and sum keep the same sum.
  declare("penalties", "measure = \"sum\"\nwhere = \"case_type = 'infringement'\"\nvalue = \"penalty_amount\"\n");
  declare("penalty", "measure = \"mean\"\nwhere = \"case_type = 'infringement'\"\nvalue = \"penalty_amount\"\n");
  const PlanShape both = shape();
  EXPECT_EQ(both.columns, (std::vector<std::string>{"case_type", "penalty_amount"}));
  EXPECT_GT(both.steps, 3u);
  EXPECT_EQ(both.counters, 4u);
  EXPECT_EQ(both.banks, (std::map<std::string, std::size_t>{{"sums", 1}}));

  declare("middle", "measure = \"quantile\"\nprobability = 0.5\nvalue = \"days(docketed_date, 2016-12-31)\"\n");
  declare("numbers", "measure = \"distinct\"\nvalue = \"case_no\"\n");
  EXPECT_EQ(shape().columns, (std::vector<std::string>{"case_no", "case_type", "docketed_date", "penalty_amount"}));
  EXPECT_EQ(shape().banks, (std::map<std::string, std::size_t>{{"histograms", 1}, {"keys", 1}, {"sums", 1}}));
}

TEST_F(ProfileOfAPlan, TimesAStageOnceABatchAndChangesNothing) {
  declare("penalty", "measure = \"mean\"\nvalue = \"penalty_amount\"\n");
  Profile profile(tick);
  const Values timed = computed(&profile);
  for (const Stage stage : {Stage::program, Stage::counters, Stage::banks})
    EXPECT_EQ(profile.nanoseconds(stage), 3); // batches
  EXPECT_GT(profile.nanoseconds(Stage::figures), 0);
  EXPECT_EQ(profile.nanoseconds(Stage::read), 0);

  const std::int64_t before = ticks;
  const Values plain = computed(nullptr);
  EXPECT_EQ(ticks, before); // no profile, no look at the clock
  EXPECT_EQ(timed.at(0, 0, 0).numerator, plain.at(0, 0, 0).numerator);
  EXPECT_EQ(plain.at(0, 0, 0).numerator, Number::ratio(Number(49), Number(2))); // 3 + 5 + 7 + 9.5
}

} // namespace
} // namespace appraise
