#include "engine/scoring/rules.h"

namespace appraise {

const std::vector<const ScoringRule*>& scoring_rules() {
  static const std::vector<const ScoringRule*> rules = {
      &per_unit_rule(),  &bands_rule(), &growth_rule(), &linear_rule(),    &range_rule(),
      &deduction_rule(), &bonus_rule(), &manual_rule(), &rank_only_rule(),
  };
  return rules;
}

const ScoringRule* find_scoring_rule(const std::string& name) {
  for (const ScoringRule* rule : scoring_rules()) {
    if (rule->name() == name) return rule;
  }
  return nullptr;
}

} // namespace appraise
