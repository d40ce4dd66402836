// points = each × figure (+ each × figure of further indicators), at most cap.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class PerUnit : public ScoringRule {
public:
  std::string name() const override { return "per unit"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.number("each", Range::positive);
    parameters.number("cap", Range::positive, false);
    parameters.terms();
    return parameters.take();
  }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    return capped(item, terms_sum(item, catalogue));
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
  std::string sentence(const Item& item) const override {
    return has_parameter(item, "cap") ? "per unit capped" : "per unit";
  }
};

} // namespace

const ScoringRule& per_unit_rule() {
  static const PerUnit rule;
  return rule;
}

} // namespace appraise
