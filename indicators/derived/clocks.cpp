#include "indicators/derived/derived.h"

#include "engine/settings.h"

#include <set>

namespace appraise {

namespace {

const std::vector<std::string> kUnits = {"months", "days", "working days"};

std::int64_t whole(Reader& reader, const char* key, bool required) {
  const Setting* setting =
      required ? reader.required(key, Setting::Kind::number) : reader.optional(key, Setting::Kind::number);
  if (setting == nullptr) return 0;
  if (setting->number.is_integer() && setting->number >= Number(0) && setting->number <= Number(10'000)) {
    return setting->number.to_integer();
  }
  reader.problem(key, "wrong-type", setting->number.text(), "0 … 10000");
  return 0;
}

Clock read_clock(Reader& reader) {
  Clock clock;
  clock.id = reader.text("id");
  clock.title = reader.text("title");
  clock.sets = reader.text("sets", "");
  if (!clock.sets.empty()) reader.one_of("sets", {"closing_deadline", "publication_deadline"});
  clock.matter = reader.text("matter", "");
  clock.place = reader.text("place");
  clock.from = reader.date("from");
  clock.to = reader.date("to");
  clock.procedure = reader.text("procedure", "");
  clock.start = reader.text("start", "");
  clock.end = reader.text("end", "");
  clock.outcomes = reader.texts("outcomes");
  clock.excluded = reader.texts("excluded");
  clock.computable = reader.flag("computable", true);
  clock.why = clock.computable ? reader.text("why", "") : reader.text("why");
  clock.invented = reader.flag("invented", false);
  clock.status = reader.text("status");
  clock.reference = reader.text("reference");
  clock.limit = whole(reader, "limit", clock.computable);
  clock.unit = clock.computable ? reader.one_of("unit", kUnits) : reader.text("unit", "");
  clock.extension = whole(reader, "extension", false);
  clock.extension_unit = clock.extension > 0 && clock.computable ? reader.one_of("extension_unit", kUnits)
                                                                 : reader.text("extension_unit", "");
  reader.optional("reviewed", Setting::Kind::date);
  return clock;
}

} // namespace

std::vector<Clock> load_clocks(const std::string& text, const std::string& file, Problems& problems) {
  const std::size_t before = problems.size();
  const Setting tree = parse_settings(text, file, problems);
  std::vector<Clock> clocks;
  if (problems.size() > before) return clocks;
  Reader reader(tree, problems);
  std::set<std::string> ids;
  for (const Setting* table : reader.tables("clock")) {
    Reader entry(*table, problems);
    Clock clock = read_clock(entry);
    if (!ids.insert(clock.id).second) entry.problem("id", "clock-invalid", clock.id);
    entry.finish();
    clocks.push_back(std::move(clock));
  }
  reader.finish();
  return clocks;
}

WorkCalendar load_calendar(const std::string& csv, const std::string& file, Problems& problems) {
  std::vector<WorkCalendar::Exception> exceptions;
  int first = 9999;
  int last = 0;
  std::int64_t line = 0;
  for (std::size_t start = 0; start < csv.size();) {
    std::size_t end = std::min(csv.find('\n', start), csv.size());
    std::string row = csv.substr(start, end - start);
    start = end + 1;
    ++line;
    if (!row.empty() && row.back() == '\r') row.pop_back();
    if (row.empty() || line == 1) continue; // the first line is the head: date,kind,name,year
    const std::size_t comma = row.find(',');
    const auto date = Date::parse(row.substr(0, comma));
    const std::string kind =
        comma == std::string::npos ? "" : row.substr(comma + 1, row.find(',', comma + 1) - comma - 1);
    if (!date || (kind != "holiday" && kind != "makeup_workday")) {
      Problem problem;
      problem.rule = "workdays-invalid";
      problem.place.file = file;
      problem.place.row = line;
      problem.place.column = 1;
      problem.found = row;
      problem.expected = "YYYY-MM-DD,holiday|makeup_workday";
      problem.excerpt = row;
      problems.push_back(std::move(problem));
      continue;
    }
    exceptions.push_back({*date, kind == "makeup_workday"});
    first = std::min(first, date->year());
    last = std::max(last, date->year());
  }
  if (exceptions.empty()) return {};
  return WorkCalendar(first, last, exceptions);
}

} // namespace appraise
