#include "engine/scorecard.h"

#include <algorithm>
#include <functional>
#include <map>

namespace appraise {

namespace {

// Ranks of some positions among themselves.
void rank_among(const std::vector<std::size_t>& positions, const std::vector<std::optional<Number>>& keys,
                std::vector<std::optional<int>>& result) {
  std::vector<std::size_t> order;
  for (const std::size_t position : positions) {
    if (keys[position]) order.push_back(position);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *keys[b] < *keys[a]; });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool tie = i > 0 && *keys[order[i]] == *keys[order[i - 1]];
    result[order[i]] = tie ? *result[order[i - 1]] : static_cast<int>(i) + 1;
  }
}

} // namespace

std::vector<std::optional<int>> ranks(const std::vector<std::optional<Number>>& keys) {
  std::vector<std::size_t> all(keys.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = i;
  std::vector<std::optional<int>> result(keys.size());
  rank_among(all, keys, result);
  return result;
}

std::vector<std::optional<int>> ranks_in_groups(const std::vector<std::optional<Number>>& keys,
                                                const std::vector<std::string>& groups) {
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!groups[i].empty()) members[groups[i]].push_back(i);
  }
  std::vector<std::optional<int>> result(keys.size());
  for (const auto& [group, positions] : members)
    rank_among(positions, keys, result);
  return result;
}

} // namespace appraise
