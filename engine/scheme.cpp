#include "engine/scheme.h"

#include <algorithm>

namespace appraise {

namespace {

template <typename Named> const Named* by_id(const std::vector<Named>& all, const std::string& id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

} // namespace

std::vector<std::string> Item::indicators() const {
  std::vector<std::string> result{indicator};
  for (const Term& term : scoring.terms) {
    if (std::find(result.begin(), result.end(), term.indicator) == result.end()) result.push_back(term.indicator);
  }
  return result;
}

const Item* Scheme::item(const std::string& wanted) const {
  return by_id(items, wanted);
}
const Node* Scheme::node(const std::string& wanted) const {
  return by_id(nodes, wanted);
}

std::vector<const Item*> Scheme::items_of(const std::string& wanted) const {
  std::vector<const Item*> result;
  for (const Item& one : items) {
    if (one.node == wanted) result.push_back(&one);
  }
  return result;
}

std::vector<Slice> Scheme::slices() const {
  std::vector<Slice> result{period};
  result.insert(result.end(), bases.begin(), bases.end());
  return result;
}

std::vector<std::string> Scheme::indicators() const {
  std::vector<std::string> result;
  for (const Item& one : items) {
    std::vector<std::string> all = one.indicators();
    all.insert(all.end(), one.provided.begin(), one.provided.end());
    for (const std::string& wanted : all) {
      if (std::find(result.begin(), result.end(), wanted) == result.end()) result.push_back(wanted);
    }
  }
  return result;
}

} // namespace appraise
