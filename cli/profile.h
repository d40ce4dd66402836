// --profile: what was computed, and where the time went, on stderr. The clock of profiles is here: the engine has none.
#pragma once

#include "cli/commands.h"
#include "engine/profile.h"

#include <memory>

namespace appraise::cli {

// Of a command that was given --profile; null otherwise.
std::unique_ptr<Profile> new_profile(bool asked);
// Nothing where there is no profile. The time of what comes afterwards is not in it.
void tell_profile(const Session& session, const Profile* profile);

} // namespace appraise::cli
