// A progress bar on stderr, on a terminal only; in pipes and with --quiet it says nothing.
#pragma once

#include "cli/commands.h"

#include <string>

namespace appraise::cli {

class Progress {
public:
  Progress(const Session& session, int stages);
  ~Progress(); // clears the line
  void stage(const std::string& text_id);

private:
  const Session& session_;
  bool shown_;
  int stages_;
  int done_ = 0;
};

} // namespace appraise::cli
