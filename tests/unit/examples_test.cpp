// Worked examples: tests/examples/**.toml, each checked in one batch and, again, row by row over three threads.
//
//   [[example]] name, and either
//     indicator  an id of indicators/, or declare = an indicator's declaration of the example's own
//     period = { from, to }, base = { from, to } (optional), slice = "base1" to look at the base instead
//     records.<type> = a small table; roster = a table (optional: units that are mentioned, without a tree)
//     expect.<unit> = { numerator, denominator = 1, counted, unknown, left_out = { field = rows } } | "empty" |
//     "unavailable"
//   or
//     scheme = "bureau-form/2016", values = { indicator = 12, "indicator@base1" = 8, indicator = { numerator,
//     denominator } } (a count of 0 is empty, what is not named is empty), expect = { total, items = { id = points or a
//     state } }
#include "engine/scorecard.h"
#include "engine/settings.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

std::string known(const Setting& table, const std::vector<std::string>& keys) {
  for (const auto& [key, value] : table.members) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) return key;
  }
  return {};
}

Slice slice_of(const char* id, const Setting& table) {
  return {id, table.find("from")->date, table.find("to")->date};
}

class Example {
public:
  explicit Example(const Setting& table) : table_(table) {}

  void run() {
    if (table_.find("scheme") != nullptr) {
      EXPECT_EQ(known(table_, {"name", "scheme", "values", "expect"}), "");
      score();
      return;
    }
    EXPECT_EQ(known(table_, {"name", "indicator", "declare", "period", "base", "slice", "records", "roster", "expect"}),
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
    const std::string declare = text("declare");
    id_ = declare.empty() ? text("indicator") : "example";
    catalogue_ = declare.empty() ? sample::catalogue() : sample::declared(id_, declare);
    ASSERT_NE(catalogue_.find(id_), nullptr) << id_;
    slices_ = {slice_of("period", *table_.find("period"))};
    if (const Setting* base = table_.find("base")) slices_.push_back(slice_of("base1", *base));
    if (const Setting* records = table_.find("records")) {
      for (const auto& [type, csv] : records->members)
        tables_.emplace_back(type, csv.text);
    }
    std::vector<std::string> codes;
    for (const auto& [code, value] : table_.find("expect")->members)
      codes.push_back(code);
    roster_ = sample::roster_of(tables_, codes, text("roster"));
  }

  void compute_and_compare(std::size_t batch_rows, int threads) {
    if (HasFatalFailure()) return;
    Problems problems;
    Records records = sample::records_of(tables_, roster_, batch_rows);
    derive(records, roster_, sample::clocks(), sample::calendar(), slices_[0].to, problems);
    const Values values = compute(
        {&sample::types(), &records, &roster_, &sample::calendar(), &catalogue_, {id_}, slices_, threads}, problems);
    EXPECT_TRUE(problems.empty() || problems[0].rule == "measured-twice") << problems[0].rule;
    const std::string slice = text("slice").empty() ? "period" : text("slice");
    for (const auto& [code, expected] : table_.find("expect")->members) {
      SCOPED_TRACE("unit " + code + ", " + std::to_string(batch_rows) + " rows a batch");
      const auto unit = roster_.find(code);
      ASSERT_TRUE(unit) << code;
      compare(values.at(*unit, 0, values.slice(slice)), expected);
    }
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
      EXPECT_EQ(value.numerator.text(), expected.find("numerator")->number.text());
      EXPECT_EQ(value.denominator.text(), below == nullptr ? "1" : below->number.text());
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

  void score() {
    const std::string file = "templates/schemes/" + text("scheme") + ".toml";
    Problems problems;
    const Scheme scheme = Scheme::load(sample::slurp(file), file, sample::catalogue(), problems);
    for (const Problem& problem : problems)
      ADD_FAILURE() << problem.rule << " " << problem.found;
    const std::size_t quote = scheme.units.find('\'');
    const std::string level = scheme.units.substr(quote + 1, scheme.units.find('\'', quote + 1) - quote - 1);
    const Roster roster = sample::roster_of({}, {}, "code, level, region_group\n1, " + level + ", 甲片区\n");
    const Scorecard card = appraise::score(scheme, roster, sample::catalogue(), given(scheme), problems);
    ASSERT_EQ(card.units.size(), 1u);
    const Setting& expect = *table_.find("expect");
    EXPECT_EQ(known(expect, {"total", "items"}), "");
    if (const Setting* total = expect.find("total")) {
      ASSERT_TRUE(card.units[0].total);
      EXPECT_EQ(card.units[0].total->text(), total->number.text());
    }
    if (const Setting* items = expect.find("items")) {
      for (const auto& [id, points] : items->members)
        compare_item(scheme, card.units[0], id, points);
    }
  }

  static void compare_item(const Scheme& scheme, const UnitResult& unit, const std::string& id, const Setting& points) {
    const Item* item = scheme.item(id);
    ASSERT_NE(item, nullptr) << id;
    const ItemResult& result = unit.items[static_cast<std::size_t>(item - scheme.items.data())];
    if (points.kind == Setting::Kind::text) {
      EXPECT_EQ(state_id(result.state), points.text) << id;
    } else {
      ASSERT_TRUE(result.points) << id << " " << state_id(result.state);
      EXPECT_EQ(result.points->text(), points.number.text()) << id;
    }
  }

  Values given(const Scheme& scheme) const {
    Values values;
    values.indicators = scheme.indicators();
    values.slices = scheme.slices();
    values.units = 1;
    values.resize();
    for (const auto& [key, setting] : table_.find("values")->members) {
      const std::size_t at = key.find('@');
      const std::string id = key.substr(0, at);
      EXPECT_NE(std::find(values.indicators.begin(), values.indicators.end(), id), values.indicators.end()) << id;
      Value& value =
          values.at(0, values.indicator(id), values.slice(at == std::string::npos ? "period" : key.substr(at + 1)));
      const bool pair = setting.kind == Setting::Kind::table;
      value.numerator = pair ? setting.find("numerator")->number : setting.number;
      value.denominator = pair ? setting.find("denominator")->number : Number(1);
      const bool nothing = pair ? value.denominator.is_zero()
                                : value.numerator.is_zero() && sample::catalogue().find(id)->measure == "count";
      value.state = nothing ? ValueState::empty : ValueState::value;
    }
    return values;
  }

  static bool HasFatalFailure() { return testing::Test::HasFatalFailure(); }

  const Setting& table_;
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

INSTANTIATE_TEST_SUITE_P(All, Examples, testing::ValuesIn(sample::files_below("tests/examples", ".toml")), test_name);

} // namespace
} // namespace appraise
