#include "reports/build/state_words.h"

#include "engine/scorecard.h"

namespace appraise {

namespace {

constexpr State kStates[] = {State::scored,       State::no_cases,      State::not_applicable, State::not_assessed,
                             State::not_reported, State::not_in_source, State::to_verify,      State::too_few};

} // namespace

std::string state_words(const std::string& id) {
  return text("state." + id, Language::chinese);
}

std::string note_words(const std::string& note, Language language) {
  const std::string id = "note." + note;
  return has_text(id) ? text(id, language) : note;
}

std::optional<std::string> state_of_words(const std::string& words) {
  for (State state : kStates) {
    const std::string id = state_id(state);
    if (state_words(id) == words) return id;
  }
  return std::nullopt;
}

} // namespace appraise
