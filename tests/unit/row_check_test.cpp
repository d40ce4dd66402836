#include "engine/checks/row.h"
#include "reports/texts.h"
#include "tests/unit/reading.h"

#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

using reading::World;

const char* kOrder = "title = \"结案日期不得早于立案日期\"\nof = \"cases\"\nthat = \"closed_date >= docketed_date\"\n"
                     "shows = [\"docketed_date\", \"closed_date\"]\nseverity = \"blocking\"\nreference = [\"r\"]\n";

TEST(RowChecks, ARowThatBreaksOneIsListedAndItsSideRowsToo) {
  World world;
  world.folder.write("a.csv", "案号,办理单位,案件类型,立案日期,结案日期\n"
                              "1,900100,侵权纠纷,2017-03-06,2017-01-05\n"
                              "2,900100,侵权纠纷,2016-12-31,2016-12-31\n"
                              "3,900100,侵权纠纷,2016-12-31,\n");
  world.folder.write("s.csv", "案号,开始日期\n1,2017-01-01\n2,2017-01-01\n");
  world.input("cases", "a.csv");
  world.input("excluded_time", "s.csv");
  Records records = world.read();
  ASSERT_TRUE(world.problems.empty());
  const auto checks = load_row_checks({{"checks/date-order.toml", kOrder}}, world.types, world.problems);
  ASSERT_EQ(checks.size(), 1u);
  apply_row_checks(checks, records, {}, world.problems);
  ASSERT_EQ(world.problems.size(), 2u);
  EXPECT_EQ(world.problems[0].rule, "date-order");
  EXPECT_EQ(world.problems[0].place.row, 2);
  EXPECT_EQ(world.problems[0].key, "1");
  EXPECT_EQ(message_line(world.problems[0], Language::chinese),
            "结案日期不得早于立案日期：立案日期 2017-03-06, 结案日期 2017-01-05");
  EXPECT_EQ(world.problems[1].rule, "record-uncounted");
  EXPECT_EQ(records.find("cases")->batches[0].alive, (std::vector<std::uint8_t>{0, 1, 1}));
  EXPECT_EQ(records.find("cases")->sources[0].uncounted, 1);
  EXPECT_EQ(records.find("excluded_time")->batches[0].alive, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(records.find("excluded_time")->sources[0].uncounted, 1);
}

TEST(RowChecks, ForVerificationTheRowStillCounts) {
  World world;
  world.folder.write("a.csv", "案号,办理单位,案件类型,立案日期,结案日期\n1,900100,侵权纠纷,2017-03-06,2017-01-05\n");
  world.input("cases", "a.csv");
  Records records = world.read();
  std::string text = kOrder;
  text.replace(text.find("blocking"), 8, "verify");
  apply_row_checks(load_row_checks({{"x.toml", text}}, world.types, world.problems), records, {}, world.problems);
  ASSERT_EQ(world.problems.size(), 1u);
  EXPECT_EQ(world.problems[0].severity, Severity::verify);
  EXPECT_EQ(records.find("cases")->batches[0].alive[0], 1);
}

// What is told of a whole batch at once is what is told row by row, with missing values and neighbours of every kind.
TEST(RowChecks, ABatchAtOnceAsRowByRow) {
  World world;
  const RecordType& type = *world.types.find("cases");
  std::mt19937 random(5);
  for (const char* comparison : {"<", "<=", ">", ">=", "=", "!="}) {
    const auto condition = Condition::parse(std::string("closed_date ") + comparison + " docketed_date", type,
                                            world.types, {}, world.problems);
    ASSERT_NE(condition, nullptr);
    int told = 0;
    for (int round = 0; round < 400; ++round) {
      Table table;
      table.type = &type;
      Batch& batch = table.batches.emplace_back();
      const std::size_t rows = 1 + random() % 9;
      batch.lines.resize(rows);
      batch.columns.resize(type.fields.size());
      for (Column& column : batch.columns) {
        for (std::size_t row = 0; row < rows; ++row)
          column.values.push_back(random() % 4 == 0 ? kMissing : static_cast<std::int64_t>(random() % 3) - 1);
      }
      bool refused = false;
      for (std::size_t row = 0; row < rows; ++row)
        refused = refused || condition->test({&table, &batch, row}, {}) == Truth::no;
      if (condition->refuses_none(batch)) {
        EXPECT_FALSE(refused) << comparison;
        ++told;
      } else if (comparison[0] == '<' || comparison[0] == '>') {
        EXPECT_TRUE(refused) << comparison;
      }
    }
    EXPECT_EQ(told > 0, comparison[0] == '<' || comparison[0] == '>');
  }
}

TEST(RowChecks, DeclarationsAreChecked) {
  World world;
  EXPECT_TRUE(load_row_checks({{"x.toml", "title = \"t\"\nof = \"cases\"\nthat = \"closed >= docketed_date\"\n"
                                          "shows = [\"clsed_date\"]\nseverity = \"severe\"\nreference = \"r\"\n"}},
                              world.types, world.problems)
                  .empty());
  std::vector<std::string> rules;
  for (const Problem& problem : world.problems)
    rules.push_back(problem.rule);
  EXPECT_EQ(rules, (std::vector<std::string>{"unknown-value", "field-unknown", "condition-unknown-name"}));
}

} // namespace
} // namespace appraise
