#include "cli/command_line.h"

#include <CLI/CLI.hpp>

namespace appraise::cli {

void CommandLine::argument(const std::string& name, std::string& value, const std::string& text) {
  app_.add_option(name, value, text)->required();
}

void CommandLine::flag(const std::string& name, bool& value, const std::string& text) {
  app_.add_flag(name, value, text);
}

void CommandLine::option(const std::string& name, std::string& value, const std::string& text,
                         const std::string& kind) {
  app_.add_option(name, value, text)->type_name(kind);
}

void CommandLine::option(const std::string& name, std::uint64_t& value, const std::string& text,
                         const std::string& kind) {
  app_.add_option(name, value, text)->type_name(kind);
}

void CommandLine::required(const std::string& name, std::string& value, const std::string& text,
                           const std::string& kind) {
  app_.add_option(name, value, text)->required()->type_name(kind);
}

void CommandLine::required_year(const std::string& name, int& value, const std::string& text) {
  app_.add_option(name, value, text)->required()->check(CLI::Range(2000, 2100).description(""))->type_name("YEAR");
}

void CommandLine::read_options(OpenOptions& options) {
  option("--encoding", options.encoding, "option.encoding", "E");
  ReadLimits& limits = options.limits;
  const auto limit = [&](const char* flag, std::uint64_t& value) {
    option(flag, value, std::string("option.") + (flag + 2), "N");
  };
  limit("--limit-cell", limits.cell_bytes);
  limit("--limit-row", limits.row_bytes);
  limit("--limit-columns", limits.columns);
  limit("--limit-inflate", limits.inflated_bytes);
  limit("--limit-entry", limits.entry_bytes);
  limit("--limit-ratio", limits.inflate_ratio);
  limit("--limit-entries", limits.entries);
  limit("--limit-depth", limits.xml_depth);
  limit("--limit-sheets", limits.sheets);
  limit("--limit-strings", limits.shared_string_bytes);
}

CommandLine CommandLine::subcommand(const std::string& name, const std::string& text) {
  app_.require_subcommand(1);
  CLI::App* sub = app_.add_subcommand(name, text);
  sub->set_help_flag();
  sub->fallthrough();
  return CommandLine(*sub);
}

bool CommandLine::chosen() const {
  return app_.parsed();
}

} // namespace appraise::cli
