// One record at two units: who counts it, and that a file checked by itself says the same.
#include "engine/checks/file.h"
#include "engine/input/claims.h"
#include "engine/plan/measure_file.h"
#include "tests/unit/reading.h"

#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

using Rules = std::vector<std::string>;

const std::string kFields = reading::kSideFields + R"(
[cases]
title = "案件"
unit = "unit"
key = ["unit", "year of docketed_date", "case_no"]
claim.same     = ["case_type", "patent_no", "respondent", "year of docketed_date"]
claim.first_by = "docketed_date"
claim.unless   = { field = "relation", values = ["joint"] }
fields = [
  { id = "case_no", title = "案号", type = "text", required = true, meaning = "m" },
  { id = "unit", title = "办理单位", type = "unit", required = true, meaning = "m" },
  { id = "case_type", title = "案件类型", type = "category", values = [["infringement", "侵权"], ["counterfeit", "假冒"]], meaning = "m" },
  { id = "patent_no", title = "专利号", type = "text", identifier = true, meaning = "m" },
  { id = "respondent", title = "被请求人", type = "text", meaning = "m" },
  { id = "docketed_date", title = "立案日期", type = "date", meaning = "m" },
  { id = "closed_date", title = "结案日期", type = "date", meaning = "m" },
  { id = "relation", title = "关系", type = "category", values = [["none", "无"], ["joint", "联合"]], meaning = "m" },
]
)";
const char* kHead = "案号,办理单位,案件类型,专利号,被请求人,立案日期,结案日期,关系\n";
const char* kOrder = "title = \"t\"\nof = \"cases\"\nthat = \"closed_date >= docketed_date\"\n"
                     "shows = [\"closed_date\"]\nseverity = \"blocking\"\nreference = [\"r\"]\n";

struct Claimed {
  reading::World world;
  Records records;
  std::vector<RowCheck> checks;

  Claimed() {
    world.problems.clear();
    world.types = RecordTypes::load(kFields, "fields.toml", world.problems);
    checks = load_row_checks({{"order.toml", kOrder}}, world.types, world.problems);
  }
  Problems settle(const std::string& rows, ClaimRule rule = ClaimRule::first, const std::string& sides = {}) {
    world.folder.write("a.csv", kHead + rows);
    world.input("cases", "a.csv");
    if (!sides.empty()) {
      world.folder.write("s.csv", sides);
      world.input("excluded_time", "s.csv");
    }
    records = world.read();
    apply_row_checks(checks, records, {}, world.problems);
    settle_claims(records, world.roster, rule, world.problems);
    return world.problems;
  }
  std::vector<std::uint8_t> alive() const {
    std::vector<std::uint8_t> all;
    for (const Batch& batch : records.find("cases")->batches)
      all.insert(all.end(), batch.alive.begin(), batch.alive.end());
    return all;
  }
};

Rules rules(const Problems& problems) {
  Rules result;
  for (const Problem& problem : problems)
    result.push_back(problem.rule);
  return result;
}

TEST(Claims, TheUnitThatWasFirstCountsTheRecord) {
  Claimed claimed;
  const Problems problems = claimed.settle("1,900200,侵权,ZL1,甲（北）公司,2016-03-02,,无\n"
                                           "7,900100,侵权,ZL1,甲(北)公司,2016-03-01,,\n"
                                           "8,900100,假冒,ZL1,甲(北)公司,2016-03-01,,\n");
  ASSERT_EQ(rules(problems), Rules{"claimed-twice"});
  EXPECT_EQ(problems[0].place.row, 2);
  EXPECT_EQ(problems[0].found, "1, 丑市局");
  EXPECT_EQ(problems[0].expected, "a.csv:3 7, 子市局");
  EXPECT_EQ(problems[0].key, "1");
  EXPECT_EQ(claimed.alive(), (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(claimed.records.find("cases")->sources[0].uncounted, 1);
}

TEST(Claims, OnOneDayTheSmallerCodeWins) {
  Claimed claimed;
  claimed.settle("1,900200,侵权,ZL1,甲,2016-03-01,,\n1,900100,侵权,ZL1,甲,2016-03-01,,\n");
  EXPECT_EQ(claimed.alive(), (std::vector<std::uint8_t>{0, 1}));
}

TEST(Claims, NobodyCountsWhereTheSchemeSaysSo) {
  Claimed claimed;
  const Problems problems = claimed.settle("1,900200,侵权,ZL1,甲,2016-03-01,,\n1,900100,侵权,ZL1,甲,2016-03-02,,\n"
                                           "2,900100,侵权,ZL2,甲,2016-03-02,,\n",
                                           ClaimRule::none);
  EXPECT_EQ(rules(problems), (Rules{"claimed-twice", "claimed-twice"}));
  EXPECT_EQ(problems[0].expected, "a.csv:3 1, 子市局");
  EXPECT_EQ(problems[1].expected, "a.csv:2 1, 丑市局");
  EXPECT_EQ(claimed.alive(), (std::vector<std::uint8_t>{0, 0, 1}));
}

TEST(Claims, NoDispute) {
  Claimed claimed;
  EXPECT_TRUE(claimed
                  .settle("1,900100,侵权,ZL1,甲,2016-03-01,,\n2,900100,侵权,ZL1,甲,2016-04-01,,\n" // one unit
                          "3,900200,侵权,ZL1,甲,2016-05-01,,联合\n"                                // says whose it is
                          "4,900100,侵权,ZL2,乙,2016-05-01,,\n5,900200,侵权,ZL2,乙,2015-05-01,,\n" // another year
                          "6,900100,侵权,,丙,2016-05-01,,\n7,900200,侵权,,丙,2016-05-01,,\n"       // no number
                          "8,900100,侵权,ZL3,,2016-05-01,,\n9,900200,侵权,ZL3,,2016-05-01,,\n"     // no name
                          "10,900100,侵权,不详,丁,2016-05-01,,\n11,900200,侵权,不详,丁,2016-05-01,,\n") // not known
                  .empty());
}

TEST(Claims, AsManyAsThereAre) {
  std::vector<ClaimRow> rows(200'000);
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = {"the same", i % 1000 == 7 ? 2 : 1, static_cast<std::int64_t>(rows.size() - i), std::to_string(i), {}};
  const reading::World world;
  const SetAside set_aside = judge_claims(rows, world.roster, ClaimRule::first); // at once, not after minutes
  ASSERT_EQ(set_aside.rows.size(), 200u);
  EXPECT_EQ(set_aside.rows[1], 1007u);
  EXPECT_NE(set_aside.problems[1].expected.find(" 199999, 子市局"), std::string::npos);
  EXPECT_EQ(judge_claims(rows, world.roster, ClaimRule::none).rows.size(), rows.size());
}

TEST(Claims, AFaultyRowClaimsNothing) {
  Claimed claimed;
  const Problems problems =
      claimed.settle("1,900100,侵权,ZL1,甲,2016-03-01,2016-01-01,\n1,900200,侵权,ZL1,甲,2016-03-02,,\n");
  EXPECT_EQ(rules(problems), Rules{"order"});
  EXPECT_EQ(claimed.alive(), (std::vector<std::uint8_t>{0, 1}));
}

TEST(Claims, SideRecordsAreSetAsideToo) {
  Claimed claimed;
  const Problems problems =
      claimed.settle("1,900100,侵权,ZL1,甲,2016-03-01,,\n1,900200,侵权,ZL1,甲,2016-03-02,,\n", ClaimRule::first,
                     "案号,办理单位,开始日期\n1,900100,2016-04-01\n1,900200,2016-04-01\n");
  EXPECT_EQ(rules(problems), (Rules{"claimed-twice", "record-uncounted"}));
  EXPECT_EQ(claimed.records.find("excluded_time")->batches[0].alive, (std::vector<std::uint8_t>{1, 0}));
}

TEST(Claims, TheDeclarationIsChecked) {
  std::string fields = kFields;
  const auto replace = [&](const std::string& from, const std::string& to) {
    fields.replace(fields.find(from), from.size(), to);
  };
  replace("\"patent_no\", \"respondent\",", "\"patent\",");
  replace("claim.first_by = \"docketed_date\"", "claim.first_by = \"case_no\"");
  replace("values = [\"joint\"]", "values = [\"joined\"]");
  Problems problems;
  RecordTypes::load(fields, "fields.toml", problems);
  EXPECT_EQ(rules(problems), (Rules{"field-unknown", "field-unknown", "category-unknown"}));
}

// One of every measure that keeps something of its own.
Catalogue some_indicators(const RecordTypes& types) {
  const std::string common = "title = \"x\"\nunit = \"x\"\nof = \"cases\"\nscope = \"with descendants\"\n"
                             "better = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n";
  const std::string ratio = "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\n"
                            "reference = [\"x\"]\nmeasure = \"ratio\"\nnumerator = \"n\"\ndenominator = \"who\"\n";
  Problems problems;
  Catalogue catalogue = Catalogue::load(
      {{"x/n.toml", common + "measure = \"count\"\nwhere = \"closed_date in period\"\n"},
       {"x/share.toml", common + "measure = \"share\"\nthat = \"closed_date <= 2016-03-31\"\n"},
       {"x/days.toml",
        common + "measure = \"quantile\"\nprobability = 0.5\nvalue = \"days(docketed_date, closed_date)\"\n"},
       {"x/sum.toml", common + "measure = \"sum\"\nvalue = \"days(docketed_date, closed_date)\"\n"},
       {"x/who.toml", common + "measure = \"distinct\"\nvalue = \"respondent\"\n"},
       {"x/ratio.toml", ratio}},
      types, problems);
  EXPECT_TRUE(problems.empty());
  return catalogue;
}

std::string shown(const Values& values) {
  std::string text;
  for (const Value& value : values.cells) {
    text += std::to_string(static_cast<int>(value.state)) + " " + value.numerator.text() + "/" +
            value.denominator.text() + " n" + std::to_string(value.counted) + " u" + std::to_string(value.unknown);
    for (const auto& [field, rows] : value.left_out)
      text += " -" + field + std::to_string(rows);
    text += "\n";
  }
  return text;
}

// Few values, so that keys, claims and faults meet; any cut and any number of threads. The figures are those of the
// records that stand, whatever was counted before it was known that others do not.
TEST(Claims, AFileByItselfIsCheckedAndMeasuredAlike) {
  std::mt19937 random(2016);
  const auto some = [&](std::initializer_list<const char*> of) { return of.begin()[random() % of.size()]; };
  for (int round = 0; round < 60; ++round) {
    std::string text;
    for (int row = 0; row < 40; ++row) {
      text += std::to_string(random() % 30) + "," + some({"900100", "900200", "910000", "9"}) + "," +
              some({"侵权", "假冒", ""}) + "," + some({"ZL1", "ZL2", ""}) + "," + some({"甲", "乙", "\"乙\""}) + "," +
              some({"2016-03-01", "2016-03-02", "2015-03-02", ""}) + "," + some({"", "2016-03-01", "2016-05-01"}) +
              "," + some({"", "联合", "无"}) + "\n";
    }
    Claimed whole;
    const Problems expected = whole.settle(text);
    FileTask task;
    task.path = whole.world.folder.path() + "/a.csv";
    task.file = "a.csv";
    task.reporting_date = *Date::parse("2017-01-31");
    task.type = whole.world.types.find("cases");
    const Layout plain;
    task.layout = &plain;
    const Catalogue catalogue = some_indicators(whole.world.types);
    PlanInput input;
    input.types = &whole.world.types;
    input.records = &whole.records;
    input.roster = &whole.world.roster;
    input.catalogue = &catalogue;
    input.indicators = catalogue.ids();
    input.slices = {{"period", *Date::of(2016, 1, 1), *Date::of(2016, 12, 31)}};
    Problems none;
    const std::string figures = shown(compute_row_by_row(input, none));
    for (const int threads : {1, 3}) {
      const FileResult alone =
          check_file(task, whole.world.roster, whole.checks, {}, {.batch_rows = 7, .threads = threads});
      const FileValues measured = measure_file(task, whole.checks, input, {.batch_rows = 7, .threads = threads});
      ASSERT_EQ(shown(measured.values), figures) << text;
      EXPECT_EQ(measured.file.problems.size(), alone.problems.size());
      std::string a;
      std::string b;
      const auto told = [](const Problem& p) {
        return p.rule + std::to_string(p.place.row) + p.found + p.expected + p.key + "\n";
      };
      for (const Problem& problem : expected)
        a += told(problem);
      for (const Problem& problem : alone.problems)
        b += told(problem);
      EXPECT_EQ(alone.source.uncounted, whole.records.find("cases")->sources[0].uncounted);
      ASSERT_EQ(a, b) << text;
    }
  }
}

// Rows that do not stand come first, the first byte that is not UTF-8 long after them: what was counted, and what was
// taken back, in the wrong encoding is void.
TEST(Claims, AFileThatBeginsAgainIsMeasuredOnce) {
  std::string text = "case_no,unit,case_type,patent_no,respondent,docketed_date,closed_date,relation\n";
  for (int row = 0; row < 9000; ++row) {
    const std::string number = std::to_string(row % 8990); // ten stand twice
    text += number + ",900100,infringement,ZL" + number + ",N" + number + ",2016-03-01,2016-05-01,none\n";
  }
  text.insert(text.find('\n', text.find('\n') + 1) + 1, "0,900100,infringement,ZL0,N0,2016-03-01,2016-05-02,none\n");
  text += "99999,900100,infringement,ZL99999,\xBC\xD7,2016-03-01,2016-05-01,none\n";
  ASSERT_GT(text.size(), std::size_t{2} << 18);
  Claimed claimed;
  claimed.world.folder.write("a.csv", text);
  const Catalogue catalogue = some_indicators(claimed.world.types);
  const Layout plain;
  FileTask task;
  task.path = claimed.world.folder.path() + "/a.csv";
  task.file = "a.csv";
  task.reporting_date = *Date::parse("2017-01-31");
  task.type = claimed.world.types.find("cases");
  task.layout = &plain;
  PlanInput input;
  input.types = &claimed.world.types;
  input.roster = &claimed.world.roster;
  input.catalogue = &catalogue;
  input.indicators = {"n", "who"};
  input.slices = {{"period", *Date::of(2016, 1, 1), *Date::of(2016, 12, 31)}};
  for (const int threads : {1, 3}) {
    const FileValues measured = measure_file(task, claimed.checks, input, {.batch_rows = 512, .threads = threads});
    ASSERT_TRUE(measured.file.readable);
    EXPECT_EQ(measured.file.source.encoding, "GB18030");
    const std::int32_t unit = *claimed.world.roster.find("900100");
    EXPECT_EQ(measured.values.at(unit, 0, 0).numerator, Number(8991)); // 8,990 numbers and the last
    EXPECT_EQ(measured.values.at(unit, 1, 0).numerator, Number(8991));
    EXPECT_EQ(measured.file.source.uncounted, 11);
  }
}

} // namespace
} // namespace appraise
