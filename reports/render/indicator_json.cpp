#include "reports/render/indicator_json.h"

#include "engine/measures/measure.h"

#include <nlohmann/json.hpp>

namespace appraise {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json parameters_of(const Condition& condition) {
  Json list = Json::array();
  for (const auto& parameter : condition.parameters()) {
    Json json;
    json["id"] = parameter->id;
    json["title"] = parameter->title;
    json["unit"] = text_or_null(parameter->unit);
    for (const ParameterValue& value : parameter->values)
      json["values"].push_back({{"from", value.from.text()}, {"value", value.text}, {"reference", value.reference}});
    list.push_back(std::move(json));
  }
  return list;
}

template <typename Print> Json dialects(const Print& print_in) {
  Json json;
  json["postgresql"] = print_in(SqlDialect::postgresql);
  json["clickhouse"] = print_in(SqlDialect::clickhouse);
  json["sqlite"] = print_in(SqlDialect::sqlite);
  return json;
}

Json condition_or_null(const std::shared_ptr<const Condition>& condition) {
  if (condition == nullptr) return nullptr;
  Json json;
  json["text"] = condition->text();
  json["words"] = condition->words();
  json["parameters"] = parameters_of(*condition);
  json["sql"] = dialects([&](SqlDialect dialect) { return condition->sql(dialect); });
  return json;
}

Json aggregate_or_null(const Indicator& indicator) {
  const Measure& measure = *find_measure(indicator.measure);
  if (!measure.over_rows()) return nullptr;
  return dialects([&](SqlDialect dialect) { return text_or_null(measure.sql(indicator, dialect)); });
}

Json to_json(const Indicator& indicator) {
  Json json;
  json["id"] = indicator.id;
  json["family"] = indicator.family;
  json["title"] = indicator.title;
  json["unit"] = indicator.unit;
  json["definition"] = text_or_null(indicator.definition);
  json["of"] = text_or_null(indicator.of);
  json["scope"] =
      !indicator.operands.empty() ? Json(nullptr) : Json(indicator.with_descendants ? "with descendants" : "own");
  json["measure"] = indicator.measure;
  json["where"] = condition_or_null(indicator.where);
  json["that"] = condition_or_null(indicator.that);
  json["value"] = condition_or_null(indicator.value);
  json["aggregate"] = aggregate_or_null(indicator);
  json["probability"] = indicator.measure == "quantile" ? Json(indicator.probability.text()) : Json(nullptr);
  json["by"] = text_or_null(indicator.by);
  json["numerator"] = text_or_null(indicator.numerator);
  json["denominator"] = text_or_null(indicator.denominator);
  json["expression"] = text_or_null(indicator.expression);
  json["per"] = indicator.measure == "ratio" ? Json(indicator.per.text()) : Json(nullptr);
  json["better"] = indicator.better;
  json["date_basis"] = text_or_null(indicator.date_basis);
  json["min_denominator"] = indicator.min_denominator ? Json(indicator.min_denominator->text()) : Json(nullptr);
  json["in_force"] = indicator.in_force.text();
  json["tasks"] = indicator.tasks;
  json["references"] = indicator.references;
  json["file"] = indicator.place.file;
  return json;
}

} // namespace

std::string indicator_json(const Indicator& indicator, const std::vector<WorkedExample>& examples) {
  Json json = to_json(indicator);
  json["examples"] = Json::array();
  for (const WorkedExample& example : examples)
    json["examples"].push_back({{"name", example.name}, {"text", example.text}});
  return json.dump(2) + "\n";
}

std::string indicators_json(const std::vector<Indicator>& indicators) {
  Json json = Json::array();
  for (const Indicator& indicator : indicators)
    json.push_back(to_json(indicator));
  return json.dump(2) + "\n";
}

} // namespace appraise
