#include "engine/problem.h"

#include <algorithm>
#include <numeric>

namespace appraise {

std::string column_letters(std::int64_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  return letters;
}

namespace {

// Characters, not bytes: a wrong Chinese character is one change.
std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> result;
  for (char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80 && !result.empty()) {
      result.back() += c;
    } else {
      result.emplace_back(1, c);
    }
  }
  return result;
}

// Insertions, deletions, changes and swaps of neighbours that turn one into the other.
std::size_t distance(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    d[i][0] = i;
  std::iota(d[0].begin(), d[0].end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

} // namespace

std::vector<std::string> nearest_names(const std::string& wrong, const std::vector<std::string>& names) {
  const auto wanted = characters(wrong);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& name : names) {
    const auto candidate = characters(name);
    const std::size_t apart = distance(wanted, candidate);
    const std::size_t longest = std::max(wanted.size(), candidate.size());
    if (apart * 5 <= longest * 2 && !name.empty()) near.emplace_back(apart, name);
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  std::vector<std::string> result;
  for (std::size_t i = 0; i < near.size() && i < 3; ++i)
    result.push_back(near[i].second);
  return result;
}

} // namespace appraise
