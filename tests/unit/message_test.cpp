#include "engine/settings.h"
#include "reports/texts.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>

namespace appraise {
namespace {

TEST(Message, CellOfATable) {
  const Problem problem{.rule = "impossible-date",
                        .place = {.file = "exports/a.csv", .row = 7, .column = 5, .column_name = "结案日期"},
                        .found = "2016-02-30",
                        .expected = "YYYY-MM-DD",
                        .excerpt = "甲-5,…,2016-02-30",
                        .key = "甲-5"};
  EXPECT_EQ(message(problem, Language::chinese), "exports/a.csv:7:5 强制性 日期不存在：2016-02-30 [impossible-date]\n"
                                                 "    甲-5,…,2016-02-30\n"
                                                 "           ^^^^^^^^^^\n"
                                                 "  列：结案日期（E列）  编号：甲-5\n"
                                                 "  应为：YYYY-MM-DD\n"
                                                 "  处理：请按案卷核对日期\n");
  EXPECT_EQ(message_line(problem, Language::english), "no such date: 2016-02-30; expected: YYYY-MM-DD");
}

TEST(Message, SettingWithCaretByDisplayWidth) {
  Problems problems;
  const Setting tree = parse_settings("案 = 1", "x.toml", problems);
  problems.clear();
  const Setting good = parse_settings("a = { t = \"案件\", titel = \"x\" }\n", "s.toml", problems);
  Reader reader(*good.find("a"), problems);
  reader.text("t");
  reader.text("title", "");
  reader.finish();
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(message(problems[0], Language::english), "s.toml:1:17 blocking unknown key: titel [unknown-key]\n"
                                                     "    a = { t = \"案件\", titel = \"x\" }\n"
                                                     "                      ^^^^^\n"
                                                     "  did you mean: title\n"
                                                     "  to do: mend its name, or remove it\n");
}

TEST(Message, ControlCharactersAreShown) {
  const Problem problem{.rule = "not-a-number", .place = {.file = "a.csv"}, .found = "\x1b[31m1\n\xE2\x80\xAE\xFF"};
  EXPECT_EQ(message_line(problem, Language::chinese), "不是数字：\\u{1B}[31m1\\u{A}\\u{202E}\\x{FF}");
}

TEST(Message, SheetsByCellAndHeadsWithTheirCommand) {
  Problem problem{.rule = "header-unknown",
                  .place = {.file = "a.xlsx", .sheet = "案件", .row = 12, .column = 6},
                  .found = "F 立按日期",
                  .expected = "案件类型",
                  .nearest = {"立按日期 → 立案日期"}};
  const std::string words = message(problem, Language::chinese);
  EXPECT_EQ(words.substr(0, words.find(' ', 12)), "a.xlsx › 案件!F12");
  EXPECT_NE(words.find("同时缺少：案件类型\n"), std::string::npos);
  EXPECT_NE(words.find("appraise layout check a.xlsx"), std::string::npos);
}

TEST(Message, LongCellsAreCut) {
  const Problem problem{.rule = "not-a-number",
                        .place = {.file = "a.csv", .row = 1, .column = 1, .column_name = "x"},
                        .found = std::string(40000, 'a'),
                        .excerpt = std::string(40000, 'a')};
  EXPECT_LT(message(problem, Language::chinese).size(), 600u);
}

// Every rule that stands in the sources of reading has a sentence in both languages, and blocking ones say what to do.
TEST(Message, EveryRuleOfReadingHasItsSentences) {
  const std::filesystem::path root(SOURCE_FOLDER);
  std::set<std::string> rules;
  const auto collect = [&](const std::filesystem::path& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    const std::string source = text.str();
    const std::regex pattern("(?:\\.rule = (?:[a-z= .()]+ \\? )?|refuse\\((?:setting, |other \\? )?|problem\\([^,\"]+, "
                             "|add\\(record, |\\? |: |"
                             "problem\\(\"[a-z_]+\", )\"([a-z]+(?:-[a-z0-9]+)+)\"");
    for (std::sregex_iterator at(source.begin(), source.end(), pattern), end; at != end; ++at)
      rules.insert((*at)[1]);
  };
  for (const auto& entry : std::filesystem::directory_iterator(root / "engine/input")) {
    if (entry.path().extension() == ".cpp") collect(entry.path());
  }
  for (const char* file : {"settings", "settings_text", "settings_reader", "table", "roster", "appraisal"}) {
    collect(root / "engine" / (std::string(file) + ".cpp"));
  }
  EXPECT_GT(rules.size(), 50u);
  for (const char* sure : {"duplicate-key-similar", "quote-unterminated", "date-serial", "bytes-mixed", "wrong-type",
                           "file-missing", "field-values", "toml-time"}) {
    EXPECT_EQ(rules.count(sure), 1u) << sure;
  }
  const std::set<std::string> notices = {"header-loose", "header-joined", "rows-before-head", "row-not-data",
                                         "no-records"};
  for (const std::string& rule : rules) {
    EXPECT_TRUE(has_text("problem." + rule)) << rule;
    EXPECT_TRUE(has_text("todo." + rule) || notices.count(rule) > 0) << rule;
  }
}

} // namespace
} // namespace appraise
