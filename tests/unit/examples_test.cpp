// Worked examples: tests/examples/**.toml, each checked in one batch and, again, row by row over three threads.
//
//   [[example]] name,
//     indicator  an id of indicators/, or declare = an indicator's declaration of the example's own, with those that it
//                is made of in others.<id>
//     parameters (optional) in place of templates/parameters/indicators.toml
//     period = { from, to }, base = { from, to } (optional), slice = "base1" to look at the base instead
//     records.<type> = a small table; roster = a table (optional: units that are mentioned, without a tree)
//     expect.<unit> = { numerator, denominator = 1, counted, unknown, left_out = { field = rows } } | "empty" |
//                    { empty = true, left_out = … } | "unavailable"; a number may be the text "1/3"
//   Examples of schemes, in tests/examples/schemes, are run by scheme_examples_test.cpp.
#include "engine/settings.h"
#include "tests/unit/sample.h"
#include "tests/unit/worked_example.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace appraise {
namespace {

std::string known(const Setting& table, const std::vector<std::string>& keys) {
  for (const auto& [key, value] : table.members) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) return key;
  }
  return {};
}

class Example {
public:
  explicit Example(const Setting& table) : table_(table), types_(sample::types_of_example(table)) {}

  void run() {
    EXPECT_EQ(known(table_, {"name", "indicator", "declare", "others", "parameters", "period", "base", "slice",
                             "records", "roster", "expect"}),
              "");
    prepare();
    compute_and_compare(4096, 1);
    compute_and_compare(1, 3);
  }

private:
  std::string text(const char* key) const {
    const Setting* setting = table_.find(key);
    return setting == nullptr ? std::string{} : setting->text;
  }

  void prepare() {
    id_ = text("declare").empty() ? text("indicator") : "example";
    catalogue_ = sample::of_example(table_);
    ASSERT_NE(catalogue_.find(id_), nullptr) << id_;
    slices_ = sample::slices_of_example(table_);
    tables_ = sample::tables_of_example(table_);
    roster_ = sample::roster_of_example(table_, tables_);
  }

  void compute_and_compare(std::size_t batch_rows, int threads) {
    if (HasFatalFailure()) return;
    Problems problems;
    Records records = sample::records_of(tables_, roster_, batch_rows);
    derive(records, roster_, sample::clocks(), sample::calendar(), slices_[0].to, problems);
    const Values values =
        compute({&types_, &records, &roster_, &sample::calendar(), &catalogue_, {id_}, slices_, threads}, problems);
    EXPECT_TRUE(problems.empty() || problems[0].rule == "measured-twice") << problems[0].rule;
    const std::string slice = text("slice").empty() ? "period" : text("slice");
    for (const auto& [code, expected] : table_.find("expect")->members) {
      SCOPED_TRACE("unit " + code + ", " + std::to_string(batch_rows) + " rows a batch");
      const auto unit = roster_.find(code);
      ASSERT_TRUE(unit) << code;
      compare(values.at(*unit, 0, values.slice(slice)), expected);
    }
  }

  static std::string exact(const Setting& number) {
    return number.kind == Setting::Kind::text ? number.text : number.number.text();
  }

  static void compare(const Value& value, const Setting& expected) {
    if (expected.kind == Setting::Kind::text) {
      EXPECT_TRUE(expected.text == "empty" || expected.text == "unavailable");
      EXPECT_EQ(value.state, expected.text == "empty" ? ValueState::empty : ValueState::unavailable);
      return;
    }
    EXPECT_EQ(known(expected, {"numerator", "denominator", "counted", "unknown", "left_out", "empty"}), "");
    const bool empty = expected.find("empty") != nullptr;
    EXPECT_EQ(value.state, empty ? ValueState::empty : ValueState::value);
    if (!empty) {
      const Setting* below = expected.find("denominator");
      EXPECT_EQ(value.numerator.text(), exact(*expected.find("numerator")));
      EXPECT_EQ(value.denominator.text(), below == nullptr ? "1" : exact(*below));
    }
    const Setting* counted = expected.find("counted");
    EXPECT_EQ(Number(value.counted), counted == nullptr ? Number(value.counted) : counted->number);
    const Setting* unknown = expected.find("unknown");
    EXPECT_EQ(Number(value.unknown), unknown == nullptr ? Number(0) : unknown->number);
    std::map<std::string, std::int64_t> left_out;
    if (const Setting* reasons = expected.find("left_out")) {
      for (const auto& [field, rows] : reasons->members)
        left_out[field] = rows.number.to_integer();
    }
    EXPECT_EQ(value.left_out, left_out);
  }

  static bool HasFatalFailure() { return testing::Test::HasFatalFailure(); }

  const Setting& table_;
  RecordTypes types_;
  std::string id_;
  Catalogue catalogue_;
  std::vector<Slice> slices_;
  sample::Pasted tables_;
  Roster roster_;
};

class Examples : public testing::TestWithParam<std::string> {};

TEST_P(Examples, HoldAsWritten) {
  Problems problems;
  const Setting file = parse_settings(sample::slurp(GetParam()), GetParam(), problems);
  ASSERT_TRUE(problems.empty()) << GetParam() << ":" << problems[0].place.row << " " << problems[0].found;
  ASSERT_NE(file.find("example"), nullptr);
  for (const Setting& example : file.find("example")->items) {
    SCOPED_TRACE(GetParam() + ": " + example.find("name")->text);
    Example(example).run();
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param.substr(std::string("tests/examples/").size())) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name;
}

std::vector<std::string> files() {
  std::vector<std::string> result;
  for (const std::string& file : sample::files_below("tests/examples", ".toml")) {
    const bool other = file.rfind("tests/examples/schemes/", 0) == 0 || file.rfind("tests/examples/layouts/", 0) == 0;
    if (!other) result.push_back(file);
  }
  return result;
}

INSTANTIATE_TEST_SUITE_P(All, Examples, testing::ValuesIn(files()), test_name);

} // namespace
} // namespace appraise
