#include "cli/pipeline.h"

#include "engine/corrections.h"
#include "engine/digest.h"
#include "engine/predicate/parameters.h"
#include "reports/run_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

namespace appraise::cli {

namespace fs = std::filesystem;

namespace {

// Problems that leave nothing to go on with end the run, all of them together.
void stop_if_blocked(ExitCode code, Problems& problems) {
  const bool blocked = std::any_of(problems.begin(), problems.end(),
                                   [](const Problem& problem) { return problem.severity == Severity::blocking; });
  if (blocked) throw Error(code, std::move(problems));
}

struct ManifestEntry {
  std::string path;
  std::string role;
  std::string sha256;
};

std::vector<ManifestEntry> manifest_inputs(const fs::path& run_folder) {
  const auto manifest = nlohmann::json::parse(read_bytes((run_folder / "manifest.json").string()), nullptr, false);
  std::vector<ManifestEntry> entries;
  if (!manifest.is_object() || !manifest.contains("inputs") || !manifest["inputs"].is_array()) return entries;
  for (const auto& input : manifest["inputs"]) {
    entries.push_back({input.value("path", ""), input.value("role", ""), input.value("sha256", "")});
  }
  return entries;
}

// The appraisal file with the content that the manifest names, in the current folder or up to three folders below.
std::string appraisal_of_run_folder(const fs::path& run_folder) {
  std::string wanted;
  for (const ManifestEntry& entry : manifest_inputs(run_folder)) {
    if (entry.role == "appraisal") wanted = entry.sha256;
  }
  std::vector<std::string> candidates;
  for (auto entry = fs::recursive_directory_iterator(".", fs::directory_options::skip_permission_denied);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && (entry.depth() >= 3 || entry->path().filename().string()[0] == '.')) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && entry->path().extension() == ".toml") {
      candidates.push_back(entry->path().lexically_normal().string());
    }
  }
  std::sort(candidates.begin(), candidates.end());
  for (const std::string& candidate : candidates) {
    if (!wanted.empty() && sha256_of(read_bytes(candidate)) == wanted) return candidate;
  }
  throw Error(ExitCode::input, Problem{.rule = "appraisal-not-found", .found = run_folder.string()});
}

std::string appraisal_path(const std::string& path) {
  const fs::path given(path);
  if (fs::is_directory(given)) {
    if (fs::exists(given / "appraisal.toml")) return (given / "appraisal.toml").lexically_normal().string();
    if (fs::exists(given / "manifest.json")) return appraisal_of_run_folder(given);
    throw Error(ExitCode::usage, Problem{.rule = "not-an-appraisal", .found = path});
  }
  return given.lexically_normal().string();
}

// Beside the appraisal file first, then among the program's own templates.
std::string locate(const std::string& name, const std::string& folder, const std::string& home) {
  const fs::path beside = (fs::path(folder) / name).lexically_normal();
  if (fs::exists(beside)) return beside.string();
  const fs::path own = (fs::path(home) / name).lexically_normal();
  return fs::exists(own) ? own.string() : beside.string();
}

// A run is explained by the inputs that made it: a file that is another now would explain something else.
void same_inputs(const fs::path& run_folder, const Case& appraised) {
  std::map<std::string, std::string> now;
  for (const auto& [type, table] : appraised.records.tables) {
    for (const Source& source : table.sources)
      now[source.file] = source.sha256;
  }
  Problems problems;
  for (const ManifestEntry& entry : manifest_inputs(run_folder)) {
    const auto found = now.find(entry.path);
    if (found != now.end() && found->second != entry.sha256) {
      problems.push_back(Problem{.rule = "inputs-changed", .found = entry.path});
    }
  }
  if (!problems.empty()) throw Error(ExitCode::input, std::move(problems));
}

std::vector<Slice> slices_of(const Trend& trend) {
  std::vector<Slice> slices;
  const int months = trend.by == "year" ? 12 : 1;
  for (Date from = trend.from; from <= trend.to; from = from.add_months(months)) {
    const std::string label = trend.by == "year" ? std::to_string(from.year()) : from.text().substr(0, 7);
    slices.push_back({label, from, from.add_months(months).add_days(-1)});
  }
  return slices;
}

TrendSeries compute_trend(const Session& session, Case& appraised, const Trend& trend) {
  const auto unit = appraised.roster.find(trend.unit);
  if (!unit) {
    Problem problem;
    problem.rule = "unit-unknown";
    problem.place.file = appraised.appraisal_path;
    problem.found = trend.unit;
    problem.nearest = nearest_names(trend.unit, appraised.roster.codes());
    throw Error(ExitCode::scheme, std::move(problem));
  }
  PlanInput input = plan_input(session, appraised);
  input.indicators = trend.indicators;
  input.slices = slices_of(trend);
  TrendSeries series{
      .id = trend.id, .title = trend.title, .unit = *unit, .indicators = trend.indicators, .labels = {}, .values = {}};
  for (const Slice& slice : input.slices)
    series.labels.push_back(slice.id);
  series.values = compute(input, appraised.problems);
  return series;
}

} // namespace

std::string find_home(const std::string& program) {
  if (const char* given = std::getenv("APPRAISE_HOME")) return given;
  fs::path folder = fs::path(program).parent_path();
  if (fs::exists(folder / "../share/appraise/indicators/fields.toml")) {
    return (folder / "../share/appraise").lexically_normal().string();
  }
  for (; !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / "indicators/fields.toml")) return folder.string();
    if (folder == folder.root_path()) break;
  }
  throw Error(ExitCode::usage, Problem{.rule = "home-missing", .found = program});
}

std::vector<std::pair<std::string, std::string>> read_folder(const std::string& folder, const std::string& extension) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == extension) {
      names.push_back(fs::relative(entry.path(), folder).string());
    }
  }
  std::sort(names.begin(), names.end());
  std::vector<std::pair<std::string, std::string>> files;
  files.reserve(names.size());
  for (const std::string& name : names)
    files.emplace_back(name, read_bytes((fs::path(folder) / name).string()));
  return files;
}

void load_home(const Session& session, Home& home) {
  home.folder = session.home;
  const auto at = [&](const std::string& name) { return (fs::path(home.folder) / name).string(); };
  Problems problems;
  home.types = RecordTypes::load(read_bytes(at("indicators/fields.toml")), "indicators/fields.toml", problems);
  stop_if_blocked(ExitCode::scheme, problems);
  const std::string parameters = "templates/parameters/indicators.toml";
  home.types.parameters = load_parameters(read_bytes(at(parameters)), parameters, home.types, problems);
  std::vector<std::pair<std::string, std::string>> indicators;
  std::vector<std::pair<std::string, std::string>> checks;
  for (auto& [name, bytes] : read_folder(at("indicators"), ".toml")) {
    if (name == "fields.toml") continue;
    auto& files = name.rfind("checks/", 0) == 0 ? checks : indicators;
    files.emplace_back("indicators/" + name, std::move(bytes));
  }
  home.catalogue = Catalogue::load(indicators, home.types, problems);
  home.checks = load_row_checks(checks, home.types, problems);
  for (const auto& [name, bytes] : read_folder(at("templates/layouts"), ".toml")) {
    const std::string file = "templates/layouts/" + name;
    home.layouts.emplace(fs::path(name).stem().string(), Layout::load(bytes, file, home.types, problems));
  }
  const std::string workdays = "templates/parameters/workdays.csv";
  home.calendar = load_calendar(read_bytes(at(workdays)), workdays, problems);
  stop_if_blocked(ExitCode::scheme, problems);
}

void load_clocks(Home& home) {
  const std::string name = "templates/parameters/clocks.toml";
  Problems problems;
  home.clocks = load_clocks(read_bytes((fs::path(home.folder) / name).string()), name, problems);
  stop_if_blocked(ExitCode::scheme, problems);
}

void open(const Session& session, const std::string& path, Case& appraised) {
  load_home(session, appraised.home);
  load_clocks(appraised.home);
  appraised.appraisal_path = appraisal_path(path);
  if (fs::is_directory(path) && !fs::exists(fs::path(path) / "appraisal.toml")) appraised.run_folder = path;
  appraised.folder = fs::path(appraised.appraisal_path).parent_path().string();
  if (appraised.folder.empty()) appraised.folder = ".";
  Problems problems;
  appraised.appraisal = Appraisal::load(read_bytes(appraised.appraisal_path), appraised.appraisal_path, problems);
  stop_if_blocked(ExitCode::scheme, problems);
  const Appraisal& appraisal = appraised.appraisal;

  appraised.scheme_path = locate(appraisal.scheme, appraised.folder, session.home);
  appraised.roster_path = locate(appraisal.roster, appraised.folder, session.home);
  for (const auto& [what, file] :
       {std::pair("scheme", appraised.scheme_path), std::pair("roster", appraised.roster_path)}) {
    if (!fs::exists(file)) {
      problems.push_back(
          {.rule = "file-missing", .place = {.file = appraised.appraisal_path}, .found = file, .expected = what});
    }
  }
  stop_if_blocked(ExitCode::input, problems);
  Scheme& scheme = appraised.scheme;
  scheme = Scheme::load(read_bytes(appraised.scheme_path), appraised.scheme_path, appraised.home.catalogue, problems);
  appraised.roster = Roster::load(read_bytes(appraised.roster_path), appraised.roster_path, problems);
  if (problems.empty() && (scheme.period.from != appraisal.period.from || scheme.period.to != appraisal.period.to)) {
    problems.push_back({.rule = "period-differs",
                        .place = {.file = appraised.appraisal_path},
                        .found = appraisal.period.from.text() + ".." + appraisal.period.to.text(),
                        .expected = scheme.period.from.text() + ".." + scheme.period.to.text()});
  }
  stop_if_blocked(ExitCode::scheme, problems);
  if (!appraisal.units.empty()) scheme.units += " and " + appraisal.units;
}

void read_and_check(const Session& session, Case& appraised) {
  const ReadOptions options{.batch_rows = session.batch_rows, .threads = session.threads, .profile = session.profile};
  appraised.records = read_records(appraised.appraisal, appraised.folder, appraised.home.types, appraised.home.layouts,
                                   appraised.roster, options, appraised.problems);
  RowContext context;
  context.records = &appraised.records;
  context.calendar = &appraised.home.calendar;
  context.period = appraised.scheme.period;
  context.base = appraised.scheme.period;
  Timed timed(session.profile, Stage::checks);
  apply_row_checks(appraised.home.checks, appraised.records, context, appraised.problems);
  timed.next(Stage::identity);
  settle_claims(appraised.records, appraised.roster, appraised.scheme.claimed_twice, appraised.problems);
}

void read(const Session& session, Case& appraised) {
  read_and_check(session, appraised);
  if (!appraised.run_folder.empty()) same_inputs(appraised.run_folder, appraised);
  const Timed timed(session.profile, Stage::derive);
  derive(appraised.records, appraised.roster, appraised.home.clocks, appraised.home.calendar,
         appraised.scheme.period.to, appraised.problems);
}

PlanInput plan_input(const Session& session, const Case& appraised) {
  PlanInput input;
  input.types = &appraised.home.types;
  input.records = &appraised.records;
  input.roster = &appraised.roster;
  input.calendar = &appraised.home.calendar;
  input.catalogue = &appraised.home.catalogue;
  input.indicators = appraised.scheme.indicators();
  input.slices = appraised.scheme.slices();
  input.threads = session.threads;
  return input;
}

void compute_all(const Session& session, Case& appraised) {
  const Catalogue& catalogue = appraised.home.catalogue;
  PlanInput input = plan_input(session, appraised);
  input.profile = session.profile;
  appraised.values = compute(input, appraised.problems);
  const Timed timed(session.profile, Stage::score);
  apply_verified(appraised.values, appraised.records, appraised.scheme, catalogue, appraised.problems);
  appraised.scorecard = score(appraised.scheme, appraised.roster, catalogue, appraised.values, appraised.problems);
}

RunInput run_input(const Session& session, Case& appraised) {
  std::vector<TrendSeries> trends;
  for (const Trend& trend : appraised.appraisal.trends)
    trends.push_back(compute_trend(session, appraised, trend));
  const auto file = [&](const std::string& name, const std::string& path, const std::string& role) {
    return ManifestFile{name, role, sha256_of(read_bytes(path))};
  };
  const std::string& home = appraised.home.folder;
  std::vector<ManifestFile> files{
      file(fs::path(appraised.appraisal_path).filename().string(), appraised.appraisal_path, "appraisal"),
      file(appraised.appraisal.scheme, appraised.scheme_path, "scheme"),
      file(appraised.appraisal.roster, appraised.roster_path, "roster"),
  };
  for (const char* name : {"indicators/fields.toml", "templates/parameters/clocks.toml",
                           "templates/parameters/indicators.toml", "templates/parameters/workdays.csv"}) {
    files.push_back(file(name, fmt::format("{}/{}", home, name), "parameters"));
  }
  for (const std::string& id : appraised.values.indicators) {
    const std::string name = fmt::format("indicators/{}/{}.toml", appraised.home.catalogue.find(id)->family, id);
    files.push_back(file(name, fmt::format("{}/{}", home, name), "indicator"));
  }
  return RunInput{.appraisal = appraised.appraisal,
                  .card = appraised.scorecard,
                  .problems = appraised.problems,
                  .records = appraised.records,
                  .trends = std::move(trends),
                  .files = std::move(files)};
}

} // namespace appraise::cli
