// States as they stand in cells, and back.
#pragma once

#include <optional>
#include <string>

namespace appraise {

std::string state_words(const std::string& id);                      // "no cases" → 无案件; "scored" → ""
std::optional<std::string> state_of_words(const std::string& words); // 无案件 → "no cases"; "" → "scored"

} // namespace appraise
