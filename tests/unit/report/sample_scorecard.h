// A scorecard from one of the repository's schemes over the demonstration roster, with invented figures: for tests of
// reports.
#pragma once

#include "engine/appraisal.h"
#include "engine/scorecard.h"
#include "engine/table.h"

#include <memory>
#include <string>

namespace appraise::samples {

struct Sample {
  Roster roster;
  Scheme scheme;
  Values values;
  Records records;
  Problems problems;
  Appraisal appraisal;
  Scorecard card;
};

// `scheme` is the part of the path below templates/schemes, such as "province/2016"; `seed` chooses the figures.
// Every tenth unit has nothing to count, every thirteenth figure of a measure is unavailable.
std::unique_ptr<Sample> sample_scorecard(const std::string& scheme, std::uint64_t seed);

} // namespace appraise::samples
