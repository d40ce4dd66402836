// The options of every command that reads tables: the encoding and the limits.
#pragma once

#include "engine/input/open_table.h"

#include <CLI/CLI.hpp>

namespace appraise::cli {

// Adds --encoding and --limit-*; `options` must outlive the command.
void add_read_options(CLI::App& command, OpenOptions& options);

} // namespace appraise::cli
