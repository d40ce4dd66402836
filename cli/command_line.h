// Where a command declares what it takes. Texts are ids in the table of texts. The variables named must outlive the
// parsing. The parser is known to command_line.cpp and appraise.cpp alone: its header takes seconds to compile.
#pragma once

#include "engine/input/open_table.h"

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace appraise::cli {

class CommandLine {
public:
  explicit CommandLine(CLI::App& app) : app_(app) {}

  // What stands without a name in front; it must be there.
  void argument(const std::string& name, std::string& value, const std::string& text);
  void flag(const std::string& name, bool& value, const std::string& text);
  // `kind` is how help names the value: FILE, N.
  void option(const std::string& name, std::string& value, const std::string& text, const std::string& kind);
  void option(const std::string& name, std::uint64_t& value, const std::string& text, const std::string& kind);
  // Those that must be there.
  void required(const std::string& name, std::string& value, const std::string& text, const std::string& kind);
  void required_year(const std::string& name, int& value, const std::string& text); // 2000 to 2100
  // --encoding and --limit-*, which every command has that reads tables.
  void read_options(OpenOptions& options);
  // A command below this one, which must then be named.
  CommandLine subcommand(const std::string& name, const std::string& text);
  bool chosen() const; // after parsing: whether this command was named

private:
  CLI::App& app_;
};

} // namespace appraise::cli
