// appraise measure FILE --year Y: the indicators of one export by itself, without a scheme. Exit 1 where a row cannot
// be counted. With --over LEVEL also how each indicator's figures lie over the units of that level.
#include "engine/measures/measure.h"
#include "cli/profile.h"
#include "cli/tables.h"
#include "engine/plan/measure_file.h"
#include "engine/statistics/figures.h"
#include "reports/render/json.h"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <memory>
#include <set>

namespace appraise::cli {

namespace {

struct Options {
  std::string file;
  int year = 0;
  std::string indicators;
  std::string roster;
  std::string over;
  ExportOptions reading;
  bool json = false;
  bool profile = false;
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

// The units of the level that is named; nothing where none is.
std::vector<std::int32_t> units_over(const Options& options, const Roster& roster) {
  if (options.over.empty()) return {};
  std::vector<std::int32_t> units = units_of_level(roster, options.over);
  if (!units.empty()) return units;
  std::set<std::string> levels;
  for (const Unit& unit : roster.units())
    levels.insert(unit.level);
  throw Error(ExitCode::usage, Problem{.rule = "level-unknown",
                                       .found = options.over,
                                       .nearest = nearest_names(options.over, {levels.begin(), levels.end()})});
}

OverUnits statistics_over(const Options& options, const std::vector<std::int32_t>& units, const Values& values,
                          const Catalogue& catalogue) {
  OverUnits over{options.over, {}};
  if (units.empty()) return over;
  const FigureMatrix figures = figure_matrix(values, catalogue, units, 0);
  for (Eigen::Index column = 0; column < figures.entries.cols(); ++column) {
    const auto entries = figures.entries.col(column);
    over.of_indicator.push_back(statistics_over_units({entries.data(), static_cast<std::size_t>(entries.size())}));
  }
  return over;
}

std::string in_words(const Session& session, const OverUnits& over, const Values& values, const Catalogue& catalogue) {
  if (over.of_indicator.empty()) return {};
  std::string result = "\n" + say(session, "help.measure.over", {{"level", over.level}}) + "\n";
  for (std::size_t i = 0; i < values.indicators.size(); ++i) {
    const Indicator& indicator = *catalogue.find(values.indicators[i]);
    const UnitStatistics& of = over.of_indicator[i];
    const auto shown = [](double number) {
      return std::isnan(number) ? std::string("—") : fmt::format("{:.2f}", std::round(number * 100) / 100 + 0.0);
    };
    const auto figure = [&](double number) { return shown(indicator.unit == "%" ? number * 100 : number); };
    result += fmt::format("  {:<36} ", indicator.id) +
              say(session, "help.measure.over-line",
                  {{"units", std::to_string(of.units)},
                   {"without", std::to_string(of.without)},
                   {"mean", figure(of.mean)},
                   {"sigma", figure(of.sigma)},
                   {"skewness", shown(of.skewness)},
                   {"kurtosis", shown(of.kurtosis)},
                   {"minimum", figure(of.minimum)},
                   {"lower", figure(of.lower_quartile)},
                   {"median", figure(of.median)},
                   {"upper", figure(of.upper_quartile)},
                   {"maximum", figure(of.maximum)}}) +
              "\n";
  }
  return result;
}

int measure(Session session, const Options& options) {
  const std::unique_ptr<Profile> profile = new_profile(options.profile);
  session.profile = profile.get();
  Timed timed(session.profile, Stage::load);
  auto appraised = std::make_unique<Case>();
  load_home(session, appraised->home);
  load_roster(options.roster, *appraised);
  const std::vector<std::int32_t> units = units_over(options, appraised->roster);
  const HeadView view = look_at_heads(appraised->home, options.file, options.reading);
  PlanInput input;
  input.types = &appraised->home.types;
  input.roster = &appraised->roster;
  input.calendar = &appraised->home.calendar;
  input.catalogue = &appraised->home.catalogue;
  input.indicators = wanted_indicators(options, *view.type, appraised->home);
  input.slices = {{"period", *Date::of(options.year, 1, 1), *Date::of(options.year, 12, 31)}};
  input.threads = session.threads;
  input.profile = session.profile;
  const FileTask task = task_of(appraised->home, view, options.reading);
  timed.stop();
  FileValues found =
      measure_file(task, appraised->home.checks, input,
                   {.batch_rows = session.batch_rows, .threads = session.threads, .profile = session.profile});
  stop_if_unreadable(found.file);
  print_problems(session, found.file.problems, 20);
  timed.next(Stage::render);
  const Catalogue& catalogue = appraised->home.catalogue;
  const OverUnits over = statistics_over(options, units, found.values, catalogue);
  print(options.json
            ? file_values_json(found.file.source, found.values, appraised->roster, catalogue, over)
            : in_words(session, options, found, *appraised) + in_words(session, over, found.values, catalogue));
  timed.stop();
  tell_profile(session, session.profile);
  return static_cast<int>(exit_code_of(found.file.problems));
}

} // namespace

Action add_measure(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("FILE", options->file, "option.file");
  line.required_year("--year", options->year, "option.year");
  line.option("--indicators", options->indicators, "option.measure.indicators", "ID,ID");
  line.option("--roster", options->roster, "option.roster", "FILE");
  line.option("--over", options->over, "option.measure.over", "LEVEL");
  line.flag("--json", options->json, "option.measure.json");
  line.flag("--profile", options->profile, "option.profile");
  add_export_options(line, options->reading);
  return [options, &session] { return measure(session, *options); };
}

} // namespace appraise::cli
