#include "reports/render/table_json.h"

#include "engine/input/unicode.h"

#include <nlohmann/json.hpp>

namespace appraise {

namespace {

using Json = nlohmann::ordered_json;

template <typename Value> Json known(bool is_known, const Value& value) {
  return is_known ? Json(value) : Json(nullptr);
}

const char* severity_id(Severity severity) {
  switch (severity) {
  case Severity::blocking: return "blocking";
  case Severity::verify: return "verify";
  case Severity::notice: return "notice";
  }
  return "";
}

Json problem_json(const Problem& problem, Language language) {
  Json json;
  json["rule"] = problem.rule;
  json["severity"] = severity_id(problem.severity);
  json["sheet"] = known(!problem.place.sheet.empty(), problem.place.sheet);
  json["row"] = known(problem.place.row > 0, problem.place.row);
  json["column"] = known(problem.place.column > 0, problem.place.column);
  json["byte"] = known(problem.place.byte >= 0, problem.place.byte);
  json["found"] = problem.found;
  json["expected"] = problem.expected;
  json["nearest"] = problem.nearest;
  json["message"] = message_line(problem, language);
  return json;
}

Json sheet_json(const TableReport::Sheet& sheet, bool with_head) {
  Json json;
  json["name"] = sheet.name;
  json["hidden"] = sheet.hidden;
  json["rows"] = sheet.facts.rows();
  json["cells"] = sheet.facts.cells();
  json["widths"] = Json::object();
  for (const auto& [width, count] : sheet.facts.widths())
    json["widths"][std::to_string(width)] = count;
  json["sha256"] = sheet.facts.digest();
  if (!with_head) return json;
  json["head"] = Json::array();
  for (const SheetFacts::HeadRow& row : sheet.facts.head())
    json["head"].push_back({{"row", row.line}, {"cells", row.cells}});
  return json;
}

} // namespace

std::string table_json(const TableReport& report, Language language) {
  Json json;
  json["file"] = report.file;
  json["format"] = report.workbook ? "xlsx" : "csv";
  json["encoding"] = known(!report.encoding.empty(), report.encoding);
  json["separator"] = known(!report.separator.empty(), report.separator);
  json["sheets"] = Json::array();
  for (const TableReport::Sheet& sheet : report.sheets)
    json["sheets"].push_back(sheet_json(sheet, report.with_head));
  json["problems"] = Json::array();
  for (const Problem& problem : report.problems)
    json["problems"].push_back(problem_json(problem, language));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace appraise
