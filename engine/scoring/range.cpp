// A reasonable range: low ≤ figure ≤ high is met and earns the maximum, no more and no less. Outside: nothing, or
// falling evenly to nothing at a distance of `width`.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

// points × (1 − distance ÷ width), written so that the difference comes first; the cut to 0…points follows.
Expr falling(const Item& item, const Expr& distance) {
  const Expr width = parameter_of(item, "width");
  const Expr rest = apply(Op::subtract, {width, distance});
  return apply(Op::divide, {apply(Op::multiply, {parameter_of(item, "points"), rest}), width});
}

class InRange : public ScoringRule {
public:
  std::string name() const override { return "range"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.number("low");
    parameters.number("high");
    parameters.word("outside", {"zero", "linear"}, "zero");
    if (parameters.scoring().words["outside"] == "linear") parameters.number("width", Range::positive);
    parameters.needs_points();
    if (parameters.has("low") && parameters.has("high") && parameters["high"] < parameters["low"]) {
      parameters.problem("high", "number-range", parameters["high"].text(), "≥ " + parameters["low"].text());
    }
    return parameters.take();
  }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    const Expr low = parameter_of(item, "low");
    const Expr high = parameter_of(item, "high");
    const Expr points = parameter_of(item, "points");
    return with_figure(*catalogue.find(item.indicator), "period", [&](const Expr& x) {
      const Expr above_low = apply(Op::greater_equal, {x, low});
      const Expr below_high = apply(Op::less_equal, {x, high});
      if (item.scoring.words.at("outside") == "zero") {
        return choose(apply(Op::both, {above_low, below_high}), points, constant(0));
      }
      const Expr under = falling(item, apply(Op::subtract, {low, x}));
      const Expr over = falling(item, apply(Op::subtract, {x, high}));
      return choose(above_low, choose(below_high, points, over), under);
    });
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
  std::string sentence(const Item& item) const override {
    return item.scoring.words.at("outside") == "zero" ? "range" : "range falling";
  }
};

} // namespace

const ScoringRule& range_rule() {
  static const InRange rule;
  return rule;
}

} // namespace appraise
