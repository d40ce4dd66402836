// A table looked at without an appraisal: its heads, and which record type they fit best.
#pragma once

#include "cli/pipeline.h"
#include "engine/input/open_table.h"

#include <string>
#include <vector>

namespace appraise::cli {

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

// `type`: a record type's id or title; empty: the one that most heads fit. Of a workbook without `sheet` the sheet
// whose heads fit best. Throws Error on unreadable files and unknown types.
HeadView look_at_heads(const Home& home, const std::string& file, const std::string& layout, const std::string& type,
                       const std::string& sheet = {}, const OpenOptions& options = {});

// The roster that is named, else the country's. Throws Error.
void load_roster(const std::string& file, Case& appraised);

} // namespace appraise::cli
