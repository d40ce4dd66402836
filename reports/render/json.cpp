#include "reports/render/json.h"

#include "reports/render/plain_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

namespace appraise {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchemaVersion = 1;

std::string written(const Json& json) {
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json started(const std::string& notice) {
  Json json;
  json["schema_version"] = kSchemaVersion;
  if (!notice.empty()) json["notice"] = notice;
  return json;
}

Json number(const std::optional<Number>& value) {
  return value ? Json(value->text()) : Json(nullptr);
}
Json integer(const std::optional<int>& value) {
  return value ? Json(*value) : Json(nullptr);
}

const char* state_of(const Value& value) {
  switch (value.state) {
  case ValueState::value: return "value";
  case ValueState::empty: return "empty";
  case ValueState::unavailable: return "unavailable";
  }
  return "";
}

const char* source_of(const Value& value) {
  switch (value.source) {
  case ValueSource::rows: return "rows";
  case ValueSource::warehouse: return "warehouse";
  case ValueSource::measured: return "measured";
  case ValueSource::self: return "self";
  case ValueSource::verified: return "verified";
  }
  return "";
}

std::optional<Number> figure_of(const Value& value, const Indicator& indicator) {
  if (value.state != ValueState::value || value.denominator.is_zero()) return std::nullopt;
  return value.numerator * indicator.per / value.denominator;
}

Json span(const Slice& slice) {
  Json json;
  json["id"] = slice.id;
  json["from"] = slice.from.text();
  json["to"] = slice.to.text();
  return json;
}

Json scheme_of(const Scheme& scheme) {
  Json json;
  json["id"] = scheme.id;
  json["title"] = scheme.title;
  json["example"] = scheme.example;
  json["gives"] = scheme.gives.empty() ? "points" : scheme.gives;
  json["points"] = number(scheme.points);
  json["places"] = scheme.places;
  json["nodes"] = Json::array();
  for (const Node& node : scheme.nodes)
    json["nodes"].push_back(Json{{"id", node.id}, {"title", node.title}, {"points", number(node.points)}});
  json["items"] = Json::array();
  for (const Item& item : scheme.items) {
    Json entry;
    entry["id"] = item.id;
    entry["node"] = item.node;
    entry["title"] = item.title;
    entry["form_number"] = item.form_number;
    entry["indicator"] = item.indicator;
    entry["rule"] = item.scoring.rule;
    entry["points"] = number(item.points);
    entry["bonus"] = item.bonus;
    entry["references"] = item.references;
    json["items"].push_back(std::move(entry));
  }
  return json;
}

Json item_of(const Scorecard& card, const UnitResult& unit, std::size_t index) {
  const Item& item = card.scheme->items[index];
  const ItemResult& result = unit.items[index];
  const Indicator& indicator = *card.catalogue->find(item.indicator);
  Json json;
  json["id"] = item.id;
  json["indicator"] = item.indicator;
  json["state"] = state_id(result.state);
  const Value& value = card.values->at(unit.unit, card.values->indicator(item.indicator), card.values->slice("period"));
  const bool available = value.state != ValueState::unavailable;
  json["numerator"] = available ? Json(value.numerator.text()) : Json(nullptr);
  json["denominator"] = available ? Json(value.denominator.text()) : Json(nullptr);
  json["value"] = number(figure_of(value, indicator));
  json["points"] = number(result.points);
  if (card.scheme->gives == "ranks") {
    json["rank"] = integer(result.rank);
    json["rank_in_group"] = integer(result.rank_in_group);
  }
  return json;
}

Json unit_of(const Scorecard& card, const UnitResult& unit) {
  const Unit& known = (*card.roster)[unit.unit];
  Json json;
  json["code"] = known.code;
  json["name"] = known.name;
  json["group"] = group_of(*card.scheme, known);
  json["state"] = state_id(unit.state);
  json["points"] = number(unit.total);
  json["rank"] = integer(unit.rank);
  json["rank_in_group"] = integer(unit.rank_in_group);
  json["nodes"] = Json::array();
  for (std::size_t i = 0; i < unit.nodes.size(); ++i)
    json["nodes"].push_back(Json{{"id", card.scheme->nodes[i].id}, {"points", number(unit.nodes[i])}});
  json["items"] = Json::array();
  for (std::size_t i = 0; i < unit.items.size(); ++i)
    json["items"].push_back(item_of(card, unit, i));
  return json;
}

Json inputs_of(const Records& records) {
  Json inputs = Json::array();
  for (const auto& [type, table] : records.tables) {
    for (const Source& source : table.sources) {
      Json entry;
      entry["type"] = type;
      entry["file"] = source.file;
      if (!source.sheet.empty()) entry["sheet"] = source.sheet;
      entry["encoding"] = source.encoding;
      entry["reporting_date"] = source.reporting_date.text();
      entry["rows"] = source.rows;
      entry["not_counted"] = source.uncounted;
      entry["replaced"] = source.replaced;
      inputs.push_back(std::move(entry));
    }
  }
  return inputs;
}

// The physical rows that a later snapshot replaces, by file; rows that cannot be counted have problems of their own.
Json replaced_rows(const Records& records, const Problems& problems) {
  std::set<std::pair<std::string, std::int64_t>> uncounted;
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::blocking) uncounted.emplace(problem.place.file, problem.place.row);
  }
  Json list = Json::array();
  for (const auto& [type, table] : records.tables) {
    for (const Batch& batch : table.batches) {
      const std::string& file = table.sources[batch.source].file;
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (batch.alive[row] != 0 || uncounted.count({file, batch.lines[row]}) > 0) continue;
        list.push_back(Json{{"file", file}, {"row", batch.lines[row]}});
      }
    }
  }
  return list;
}

Json files_of(const std::vector<ManifestFile>& files) {
  Json list = Json::array();
  for (const ManifestFile& file : files) {
    Json entry;
    entry["path"] = file.path;
    if (!file.role.empty()) entry["role"] = file.role;
    entry["sha256"] = file.sha256;
    list.push_back(std::move(entry));
  }
  return list;
}

std::string quoted(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The members of one value behind those that say whose it is. Numerator and denominator stand only where there is a
// value, or nought of something.
class ValueText {
public:
  explicit ValueText(std::string& out) : out_(out) {}

  void write(const Value& value, const Indicator& indicator) {
    add(state_of(value));
    if (value.state != ValueState::unavailable) {
      const std::string numerator = value.numerator.text();
      const bool whole = value.denominator == one_;
      const std::string denominator = whole ? "1" : value.denominator.text();
      add("\",\n   \"numerator\": \"", numerator, "\",\n   \"denominator\": \"", denominator, "\",\n   \"value\": ");
      if (value.state == ValueState::value && whole && indicator.per == one_) {
        add("\"", numerator, "\"");
      } else {
        figure(value, indicator);
      }
    } else {
      add("\",\n   \"numerator\": null,\n   \"denominator\": null,\n   \"value\": null");
    }
    const fmt::format_int counted(value.counted);
    const fmt::format_int unknown(value.unknown);
    add(",\n   \"counted\": ", view(counted), ",\n   \"unknown\": ", view(unknown), ",\n   \"left_out\": {");
    std::string_view between = "\n    \"";
    for (const auto& [field, rows] : value.left_out) // names of fields, in which nothing needs an escape
      add(std::exchange(between, ",\n    \""), field, "\": ", view(fmt::format_int(rows)));
    add(value.left_out.empty() ? "}" : "\n   }", ",\n   \"source\": \"", source_of(value), "\"");
    if (!value.note.empty()) add(",\n   \"note\": ", quoted(value.note));
  }
  template <typename... Texts> void add(const Texts&... texts) { (append(texts), ...); }

private:
  static std::string_view view(const fmt::format_int& digits) { return {digits.data(), digits.size()}; }
  void append(std::string_view text) { out_.append(text); }
  void figure(const Value& value, const Indicator& indicator) {
    if (const auto figure = figure_of(value, indicator)) {
      add("\"", figure->text(), "\"");
    } else {
      add("null");
    }
  }

  std::string& out_;
  const Number one_ = 1;
};

// The whole file, with the values behind what is given. They are written one by one: a tree of so many would take
// longer to build than all that is in them took to compute.
std::string written_with_values(const Json& json, const Values& values, const Roster& roster,
                                const Catalogue& catalogue) {
  const std::string before = written(json);
  std::string result;
  result.reserve(before.size() + values.cells.size() * 256); // about
  ValueText text(result);
  text.add(std::string_view(before).substr(0, before.rfind("\n}")), ",\n \"values\": [");
  std::vector<const Indicator*> indicators;
  std::vector<std::string> heads; // of each indicator and slice
  for (const std::string& id : values.indicators) {
    indicators.push_back(catalogue.find(id));
    for (const Slice& slice : values.slices)
      heads.push_back(",\n   \"indicator\": " + quoted(id) + ",\n   \"slice\": " + quoted(slice.id) +
                      ",\n   \"state\": \"");
  }
  std::string_view between = "\n  {\n   \"unit\": ";
  for (std::int32_t unit = 0; unit < values.units; ++unit) {
    const std::string code = quoted(roster[unit].code);
    for (std::size_t i = 0; i < heads.size(); ++i) {
      const std::size_t indicator = i / values.slices.size();
      text.add(std::exchange(between, ",\n  {\n   \"unit\": "), code, heads[i]);
      text.write(values.at(unit, indicator, i % values.slices.size()), *indicators[indicator]);
      text.add("\n  }");
    }
  }
  text.add(values.cells.empty() ? "]\n}\n" : "\n ]\n}\n");
  return result;
}

Json statistics_of(const Values& values, const OverUnits& over) {
  Json json = Json::array();
  for (std::size_t i = 0; i < values.indicators.size(); ++i) {
    const UnitStatistics& of = over.of_indicator[i];
    json.push_back(Json{{"indicator", values.indicators[i]},
                        {"level", over.level},
                        {"units", of.units},
                        {"without", of.without},
                        {"mean", of.mean},
                        {"sigma", of.sigma},
                        {"skewness", of.skewness},
                        {"kurtosis", of.kurtosis},
                        {"minimum", of.minimum},
                        {"lower_quartile", of.lower_quartile},
                        {"median", of.median},
                        {"upper_quartile", of.upper_quartile},
                        {"maximum", of.maximum}});
  }
  return json;
}

} // namespace

std::string scorecard_json(const Appraisal& appraisal, const Scorecard& card, const std::string& notice) {
  Json json = started(notice);
  json["title"] = appraisal.title;
  json["name"] = appraisal.name;
  json["status"] = appraisal.status;
  json["issued"] = appraisal.issued ? Json(appraisal.issued->text()) : Json(nullptr);
  json["period"] = Json{{"from", card.scheme->period.from.text()}, {"to", card.scheme->period.to.text()}};
  json["scheme"] = scheme_of(*card.scheme);
  json["units"] = Json::array();
  for (const UnitResult& unit : card.units)
    json["units"].push_back(unit_of(card, unit));
  return written(json);
}

std::string file_values_json(const Source& source, const Values& values, const Roster& roster,
                             const Catalogue& catalogue, const OverUnits& over) {
  Json json = started("");
  json["file"] = source.file;
  json["rows"] = source.rows;
  json["not_counted"] = source.uncounted;
  json["slices"] = Json::array();
  for (const Slice& slice : values.slices)
    json["slices"].push_back(span(slice));
  if (!over.of_indicator.empty()) json["statistics"] = statistics_of(values, over);
  return written_with_values(json, values, roster, catalogue);
}

std::string values_json(const Appraisal& appraisal, const Scorecard& card, const Records& records,
                        const Problems& problems, const std::string& notice) {
  const Values& values = *card.values;
  Json json = started(notice);
  json["title"] = appraisal.title;
  json["slices"] = Json::array();
  for (const Slice& slice : values.slices)
    json["slices"].push_back(span(slice));
  json["inputs"] = inputs_of(records);
  json["replaced_rows"] = replaced_rows(records, problems);
  return written_with_values(json, values, *card.roster, *card.catalogue);
}

std::string manifest_json(const Manifest& manifest) {
  Json json = started(manifest.notice);
  json["title"] = manifest.title;
  json["scheme"] = manifest.scheme;
  json["versions"] = Json::object();
  for (const auto& [name, version] : manifest.versions)
    json["versions"][name] = version;
  json["counts"] = Json::object();
  for (const auto& [name, count] : manifest.counts)
    json["counts"][name] = count;
  json["inputs"] = files_of(manifest.inputs);
  json["outputs"] = files_of(manifest.outputs);
  return written(json);
}

} // namespace appraise
