#include "reports/texts.h"

#include "reports/texts/table.h"

#include <cassert>
#include <unordered_map>

namespace appraise {

namespace {

const std::unordered_map<std::string_view, texts::Text>& table() {
  static const auto all = [] {
    std::unordered_map<std::string_view, texts::Text> result;
    for (const auto& section : {texts::problems(), texts::reading(), texts::tables(), texts::states(), texts::rules(),
                                texts::sheets(), texts::charts(), texts::help()}) {
      for (const texts::Text& entry : section) {
        [[maybe_unused]] const bool fresh = result.emplace(entry.id, entry).second;
        assert(fresh && "a text id stands twice");
      }
    }
    return result;
  }();
  return all;
}

std::string fill(std::string_view pattern, const Facts& facts) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t open = pattern.find('{', i);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return result.append(pattern.substr(i));
    result.append(pattern.substr(i, open - i));
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    for (const auto& [key, value] : facts) {
      if (key == name) result.append(value);
    }
    i = close + 1;
  }
  return result;
}

} // namespace

bool has_text(std::string_view id) {
  return table().count(id) > 0;
}

std::string text(std::string_view id, Language language, const Facts& facts) {
  const auto found = table().find(id);
  assert(found != table().end() && "unknown text id");
  return fill(language == Language::chinese ? found->second.chinese : found->second.english, facts);
}

} // namespace appraise
