// No points: units are ranked by the figure. The key is the figure, negative where lower is better.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class RankOnly : public ScoringRule {
public:
  std::string name() const override { return "rank only"; }
  Scoring check(Reader& reader, const Item& item) const override { return ParameterReader(reader, item).take(); }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    const Indicator& indicator = *catalogue.find(item.indicator);
    const bool lower = indicator.better == "lower";
    return with_figure(indicator, "period", [&](Expr x) {
      return lower ? apply(Op::subtract, {constant(0), std::move(x)}) : x;
    });
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
};

} // namespace

const ScoringRule& rank_only_rule() {
  static const RankOnly rule;
  return rule;
}

} // namespace appraise
