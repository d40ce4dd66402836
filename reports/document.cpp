#include "reports/document.h"

namespace appraise {

const DocTable* Document::table(const std::string& id) const {
  for (const DocTable& candidate : tables) {
    if (candidate.id == id) return &candidate;
  }
  return nullptr;
}

} // namespace appraise
