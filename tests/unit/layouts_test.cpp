// Each layout of templates/layouts reads the small export that stands beside its expectation in tests/examples/layouts.
#include "engine/input/input.h"
#include "tests/unit/reading.h"
#include "tests/unit/sample.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace appraise {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const std::string kExamples = "tests/examples/layouts";

std::map<std::string, Layout> layouts(Problems& problems) {
  std::map<std::string, Layout> result;
  for (const std::string& file : sample::files_below("templates/layouts", ".toml")) {
    const Layout layout = Layout::load(sample::slurp(file), file, sample::types(), problems);
    result.emplace(layout.id, layout);
  }
  return result;
}

std::vector<std::string> texts(const Setting& list) {
  std::vector<std::string> result;
  for (const Setting& item : list.items)
    result.push_back(item.text);
  return result;
}

std::string value_text(const Batch& batch, std::size_t row, const Field& field, std::size_t index,
                       const Roster& roster) {
  if (field.type == FieldType::text) return std::string(batch.text(index, row));
  const std::int64_t value = batch.value(index, row);
  if (value == kMissing) return {};
  if (field.type == FieldType::date) return Date{static_cast<std::int32_t>(value)}.text();
  if (field.type == FieldType::category) return field.categories[static_cast<std::size_t>(value)].id;
  if (field.type == FieldType::unit) return roster[static_cast<std::int32_t>(value)].code;
  return std::to_string(value);
}

class LayoutExample : public testing::TestWithParam<std::string> {};

TEST_P(LayoutExample, ReadsItsExport) {
  Problems problems;
  const Setting example = parse_settings(sample::slurp(GetParam()), GetParam(), problems);
  const std::map<std::string, Layout> known = layouts(problems);
  const Roster roster = Roster::load(reading::kRoster, "roster.csv", problems);
  ASSERT_TRUE(problems.empty()) << problems.front().rule;
  Appraisal appraisal;
  Input input;
  input.type = example.find("type")->text;
  input.layout = example.find("layout")->text;
  input.patterns = {example.find("export")->text};
  input.reporting_date = *Date::parse("2017-01-31");
  appraisal.inputs = {input};
  const Records records = read_records(appraisal, std::string(SOURCE_FOLDER) + "/" + kExamples, sample::types(), known,
                                       roster, {}, problems);
  const RecordType& type = *sample::types().find(input.type);
  Rows rows;
  for (const Batch& batch : records.find(input.type)->batches) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (batch.alive[row] == 0) continue;
      std::vector<std::string>& values = rows.emplace_back();
      for (const Setting& field : example.find("fields")->items) {
        const std::size_t index = *type.field(field.text);
        values.push_back(value_text(batch, row, type.fields[index], index, roster));
      }
    }
  }
  Rows expected;
  for (const Setting& row : example.find("rows")->items)
    expected.push_back(texts(row));
  EXPECT_EQ(rows, expected);
  std::vector<std::string> found;
  for (const Problem& problem : problems) {
    found.push_back(problem.rule + " " + std::to_string(problem.place.row) + ":" +
                    std::to_string(problem.place.column));
  }
  EXPECT_EQ(found, texts(*example.find("problems")));
}

std::string name_of(const testing::TestParamInfo<std::string>& example) {
  const std::size_t at = example.param.rfind('/') + 1;
  return example.param.substr(at, example.param.rfind('.') - at);
}

INSTANTIATE_TEST_SUITE_P(All, LayoutExample, testing::ValuesIn(sample::files_below(kExamples, ".toml")), name_of);

TEST(Layouts, EachHasItsWorkedExample) {
  Problems problems;
  for (const auto& [id, layout] : layouts(problems)) {
    EXPECT_FALSE(sample::slurp(kExamples + "/" + id + ".toml").empty()) << id;
    if (layout.type == "*") continue;
    for (const LayoutField& field : layout.fields)
      EXPECT_TRUE(sample::types().find(layout.type)->field(field.field)) << id << ": " << field.field;
  }
  EXPECT_TRUE(problems.empty());
}

} // namespace
} // namespace appraise
