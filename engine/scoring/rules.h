// The rules, one .cpp each.
#pragma once

#include "engine/scoring/rule.h"

namespace appraise {

const ScoringRule& per_unit_rule();
const ScoringRule& bands_rule();
const ScoringRule& growth_rule();
const ScoringRule& linear_rule();
const ScoringRule& range_rule();
const ScoringRule& deduction_rule();
const ScoringRule& bonus_rule();
const ScoringRule& manual_rule();
const ScoringRule& rank_only_rule();

} // namespace appraise
