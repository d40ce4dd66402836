// points = each × (figure − base) ÷ base ÷ step, by whole steps or pro rata; not below floor (0), not above cap.
//   zero_base: "one" counts from 1, "none" earns nothing, "not applicable" is that state.
//   step = 0.1 is ten percentage points of growth. base names a base period.
#include "engine/scoring/parameters.h"
#include "engine/scoring/rules.h"

namespace appraise {

namespace {

class Growth : public ScoringRule {
public:
  std::string name() const override { return "growth"; }
  Scoring check(Reader& reader, const Item& item) const override {
    ParameterReader parameters(reader, item);
    parameters.number("each", Range::positive);
    parameters.number("step", Range::positive);
    parameters.number("floor", Range::any, false);
    parameters.number("cap", Range::positive, false);
    parameters.word("steps", {"pro rata", "whole"}, {});
    parameters.word("zero_base", {"one", "none", "not applicable"}, {});
    if (const Setting* base = reader.optional("base", Setting::Kind::text)) {
      parameters.scoring().words["base"] = base->text;
      parameters.scoring().places["base"] = base->place;
    } else {
      parameters.scoring().words["base"] = "base1";
    }
    return parameters.take();
  }

  Expr expression(const Item& item, const Scheme&, const Catalogue& catalogue) const override {
    const Indicator& indicator = *catalogue.find(item.indicator);
    const auto& words = item.scoring.words;
    const auto itself = [](Expr x) { return x; };
    const Expr now = with_figure(indicator, "period", itself);
    const Expr before = with_figure(indicator, words.at("base"), itself);
    const Expr no_base = apply(Op::equal, {before, constant(0)});
    const Expr base = words.at("zero_base") == "one" ? choose(no_base, constant(1), before) : before;

    const Expr growth = apply(Op::divide, {apply(Op::subtract, {now, base}), base});
    Expr steps = apply(Op::divide, {growth, parameter_of(item, "step")});
    if (words.at("steps") == "whole") steps = apply(Op::floor, {steps});
    const Expr earned = apply(Op::multiply, {parameter_of(item, "each"), steps});
    const Expr least = has_parameter(item, "floor") ? parameter_of(item, "floor") : constant(0);
    Expr points = capped(item, apply(Op::maximum, {least, earned}));

    if (words.at("zero_base") == "none") return choose(no_base, constant(0), points);
    if (words.at("zero_base") == "not applicable") return choose(no_base, state_text("not applicable"), points);
    return points;
  }

  std::vector<std::pair<std::string, std::string>> facts(const Item& item) const override { return number_facts(item); }
  std::string sentence(const Item& item) const override {
    return item.scoring.words.at("steps") == "whole" ? "growth whole" : "growth";
  }
};

} // namespace

const ScoringRule& growth_rule() {
  static const Growth rule;
  return rule;
}

} // namespace appraise
