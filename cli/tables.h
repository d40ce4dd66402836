// A table looked at without an appraisal: its heads, and which record type they fit best.
#pragma once

#include "cli/pipeline.h"
#include "engine/input/open_table.h"
#include "engine/input/reader.h"

#include <string>
#include <vector>

namespace appraise::cli {

// How an export is to be read, as check, layout check and measure take it.
struct ExportOptions {
  std::string layout = "standard";
  std::string type;
  std::string sheet;
  OpenOptions open;
};
// --layout, --type, --sheet and those of reading; `options` must outlive the parsing.
void add_export_options(CommandLine& line, ExportOptions& options);

struct HeadView {
  std::string file;
  std::string sheet;     // of a workbook
  std::string encoding;  // of a text; "XLSX" of a workbook
  std::int64_t line = 1; // of the heads, of two rows the lower one
  std::vector<std::string> heads;
  const RecordType* type = nullptr; // the best fit
  std::vector<HeadMatch> matches;
  std::vector<const Field*> missing; // required fields without a head
};

// The type is a record type's id or title; empty: the one that most heads fit. Of a workbook without a sheet's name the
// sheet whose heads fit best. Throws Error on unreadable files and unknown types.
HeadView look_at_heads(const Home& home, const std::string& file, const ExportOptions& options);
// The file as its heads were seen, to be read.
FileTask task_of(const Home& home, const HeadView& view, const ExportOptions& options);
// Throws Error, with the exit code that the problems have, where the file cannot be read as a table.
void stop_if_unreadable(FileResult& result);

// The roster that is named, else the country's. Throws Error.
void load_roster(const std::string& file, Case& appraised);

} // namespace appraise::cli
