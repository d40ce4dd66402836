// What the rules share in taking their parameters and in naming them in a tree.
#pragma once

#include "engine/scoring/rule.h"

#include <string>
#include <utility>
#include <vector>

namespace appraise {

enum class Range { any, positive, not_negative };

// Takes parameters out of an item's `scoring` table.
class ParameterReader {
public:
  ParameterReader(Reader& reader, const Item& item) : reader_(reader), item_(item) {}
  void number(const std::string& name, Range range = Range::any, bool required = true);
  void word(const std::string& name, const std::vector<std::string>& allowed, const std::string& fallback);
  void terms();        // plus = [{ indicator, each }]
  void needs_points(); // this rule is a part of the item's maximum
  bool has(const std::string& name) const { return scoring_.numbers.count(name) > 0; }
  const Number& operator[](const std::string& name) const { return scoring_.numbers.at(name); }
  void problem(const std::string& name, std::string rule, std::string found, std::string expected = {});
  Scoring& scoring() { return scoring_; }
  Scoring take() { return std::move(scoring_); }

private:
  void place(const std::string& name);
  Reader& reader_;
  const Item& item_;
  Scoring scoring_;
};

bool has_parameter(const Item& item, const std::string& name);
Expr parameter_of(const Item& item, const std::string& name); // asserts that the item has it
// each × figure of the item's own indicator + each × figure of the further ones.
Expr terms_sum(const Item& item, const Catalogue& catalogue);
// x, not above the rule's cap where it has one.
Expr capped(const Item& item, Expr x);
// Every number of the rule as ("name", "decimal").
std::vector<std::pair<std::string, std::string>> number_facts(const Item& item);

} // namespace appraise
