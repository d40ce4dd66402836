// appraise check FILE|FOLDER: reads and checks without scoring. Exit 1 where a row cannot be counted.
//
// An appraisal file (or its folder) is checked as a whole; a CSV file or workbook, or a folder of them, is checked by
// itself: each file's record type is told by its heads.
#include "cli/tables.h"
#include "engine/checks/file.h"
#include "engine/input/open_table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

namespace appraise::cli {

namespace fs = std::filesystem;

namespace {

struct Options {
  std::string path;
  std::string roster;
  ExportOptions reading;
};

bool is_table(const fs::path& file) {
  static constexpr std::array<std::string_view, 5> kEndings = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm"};
  return std::find(kEndings.begin(), kEndings.end(), file.extension().string()) != kEndings.end();
}

// A file is what it is named to be; in a folder, files with the usual endings of tables.
std::vector<std::string> exports_at(const std::string& path) {
  const fs::path given(path);
  if (!fs::is_directory(given))
    return given.extension() == ".toml" ? std::vector<std::string>{} : std::vector<std::string>{path};
  if (fs::exists(given / "appraisal.toml") || fs::exists(given / "manifest.json")) return {};
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(given)) {
    if (entry.is_regular_file() && is_table(entry.path())) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Exports by themselves: an appraisal that has inputs and a roster, and nothing to score.
void read_exports(const Session& session, const Options& options, const std::vector<std::string>& files,
                  Case& appraised) {
  appraised.folder = fs::path(files.front()).parent_path().string();
  if (appraised.folder.empty()) appraised.folder = ".";
  for (const std::string& file : files) {
    const HeadView view = look_at_heads(appraised.home, file, options.reading);
    Input input;
    input.type = view.type->id;
    input.layout = options.reading.layout;
    input.patterns = {fs::path(file).lexically_relative(appraised.folder).string()};
    input.files = input.patterns;
    appraised.appraisal.inputs.push_back(std::move(input));
  }
  read_and_check(session, appraised);
}

// One export of records that stand by themselves is checked as it is read, however large it is. False: it is of side
// records, which are checked with what they belong to.
bool check_alone(const Session& session, const Options& options, const std::string& file, Case& appraised) {
  const HeadView view = look_at_heads(appraised.home, file, options.reading);
  if (!view.type->via.empty()) return false;
  const FileTask task = task_of(appraised.home, view, options.reading);
  const ReadOptions reading{.batch_rows = session.batch_rows, .threads = session.threads};
  RowContext context;
  context.calendar = &appraised.home.calendar;
  FileResult result = check_file(task, appraised.roster, appraised.home.checks, context, reading);
  stop_if_unreadable(result);
  appraised.problems = std::move(result.problems);
  Table& table = appraised.records.tables[view.type->id];
  table.type = view.type;
  table.sources.push_back(std::move(result.source));
  return true;
}

std::string summary(const Session& session, const Records& records) {
  std::string result;
  for (const auto& [id, table] : records.tables) {
    if (table.sources.empty()) continue;
    Source all;
    for (const Source& source : table.sources) {
      all.rows += source.rows;
      all.uncounted += source.uncounted;
      all.replaced += source.replaced;
    }
    result += say(session, "help.check.line",
                  {{"type", table.type->title},
                   {"files", std::to_string(table.sources.size())},
                   {"rows", std::to_string(all.rows)},
                   {"uncounted", std::to_string(all.uncounted)},
                   {"replaced", std::to_string(all.replaced)}}) +
              "\n";
  }
  return result;
}

int check(const Session& session, const Options& options) {
  auto appraised = std::make_unique<Case>();
  const std::vector<std::string> files = exports_at(options.path);
  if (files.empty()) {
    open(session, options.path, *appraised);
    read(session, *appraised);
  } else {
    load_home(session, appraised->home);
    load_roster(options.roster, *appraised);
    if (files.size() > 1 || !check_alone(session, options, files.front(), *appraised)) {
      read_exports(session, options, files, *appraised);
    }
  }
  print_problems(session, appraised->problems, 20);
  print(summary(session, appraised->records));
  if (appraised->problems.empty()) print(say(session, "help.check.clean") + "\n");
  return static_cast<int>(exit_code_of(appraised->problems));
}

} // namespace

Action add_check(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("FILE|FOLDER", options->path, "option.check.path");
  line.option("--roster", options->roster, "option.roster", "FILE");
  add_export_options(line, options->reading);
  return [options, &session] { return check(session, *options); };
}

} // namespace appraise::cli
