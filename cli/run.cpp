// appraise run FILE|FOLDER: from exports to the run folder.
#include "reports/build/run.h"
#include "cli/pipeline.h"
#include "cli/profile.h"
#include "cli/progress.h"
#include "reports/run_folder.h"

#include <algorithm>
#include <filesystem>
#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace fs = std::filesystem;

namespace {

struct Options {
  std::string path;
  std::string output;
  bool force = false;
  bool json = false;
  bool strict = false;
  bool profile = false;
};

constexpr std::size_t kShown = 10; // units in the short table on stdout

// out/<name>-<period>: the year where the period is one, else its two ends.
std::string default_folder(const Appraisal& appraisal) {
  const Slice& period = appraisal.period;
  const bool year =
      period.from == *Date::of(period.to.year(), 1, 1) && period.to == *Date::of(period.to.year(), 12, 31);
  return "out/" + appraisal.name + "-" +
         (year ? std::to_string(period.to.year()) : period.from.text() + "--" + period.to.text());
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts{""};
  for (char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string rank_text(const std::optional<int>& rank) {
  return rank ? std::to_string(*rank) : "—";
}

std::string table_of_totals(const Session& session, const Scorecard& card) {
  std::vector<const UnitResult*> units;
  for (const UnitResult& unit : card.units)
    units.push_back(&unit);
  std::stable_sort(units.begin(), units.end(), [](const UnitResult* a, const UnitResult* b) {
    return a->rank.value_or(INT32_MAX) < b->rank.value_or(INT32_MAX);
  });
  const auto head = split(say(session, "help.run.head"), '|');
  std::string result =
      fmt::format("{:>4}  {:<16}  {:<10}  {:>9}  {:>8}\n", head[0], head[1], head[2], head[3], head[4]);
  for (std::size_t i = 0; i < units.size() && i < kShown; ++i) {
    const UnitResult& unit = *units[i];
    const std::string points = unit.total ? unit.total->decimal(card.scheme->places_named ? card.scheme->places : 2)
                                          : say(session, "state." + state_id(unit.state));
    result += fmt::format("{:>4}  {:<16}  {:<10}  {:>9}  {:>8}\n", rank_text(unit.rank), (*card.roster)[unit.unit].name,
                          group_of(*card.scheme, (*card.roster)[unit.unit]), points, rank_text(unit.rank_in_group));
  }
  if (units.size() > kShown) {
    result += say(session, "help.run.more", {{"count", std::to_string(units.size() - kShown)}}) + "\n";
  }
  return result;
}

// A scheme that ranks figures: the first three of each item.
std::string table_of_ranks(const Session& session, const Scorecard& card) {
  const auto head = split(say(session, "help.run.head-ranks"), '|');
  std::string result = fmt::format("{:<32}  {:>4}  {:<24}  {:>12}\n", head[1], head[3], head[0], head[2]);
  for (std::size_t i = 0; i < card.scheme->items.size(); ++i) {
    const Item& item = card.scheme->items[i];
    const Indicator& indicator = *card.catalogue->find(item.indicator);
    for (int rank = 1; rank <= 3; ++rank) {
      for (const UnitResult& unit : card.units) {
        if (unit.items[i].rank != rank) continue;
        const Value& value =
            card.values->at(unit.unit, card.values->indicator(item.indicator), card.values->slice("period"));
        const Number figure = value.numerator * indicator.per / value.denominator;
        result += fmt::format("{:<32}  {:>4}  {:<24}  {:>12}\n", item.title, rank, (*card.roster)[unit.unit].name,
                              figure.decimal(figure.is_integer() ? 0 : 2));
      }
    }
  }
  return result;
}

std::int64_t uncounted_rows(const Records& records) {
  std::int64_t count = 0;
  for (const auto& [id, table] : records.tables) {
    for (const Source& source : table.sources)
      count += source.uncounted;
  }
  return count;
}

bool no_records(const Scorecard& card) {
  return !card.units.empty() && std::all_of(card.units.begin(), card.units.end(), [](const UnitResult& unit) {
    return std::all_of(unit.items.begin(), unit.items.end(),
                       [](const ItemResult& item) { return item.state == State::no_cases; });
  });
}

int run(Session session, const Options& options) {
  const std::unique_ptr<Profile> profile = new_profile(options.profile);
  session.profile = profile.get();
  auto appraised = std::make_unique<Case>();
  FileSet files;
  std::string folder;
  WriteOutcome outcome = WriteOutcome::created;
  {
    Progress progress(session, 4);
    progress.stage("help.stage.read");
    Timed timed(session.profile, Stage::load);
    open(session, options.path, *appraised);
    timed.stop();
    read(session, *appraised);
    progress.stage("help.stage.compute");
    compute_all(session, *appraised);
    progress.stage("help.stage.render");
    timed.next(Stage::render);
    files = render_run(run_input(session, *appraised));
    progress.stage("help.stage.write");
    folder = options.output.empty() ? default_folder(appraised->appraisal) : options.output;
    timed.next(Stage::write);
    outcome = write_run_folder(folder, files, options.force);
  }
  const std::int64_t uncounted = uncounted_rows(appraised->records);
  if (options.json) {
    print(files.at("scorecard.json"));
  } else {
    const Scorecard& card = appraised->scorecard;
    std::string said =
        say(session, "help.run.title",
            {{"title", appraised->appraisal.title},
             {"period", appraised->appraisal.period.from.text() + ".." + appraised->appraisal.period.to.text()},
             {"status", appraised->appraisal.status}}) +
        "\n";
    if (appraised->appraisal.demo) said += say(session, "help.run.demo") + "\n";
    said += "\n" +
            (appraised->scheme.gives == "ranks" ? table_of_ranks(session, card) : table_of_totals(session, card)) +
            "\n";
    if (no_records(card)) said += say(session, "help.run.no-cases") + "\n";
    if (uncounted > 0) said += say(session, "help.run.uncounted", {{"count", std::to_string(uncounted)}}) + "\n";
    const char* id = outcome == WriteOutcome::created    ? "help.run.created"
                     : outcome == WriteOutcome::replaced ? "help.run.replaced"
                                                         : "help.run.unchanged";
    said += say(session, id, {{"folder", folder}}) + "\n";
    for (const auto& [name, bytes] : files)
      said += "  " + name + "\n";
    print(said);
  }
  tell_profile(session, session.profile);
  return static_cast<int>(options.strict && uncounted > 0 ? ExitCode::findings : ExitCode::ok);
}

} // namespace

Action add_run(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("FILE|FOLDER", options->path, "option.appraisal");
  line.option("-o,--output", options->output, "option.output", "FOLDER");
  line.flag("--force", options->force, "option.force");
  line.flag("--json", options->json, "option.json");
  line.flag("--strict", options->strict, "option.strict");
  line.flag("--profile", options->profile, "option.profile");
  return [options, &session] { return run(session, *options); };
}

} // namespace appraise::cli
