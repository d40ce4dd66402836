#include "engine/predicate/parameters.h"

#include "engine/predicate/lexer.h"
#include "engine/settings.h"

#include <algorithm>

namespace appraise {

namespace {

bool is_kind(Setting::Kind kind) {
  return kind == Setting::Kind::number || kind == Setting::Kind::date || kind == Setting::Kind::text;
}

// Numbers as they could be written in a condition: up to 12 digits, and six behind the point.
bool fits(const Number& number) {
  return number.integer_digits() <= 12 && (number * Number::power_of_ten(6)).is_integer();
}

ParameterValue read_value(const Setting& setting, Parameter& parameter, Problems& problems) {
  Reader reader(setting, problems);
  ParameterValue result;
  if (const Setting* from = reader.required("from", Setting::Kind::date)) result.from = from->date;
  result.reference = reader.text("reference");
  const Setting* value = reader.required("value", Setting::Kind::none);
  reader.finish();
  if (value == nullptr) return result;
  result.number = value->number;
  result.date = value->date;
  result.text = value->kind == Setting::Kind::number ? value->number.text()
                : value->kind == Setting::Kind::date ? value->date.text()
                                                     : value->text;
  if (parameter.values.empty()) parameter.kind = value->kind;
  if (!is_kind(value->kind)) {
    reader.problem("value", "wrong-type", result.text, "parameter");
  } else if (value->kind != parameter.kind) {
    reader.problem("value", "wrong-type", result.text, "parameter-kind");
  } else if (value->kind == Setting::Kind::number && !fits(value->number)) {
    reader.problem("value", "number-range", result.text, "999999999999.999999");
  }
  if (!parameter.values.empty() && result.from <= parameter.values.back().from) {
    reader.problem("from", "parameter-order", result.from.text(), parameter.values.back().from.text());
  }
  return result;
}

bool is_taken(const std::string& id, const RecordTypes& types) {
  return is_condition_word(id) || std::any_of(types.types.begin(), types.types.end(), [&](const RecordType& type) {
           return type.id == id || type.field(id).has_value();
         });
}

} // namespace

std::vector<std::shared_ptr<const Parameter>> load_parameters(const std::string& text, const std::string& file,
                                                              const RecordTypes& types, Problems& problems) {
  std::vector<std::shared_ptr<const Parameter>> result;
  const Setting root = parse_settings(text, file, problems);
  for (const auto& [id, setting] : root.members) {
    Reader reader(setting, problems);
    if (setting.kind != Setting::Kind::table) continue; // said by the reader
    Parameter parameter;
    parameter.id = id;
    parameter.place = setting.key_place;
    parameter.title = reader.text("title");
    parameter.unit = reader.text("unit", "");
    reader.optional("reviewed", Setting::Kind::date);
    const std::vector<const Setting*> values = reader.tables("values");
    if (values.empty()) reader.problem("values", "missing-key", "values", "list");
    for (const Setting* value : values)
      parameter.values.push_back(read_value(*value, parameter, problems));
    reader.finish();
    if (is_taken(id, types)) {
      problems.push_back({.rule = "parameter-name", .place = setting.key_place, .found = id});
    }
    result.push_back(std::make_shared<const Parameter>(std::move(parameter)));
  }
  return result;
}

} // namespace appraise
