// appraise measure FILE --year Y: the indicators of one export by itself, without a scheme. Exit 1 where a row cannot
// be counted.
#include "engine/measures/measure.h"
#include "cli/tables.h"
#include "engine/plan/measure_file.h"
#include "reports/render/json.h"

#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace {

struct Options {
  std::string file;
  int year = 0;
  std::string indicators;
  std::string roster;
  ExportOptions reading;
  bool json = false;
};

// Those asked for, or all that need nothing but this export.
std::vector<std::string> wanted_indicators(const Options& options, const RecordType& type, const Home& home) {
  std::vector<std::string> fit;
  for (const Indicator& indicator : home.catalogue.indicators) {
    const bool of_type = record_type_of(indicator, home.catalogue) == type.id;
    if (of_type && measured_alone(indicator, home.catalogue, home.types)) fit.push_back(indicator.id);
  }
  if (fit.empty()) {
    throw Error(ExitCode::usage, Problem{.rule = "no-indicator-alone", .found = options.file, .expected = type.title});
  }
  if (options.indicators.empty()) return fit;
  std::vector<std::string> wanted;
  Problems problems;
  for (std::size_t start = 0; start <= options.indicators.size();) {
    const std::size_t end = std::min(options.indicators.find(',', start), options.indicators.size());
    wanted.push_back(options.indicators.substr(start, end - start));
    if (std::find(fit.begin(), fit.end(), wanted.back()) == fit.end()) {
      const bool known = home.catalogue.find(wanted.back()) != nullptr;
      Problem problem;
      problem.rule = known ? "indicator-not-alone" : "indicator-unknown";
      problem.found = wanted.back();
      problem.expected = type.title;
      problem.nearest = nearest_names(wanted.back(), known ? fit : home.catalogue.ids());
      problems.push_back(std::move(problem));
    }
    start = end + 1;
  }
  if (!problems.empty()) throw Error(ExitCode::usage, std::move(problems));
  return wanted;
}

// The figures of the units at the top.
std::string in_words(const Session& session, const Options& options, const FileValues& found, const Case& appraised) {
  const Values& values = found.values;
  std::string result = say(session, "help.measure.head",
                           {{"file", options.file},
                            {"rows", std::to_string(found.file.source.rows)},
                            {"uncounted", std::to_string(found.file.source.uncounted)},
                            {"year", std::to_string(options.year)}}) +
                       "\n";
  for (std::int32_t unit = 0; unit < values.units; ++unit) {
    if (appraised.roster[unit].parent >= 0) continue;
    result += fmt::format("\n{} {}\n", appraised.roster[unit].code, appraised.roster[unit].name);
    for (std::size_t i = 0; i < values.indicators.size(); ++i) {
      const Indicator& indicator = *appraised.home.catalogue.find(values.indicators[i]);
      const Value& value = values.at(unit, i, 0);
      std::string figure = say(session, "help.measure.empty");
      if (value.state == ValueState::value) {
        const Number number = figure_of(value, indicator) * Number(indicator.unit == "%" ? 100 : 1);
        figure = say(session, "help.measure.line",
                     {{"value", number.decimal(number.is_integer() ? 0 : 2)}, {"unit", indicator.unit}});
      }
      result += fmt::format("  {:<36} {:>14}  {}\n", indicator.id, figure, indicator.title);
    }
  }
  return result + "\n" + say(session, "help.measure.more") + "\n";
}

int measure(const Session& session, const Options& options) {
  auto appraised = std::make_unique<Case>();
  load_home(session, appraised->home);
  load_roster(options.roster, *appraised);
  const HeadView view = look_at_heads(appraised->home, options.file, options.reading);
  PlanInput input;
  input.types = &appraised->home.types;
  input.roster = &appraised->roster;
  input.calendar = &appraised->home.calendar;
  input.catalogue = &appraised->home.catalogue;
  input.indicators = wanted_indicators(options, *view.type, appraised->home);
  input.slices = {{"period", *Date::of(options.year, 1, 1), *Date::of(options.year, 12, 31)}};
  input.threads = session.threads;
  const FileTask task = task_of(appraised->home, view, options.reading);
  FileValues found =
      measure_file(task, appraised->home.checks, input, {.batch_rows = session.batch_rows, .threads = session.threads});
  stop_if_unreadable(found.file);
  print_problems(session, found.file.problems, 20);
  print(options.json ? file_values_json(found.file.source, found.values, appraised->roster, appraised->home.catalogue)
                     : in_words(session, options, found, *appraised));
  return static_cast<int>(exit_code_of(found.file.problems));
}

} // namespace

Action add_measure(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("FILE", options->file, "option.file");
  line.required_year("--year", options->year, "option.year");
  line.option("--indicators", options->indicators, "option.measure.indicators", "ID,ID");
  line.option("--roster", options->roster, "option.roster", "FILE");
  line.flag("--json", options->json, "option.measure.json");
  add_export_options(line, options->reading);
  return [options, &session] { return measure(session, *options); };
}

} // namespace appraise::cli
