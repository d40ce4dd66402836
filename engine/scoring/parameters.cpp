#include "engine/scoring/parameters.h"

#include <cassert>

namespace appraise {

void ParameterReader::place(const std::string& name) {
  if (const Setting* setting = reader_.table().find(name)) scoring_.places[name] = setting->place;
}

void ParameterReader::problem(const std::string& name, std::string rule, std::string found, std::string expected) {
  reader_.problem(name, std::move(rule), std::move(found), std::move(expected));
}

void ParameterReader::number(const std::string& name, Range range, bool required) {
  const Setting* setting =
      required ? reader_.required(name, Setting::Kind::number) : reader_.optional(name, Setting::Kind::number);
  if (setting == nullptr) return;
  place(name);
  const int sign = setting->number.sign();
  if (range == Range::positive && sign <= 0) problem(name, "number-range", setting->number.text(), "> 0");
  if (range == Range::not_negative && sign < 0) problem(name, "number-range", setting->number.text(), "≥ 0");
  scoring_.numbers[name] = setting->number;
}

void ParameterReader::word(const std::string& name, const std::vector<std::string>& allowed,
                           const std::string& fallback) {
  scoring_.words[name] = reader_.one_of(name, allowed, fallback);
  place(name);
}

void ParameterReader::terms() {
  for (const Setting* table : reader_.tables("plus")) {
    Reader term(*table, reader_.problems());
    const std::string indicator = term.text("indicator");
    const Setting* each = term.required("each", Setting::Kind::number);
    term.finish();
    if (each == nullptr) continue;
    scoring_.terms.push_back({indicator, each->number});
    scoring_.places["plus" + std::to_string(scoring_.terms.size())] = table->place;
  }
}

void ParameterReader::needs_points() {
  if (!item_.points) problem("rule", "rule-needs-points", item_.id, "points");
}

bool has_parameter(const Item& item, const std::string& name) {
  return item.scoring.numbers.count(name) > 0;
}

Expr parameter_of(const Item& item, const std::string& name) {
  if (name == "points") {
    assert(item.points);
    return parameter(*item.points, name, parameter_ref(item.id, name));
  }
  return parameter(item.scoring.numbers.at(name), name, parameter_ref(item.id, name));
}

namespace {

Expr term(const Indicator& indicator, Expr each, bool alone) {
  const auto product = [&](Expr x) { return apply(Op::multiply, {each, std::move(x)}); };
  if (alone) return with_figure(indicator, "period", product);
  return product(with_figure(indicator, "period", [](Expr x) { return x; }));
}

} // namespace

Expr terms_sum(const Item& item, const Catalogue& catalogue) {
  const std::vector<Term>& terms = item.scoring.terms;
  std::vector<Expr> products{term(*catalogue.find(item.indicator), parameter_of(item, "each"), terms.empty())};
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::string name = "each" + std::to_string(i + 2);
    const Expr each = parameter(terms[i].each, name, parameter_ref(item.id, name));
    products.push_back(term(*catalogue.find(terms[i].indicator), each, false));
  }
  return products.size() == 1 ? products[0] : apply(Op::add, std::move(products));
}

Expr capped(const Item& item, Expr x) {
  return has_parameter(item, "cap") ? apply(Op::minimum, {parameter_of(item, "cap"), std::move(x)}) : x;
}

std::vector<std::pair<std::string, std::string>> number_facts(const Item& item) {
  std::vector<std::pair<std::string, std::string>> facts;
  for (const auto& [name, number] : item.scoring.numbers)
    facts.emplace_back(name, number.text());
  if (item.points) facts.emplace_back("points", item.points->text());
  return facts;
}

} // namespace appraise
