#include "engine/input/number_form.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

NumberForm form(Problems& problems, const std::string& text) {
  const Setting file = parse_settings(text, "layout.toml", problems);
  return NumberForm::load(*file.find("form"), problems);
}

const char* kForm =
    R"(form = { prefix = "ZL", digits = [12, 8], weights = [2, 3, 4, 5, 6, 7, 8, 9], modulus = 11, check = "0123456789X", kind_at = 5, kinds = "12389", severity = "blocking" })";

TEST(NumberForm, PublishedNumbersAgree) {
  Problems problems;
  const NumberForm numbers = form(problems, kForm);
  EXPECT_TRUE(problems.empty());
  // Numbers printed in public documents.
  for (const char* cell : {"ZL201710601862.3", "ZL95115608.X", "ZL97101765.4"}) {
    EXPECT_EQ(numbers.check(cell).rule, nullptr) << cell;
    EXPECT_EQ(numbers.check(cell).text, cell);
  }
  // 2·2+0·3+1·4+5·5+1·6+0·7+1·8+2·9+3·2+4·3+5·4+6·5 = 133 = 12·11 + 1
  EXPECT_EQ(numbers.check("zl 2015 1 0123456.1").text, "ZL201510123456.1");
  EXPECT_EQ(numbers.check("201510123456.1").text, "ZL201510123456.1");
  EXPECT_EQ(numbers.check("ＺＬ２０１５１０１２３４５６．１").text, "ZL201510123456.1");
  EXPECT_EQ(numbers.check("").rule, nullptr);
}

TEST(NumberForm, EveryFaultHasItsName) {
  Problems problems;
  const NumberForm numbers = form(problems, kForm);
  const auto says = [&](const char* cell, const char* rule, const char* expected) {
    const NumberForm::Outcome outcome = numbers.check(cell);
    ASSERT_NE(outcome.rule, nullptr) << cell;
    EXPECT_STREQ(outcome.rule, rule) << cell;
    EXPECT_EQ(outcome.expected, expected) << cell;
  };
  says("ZL201510123456.7", "id-check-digit", "1");
  says("ZL201540123456.1", "id-kind", "12389");
  says("ZL991234567", "id-length", "12 | 8");
  says("CN104000000B", "id-form", "ZL000000000000.0");
  says("ZL201510123456.", "id-form", "ZL000000000000.0");
  says("ZL201510123456.11", "id-form", "ZL000000000000.0");
  says("2.01510123456E+11", "id-truncated", "");
  says("ZL201510123456", "id-unchecked", "");
  EXPECT_EQ(numbers.check("ZL201510123456").severity, Severity::verify);
  EXPECT_EQ(numbers.check("ZL201510123456.7").severity, Severity::blocking);
  EXPECT_EQ(numbers.check(" ZL1 ").text, "ZL1") << "what is wrong stays as it stood";
}

TEST(NumberForm, DeclarationsThatDoNotFit) {
  Problems problems;
  form(problems, "form = { prefix = \"A\" }");
  EXPECT_EQ(problems.size(), 2u); // digits, weights
  problems.clear();
  form(problems, "form = { digits = [4], weights = [1], modulus = 11, check = \"0123456789\" }");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].rule, "check-digits-too-few");
}

} // namespace
} // namespace appraise
