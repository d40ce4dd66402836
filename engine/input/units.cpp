#include "engine/input/units.h"

#include "engine/input/unicode.h"

#include <algorithm>

namespace appraise {

namespace {

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

std::string code_and_name(const Unit& unit) {
  return unit.code + " " + unit.name;
}

// "632100 海东地区/632101 …": does the text name one of them, by code, by name or by both?
bool names_one(const std::string& list, const std::string& text) {
  for (std::size_t start = 0; start < list.size();) {
    const std::size_t end = std::min(list.find('/', start), list.size());
    const std::string entry = list.substr(start, end - start);
    const std::size_t blank = std::min(entry.find(' '), entry.size());
    const std::string name = entry.substr(std::min(blank + 1, entry.size()));
    if (text == entry.substr(0, blank) || text == normalised(entry) || (!name.empty() && text == normalised(name))) {
      return true;
    }
    start = end + 1;
  }
  return false;
}

const Unit* of_other_year(const Roster& roster, const std::string& text) {
  for (const Unit& unit : roster.units()) {
    const auto other = unit.attributes.find("other_codes");
    if (other != unit.attributes.end() && names_one(other->second, text)) return &unit;
  }
  return nullptr;
}

} // namespace

std::string simplified(std::string_view text) {
  static constexpr std::u32string_view kTraditional = U"內陝廣東遼龍蘇貴雲肅寧慶門蘭爾維區長連齊雞鶴鳳鳴鄉縣"
                                                      U"鎮島濟濱煙臺萊蕪澤陽鄭開許漢荊黃懷婁樂無錫鹽揚";
  static constexpr std::u32string_view kSimplified = U"内陕广东辽龙苏贵云肃宁庆门兰尔维区长连齐鸡鹤凤鸣乡县"
                                                     U"镇岛济滨烟台莱芜泽阳郑开许汉荆黄怀娄乐无锡盐扬";
  static_assert(kTraditional.size() == kSimplified.size());
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_char(text, i);
    const std::size_t at = kTraditional.find(c);
    append_utf8(result, at == std::u32string_view::npos ? c : kSimplified[at]);
  }
  return result;
}

UnitMatch match_unit(std::string_view cell, const Roster& roster, const LayoutField* field) {
  UnitMatch match;
  const std::string text = normalised(cell);
  if (text.empty()) return match;
  const auto found = [&](std::int32_t unit, bool as_written) {
    match.unit = unit;
    if (as_written) return match;
    match.note = "unit-form";
    match.expected = code_and_name(roster[unit]);
    return match;
  };
  if (const auto unit = roster.find(text)) {
    const std::string_view written = without_blanks(cell);
    const Unit& known = roster[*unit];
    return found(*unit, written == known.code || written == known.name || written == known.short_name);
  }
  if (field != nullptr) {
    for (const auto& [spelling, meant] : field->spellings) {
      if (normalised(spelling) != text) continue;
      if (const auto unit = roster.find(meant)) return found(*unit, false);
    }
  }
  if (const auto unit = roster.find(simplified(text))) return found(*unit, false);
  if (const Unit* other = of_other_year(roster, text)) {
    match.rule = "unit-of-other-year";
    match.expected = code_and_name(*other);
    return match;
  }
  match.rule = "unit-unknown";
  std::vector<std::string> names;
  for (const Unit& unit : roster.units()) {
    names.insert(names.end(), {unit.name, unit.code});
    if (!unit.short_name.empty()) names.push_back(unit.short_name);
  }
  match.nearest = nearest_names(text, names);
  return match;
}

} // namespace appraise
