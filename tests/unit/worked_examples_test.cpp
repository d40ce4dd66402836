#include "engine/worked_examples.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::vector<WorkedExample> read(const std::string& text, Problems& problems) {
  return worked_examples(text, "x.toml", problems);
}

TEST(WorkedExamples, StandAsTheyAreWritten) {
  const std::string first = "# Of the bureau form.\n\n[[example]]\nname = \"例一\"\n# 1 + 1\n";
  const std::string second =
      "[[example]] # by hand\nname   = \"b\"\nrecords.x = \"\"\"\n[[example]]\n\n\"\"\"\n# 2 ÷ 3\n";
  Problems problems;
  const auto found = read(first + "\n\n" + second, problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].name, "例一");
  EXPECT_EQ(found[0].text, first);
  EXPECT_EQ(found[1].name, "b");
  EXPECT_EQ(found[1].text, second);
}

TEST(WorkedExamples, LinesEndAlike) {
  Problems problems;
  const auto found = read("[[example]]\r\nname = \"a\"\r\n# 1", problems);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].text, "[[example]]\nname = \"a\"\n# 1\n");
}

TEST(WorkedExamples, OfNothingThereIsNone) {
  Problems problems;
  EXPECT_TRUE(read("", problems).empty());
  EXPECT_TRUE(read("# to be written\n", problems).empty());
  EXPECT_TRUE(problems.empty());
}

TEST(WorkedExamples, WhatIsWrongIsToldWithItsPlace) {
  Problems problems;
  EXPECT_TRUE(read("[[example]\n", problems).empty());
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "toml-syntax");
  EXPECT_EQ(problems[0].place.row, 1);
  problems.clear();
  read("exampel = 1\n[[example]]\nname = \"a\"\n\n[[example]]\nnam = \"b\"\n", problems);
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].rule, "missing-key");
  EXPECT_EQ(problems[0].place.row, 5);
  EXPECT_EQ(problems[1].rule, "unknown-key");
  EXPECT_EQ(problems[1].place.row, 1);
}

} // namespace
} // namespace appraise
