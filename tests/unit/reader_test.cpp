#include "engine/checks/file.h"
#include "tests/unit/reading.h"

#include <gtest/gtest.h>
#include <iconv.h>

namespace appraise {
namespace {

using reading::World;

const char* kHead = "案号,办理单位,案件类型,立案日期,结案日期,被请求人\n";

std::vector<std::string> rules(const Problems& problems) {
  std::vector<std::string> result;
  for (const Problem& problem : problems)
    result.push_back(problem.rule);
  return result;
}
using Rules = std::vector<std::string>;

std::string to_gb18030(std::string text) {
  std::string result(text.size() * 2, '\0');
  char* in = text.data();
  char* out = result.data();
  std::size_t in_left = text.size();
  std::size_t out_left = result.size();
  const iconv_t handle = iconv_open("GB18030", "UTF-8");
  EXPECT_EQ(iconv(handle, &in, &in_left, &out, &out_left), 0u);
  iconv_close(handle);
  result.resize(result.size() - out_left);
  return result;
}

TEST(Reader, TypedCellsAndPhysicalRows) {
  World world;
  ASSERT_TRUE(world.problems.empty());
  world.folder.write("a.csv", "案号,办理单位,案件类型,立案日期,罚没金额（元）,措施次数,涉外,被请求人\n"
                              "A-1,900100,侵权纠纷,2016-01-05,\"1,234.50\",3,是,\"甲\n公司\"\n"
                              "A-2,丑市,counterfeit,2016/2/29,,,,\n");
  world.input("cases", "*.csv");
  const Records records = world.read();
  EXPECT_EQ(rules(world.problems), Rules{"number-form"}); // 1,234.50
  const Table& cases = *records.find("cases");
  ASSERT_EQ(cases.batches.size(), 1u);
  const Batch& batch = cases.batches[0];
  const auto at = [&](const char* id) { return *cases.type->field(id); };
  EXPECT_EQ(batch.lines, (std::vector<std::int64_t>{2, 4}));
  EXPECT_EQ(batch.units, (std::vector<std::int32_t>{1, 2}));
  EXPECT_EQ(batch.value(at("case_type"), 0), 0);
  EXPECT_EQ(batch.value(at("case_type"), 1), 1);
  EXPECT_EQ(batch.value(at("docketed_date"), 1), Date::parse("2016-02-29")->days);
  EXPECT_EQ(batch.value(at("penalty"), 0), 123450);
  EXPECT_EQ(batch.value(at("penalty"), 1), kMissing);
  EXPECT_EQ(batch.value(at("measures"), 0), 3);
  EXPECT_EQ(batch.value(at("foreign"), 0), 1);
  EXPECT_EQ(batch.value(at("deadline"), 0), kMissing);
  EXPECT_EQ(batch.text(at("respondent"), 0), "甲\n公司");
  EXPECT_EQ(cases.sources[0].rows, 2);
  EXPECT_EQ(cases.sources[0].encoding, "UTF-8");
  EXPECT_EQ(cases.sources[0].file, "a.csv");
}

// Texts that nobody reads are not kept; what is wrong with them is told all the same.
TEST(Reader, TextsThatNobodyReadsAreCheckedAllTheSame) {
  Problems none;
  const RecordTypes types = RecordTypes::load(
      "[notes]\ntitle = \"记录\"\nunit = \"unit\"\nfields = [\n"
      "  { id = \"unit\", title = \"单位\", type = \"unit\", meaning = \"m\" },\n"
      "  { id = \"name\", title = \"名称\", type = \"text\", required = true, meaning = \"m\" },\n"
      "  { id = \"number\", title = \"编号\", type = \"text\", identifier = true, meaning = \"m\" },\n"
      "  { id = \"remark\", title = \"备注\", type = \"text\", meaning = \"m\" },\n]\n",
      "fields.toml", none);
  ASSERT_TRUE(none.empty()) << none[0].rule;
  const World world;
  const std::vector<std::string> cells = {
      "",       " ", "　", "甲", "甲 ", "\"乙\"", "\" \"", "\"\"", "abc", "0", "a\tb", "丙，", "510000000000000000",
      "5.1E+17"};
  const Layout plain;
  const auto told = [&](const FileTask& task) {
    const FileResult result = check_file(task, world.roster, {}, {}, {.batch_rows = 5});
    std::string text = std::to_string(result.source.rows) + " " + std::to_string(result.source.uncounted) + "\n";
    for (const Problem& p : result.problems)
      text += p.rule + " " + std::to_string(p.place.row) + ":" + std::to_string(p.place.column) + " " + p.found + "\n";
    return text;
  };
  for (const bool gb18030 : {false, true}) {
    std::string text = "单位,名称,编号,备注\n";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (std::size_t j = 0; j < cells.size(); ++j)
        text += "900100," + cells[i] + "," + cells[j] + "," + cells[(i + j) % cells.size()] + "\n";
    }
    world.folder.write("a.csv", gb18030 ? to_gb18030(text) : text);
    FileTask task;
    task.path = world.folder.path() + "/a.csv";
    task.file = "a.csv";
    task.type = types.find("notes");
    task.layout = &plain;
    const std::string kept = told(task);
    EXPECT_NE(kept.find("value-missing"), std::string::npos);
    EXPECT_NE(kept.find("id-truncated"), std::string::npos);
    task.unread = {1, 2, 3};
    EXPECT_EQ(told(task), kept);
  }
}

TEST(Reader, ARowWithABlockingProblemIsListedAndCountedNowhere) {
  World world;
  const Problems problems = world.problems_of(std::string(kHead) + "A-1,900100,侵权纠纷,2016-01-05,\"2016-02-\n30\",\n"
                                                                   "A-2,999999,侵权,2016-01-05,,\n"
                                                                   "A-3,900100,侵权纠纷,2016-01-05\n"
                                                                   ",900100,侵权纠纷,2016-01-05,,\n"
                                                                   "A-5,900100,侵权纠纷,2016-01-05,2016-02-30,\n");
  EXPECT_EQ(rules(problems),
            (Rules{"date-form", "unit-unknown", "category-unknown", "row-ragged", "value-missing", "impossible-date"}));
  EXPECT_EQ(problems[5].place.row, 7);
  EXPECT_EQ(problems[5].place.column, 5);
  EXPECT_EQ(problems[5].place.column_name, "结案日期");
  EXPECT_EQ(problems[5].found, "2016-02-30");
  EXPECT_EQ(problems[5].key, "A-5");
  EXPECT_EQ(problems[2].nearest, std::vector<std::string>{});
  EXPECT_EQ(problems[2].expected, "侵权纠纷 | 假冒专利");
  EXPECT_EQ(problems[3].found, "4");

  world.problems.clear();
  const Records records = world.read();
  const Source& source = records.find("cases")->sources[0];
  EXPECT_EQ(source.rows, 5);
  EXPECT_EQ(source.uncounted, 5);
}

TEST(Reader, HeadsAllInOneGo) {
  World world;
  Problems problems = world.problems_of("案号,办理单位,案件类型,立按日期,备住\nA-1,900100,侵权纠纷,2016-01-05,\n");
  ASSERT_EQ(rules(problems), Rules{"header-unknown"});
  EXPECT_EQ(problems[0].found, "D 立按日期, E 备住");
  EXPECT_EQ(problems[0].nearest, std::vector<std::string>{"立按日期 → 立案日期"});
  problems = world.problems_of("案号,办理单位,立案日期\nA-1,900100,2016-01-05\n");
  ASSERT_EQ(rules(problems), Rules{"header-missing"});
  EXPECT_EQ(problems[0].found, "案件类型");
  problems = world.problems_of("案号,办理单位,案件类型,立案日期,立案日期\nA-1,900100,侵权纠纷,2016-01-05,2016-01-06\n");
  ASSERT_EQ(rules(problems), Rules{"header-duplicate"});
  EXPECT_EQ(problems[0].found, "D 立案日期, E 立案日期");
  problems =
      world.problems_of("案号,办理单位,案件类型,日期,\n,,,立案,结案\nA-1,900100,侵权纠纷,2016-01-05,2016-01-06\n");
  ASSERT_EQ(rules(problems), Rules{"header-joined"});
  EXPECT_EQ(problems[0].found, "D 立案日期, E 结案日期");
  problems = world.problems_of("案号,办理单位,案件类型,日期,\n,,,甲,乙\nA-1,900100,侵权纠纷,2016-01-05,2016-01-06\n");
  ASSERT_EQ(rules(problems), Rules{"header-two-rows"});
  EXPECT_EQ(problems[0].found, "D 甲, E 乙");
  problems = world.problems_of("案号，办理单位，案件类型\nA-1，900100，侵权纠纷\n");
  EXPECT_EQ(rules(problems), Rules{"comma-fullwidth"});
  problems = world.problems_of(" 案号 ,办理 单位,\"案件\n类型\",立案日期\nA-1,900100,侵权纠纷,2016-01-05\n");
  EXPECT_EQ(rules(problems), Rules{"header-loose"});
  EXPECT_EQ(problems[0].severity, Severity::notice);
}

TEST(Reader, TitlesNotesAndTotalsAreNoRecords) {
  World world;
  const Problems problems = world.problems_of("2017年台账,,,,,\n填报单位：甲,,,,,\n" + std::string(kHead) +
                                              "A-1,900100,侵权纠纷,2016-01-05,,\n合计,,,,,\n,,,,,\n注：截至年底。\n");
  EXPECT_EQ(rules(problems), (Rules{"rows-before-head", "row-not-data", "row-not-data"}));
  EXPECT_EQ(problems[1].place.row, 5);
  EXPECT_EQ(problems[2].place.row, 7);
  world.problems.clear();
  const Records records = world.read();
  EXPECT_EQ(records.find("cases")->sources[0].rows, 1);
  EXPECT_EQ(records.find("cases")->sources[0].uncounted, 0);
}

TEST(Reader, EmptyAndHeadOnlyFiles) {
  World world;
  EXPECT_EQ(rules(world.problems_of("")), Rules{"file-empty"});
  const Problems problems = world.problems_of(kHead);
  ASSERT_EQ(rules(problems), Rules{"no-records"});
  EXPECT_EQ(problems[0].severity, Severity::notice);
}

TEST(Reader, MissingFilesAndUnknownLayoutsEndTheRunWithAllProblems) {
  World world;
  world.input("cases", "nothing-*.csv");
  world.input("casse", "a.csv");
  world.folder.write("a.csv", kHead);
  world.input("cases", "a.csv");
  world.appraisal.inputs.back().layout = "standart";
  try {
    world.read();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::input);
    EXPECT_EQ(rules(error.problems()), (Rules{"file-missing", "record-type-unknown", "layout-unknown"}));
    EXPECT_EQ(error.problems()[1].nearest, std::vector<std::string>{"cases"});
  }
}

TEST(Reader, DatesBeyondALifetimeAreForVerification) {
  World world;
  const Problems problems = world.problems_of(std::string(kHead) + "A-1,900100,侵权纠纷,2016-01-05,2107-03-05,\n");
  ASSERT_EQ(rules(problems), Rules{"date-implausible"});
  EXPECT_EQ(problems[0].severity, Severity::verify);
}

TEST(Reader, ALayoutOfAnyTypeGoesByTitlesAndIds) {
  World world;
  world.layouts["standard"] =
      Layout::load("title = \"t\"\ntype = \"*\"\n", "standard.toml", world.types, world.problems);
  world.folder.write("a.csv", "case_no,办理单位,案件类型,docketed_date\nA-1,甲省局,假冒专利,2016-01-05\n");
  world.input("cases", "a.csv");
  world.appraisal.inputs.back().layout = "standard";
  EXPECT_EQ(world.read().find("cases")->sources[0].rows, 1);
  EXPECT_TRUE(world.problems.empty());
}

TEST(Reader, LayoutGivesHeadsSpellingsAndMissingMarks) {
  World world;
  world.layouts["old"] = Layout::load("type = \"cases\"\nignored = [\"备注\"]\nmissing = [\"-\"]\n"
                                      "[[field]]\nfield = \"case_no\"\nheads = [\"案件编号\"]\n"
                                      "[[field]]\nfield = \"case_type\"\nheads = [\"类型\"]\n"
                                      "spellings = { \"侵权\" = \"infringement\" }\n",
                                      "layouts/old.toml", world.types, world.problems);
  ASSERT_TRUE(world.problems.empty());
  EXPECT_EQ(world.layouts["old"].id, "old");
  world.folder.write("a.csv", "案件编号,办理单位,类型,立案日期,结案日期,备注\nA-1,甲省局,侵权,2016-01-05,-,x\n");
  world.input("cases", "a.csv");
  world.appraisal.inputs.back().layout = "old";
  const Records records = world.read();
  EXPECT_TRUE(world.problems.empty());
  const Batch& batch = records.find("cases")->batches.at(0);
  EXPECT_EQ(batch.value(2, 0), 0);
  EXPECT_EQ(batch.value(5, 0), kMissing);

  Layout::load("type = \"cases\"\n[[field]]\nfield = \"case_nr\"\nhead = [\"x\"]\n"
               "[[field]]\nfield = \"case_type\"\nspellings = { \"侵\" = \"infringment\" }\n",
               "bad.toml", world.types, world.problems);
  ASSERT_EQ(rules(world.problems), (Rules{"field-unknown", "unknown-key", "unknown-value"}));
  EXPECT_EQ(world.problems[2].nearest, std::vector<std::string>{"infringement"});
}

// In every encoding, in quotes or not, at the first row and at later ones.
TEST(Reader, AValueThatIsSpeltSoIsNotMissingAndTheLayoutGoesFirst) {
  for (const bool gb18030 : {false, true}) {
    World world;
    world.layouts["old"] =
        Layout::load("type = \"cases\"\nmissing = [\"侵权纠纷\", \"侵权\", \"无\"]\n"
                     "[[field]]\nfield = \"case_type\"\nheads = [\"类型\"]\n"
                     "spellings = { \"侵权\" = \"infringement\", \"假冒专利\" = \"infringement\" }\n",
                     "layouts/old.toml", world.types, world.problems);
    std::string text = "案号,办理单位,类型,立案日期,被请求人\n";
    for (int again = 0; again < 2; ++again) {
      for (const char* type : {"侵权纠纷", "侵权", "假冒专利", "\"侵权\"", " 侵权 ", "counterfeit"})
        text += "1,900100," + std::string(type) + ",2016-01-05,侵权\n";
    }
    text += "2,900100,无,2016-01-05,甲\n";
    world.folder.write("a.csv", gb18030 ? to_gb18030(text) : text);
    world.input("cases", "a.csv");
    world.appraisal.inputs.back().layout = "old";
    const Records records = world.read();
    const Batch& batch = records.find("cases")->batches.at(0);
    for (std::size_t row = 0; row < 12; ++row) {
      EXPECT_EQ(batch.value(2, row), row % 6 == 5 ? 1 : 0) << row;
      EXPECT_EQ(batch.text(6, row), ""); // in a column of texts the word stands for nothing
    }
    EXPECT_EQ(batch.value(2, 12), kMissing);
  }
}

std::string case_row(const char* number, const char* unit, const char* date) {
  return std::string(number) + "," + unit + ",侵权纠纷," + date + ",,\n";
}

TEST(Identity, SameKeyInOneSnapshotIsAProblemOfTheSecond) {
  World world;
  world.folder.write("b.csv", kHead + case_row("〔2016〕1号", "900100", "2016-03-05"));
  world.folder.write("a.csv", kHead + case_row("〔2016〕1号", "900100", "2016-01-05") +
                                  case_row("〔2016〕1号", "900200", "2016-01-05") +
                                  case_row("〔2016〕1号", "900100", "2015-12-31") +
                                  case_row("[2016]1号", "900100", "2016-05-05"));
  world.input("cases", "b.csv");
  world.appraisal.inputs[0].patterns = {"b.csv", "a.csv", "*.csv"}; // sorted, each once
  const Records records = world.read();
  ASSERT_EQ(rules(world.problems), (Rules{"duplicate-key-similar", "duplicate-key"}));
  EXPECT_EQ(world.problems[0].place.file, "a.csv");
  EXPECT_EQ(world.problems[0].place.row, 5);
  EXPECT_EQ(world.problems[0].expected, "a.csv:2 〔2016〕1号");
  EXPECT_EQ(world.problems[1].place.file, "b.csv");
  EXPECT_EQ(world.problems[1].expected, "a.csv:2 〔2016〕1号");
  const Table& cases = *records.find("cases");
  EXPECT_EQ(cases.sources[0].uncounted, 1);
  EXPECT_EQ(cases.sources[1].uncounted, 1);
  EXPECT_EQ(cases.batches[0].alive, (std::vector<std::uint8_t>{1, 1, 1, 0}));
}

TEST(Identity, ALaterSnapshotReplaces) {
  World world;
  world.folder.write("2017.csv", kHead + case_row("1", "900100", "2016-01-05"));
  world.folder.write("2016.csv", kHead + case_row("1", "900100", "2016-01-09") + case_row("2", "900100", "2016-01-05"));
  world.input("cases", "2017.csv", "2018-01-31"); // listed first, reported later
  world.input("cases", "2016.csv", "2017-01-31");
  const Records records = world.read();
  EXPECT_TRUE(world.problems.empty());
  const Table& cases = *records.find("cases");
  EXPECT_EQ(cases.batches[0].alive, (std::vector<std::uint8_t>{1}));
  EXPECT_EQ(cases.batches[1].alive, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(cases.sources[1].replaced, 1);
  EXPECT_EQ(cases.sources[1].uncounted, 0);
}

TEST(Identity, ARowWithoutAYearCannotBeToldFromOthers) {
  World world;
  const Problems problems = world.problems_of(kHead + case_row("1", "900100", ""));
  ASSERT_EQ(rules(problems), Rules{"key-incomplete"});
  EXPECT_EQ(problems[0].expected, "立案日期 | 请求日期");
}

TEST(Identity, SideRecordsFindTheirCase) {
  World world;
  world.folder.write("cases.csv", kHead + case_row("1", "900100", "2016-01-05") +
                                      case_row("1", "900200", "2016-01-05") + case_row("2", "900100", "2016-01-05") +
                                      case_row("2", "900100", "2015-01-05") + case_row("3", "900200", "2016-02-30"));
  world.folder.write("side.csv", "案号,办理单位,立案年度,开始日期\n"
                                 "1,900200,2016,2016-02-01\n"
                                 "1,,,2016-02-01\n"
                                 "2,,2015,2016-02-01\n"
                                 "2,,,2016-02-01\n"
                                 "9,,,2016-02-01\n"
                                 "1,900000,,2016-02-01\n");
  world.input("excluded_time", "side.csv");
  world.input("cases", "cases.csv");
  const Records records = world.read();
  EXPECT_EQ(rules(world.problems),
            (Rules{"impossible-date", "record-ambiguous", "record-ambiguous", "record-unknown", "record-unknown"}));
  const Batch& side = records.find("excluded_time")->batches.at(0);
  EXPECT_EQ(side.alive, (std::vector<std::uint8_t>{1, 0, 1, 0, 0, 0}));
  EXPECT_EQ(side.units[0], 2);
  EXPECT_EQ(side.via[0].row, 1u);
  EXPECT_EQ(side.via[2].row, 3u);
  EXPECT_EQ(side.units[2], 1);
  EXPECT_FALSE(side.via[1].exists());
  EXPECT_EQ(records.find("excluded_time")->sources[0].uncounted, 4);
}

TEST(Identity, ThreadsAndBatchesChangeNothing) {
  const auto picture = [](int threads, std::size_t batch_rows) {
    World world;
    for (int file = 0; file < 7; ++file) {
      std::string text = kHead;
      for (int row = 0; row < 40; ++row) {
        text += case_row(std::to_string(row * (file % 3 + 1)).c_str(), row % 2 == 0 ? "900100" : "900200",
                         row % 11 == 0 ? "2016-02-30" : "2016-02-03");
      }
      world.folder.write("f" + std::to_string(file) + ".csv", text);
    }
    world.input("cases", "f*.csv");
    world.options = {.batch_rows = batch_rows, .threads = threads};
    const Records records = world.read();
    std::string text;
    for (const Problem& p : world.problems) {
      text += p.rule + p.place.file + std::to_string(p.place.row) + p.found + p.expected + "\n";
    }
    for (const Batch& batch : records.find("cases")->batches) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        text += std::to_string(batch.source) + ":" + std::to_string(batch.lines[row]) + (batch.alive[row] ? "+" : "-") +
                "\n";
      }
    }
    return text;
  };
  const std::string one = picture(1, 4096);
  EXPECT_NE(one.find("duplicate-key"), std::string::npos);
  EXPECT_EQ(picture(3, 1), one);
  EXPECT_EQ(picture(2, 7), one);
}

} // namespace
} // namespace appraise
