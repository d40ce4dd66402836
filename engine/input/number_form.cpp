#include "engine/input/number_form.h"

#include "engine/input/cells.h"
#include "engine/input/unicode.h"

#include <algorithm>

namespace appraise {

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

// Narrow, without white space, in capitals.
std::string plain_form(std::string_view cell) {
  std::string result;
  for (std::size_t i = 0; i < cell.size();) {
    const char32_t c = narrow(next_char(cell, i));
    if (!is_space(c)) append_utf8(result, c >= U'a' && c <= U'z' ? c - (U'a' - U'A') : c);
  }
  return result;
}

// A whole number of [least, most]; what is none is a problem, and `least` is returned.
std::int64_t whole(Reader& reader, const std::string& name, const Number& number, std::int64_t least,
                   std::int64_t most) {
  if (number.is_integer() && number >= Number(least) && number <= Number(most)) return number.to_integer();
  reader.problem(name, "unknown-value", number.text(), std::to_string(least) + "…" + std::to_string(most));
  return least;
}

} // namespace

NumberForm NumberForm::load(const Setting& table, Problems& problems) {
  NumberForm form;
  Reader reader(table, problems);
  form.prefix = reader.text("prefix", "");
  for (const Number& number : reader.numbers("digits"))
    form.digits.push_back(static_cast<std::size_t>(whole(reader, "digits", number, 1, 30)));
  for (const Number& number : reader.numbers("weights"))
    form.weights.push_back(static_cast<int>(whole(reader, "weights", number, 0, 100)));
  if (const auto modulus = reader.number("modulus"))
    form.modulus = static_cast<int>(whole(reader, "modulus", *modulus, 2, 97));
  form.check_digits = reader.text("check", form.check_digits);
  form.kinds = reader.text("kinds", "");
  if (reader.has("kind_at")) {
    if (const auto at = reader.number("kind_at"))
      form.kind_at = static_cast<std::size_t>(whole(reader, "kind_at", *at, 1, 30));
  }
  const std::string severity = reader.one_of("severity", {"blocking", "verify", "notice"}, "verify");
  form.severity = severity == "blocking" ? Severity::blocking
                  : severity == "verify" ? Severity::verify
                                         : Severity::notice;
  reader.finish();
  if (form.digits.empty()) reader.problem("digits", "missing-key", "digits", "list");
  if (form.weights.empty()) reader.problem("weights", "missing-key", "weights", "list");
  if (form.check_digits.size() < static_cast<std::size_t>(form.modulus)) {
    reader.problem("check", "check-digits-too-few", form.check_digits, std::to_string(form.modulus));
    form.check_digits.resize(static_cast<std::size_t>(form.modulus), '0');
  }
  return form;
}

NumberForm::Outcome NumberForm::check(std::string_view cell) const {
  Outcome outcome;
  outcome.text = std::string(trimmed(cell));
  if (outcome.text.empty()) return outcome;
  const auto broken = [&](const char* rule, std::string expected) {
    outcome.rule = rule;
    outcome.severity = severity;
    outcome.expected = std::move(expected);
    return outcome;
  };
  std::string text = plain_form(cell);
  if (truncated_identifier(text) == Severity::blocking) return broken("id-truncated", "");
  if (text.compare(0, prefix.size(), prefix) == 0) text.erase(0, prefix.size());
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string number = text.substr(0, point);
  const std::string check = text.substr(std::min(point + 1, text.size()));
  const std::string shape = prefix + std::string(digits.empty() ? 1 : digits.front(), '0') + ".0";
  if (number.empty() || !std::all_of(number.begin(), number.end(), digit) || check.size() > 1 ||
      (point < text.size() && check.empty())) {
    return broken("id-form", shape);
  }
  if (std::find(digits.begin(), digits.end(), number.size()) == digits.end()) {
    std::string lengths;
    for (const std::size_t length : digits)
      lengths += (lengths.empty() ? "" : " | ") + std::to_string(length);
    return broken("id-length", lengths);
  }
  const bool longest = number.size() == *std::max_element(digits.begin(), digits.end());
  if (longest && kind_at > 0 && kind_at <= number.size() && kinds.find(number[kind_at - 1]) == std::string::npos) {
    return broken("id-kind", kinds);
  }
  int sum = 0;
  for (std::size_t i = 0; i < number.size() && !weights.empty(); ++i)
    sum += (number[i] - '0') * weights[i % weights.size()];
  const char right = check_digits[static_cast<std::size_t>(sum % modulus)];
  if (check.empty()) {
    outcome.text = prefix + number;
    outcome.rule = "id-unchecked";
    outcome.severity = Severity::verify;
    return outcome;
  }
  if (check[0] != right) return broken("id-check-digit", std::string(1, right));
  outcome.text = prefix + number + "." + check;
  return outcome;
}

} // namespace appraise
