#include "engine/appraisal.h"
#include "engine/roster.h"
#include "engine/table.h"
#include "tests/unit/reading.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

TEST(Roster, FindsByCodeNameAndUniqueShortName) {
  Problems problems;
  const Roster roster = Roster::load("\xEF\xBB\xBF"
                                     "code,name,short_name,level,parent_code,region_group,local_clock\n"
                                     "900000,甲省局,甲,province,,一,\n900100,子市局,子,city,900000,一,90\n"
                                     "900200,丑市局,子,city,900000,一,\n",
                                     "roster.csv", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(roster.size(), 3);
  EXPECT_EQ(roster.find("900100"), 1);
  EXPECT_EQ(roster.find("子 市 局"), 1);
  EXPECT_EQ(roster.find("甲"), 0);
  EXPECT_EQ(roster.find("子"), std::nullopt); // two units
  EXPECT_EQ(roster.find("寅"), std::nullopt);
  EXPECT_EQ(roster.path(2), (std::vector<std::int32_t>{2, 0}));
  EXPECT_EQ(roster[1].attributes.at("local_clock"), "90");
}

TEST(Roster, Problems) {
  Problems problems;
  const Roster roster = Roster::load("code,name,level,parent_code\n1,a,city,9001\n9000,b,province,\n1,c,city,\n"
                                     "3,d,city,4\n4,e,city,3\n",
                                     "roster.csv", problems);
  ASSERT_EQ(problems.size(), 3u);
  EXPECT_EQ(problems[0].rule, "duplicate-unit");
  EXPECT_EQ(problems[0].place.row, 4);
  EXPECT_EQ(problems[0].expected, "2");
  EXPECT_EQ(problems[1].rule, "unknown-parent");
  EXPECT_EQ(problems[1].nearest, std::vector<std::string>{"9000"});
  EXPECT_EQ(problems[2].rule, "parent-cycle");
  EXPECT_EQ(roster.path(3).size() + roster.path(2).size(), 3u); // cut, and said
}

TEST(RecordTypes, Declarations) {
  Problems problems;
  const RecordTypes types = RecordTypes::load(reading::kFields, "fields.toml", problems);
  EXPECT_TRUE(problems.empty());
  const RecordType& cases = *types.find("cases");
  EXPECT_EQ(cases.fields[2].categories[1].title, "假冒专利");
  EXPECT_TRUE(cases.fields[10].derived);
  ASSERT_EQ(cases.key.size(), 4u);
  EXPECT_TRUE(cases.key[1].year);
  EXPECT_EQ(cases.key[1].fields, (std::vector<std::size_t>{4, 3}));
  EXPECT_EQ(types.find("excluded_time")->via, "cases");
  EXPECT_EQ(types.find("nothing"), nullptr);

  RecordTypes::load("[x]\ntitle = \"x\"\nunit = \"u\"\nkey = [\"nr\"]\nfields = [\n"
                    "{ id = \"no\", title = \"n\", type = \"txt\", meaning = \"m\" },\n"
                    "{ id = \"no\", title = \"n\", type = \"category\", meaning = \"m\" }]\n",
                    "fields.toml", problems);
  std::vector<std::string> rules;
  for (const Problem& problem : problems)
    rules.push_back(problem.rule);
  EXPECT_EQ(rules, (std::vector<std::string>{"unknown-value", "field-values", "field-twice", "field-unknown",
                                             "field-unknown"}));
}

TEST(Appraisal, Load) {
  Problems problems;
  const Appraisal appraisal =
      Appraisal::load("title = \"t\"\nname = \"n\"\nscheme = \"s.toml\"\nroster = \"r.csv\"\n"
                      "status = \"初评\"\nissued = 2017-04-30\ndemo = true\nunits = \"level = 'city'\"\n"
                      "period = { from = 2016-01-01, to = 2016-12-31 }\n"
                      "[[input]]\ntype = \"cases\"\nlayout = \"standard\"\n"
                      "files = [\"exports/*.csv\"]\nreporting_date = 2017-01-31\n"
                      "[[trend]]\nid = \"t\"\ntitle = \"t\"\nunit = \"1\"\nby = \"year\"\n"
                      "from = 2015-01-01\nto = 2016-12-31\nindicators = [\"a\", \"b\"]\n",
                      "appraisal.toml", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(appraisal.period.id, "period");
  EXPECT_EQ(appraisal.period.to.text(), "2016-12-31");
  EXPECT_EQ(appraisal.issued->text(), "2017-04-30");
  EXPECT_TRUE(appraisal.demo);
  EXPECT_EQ(appraisal.units, "level = 'city'");
  ASSERT_EQ(appraisal.trends.size(), 1u);
  EXPECT_EQ(appraisal.trends[0].indicators, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(appraisal.inputs.size(), 1u);
  EXPECT_EQ(appraisal.inputs[0].patterns, std::vector<std::string>{"exports/*.csv"});
  EXPECT_EQ(appraisal.inputs[0].place.row, 10);

  Appraisal::load("title = \"t\"\nname = \"../n\"\nshceme = \"s\"\nroster = \"r\"\nstatus = \"初步\"\n"
                  "period = { from = 2016-12-31, to = 2016-01-01 }\n",
                  "appraisal.toml", problems);
  std::vector<std::string> rules;
  for (const Problem& problem : problems)
    rules.push_back(problem.rule);
  EXPECT_EQ(rules, (std::vector<std::string>{"name-not-a-folder", "missing-key", "unknown-value", "period-reversed",
                                             "unknown-key"}));
}

TEST(Files, PatternsStayWithinOnePart) {
  reading::Folder folder;
  for (const char* name : {"exports/2016/cases-2.csv", "exports/2016/cases-1.csv", "exports/2015/cases-1.csv",
                           "exports/2016/other.csv", "exports/2016/.cases-3.csv"}) {
    folder.write(name, "x");
  }
  EXPECT_EQ(
      matching_files("exports/*/cases-?.csv", folder.path()),
      (std::vector<std::string>{"exports/2015/cases-1.csv", "exports/2016/cases-1.csv", "exports/2016/cases-2.csv"}));
  EXPECT_EQ(matching_files("exports/2016/other.csv", folder.path()),
            (std::vector<std::string>{"exports/2016/other.csv"}));
  EXPECT_TRUE(matching_files("exports/*.csv", folder.path()).empty());
  EXPECT_THROW(read_bytes(folder.path() + "/nothing.csv"), Error);
}

} // namespace
} // namespace appraise
