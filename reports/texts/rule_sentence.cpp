#include "reports/texts/rule_sentence.h"

#include "engine/scoring/rule.h"

#include <cctype>

namespace appraise {

namespace {

class Writer {
public:
  Writer(const Item& item, const Scheme& scheme, const Catalogue& catalogue, Language language)
      : item_(item), scheme_(scheme), catalogue_(catalogue), indicator_(catalogue.find(item.indicator)),
        language_(language) {}

  std::string write() {
    const ScoringRule* rule = find_scoring_rule(item_.scoring.rule);
    if (rule == nullptr) return item_.scoring.rule;
    std::string result = rule->name() == "bands" ? bands() : said("rule." + rule->sentence(item_), facts(*rule));
    const std::string name = rule->name();
    for (const Term& term : item_.scoring.terms) {
      const Indicator* other = catalogue_.find(term.indicator);
      result += said(name == "deduction" ? "rule.term.deduction" : "rule.term",
                     {{"indicator", other == nullptr ? term.indicator : other->title},
                      {"unit", other == nullptr ? std::string{} : unit_words(*other)},
                      {"each", term.each.text()}});
    }
    if (name == "growth") result += growth();
    if (name == "rank only" && indicator_ != nullptr && indicator_->better == "lower")
      result += said("rule.lower first");
    if (item_.points && (name == "per unit" || name == "growth") && item_.scoring.numbers.count("cap") == 0) {
      result += said("rule.maximum", {{"points", item_.points->text()}});
    }
    return result + decisions();
  }

private:
  std::string said(const std::string& id, const Facts& with = {}) const { return text(id, language_, with); }

  bool percent() const { return indicator_ != nullptr && indicator_->unit == "%"; }

  // A figure as people write it: 90%, 30天.
  std::string figure_words(const Number& number) const {
    if (percent()) return (number * Number(100)).text() + "%";
    return number.text() + (indicator_ == nullptr ? std::string{} : indicator_->unit);
  }

  std::string unit_words(const Indicator& indicator) const {
    return indicator.unit == "%" ? said("rule.whole share") : indicator.unit;
  }

  Facts facts(const ScoringRule& rule) const {
    Facts result;
    for (auto& [name, number] : rule.facts(item_)) {
      const Number value = *Number::parse(number);
      const bool is_figure = name == "from" || name == "to" || name == "low" || name == "high" || name == "width";
      if (name == "step") {
        result.emplace_back(name, said("rule.percentage points", {{"points", (value * Number(100)).text()}}));
      } else {
        result.emplace_back(name, is_figure ? figure_words(value) : number);
      }
    }
    if (indicator_ != nullptr) result.emplace_back("unit", unit_words(*indicator_));
    result.emplace_back("base", base_words());
    return result;
  }

  // "the year before" where the base is just that, else its dates.
  std::string base_words() const {
    const auto named = item_.scoring.words.find("base");
    for (const Slice& slice : scheme_.bases) {
      if (named == item_.scoring.words.end() || slice.id != named->second) continue;
      const bool year_before =
          slice.from.add_months(12) == scheme_.period.from && slice.to.add_days(1) == scheme_.period.from;
      if (!year_before) return said("rule.base dates", {{"from", slice.from.text()}, {"to", slice.to.text()}});
    }
    return said("rule.year before");
  }

  std::string bands() const {
    std::string result;
    for (const Band& band : item_.scoring.bands) {
      if (!result.empty()) result += said("rule.comma");
      result += said(band.open ? "rule.band.else" : "rule.band." + band.edge,
                     {{"at", figure_words(band.at)}, {"points", band.points.text()}});
    }
    return result;
  }

  std::string growth() const {
    const auto& numbers = item_.scoring.numbers;
    const auto floor = numbers.find("floor");
    std::string result;
    if (floor != numbers.end() && floor->second.sign() < 0) {
      result += said("rule.growth.falls", {{"floor", floor->second.text()}});
    } else {
      result += said("rule.growth.no fall");
    }
    result += said("rule.growth.zero " + item_.scoring.words.at("zero_base"), {{"base", base_words()}});
    const auto cap = numbers.find("cap");
    if (cap != numbers.end()) result += said("rule.maximum", {{"points", cap->second.text()}});
    return result;
  }

  std::string decisions() const {
    if (item_.scoring.rule == "rank only") return {};
    std::string result = said("rule.empty." + item_.when_empty + (item_.provided.empty() ? "" : ".provided"));
    if (item_.min_denominator) {
      result += said("rule.too few." + item_.when_too_few, {{"minimum", item_.min_denominator->text()}});
    }
    if (item_.when_unavailable == "not assessed") result += said("rule.unavailable.not assessed");
    return result;
  }

  const Item& item_;
  const Scheme& scheme_;
  const Catalogue& catalogue_;
  const Indicator* indicator_;
  Language language_;
};

} // namespace

std::string rule_sentence(const Item& item, const Scheme& scheme, const Catalogue& catalogue, Language language) {
  return Writer(item, scheme, catalogue, language).write();
}

std::string parameter_title(const std::string& name, Language language) {
  std::size_t end = name.size();
  while (end > 0 && std::isdigit(static_cast<unsigned char>(name[end - 1])) != 0)
    --end;
  const std::string index = name.substr(end);
  const std::string id = "parameter." + name.substr(0, end) + (index.empty() ? "" : " n");
  return has_text(id) ? text(id, language, {{"n", index}}) : name;
}

} // namespace appraise
