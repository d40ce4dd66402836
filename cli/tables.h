// A CSV file looked at without an appraisal: its heads, and which record type they fit best.
#pragma once

#include "cli/pipeline.h"

#include <string>
#include <vector>

namespace appraise::cli {

struct HeadView {
  std::string file;
  std::string encoding;
  std::vector<std::string> heads;
  const RecordType* type = nullptr; // the best fit
  std::vector<HeadMatch> matches;
  std::vector<const Field*> missing; // required fields without a head
};

// `type`: a record type's id or title; empty: the one that most heads fit. Throws Error on unreadable files and unknown
// types.
HeadView look_at_heads(const Home& home, const std::string& file, const std::string& layout, const std::string& type);

} // namespace appraise::cli
