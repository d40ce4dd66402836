// Files of the collection of faults whose third column says what must come of each row.
#include "engine/input/cells.h"
#include "engine/input/input.h"
#include "tests/unit/cn_edge.h"
#include "tests/unit/sample.h"

#include <algorithm>

namespace appraise {
namespace {

const char* kLines = R"(
[lines]
title = "行"
unit = "unit"
fields = [
  { id = "row", title = "行", type = "text", meaning = "m" },
  { id = "unit", title = "省份", type = "unit", meaning = "m" },
  { id = "date", title = "立案日期", type = "date", meaning = "m" },
  { id = "number", title = "数值", type = "number", meaning = "m" },
  { id = "patent_no", title = "专利号", type = "text", meaning = "m" },
  { id = "expected", title = "期望", type = "text", meaning = "m" },
]
)";

const char* kLineLayout = R"(
type = "lines"
[[field]]
field = "unit"
spellings = { "内蒙" = "150000", "新疆兵团" = "660000" }
[[field]]
field = "patent_no"
form = { prefix = "ZL", digits = [12, 8], weights = [2, 3, 4, 5, 6, 7, 8, 9], modulus = 11, check = "0123456789X", kind_at = 5, kinds = "12389", severity = "blocking" }
)";

struct Line {
  std::string number;
  std::string expected;
  std::string value;
  std::string status; // ok, WARN (read, with something to be told), ERROR (not counted), missing
  Problems problems;
};

std::vector<Line> lines_of(const std::string& name, const std::string& field_id) {
  Problems problems;
  const RecordTypes types = RecordTypes::load(kLines, "fields.toml", problems);
  const Roster roster = Roster::load(sample::slurp("templates/parameters/regions.csv"), "regions.csv", problems);
  std::map<std::string, Layout> layouts;
  layouts.emplace("lines", Layout::load(kLineLayout, "lines.toml", types, problems));
  EXPECT_TRUE(problems.empty()) << problems.front().rule;
  Appraisal appraisal;
  Input input;
  input.type = "lines";
  input.layout = "lines";
  input.patterns = {name};
  input.reporting_date = *Date::parse("2018-01-31");
  appraisal.inputs = {input};
  problems.clear();
  const Records records = read_records(appraisal, cn_edge_files().string(), types, layouts, roster, {}, problems);
  const RecordType& type = types.types.front();
  const std::size_t index = *type.field(field_id);
  std::vector<Line> lines;
  for (const Batch& batch : records.find("lines")->batches) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      Line& line = lines.emplace_back();
      line.number = std::string(batch.text(0, row));
      line.expected = std::string(batch.text(5, row));
      for (const Problem& problem : problems) {
        if (problem.place.row == batch.lines[row]) line.problems.push_back(problem);
      }
      if (type.fields[index].type == FieldType::text) {
        line.value = std::string(batch.text(index, row));
      } else if (const std::int64_t value = batch.value(index, row); value != kMissing) {
        line.value = type.fields[index].type == FieldType::date   ? Date{static_cast<std::int32_t>(value)}.text()
                     : type.fields[index].type == FieldType::unit ? roster[static_cast<std::int32_t>(value)].name
                                                                  : std::to_string(value);
      }
      line.status = batch.alive[row] == 0    ? "ERROR"
                    : !line.problems.empty() ? "WARN"
                    : line.value.empty()     ? "missing"
                                             : "ok";
    }
  }
  return lines;
}

// What the third column allows: of "WARN or ERROR" both.
bool allows(const std::string& expected, const std::string& status, const std::string& otherwise) {
  const bool warn = expected.find("WARN") != std::string::npos;
  const bool error = expected.find("ERROR") != std::string::npos;
  const bool missing = expected.find("missing") != std::string::npos;
  if (status == "WARN") return warn;
  if (status == "ERROR") return error;
  if (status == "missing") return missing;
  return expected.rfind("ok", 0) == 0 || (!warn && !missing && expected.find(otherwise) != std::string::npos);
}

using Statuses = std::map<std::string, std::string>; // row → status and value

TEST_F(CnEdge, Dates) {
  const Statuses values = {{"2", "2017-01-05"},  {"5", "2016-02-29"},  {"8", "2017-03-05"},  {"9", "2017-03-05"},
                           {"10", "2017-03-05"}, {"11", "2017-03-05"}, {"13", "2017-03-05"}, {"14", "2017-03-05"},
                           {"15", "2017-03-05"}, {"22", "2017-03-05"}, {"23", "2017-03-05"}, {"25", "9999-12-31"},
                           {"26", "2107-03-05"}};
  const std::vector<Line> lines = lines_of("dates.csv", "date");
  ASSERT_EQ(lines.size(), 30u);
  for (const Line& line : lines) {
    EXPECT_TRUE(allows(line.expected, line.status, "ok"))
        << line.number << ": " << line.status << ", " << line.expected;
    const auto value = values.find(line.number);
    EXPECT_EQ(line.value, value == values.end() ? "" : value->second) << line.number;
  }
  EXPECT_EQ(lines.at(10).problems.at(0).nearest, Names{"2017-03-05"}); // 二〇一七年三月五日 is refused with a hint
  EXPECT_EQ(lines.at(12).problems.at(0).rule, "date-from-serial");
  EXPECT_EQ(lines.at(12).problems.at(0).severity, Severity::verify);
}

TEST_F(CnEdge, Numbers) {
  // In hundredths.
  const Statuses values = {{"2", "12300"},
                           {"3", "12300"},
                           {"4", "123400"},
                           {"5", "123400"},
                           {"20", "0"},
                           {"21", "-500"},
                           {"22", "500"},
                           {"24", "500"},
                           {"26", "150"},
                           {"27", "10"},
                           {"28", "900719925474099300"},
                           {"35", "0"}};
  // Where the column says no more than the number; 5 % is not declared, so it is neither 0.05 nor 5.
  const std::set<std::string> plain = {"2", "20", "26", "27", "28", "35"};
  const std::vector<Line> lines = lines_of("numbers.csv", "number");
  ASSERT_EQ(lines.size(), 34u);
  for (const Line& line : lines) {
    const bool fine = plain.count(line.number) > 0 ? line.status == "ok"
                      : line.number == "21"        ? line.status == "ok" // a count: below
                      : line.number == "14"        ? line.status == "ERROR"
                                                   : allows(line.expected, line.status, "ok");
    EXPECT_TRUE(fine) << line.number << ": " << line.status << ", " << line.expected;
    const auto value = values.find(line.number);
    EXPECT_EQ(line.value, value == values.end() ? "" : value->second) << line.number;
  }
  const auto hint = [&](const char* number) {
    for (const Line& line : lines) {
      if (line.number == number && !line.problems.empty() && !line.problems[0].nearest.empty())
        return line.problems[0].nearest[0];
    }
    return std::string();
  };
  EXPECT_EQ(hint("8"), "120");
  EXPECT_EQ(hint("9"), "120");
  EXPECT_EQ(hint("10"), "12000");
  EXPECT_EQ(hint("11"), "12");
  EXPECT_STREQ(parse_integer("-5").rule, "number-negative");
}

TEST_F(CnEdge, Provinces) {
  const Statuses values = {
      {"2", "北京市"},       {"3", "北京市"},       {"5", "北京市"},           {"6", "北京市"},
      {"7", "内蒙古自治区"}, {"8", "内蒙古自治区"}, {"9", "新疆生产建设兵团"}, {"10", "新疆生产建设兵团"},
      {"11", "陕西省"},      {"12", "山西省"},      {"14", "黑龙江省"}};
  const std::vector<Line> lines = lines_of("provinces.csv", "unit");
  ASSERT_EQ(lines.size(), 16u);
  for (const Line& line : lines) {
    const auto value = values.find(line.number);
    EXPECT_EQ(line.value, value == values.end() ? "" : value->second) << line.number;
    // A form that the roster does not have is always told, also where the column does not ask for it.
    const bool told = line.status == "WARN" && (line.number == "9" || line.number == "11");
    EXPECT_TRUE(told || allows(line.expected, line.status, line.value)) << line.number << ": " << line.status;
  }
  EXPECT_EQ(lines.at(11).problems.at(0).nearest.at(0), "广西壮族自治区");
}

TEST_F(CnEdge, PatentNumbers) {
  const std::vector<Line> lines = lines_of("patent_numbers.csv", "patent_no");
  ASSERT_EQ(lines.size(), 15u);
  for (const Line& line : lines) {
    EXPECT_TRUE(allows(line.expected, line.status, "ok"))
        << line.number << ": " << line.status << ", " << line.expected;
  }
  for (const std::size_t same : {0u, 2u, 3u, 4u, 5u})
    EXPECT_EQ(lines.at(same).value, "ZL201510123456.1");
  EXPECT_EQ(lines.at(1).problems.at(0).rule, "id-check-digit");
  EXPECT_EQ(lines.at(1).problems.at(0).expected, "1");
  EXPECT_EQ(lines.at(6).problems.at(0).rule, "id-unchecked");
  EXPECT_EQ(lines.at(7).problems.at(0).rule, "id-truncated");
  EXPECT_EQ(lines.at(8).problems.at(0).rule, "id-form");
  EXPECT_EQ(lines.at(9).problems.at(0).rule, "id-length");
  EXPECT_EQ(lines.at(10).problems.at(0).expected, "1");
  EXPECT_EQ(lines.at(11).problems.at(0).rule, "id-kind");
}

} // namespace
} // namespace appraise
