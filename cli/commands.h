// The commands: one .cpp each, one line each in the list in appraise.cpp. Only cli/ prints, reads the environment or
// the clock.
#pragma once

#include "cli/command_line.h"
#include "engine/profile.h"
#include "reports/texts.h"

#include <cstddef>
#include <functional>
#include <string>

namespace appraise::cli {

// What every command knows of how it was called.
struct Session {
  Language language = Language::english;
  bool quiet = false;
  int threads = 1;
  std::size_t batch_rows = 1024;
  std::string home;           // the folder that holds indicators/ and templates/
  Profile* profile = nullptr; // of a command with --profile
};

// Declares a command's options; the action runs after parsing and gives the exit code.
using Action = std::function<int()>;

Action add_init(CommandLine& line, Session& session);
Action add_run(CommandLine& line, Session& session);
Action add_check(CommandLine& line, Session& session);
Action add_layout(CommandLine& line, Session& session);
Action add_table(CommandLine& line, Session& session);
Action add_indicators(CommandLine& line, Session& session);
Action add_measure(CommandLine& line, Session& session);
Action add_explain(CommandLine& line, Session& session);
Action add_generate(CommandLine& line, Session& session);

// A text of the table of texts in the session's language.
std::string say(const Session& session, std::string_view id, const Facts& facts = {});
// Problems to stderr, grouped by rule with counts, the first few of each in full.
void print_problems(const Session& session, const Problems& problems, std::size_t each = 5);
// `findings` where one of them is blocking, else `ok`.
ExitCode exit_code_of(const Problems& problems);
// To stdout; a failure to write (a full disk, a closed pipe) is an Error.
void print(const std::string& text);
// To stderr; never fails.
void tell(const std::string& text);

} // namespace appraise::cli
