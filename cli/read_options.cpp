#include "cli/read_options.h"

namespace appraise::cli {

void add_read_options(CLI::App& command, OpenOptions& options) {
  command.add_option("--encoding", options.encoding, "option.encoding")->type_name("E");
  ReadLimits& limits = options.limits;
  const auto limit = [&](const char* flag, std::uint64_t& value) {
    command.add_option(flag, value, std::string("option.") + (flag + 2))->type_name("N");
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

} // namespace appraise::cli
