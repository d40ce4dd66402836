// appraise generate FOLDER: the demonstration year's exports, from a seed.
#include "cli/commands.h"
#include "cli/pipeline.h"
#include "fixtures/generator.h"
#include "reports/run_folder.h"

#include <filesystem>
#include <memory>

namespace appraise::cli {

namespace {

struct Options {
  std::string folder;
  std::string roster;
  std::uint64_t seed = 2016;
  bool force = false;
};

int generate(const Session& session, const Options& options) {
  Home home;
  load_home(session, home);
  load_clocks(home);
  const std::string roster_file =
      options.roster.empty() ? home.folder + "/fixtures/demo-year/roster.csv" : options.roster;
  Problems problems;
  const Roster roster = Roster::load(read_bytes(roster_file), roster_file, problems);
  if (!problems.empty()) throw Error(ExitCode::input, std::move(problems));
  const GenerateOptions generator{.folder = options.folder, .seed = options.seed};
  const FileSet files = generate_demo_year(roster, home.types, home.calendar, home.clocks, generator);
  const WriteOutcome outcome = write_run_folder(options.folder, files, options.force);
  if (!session.quiet) {
    const char* id = outcome == WriteOutcome::unchanged ? "help.generate.unchanged" : "help.generate.done";
    print(say(session, id, {{"count", std::to_string(files.size())}, {"folder", options.folder}}) + "\n");
  }
  return 0;
}

} // namespace

Action add_generate(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("FOLDER", options->folder, "option.generate.folder");
  line.option("--roster", options->roster, "option.roster", "FILE");
  line.option("--seed", options->seed, "option.seed", "N");
  line.flag("--force", options->force, "option.force");
  return [options, &session] { return generate(session, *options); };
}

} // namespace appraise::cli
