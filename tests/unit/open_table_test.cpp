#include "engine/input/open_table.h"

#include "engine/input/sheet_facts.h"
#include "tests/unit/reading.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

const std::string kCase = "\xB0\xB8\xBC\xFE"; // 案件 in GB18030

struct Read {
  std::string encoding;
  char separator = ' ';
  std::string error; // rule and place
  Problem problem;
  int begun = 0;
  std::vector<std::string> rows;
};

class Rows : public BlockSink {
public:
  explicit Rows(Read& read) : read_(read) {}
  void begin() override {
    ++read_.begun;
    read_.rows.clear();
  }
  void take(const CellBlock& block) override {
    std::string copy;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      std::string text = std::to_string(block.line(row)) + ":";
      for (std::size_t column = 0; column < block.width(row); ++column)
        text += std::string(column == 0 ? "" : "|") + std::string(plain(block, row, column, copy));
      read_.rows.push_back(text);
    }
  }

private:
  Read& read_;
};

Read read(const std::string& bytes, const OpenOptions& options = {}, const std::string& name = "a.csv") {
  reading::Folder folder;
  folder.write(name, bytes);
  Read result;
  Problems problems;
  try {
    OpenTable table(folder.path() + "/" + name, name, options);
    Rows rows(result);
    table.read(0, rows, problems);
    result.encoding = table.form().encoding;
    result.separator = table.form().separator;
  } catch (const Error& error) {
    problems = error.problems();
  }
  if (problems.empty()) return result;
  result.problem = problems.front();
  result.error = result.problem.rule + " " + std::to_string(result.problem.place.row) + ":" +
                 std::to_string(result.problem.place.column) + " " + std::to_string(result.problem.place.byte);
  return result;
}

using Lines = std::vector<std::string>;

TEST(OpenTable, TheEncodingIsToldByTheBytes) {
  EXPECT_EQ(read("a,案件\n").encoding, "UTF-8");
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a,案件\n")
                .encoding,
            "UTF-8 BOM");
  EXPECT_EQ(read("a," + kCase + "\n").encoding, "GB18030");
  EXPECT_EQ(read("a," + kCase + "\n1,2\n").rows, (Lines{"1:a|案件", "2:1|2"}));
  EXPECT_EQ(read(std::string("\xFF\xFE"
                             "a\0,\0\x48\x68",
                             8))
                .encoding,
            "UTF-16LE");
  EXPECT_EQ(read(std::string("\xFE\xFF"
                             "\0a\0,\x68\x48",
                             8))
                .rows,
            Lines{"1:a|案"});
  EXPECT_EQ(read("a\tb\n").separator, '\t');
  EXPECT_EQ(read("sep=;\na;b,c\n").rows, Lines{"2:a|b,c"});
}

TEST(OpenTable, ALateContradictionBeginsAgain) {
  std::string bytes;
  for (int i = 0; i < 60000; ++i)
    bytes += "12345678,x\n";
  const Read plain = read(bytes);
  EXPECT_EQ(plain.begun, 1);
  EXPECT_EQ(plain.rows.size(), 60000u);
  const Read late = read(bytes + kCase + ",1\n");
  EXPECT_EQ(late.begun, 2);
  ASSERT_EQ(late.rows.size(), 60001u);
  EXPECT_EQ(late.encoding, "GB18030");
  EXPECT_EQ(late.rows.back(), "60001:案件|1");
}

TEST(OpenTable, BytesThatAreNeitherAreLocated) {
  Read found = read("a,b\n案件案,1\nx,\xFF\xFE\n");
  EXPECT_EQ(found.error, "bytes-broken 3:2 18");
  EXPECT_EQ(found.problem.found, "FF FE 0A");
  EXPECT_EQ(read("案件案\nx,\"a,\nb\"," + kCase + "\n").error, "bytes-mixed 3:3 19"); // UTF-8 first
  EXPECT_EQ(read(kCase + "\nx,1\n案件案,1\n").error, "bytes-mixed 3:1 9");            // UTF-8 later
  EXPECT_EQ(read(kCase + ",\x80\n").error, "bytes-broken 1:2 5");                     // in no encoding
  EXPECT_EQ(read("\xEF\xBB\xBF" + kCase + "\n").error, "bytes-broken 1:1 3");         // the BOM says UTF-8
}

TEST(OpenTable, AQuoteIsMisplacedOnlyInAnEncodingThatHoldsToTheEnd) {
  const std::string misplaced = "\"" + kCase + "\"x,1\n";
  EXPECT_EQ(read("a,b\n" + misplaced).error, "quote-misplaced 2:1 10");
  EXPECT_EQ(read("\"a\"x,b\n" + std::string(300000, 'c') + kCase + "\n").error, "quote-misplaced 1:1 3");
  EXPECT_EQ(read("\"a\"x,b\n" + std::string(300000, 'c') + "\n\xFF\n").error, "bytes-broken 3:1 300008");
  EXPECT_EQ(read(misplaced + "案件编号,1\n").error, "bytes-mixed 2:1 10");
}

TEST(OpenTable, AnEncodingThatIsNamedIsTaken) {
  const std::string both = kCase + "\n案件案,1\n";
  EXPECT_EQ(read(both).error.substr(0, 11), "bytes-mixed");
  EXPECT_EQ(read(both, {.encoding = "gbk", .limits = {}}).encoding, "GB18030");
  EXPECT_EQ(read(kCase, {.encoding = "utf-8", .limits = {}}).error, "bytes-broken 1:1 0");
  EXPECT_EQ(read(kCase, {.encoding = "utf-8", .limits = {}}).problem.expected, "UTF-8");
  EXPECT_EQ(read("a", {.encoding = "latin-1", .limits = {}}).problem.rule, "encoding-unknown");
  EXPECT_EQ(encoding_named("GB_18030"), "GB18030");
  EXPECT_EQ(encoding_named("UTF-7"), "");
}

TEST(OpenTable, FilesThatAreNoTables) {
  EXPECT_EQ(read("").problem.rule, "file-empty");
  EXPECT_EQ(read("\xEF\xBB\xBF").problem.rule, "file-empty");
  EXPECT_EQ(read(" \r\n\t\n").problem.rule, "file-empty");
  EXPECT_EQ(read("\xFF\xFE").problem.rule, "file-empty");
  EXPECT_EQ(read("a,b\n", {}, "a.XLSX").problem.rule, "file-kind");
  EXPECT_EQ(read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").problem.rule, "file-kind");
  EXPECT_EQ(read("a,\"b\n").error, "quote-unterminated 1:2 2");
  OpenOptions narrow;
  narrow.limits.cell_bytes = 4;
  const Read limited = read("a,b\n12345,2\n", narrow);
  EXPECT_EQ(limited.problem.rule, "limit-cell");
  EXPECT_EQ(limited.problem.place.row, 2);
  EXPECT_EQ(OpenTable::exit_code({limited.problem}), ExitCode::limit);
  EXPECT_EQ(OpenTable::exit_code({read("").problem}), ExitCode::input);
}

TEST(OpenTable, FirstRowsAndSheets) {
  reading::Folder folder;
  folder.write("a.csv", "\n" + kCase + "\n\n1,2\n3,4\n");
  OpenTable table(folder.path() + "/a.csv", "a.csv", {});
  Problems problems;
  const std::vector<CsvRow> rows = table.first_rows(0, 2, problems);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].fields, Lines{"案件"});
  EXPECT_EQ(rows[0].line, 2);
  EXPECT_EQ(rows[1].line, 4);
  EXPECT_EQ(table.sheets().size(), 1u);
  EXPECT_THROW(table.sheet("Sheet1"), Error);
  EXPECT_FALSE(table.workbook());
}

// Each expectation written as the bytes that are digested.
TEST(SheetFacts, TheFormThatIsDigested) {
  reading::Folder folder;
  folder.write("a.csv", "a,,\"b\nc\",,\n\n,,\n\"\"\n\"x\"\"y\"\nlong,1,2,3\n");
  OpenTable table(folder.path() + "/a.csv", "a.csv", {});
  Problems problems;
  SheetFacts facts(2);
  ASSERT_TRUE(table.read(0, facts, problems));
  EXPECT_EQ(facts.rows(), 3);
  EXPECT_EQ(facts.cells(), 7);
  EXPECT_EQ(facts.widths(), (std::map<std::size_t, std::int64_t>{{1, 2}, {3, 1}, {4, 1}, {5, 1}}));
  EXPECT_EQ(facts.digest(), sha256_of("a\x1F\x1F"
                                      "b\nc\x1F\x1E"
                                      "x\"y\x1F\x1E"
                                      "long\x1F"
                                      "1\x1F"
                                      "2\x1F"
                                      "3\x1F\x1E"));
  ASSERT_EQ(facts.head().size(), 2u);
  EXPECT_EQ(facts.head()[1].line, 4);
  EXPECT_EQ(facts.head()[1].cells, (Lines{"", "", ""}));
  EXPECT_TRUE(facts.notices("a.csv", "").empty());
}

TEST(SheetFacts, MarksOfASpreadsheetAreTold) {
  CellBlock block;
  block.text = "1,#N/A,,";
  block.ends = {1, 6, 7, 8};
  block.starts = {0, 7};
  block.first = {0, 2, 4};
  block.first_line = 4;
  block.marks = {
      {0, 0, CellMark::Kind::formula}, {0, 1, CellMark::Kind::error}, {1, 1, CellMark::Kind::formula_unsolved}};
  block.hidden = {1};
  SheetFacts facts;
  facts.begin();
  facts.take(block);
  const Problems problems = facts.notices("a.xlsx", "表一");
  ASSERT_EQ(problems.size(), 4u);
  EXPECT_EQ(problems[0].rule, "formula-unsolved");
  EXPECT_EQ(problems[0].severity, Severity::blocking);
  EXPECT_EQ(problems[0].expected, "B5");
  EXPECT_EQ(problems[1].rule, "cell-error");
  EXPECT_EQ(problems[1].found, "#N/A");
  EXPECT_EQ(problems[1].place.column, 2);
  EXPECT_EQ(problems[2].rule, "formula-results");
  EXPECT_EQ(problems[2].found, "1");
  EXPECT_EQ(problems[3].rule, "rows-hidden");
  EXPECT_EQ(problems[3].place.row, 5);
  EXPECT_EQ(problems[3].place.sheet, "表一");
}

} // namespace
} // namespace appraise
