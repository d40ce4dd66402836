#include "engine/settings.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

using Kind = Setting::Kind;

TEST(Settings, DecimalsAreExactAndPlacesKnown) {
  Problems problems;
  const Setting file = parse_settings("# a\n名 = 1\n", "a.toml", problems);
  EXPECT_EQ(problems.size(), 1u); // bare Chinese keys are not TOML 1.0
  problems.clear();

  const Setting tree = parse_settings(
      "z = 0.1\na = [0.30, -1_000.5, 2.5e-3]\n\n[t]\nx = { y = 0x1F }\nd = 2016-02-29\n", "a.toml", problems);
  ASSERT_TRUE(problems.empty());
  EXPECT_EQ(tree.members[0].first, "z"); // the file's order
  EXPECT_EQ(tree.find("z")->number, Number::ratio(1, 10));
  const Setting& list = *tree.find("a");
  ASSERT_EQ(list.items.size(), 3u);
  EXPECT_EQ(list.items[0].number, Number::ratio(3, 10));
  EXPECT_EQ(list.items[1].number, Number::ratio(-10005, 10));
  EXPECT_EQ(list.items[2].number, Number::ratio(25, 10000));
  EXPECT_EQ(list.items[1].place.row, 2);
  EXPECT_EQ(list.items[1].place.column, 12);
  EXPECT_EQ(list.excerpt, "a = [0.30, -1_000.5, 2.5e-3]");
  const Setting& table = *tree.find("t");
  EXPECT_EQ(table.find("x")->find("y")->number, Number(31));
  EXPECT_EQ(table.find("x")->find("y")->key_place.row, 5);
  EXPECT_EQ(table.find("x")->find("y")->key_place.column, 7);
  EXPECT_EQ(table.find("d")->date.text(), "2016-02-29");
}

TEST(Settings, ColumnsCountCharactersNotBytes) {
  Problems problems;
  const Setting tree = parse_settings("v = { n = \"案件\", x = 0.25 }\n", "a.toml", problems);
  ASSERT_TRUE(problems.empty());
  EXPECT_EQ(tree.find("v")->find("x")->place.column, 21);
  EXPECT_EQ(tree.find("v")->find("x")->number, Number::ratio(1, 4));
}

TEST(Settings, SyntaxErrorHasPlaceAndExcerpt) {
  Problems problems;
  parse_settings("a = 1\nb = [1, 2\nc = 3\n", "a.toml", problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "toml-syntax");
  EXPECT_EQ(problems[0].place.row, 3);
  EXPECT_EQ(problems[0].excerpt, "c = 3");
}

TEST(Settings, FullWidthSignIsNamedWithItsPlainForm) {
  for (const auto& [line, full, plain] : {std::tuple{"权 = 1\nb ＝ 2", "＝", "="}, std::tuple{"a = “x”", "“", "\""},
                                          std::tuple{"a = １２", "１", "1"}, std::tuple{"a = [1，2]", "，", ","}}) {
    Problems problems;
    parse_settings(std::string(line).substr(std::string(line).rfind('\n') + 1), "a.toml", problems);
    ASSERT_EQ(problems.size(), 1u) << line;
    EXPECT_EQ(problems[0].rule, "toml-fullwidth") << line;
    EXPECT_EQ(problems[0].found, full);
    EXPECT_EQ(problems[0].expected, plain);
  }
  Problems problems;
  parse_settings("a = \"“x”，\"\n", "a.toml", problems);
  EXPECT_TRUE(problems.empty()) << "full-width signs inside a text are a text";
}

TEST(Settings, KeyTwiceIsNamed) {
  Problems problems;
  parse_settings("points = 1\nother = 2\npoints = 3\n", "a.toml", problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "toml-duplicate");
  EXPECT_EQ(problems[0].place.row, 3);
  EXPECT_EQ(problems[0].found, "points");
}

TEST(Settings, ReaderSaysAllAtOnce) {
  Problems problems;
  const Setting tree = parse_settings("titel = \"x\"\nkind = \"bonds\"\nn = \"7\"\n", "a.toml", problems);
  Reader reader(tree, problems);
  EXPECT_EQ(reader.text("title"), "");
  EXPECT_EQ(reader.one_of("kind", {"bands", "linear"}), "");
  EXPECT_FALSE(reader.number("n"));
  EXPECT_FALSE(reader.flag("demo", false));
  reader.finish();
  ASSERT_EQ(problems.size(), 4u);
  EXPECT_EQ(problems[0].rule, "missing-key");
  EXPECT_EQ(problems[0].found, "title");
  EXPECT_EQ(problems[1].rule, "unknown-value");
  EXPECT_EQ(problems[1].place.row, 2);
  EXPECT_EQ(problems[1].nearest, std::vector<std::string>{"bands"});
  EXPECT_EQ(problems[2].rule, "wrong-type");
  EXPECT_EQ(problems[2].expected, "number");
  EXPECT_EQ(problems[3].rule, "unknown-key");
  EXPECT_EQ(problems[3].place.column, 1);
  EXPECT_EQ(problems[3].nearest, std::vector<std::string>{"title"});
}

TEST(Settings, ArrayOfTablesAndLists) {
  Problems problems;
  const Setting tree = parse_settings(
      "one = \"a\"\nmany = [\"a\", \"b\"]\n[[item]]\nid = \"x\"\n[[item]]\nid = \"y\"\n", "a.toml", problems);
  Reader reader(tree, problems);
  EXPECT_EQ(reader.texts("one"), std::vector<std::string>{"a"});
  EXPECT_EQ(reader.texts("many"), (std::vector<std::string>{"a", "b"}));
  const auto items = reader.tables("item");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[1]->place.row, 5);
  reader.finish();
  EXPECT_TRUE(problems.empty());
}

} // namespace
} // namespace appraise
