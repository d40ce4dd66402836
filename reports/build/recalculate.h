// A Document's formulas computed as a spreadsheet would compute them: exactly, and in plain doubles.
//
//   fill_results gives every formula cell that has no content yet its exact result, in whatever order they depend on
//   each other. mark_exact_only evaluates the guarded tree of every formula in doubles, with the three models of ROUND,
//   from the input cells up. Where one of them differs from the cell's exact content the cell becomes a value
//   (exact_only), and what stands on it is computed from that value. A number that a rule has rounded, or a rank, must
//   be equal; a mere quotient may be off in its last two bits, since nothing is decided on it. Returns the number of
//   cells marked.
#pragma once

#include "reports/document.h"

#include <cstddef>

namespace appraise {

void fill_results(Document& document);
std::size_t mark_exact_only(Document& document);

} // namespace appraise
