// points = full − each × figure (− each × figure of further indicators), never below 0.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class Deduction : public ScoringRule {
public:
  std::string name() const override { return "deduction"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.number("full", Range::positive);
    parameters.number("each", Range::positive);
    parameters.terms();
    if (item.points && parameters.has("full") && parameters["full"] > *item.points) {
      parameters.problem("full", "points-above-maximum", parameters["full"].text(), item.points->text());
    }
    return parameters.take();
  }
  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    return apply(Op::maximum,
                 {constant(0), apply(Op::subtract, {parameter_of(item, "full"), terms_sum(item, catalogue)})});
  }
  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
};

} // namespace

const ScoringRule& deduction_rule() {
  static const Deduction rule;
  return rule;
}

} // namespace appraise
