#include "engine/problem.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

using Names = std::vector<std::string>;

TEST(ColumnLetters, FollowSpreadsheets) {
  EXPECT_EQ(column_letters(1), "A");
  EXPECT_EQ(column_letters(26), "Z");
  EXPECT_EQ(column_letters(27), "AA");
  EXPECT_EQ(column_letters(28), "AB");
  EXPECT_EQ(column_letters(52), "AZ");
  EXPECT_EQ(column_letters(53), "BA");
  EXPECT_EQ(column_letters(702), "ZZ");
  EXPECT_EQ(column_letters(703), "AAA");
  EXPECT_EQ(column_letters(16384), "XFD"); // the last one of a sheet
  EXPECT_EQ(column_letters(0), "");
}

TEST(NearestNames, FindsSlipsOfTheKeyboard) {
  const Names names = {"closed_date", "docketed_date", "served_date", "unit"};
  EXPECT_EQ(nearest_names("closd_date", names), Names{"closed_date"}); // one left out
  EXPECT_EQ(nearest_names("untis", names), Names{"unit"});             // a swap and one too many: 2 of 5
  EXPECT_EQ(nearest_names("unti", names), Names{"unit"}); // a swap is one change: 1 of 4; two would be too far
  EXPECT_TRUE(nearest_names("roster", names).empty());
}

TEST(NearestNames, CountsCharactersNotBytes) {
  // One of four characters differs, though three of twelve bytes do.
  EXPECT_EQ(nearest_names("结案曰期", {"结案日期", "立案时间"}), Names{"结案日期"});
  // Two of four differ: 2 * 5 > 4 * 2.
  EXPECT_TRUE(nearest_names("结案日期", {"立案时期"}).empty());
  // One of two differs: too far.
  EXPECT_TRUE(nearest_names("单位", {"单元"}).empty());
}

TEST(NearestNames, GivesTheBestThreeOnceEach) {
  const Names names = {"scoreb", "score", "scorea", "score", "scored", "scorec"};
  EXPECT_EQ(nearest_names("score", names), (Names{"score", "scorea", "scoreb"}));
  EXPECT_TRUE(nearest_names("a", {"", "b"}).empty());
}

TEST(Error, CarriesAllItsProblems) {
  const Error error(ExitCode::scheme, Problems{{.rule = "points-do-not-add-up"}, {.rule = "unknown-key"}});
  EXPECT_EQ(error.code(), ExitCode::scheme);
  EXPECT_EQ(error.problems().size(), 2u);
  EXPECT_STREQ(error.what(), "points-do-not-add-up");
  EXPECT_STREQ(Error(ExitCode::input, Problems{}).what(), "error");
}

} // namespace
} // namespace appraise
