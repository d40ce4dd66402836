// The program: finds its data, reads the command line, runs one command, and turns what goes wrong into messages and
// exit codes.
#include "cli/commands.h"
#include "cli/pipeline.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fmt/core.h>

namespace appraise::cli {

namespace {

struct Entry {
  const char* name;
  Action (*add)(CommandLine& line, Session& session);
};

// Every command; its help stands in the table of texts under "help.<name>", its examples under "example.<name>".
constexpr Entry kCommands[] = {
    {"init", add_init},       {"run", add_run},         {"check", add_check},
    {"layout", add_layout},   {"table", add_table},     {"indicators", add_indicators},
    {"measure", add_measure}, {"explain", add_explain}, {"generate", add_generate},
};

Language language_of(const char* value) {
  return std::string_view(value).substr(0, 2) == "zh" ? Language::chinese : Language::english;
}

// LC_ALL before LC_MESSAGES before LANG, as for every program.
Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return language_of(value);
  }
  return Language::english;
}

std::string option_line(const Session& session, const CLI::Option& option) {
  const std::string name = option.get_positional() ? option.get_name() : option.get_name(false, true);
  const bool takes_value = !option.get_positional() && option.get_expected_max() > 0 && !option.get_type_name().empty();
  return fmt::format("  {:<28} {}\n", takes_value ? name + " " + option.get_type_name() : name,
                     say(session, option.get_description()));
}

std::string help_of(const Session& session, const CLI::App& command) {
  std::string result = say(session, command.get_description()) + "\n\n";
  const std::string& name = command.get_name();
  result += say(session, "example." + name) + "\n\n";
  for (const CLI::App* sub : command.get_subcommands({})) {
    result += fmt::format("  {:<28} {}\n", name + " " + sub->get_name(), say(session, sub->get_description()));
    for (const CLI::Option* option : sub->get_options())
      result += option_line(session, *option);
  }
  for (const CLI::Option* option : command.get_options())
    result += option_line(session, *option);
  return result;
}

std::string help_of_all(const Session& session, const CLI::App& app) {
  std::string result = say(session, "help.appraise") + "\n\n" + say(session, "example.appraise") + "\n\n";
  result += say(session, "help.commands") + "\n";
  for (const CLI::App* command : app.get_subcommands({})) {
    result += fmt::format("  {:<28} {}\n", command->get_name(), say(session, command->get_description()));
  }
  result += say(session, "help.options") + "\n";
  for (const CLI::Option* option : app.get_options())
    result += option_line(session, *option);
  return result;
}

int usage_error(const Session& session, const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands({}))
    commands.push_back(command->get_name());
  Problem problem;
  problem.rule = "usage";
  problem.found = error.what();
  const std::vector<std::string> extras = app.remaining();
  for (int i = argc - 1; i > 0; --i) {
    const std::string word = argv[i];
    const bool stands_alone = std::find(extras.begin(), extras.end(), word) != extras.end();
    if (app.get_subcommands().empty() && stands_alone && word[0] != '-') {
      problem.rule = "command-unknown";
      problem.found = word;
      problem.nearest = nearest_names(word, commands);
    }
  }
  tell(message(problem, session.language) + "\n");
  return static_cast<int>(ExitCode::usage);
}

void tell_problem(const Session& session, const char* rule, const char* found) {
  Problem problem;
  problem.rule = rule;
  problem.found = found;
  tell(message(problem, session.language) + "\n");
}

int run_program(int argc, char** argv) {
  Session session;
  session.language = language_of_environment();
  CLI::App app;
  app.set_help_flag();
  bool wants_help = false;
  bool wants_version = false;
  app.add_flag("-h,--help", wants_help, "option.help");
  app.add_flag("--version", wants_version, "option.version");
  app.add_option_function<std::string>(
         "--lang", [&](const std::string& value) { session.language = language_of(value.c_str()); }, "option.lang")
      ->check(CLI::IsMember({"zh", "en"}).description(""))
      ->type_name("zh|en")
      ->trigger_on_parse();
  app.add_flag("-q,--quiet", session.quiet, "option.quiet");
  app.add_option("--threads", session.threads, "option.threads")
      ->check(CLI::Range(1, 64).description(""))
      ->type_name("N");
  app.add_option("--batch-rows", session.batch_rows, "option.batch-rows")
      ->check(CLI::Range(1, 1000000).description(""))
      ->type_name("N");
  app.require_subcommand(0, 1);
  app.fallthrough();

  std::vector<std::pair<CLI::App*, Action>> commands;
  for (const Entry& entry : kCommands) {
    CLI::App* command = app.add_subcommand(entry.name, std::string("help.") + entry.name);
    command->set_help_flag();
    command->fallthrough();
    CommandLine line(*command);
    commands.emplace_back(command, entry.add(line, session));
  }

  try {
    // Help is asked for anywhere on the line, also where something required is missing.
    const bool help_anywhere = std::any_of(argv, argv + argc, [](const char* word) {
      return std::string_view(word) == "-h" || std::string_view(word) == "--help";
    });
    if (argc == 1 || help_anywhere || (argc == 2 && std::string_view(argv[1]) == "help")) {
      for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--lang" && i + 1 < argc) session.language = language_of(argv[i + 1]);
      }
      for (int i = 1; i < argc; ++i) {
        for (const auto& [command, action] : commands) {
          if (command->get_name() == argv[i]) {
            print(help_of(session, *command));
            return 0;
          }
        }
      }
      print(help_of_all(session, app));
      return argc == 1 ? static_cast<int>(ExitCode::usage) : 0;
    }
    app.parse(argc, argv);
    if (wants_version) {
      print("appraise " APPRAISE_VERSION "\n");
      return 0;
    }
    for (const auto& [command, action] : commands) {
      if (!command->parsed()) continue;
      session.home = find_home(std::filesystem::canonical("/proc/self/exe").string());
      return action();
    }
    print(help_of_all(session, app));
    return static_cast<int>(ExitCode::usage);
  } catch (const CLI::ParseError& error) {
    return usage_error(session, app, error, argc, argv);
  } catch (const Error& error) {
    print_problems(session, error.problems(), 20);
    return static_cast<int>(error.code());
  } catch (const std::bad_alloc&) {
    tell_problem(session, "out-of-memory", "");
    return static_cast<int>(ExitCode::limit);
  } catch (const std::exception& error) {
    tell_problem(session, "internal", error.what());
    return static_cast<int>(ExitCode::internal);
  }
}

} // namespace

} // namespace appraise::cli

int main(int argc, char** argv) {
  return appraise::cli::run_program(argc, argv);
}
