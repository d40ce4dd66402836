// States as they stand in cells, and back; a value's note.
#pragma once

#include "reports/texts.h"

#include <optional>
#include <string>

namespace appraise {

std::string state_words(const std::string& id);                      // "no cases" → 无案件; "scored" → ""
std::optional<std::string> state_of_words(const std::string& words); // 无案件 → "no cases"; "" → "scored"
// A note is the source's own text, or the id of why there is no figure.
std::string note_words(const std::string& note, Language language);

} // namespace appraise
