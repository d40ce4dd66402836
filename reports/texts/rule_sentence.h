// A scoring rule in plain words, as it stands in the table of rules: one sentence of its own for each rule, then what
// happens without cases, with too few, and at the maximum. All words come from the table of texts.
//
//   rule_sentence(item, scheme, catalogue, Language::chinese);   // 每件得0.3分，最高20分；无案件的不计分
#pragma once

#include "engine/scheme.h"
#include "reports/texts.h"

#include <string>

namespace appraise {

std::string rule_sentence(const Item& item, const Scheme& scheme, const Catalogue& catalogue, Language language);

// The title of a parameter's input cell: "each" → 每件得分, "at2" → 第2档下限.
std::string parameter_title(const std::string& name, Language language);

} // namespace appraise
