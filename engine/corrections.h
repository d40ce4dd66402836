// Corrections: figures that a decision puts in the place of counted ones.
//
//   A record of type `verified` (unit, year, indicator, numerator, denominator, reason, decider, date) replaces the
//   counted numerator, and the denominator where it gives one, of the period of that year, for items that say counts =
//   "verified, else rows". It is never rolled up. The value says so: source = verified, note = reason and decider.
//   Problems: verified-not-used (no such item in the scheme, or the item does not count verified figures).
//
//   apply_verified(values, records, scheme, catalogue, problems);
#pragma once

#include "engine/indicator.h"
#include "engine/problem.h"
#include "engine/scheme.h"
#include "engine/table.h"
#include "engine/values.h"

namespace appraise {

void apply_verified(Values& values, const Records& records, const Scheme& scheme, const Catalogue& catalogue,
                    Problems& problems);

} // namespace appraise
