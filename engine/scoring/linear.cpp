// points = maximum × (figure − from) ÷ (to − from): none at `from`, all at `to`; from > to where lower is better.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class Linear : public ScoringRule {
public:
  std::string name() const override { return "linear"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.number("from");
    parameters.number("to");
    parameters.needs_points();
    if (parameters.has("from") && parameters.has("to") && parameters["from"] == parameters["to"]) {
      parameters.problem("to", "number-range", parameters["to"].text(), "≠ " + parameters["from"].text());
    }
    return parameters.take();
  }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    const Expr from = parameter_of(item, "from");
    const Expr span = apply(Op::subtract, {parameter_of(item, "to"), from});
    return with_figure(*catalogue.find(item.indicator), "period", [&](Expr x) {
      const Expr way = apply(Op::subtract, {std::move(x), from});
      return apply(Op::divide, {apply(Op::multiply, {parameter_of(item, "points"), way}), span});
    });
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
  std::string sentence(const Item& item) const override {
    return item.scoring.numbers.at("from") < item.scoring.numbers.at("to") ? "linear" : "linear falling";
  }
};

} // namespace

const ScoringRule& linear_rule() {
  static const Linear rule;
  return rule;
}

} // namespace appraise
