#include "cli/progress.h"

#include <fmt/core.h>
#include <unistd.h>

namespace appraise::cli {

Progress::Progress(const Session& session, int stages)
    : session_(session), shown_(!session.quiet && isatty(STDERR_FILENO) == 1), stages_(stages) {}

Progress::~Progress() {
  if (shown_) tell("\r\x1b[K");
}

void Progress::stage(const std::string& text_id) {
  if (!shown_) return;
  constexpr int kWidth = 24;
  const int filled = kWidth * done_ / stages_;
  std::string bar;
  for (int i = 0; i < kWidth; ++i)
    bar += i < filled ? "█" : "░";
  ++done_;
  tell(fmt::format("\r\x1b[K{} {}/{} {}", bar, done_, stages_, say(session_, text_id)));
}

} // namespace appraise::cli
