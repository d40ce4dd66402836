#include "engine/appraisal.h"

#include "engine/settings.h"

namespace appraise {

namespace {

Slice read_period(Reader& file) {
  Slice period{.id = "period", .from = {}, .to = {}};
  const Setting* table = file.required("period", Setting::Kind::table);
  if (table == nullptr) return period;
  Reader reader(*table, file.problems());
  const Setting* from = reader.required("from", Setting::Kind::date);
  const Setting* to = reader.required("to", Setting::Kind::date);
  if (from != nullptr) period.from = from->date;
  if (to != nullptr) period.to = to->date;
  if (from != nullptr && to != nullptr && period.to < period.from) {
    reader.problem("to", "period-reversed", period.to.text(), period.from.text());
  }
  reader.finish();
  return period;
}

Input read_input(const Setting& table, Problems& problems) {
  Reader reader(table, problems);
  Input input;
  input.place = table.place;
  input.type = reader.text("type");
  input.layout = reader.text("layout", "");
  if (!reader.has("files")) reader.problem("files", "missing-key", "files", "list");
  input.patterns = reader.texts("files");
  const Setting* date = reader.required("reporting_date", Setting::Kind::date);
  if (date != nullptr) input.reporting_date = date->date;
  reader.finish();
  return input;
}

Trend read_trend(const Setting& table, Problems& problems) {
  Reader reader(table, problems);
  Trend trend;
  trend.id = reader.text("id");
  trend.title = reader.text("title");
  trend.unit = reader.text("unit");
  trend.by = reader.one_of("by", {"year", "month"});
  const Setting* from = reader.required("from", Setting::Kind::date);
  const Setting* to = reader.required("to", Setting::Kind::date);
  if (from != nullptr) trend.from = from->date;
  if (to != nullptr) trend.to = to->date;
  if (from != nullptr && to != nullptr && trend.to < trend.from) {
    reader.problem("to", "period-reversed", trend.to.text(), trend.from.text());
  }
  if (!reader.has("indicators")) reader.problem("indicators", "missing-key", "indicators", "list");
  trend.indicators = reader.texts("indicators");
  reader.finish();
  return trend;
}

} // namespace

Appraisal Appraisal::load(const std::string& text, const std::string& file, Problems& problems) {
  const std::size_t before = problems.size();
  const Setting root = parse_settings(text, file, problems);
  Appraisal appraisal;
  appraisal.file = file;
  if (root.members.empty() && problems.size() > before) return appraisal; // one syntax error, no list of missing keys
  Reader reader(root, problems);
  appraisal.title = reader.text("title");
  appraisal.name = reader.text("name");
  if (appraisal.name.find_first_of("/\\") != std::string::npos || appraisal.name.substr(0, 1) == ".") {
    reader.problem("name", "name-not-a-folder", appraisal.name);
  }
  appraisal.scheme = reader.text("scheme");
  appraisal.roster = reader.text("roster");
  appraisal.status = reader.one_of("status", {"初评", "复核", "终定"});
  appraisal.classification = reader.text("classification", "");
  appraisal.issued = reader.date("issued");
  appraisal.demo = reader.flag("demo", false);
  appraisal.period = read_period(reader);
  appraisal.units = reader.text("units", "");
  for (const Setting* trend : reader.tables("trend"))
    appraisal.trends.push_back(read_trend(*trend, problems));
  for (const Setting* input : reader.tables("input"))
    appraisal.inputs.push_back(read_input(*input, problems));
  reader.finish();
  return appraisal;
}

} // namespace appraise
