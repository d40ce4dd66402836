#include "reports/render/csv.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::string line(const std::string& cell) {
  const std::string bytes = render_csv({"h"}, {{cell}}).bytes;
  return bytes.substr(std::string("\xEF\xBB\xBFh\r\n").size());
}

TEST(Csv, MarkedAsUtf8WithCrLf) {
  EXPECT_EQ(render_csv({"甲", "b"}, {{"1", ""}}).bytes, "\xEF\xBB\xBF甲,b\r\n1,\r\n");
}

TEST(Csv, QuotesWhatNeedsIt) {
  EXPECT_EQ(line("a,b"), "\"a,b\"\r\n");
  EXPECT_EQ(line("say \"x\""), "\"say \"\"x\"\"\"\r\n");
  EXPECT_EQ(line("two\nlines"), "\"two\nlines\"\r\n");
}

TEST(Csv, NothingBecomesAFormula) {
  for (const char* cell : {"=1+1", "+cmd", "-x", "@SUM(A1)", "  =1", "\u3000＝1", "－x", "＋1", "＠a"}) {
    EXPECT_EQ(line(cell), "'" + std::string(cell) + "\r\n") << cell;
  }
  EXPECT_EQ(line("\tx"), "'\tx\r\n");
  EXPECT_EQ(render_csv({"h"}, {{"=a", "b", "@c"}}).neutralised, 2u);
}

TEST(Csv, NumbersStayNumbers) {
  for (const char* cell : {"-5", "+0.5", "-12.50", "2016-01-01", "a=b", "0"})
    EXPECT_EQ(line(cell), std::string(cell) + "\r\n");
}

} // namespace
} // namespace appraise
