// What a scheme must be as a whole, beyond each key on its own.
#pragma once

#include "engine/scheme.h"

#include <vector>

namespace appraise {

// Where the parts of a scheme stand in its file, in the order of the scheme's nodes and items.
struct SchemeSource {
  const Setting& root;
  const std::vector<const Setting*>& nodes;
  const std::vector<const Setting*>& items;
};

void check_scheme(const Scheme& scheme, const SchemeSource& source, const Catalogue& catalogue, Problems& problems);

} // namespace appraise
