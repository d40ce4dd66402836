#include "cli/commands.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <vector>

namespace appraise::cli {

std::string say(const Session& session, std::string_view id, const Facts& facts) {
  return text(id, session.language, facts);
}

void print(const std::string& text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) {
    throw Error(ExitCode::output,
                Problem{.rule = "write-failed", .place = {.file = "stdout"}, .found = std::strerror(errno)});
  }
}

void tell(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void print_problems(const Session& session, const Problems& problems, std::size_t each) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<const Problem*>> groups;
  for (const Problem& problem : problems) {
    if (groups[problem.rule].empty()) order.push_back(problem.rule);
    groups[problem.rule].push_back(&problem);
  }
  for (const std::string& rule : order) {
    const auto& group = groups[rule];
    for (std::size_t i = 0; i < group.size() && i < each; ++i)
      tell(message(*group[i], session.language) + "\n");
    if (group.size() > each) {
      tell(say(session, "help.more-of-the-same", {{"count", std::to_string(group.size() - each)}, {"rule", rule}}) +
           "\n");
    }
  }
}

ExitCode exit_code_of(const Problems& problems) {
  const bool blocked = std::any_of(problems.begin(), problems.end(),
                                   [](const Problem& problem) { return problem.severity == Severity::blocking; });
  return blocked ? ExitCode::findings : ExitCode::ok;
}

} // namespace appraise::cli
