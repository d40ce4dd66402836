// points = each × figure (+ each × figure of further indicators), at most cap; outside the points of the scheme.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class Bonus : public ScoringRule {
public:
  std::string name() const override { return "bonus"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.number("each", Range::positive);
    parameters.number("cap", Range::positive, false);
    parameters.terms();
    if (!item.bonus) parameters.problem("rule", "rule-does-not-fit", "bonus", "bonus = true");
    return parameters.take();
  }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    return capped(item, terms_sum(item, catalogue));
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
  std::string sentence(const Item& item) const override {
    return has_parameter(item, "cap") ? "bonus capped" : "bonus";
  }
};

} // namespace

const ScoringRule& bonus_rule() {
  static const Bonus rule;
  return rule;
}

} // namespace appraise
