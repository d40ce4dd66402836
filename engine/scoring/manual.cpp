// points = the measured value itself.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class Manual : public ScoringRule {
public:
  std::string name() const override { return "manual"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.needs_points();
    return parameters.take();
  }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    return with_figure(*catalogue.find(item.indicator), "period", [](Expr x) { return x; });
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
};

} // namespace

const ScoringRule& manual_rule() {
  static const Manual rule;
  return rule;
}

} // namespace appraise
