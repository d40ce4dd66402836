#include "cli/profile.h"

#include <chrono>
#include <fmt/core.h>
#include <utility>

namespace appraise::cli {

namespace {

std::int64_t steady_nanoseconds() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
}

constexpr std::array<const char*, kStages> kStageNames = {
    "load",     "read",  "keys",    "checks", "identity", "derive", "program",
    "counters", "banks", "figures", "score",  "render",   "write",
};

std::string in_words(const Session& session, const PlanShape& plan) {
  std::string columns;
  for (const std::string& column : plan.columns)
    columns += (columns.empty() ? "" : ", ") + column;
  std::string banks;
  for (const auto& [kind, count] : plan.banks)
    banks += say(session, "help.profile.bank-" + kind, {{"count", std::to_string(count)}});
  return say(session, "help.profile.plan",
             {{"type", plan.type},
              {"rows", std::to_string(plan.rows)},
              {"columns", std::to_string(plan.columns.size())},
              {"names", columns},
              {"steps", std::to_string(plan.steps)},
              {"counters", std::to_string(plan.counters)},
              {"banks", banks}}) +
         "\n";
}

} // namespace

std::unique_ptr<Profile> new_profile(bool asked) {
  return asked ? std::make_unique<Profile>(steady_nanoseconds) : nullptr;
}

void tell_profile(const Session& session, const Profile* profile) {
  if (profile == nullptr) return;
  std::string result;
  for (const PlanShape& plan : profile->plans)
    result += in_words(session, plan);
  result += say(session, "help.profile.times") + "\n";
  for (std::size_t i = 0; i < kStages; ++i) {
    const std::int64_t spent = profile->nanoseconds(static_cast<Stage>(i));
    if (spent == 0) continue;
    result += fmt::format("  {:>10.1f}  {}\n", static_cast<double>(spent) / 1e6,
                          say(session, std::string("help.profile.") + kStageNames[i]));
  }
  tell(result);
}

} // namespace appraise::cli
