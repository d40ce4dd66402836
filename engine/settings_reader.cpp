#include "engine/settings.h"

#include <algorithm>

namespace appraise {

namespace {

// Stable words: the table of texts has them as "expected.<word>".
std::string kind_name(Setting::Kind kind) {
  switch (kind) {
  case Setting::Kind::none: return "value";
  case Setting::Kind::text: return "text";
  case Setting::Kind::number: return "number";
  case Setting::Kind::flag: return "flag";
  case Setting::Kind::date: return "date";
  case Setting::Kind::list: return "list";
  case Setting::Kind::table: return "table";
  }
  return "value";
}

std::string shown(const Setting& setting) {
  switch (setting.kind) {
  case Setting::Kind::text: return '"' + setting.text + '"';
  case Setting::Kind::number: return setting.number.text();
  case Setting::Kind::flag: return setting.flag ? "true" : "false";
  case Setting::Kind::date: return setting.date.text();
  case Setting::Kind::list: return "[…]";
  case Setting::Kind::table: return "{…}";
  case Setting::Kind::none: return {};
  }
  return {};
}

} // namespace

const Setting* Setting::find(std::string_view name) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.first == name; });
  return found == members.end() ? nullptr : &found->second;
}

Reader::Reader(const Setting& table, Problems& problems) : table_(table), problems_(problems) {
  if (table.kind != Setting::Kind::table) {
    problems.push_back({.rule = "wrong-type",
                        .place = table.place,
                        .found = shown(table),
                        .expected = kind_name(Setting::Kind::table),
                        .excerpt = table.excerpt});
  }
}

bool Reader::has(std::string_view name) {
  asked_.emplace(name);
  return table_.find(name) != nullptr;
}

const Setting* Reader::optional(std::string_view name, Setting::Kind kind) {
  asked_.emplace(name);
  const Setting* setting = table_.find(name);
  if (setting == nullptr || setting->kind == Setting::Kind::none) return nullptr; // none: said when it was parsed
  if (kind != Setting::Kind::none && setting->kind != kind) {
    problem(name, "wrong-type", shown(*setting), kind_name(kind));
    return nullptr;
  }
  return setting;
}

const Setting* Reader::required(std::string_view name, Setting::Kind kind) {
  if (!has(name)) problem(name, "missing-key", std::string(name), kind_name(kind));
  return optional(name, kind);
}

std::string Reader::text(std::string_view name) {
  const Setting* setting = required(name, Setting::Kind::text);
  return setting == nullptr ? std::string{} : setting->text;
}

std::string Reader::text(std::string_view name, std::string fallback) {
  const Setting* setting = optional(name, Setting::Kind::text);
  if (setting != nullptr) fallback = setting->text;
  return fallback;
}

std::string Reader::one_of(std::string_view name, const std::vector<std::string>& allowed, std::string fallback) {
  const bool given = has(name);
  if (!given && !fallback.empty()) return fallback;
  const Setting* setting = required(name, Setting::Kind::text);
  if (setting == nullptr) return fallback;
  if (std::find(allowed.begin(), allowed.end(), setting->text) != allowed.end()) return setting->text;
  std::string list;
  for (const std::string& word : allowed)
    list += (list.empty() ? "" : " | ") + word;
  problem(name, "unknown-value", setting->text, list, nearest_names(setting->text, allowed));
  return fallback;
}

std::optional<Number> Reader::number(std::string_view name) {
  const Setting* setting = optional(name, Setting::Kind::number);
  return setting == nullptr ? std::nullopt : std::optional(setting->number);
}

std::optional<Date> Reader::date(std::string_view name) {
  const Setting* setting = optional(name, Setting::Kind::date);
  return setting == nullptr ? std::nullopt : std::optional(setting->date);
}

bool Reader::flag(std::string_view name, bool fallback) {
  const Setting* setting = optional(name, Setting::Kind::flag);
  return setting == nullptr ? fallback : setting->flag;
}

std::vector<std::string> Reader::texts(std::string_view name) {
  const Setting* setting = table_.find(name);
  if (setting != nullptr && setting->kind == Setting::Kind::text) {
    asked_.emplace(name);
    return {setting->text};
  }
  setting = optional(name, Setting::Kind::list);
  std::vector<std::string> result;
  if (setting == nullptr) return result;
  for (const Setting& item : setting->items) {
    if (item.kind == Setting::Kind::text) {
      result.push_back(item.text);
    } else {
      problems_.push_back({.rule = "wrong-type",
                           .place = item.place,
                           .found = shown(item),
                           .expected = kind_name(Setting::Kind::text),
                           .excerpt = item.excerpt});
    }
  }
  return result;
}

std::vector<Number> Reader::numbers(std::string_view name) {
  std::vector<Number> result;
  const Setting* setting = optional(name, Setting::Kind::list);
  if (setting == nullptr) return result;
  for (const Setting& item : setting->items) {
    if (item.kind == Setting::Kind::number) {
      result.push_back(item.number);
    } else {
      problems_.push_back({.rule = "wrong-type",
                           .place = item.place,
                           .found = shown(item),
                           .expected = kind_name(Setting::Kind::number),
                           .excerpt = item.excerpt});
    }
  }
  return result;
}

std::vector<const Setting*> Reader::tables(std::string_view name) {
  std::vector<const Setting*> result;
  const Setting* setting = optional(name, Setting::Kind::list);
  if (setting == nullptr) return result;
  for (const Setting& item : setting->items) {
    if (item.kind == Setting::Kind::table) {
      result.push_back(&item);
    } else {
      problems_.push_back({.rule = "wrong-type",
                           .place = item.place,
                           .found = shown(item),
                           .expected = kind_name(Setting::Kind::table),
                           .excerpt = item.excerpt});
    }
  }
  return result;
}

void Reader::finish() {
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& [name, setting] : table_.members) {
    if (asked_.count(name) > 0) continue;
    problems_.push_back({.rule = "unknown-key",
                         .place = setting.key_place,
                         .found = name,
                         .nearest = nearest_names(name, known),
                         .excerpt = setting.key_place.row == setting.place.row ? setting.excerpt : std::string{}});
  }
}

void Reader::problem(std::string_view name, std::string rule, std::string found, std::string expected,
                     std::vector<std::string> nearest) {
  const Setting* setting = table_.find(name);
  if (setting == nullptr || setting->place.row == 0) setting = &table_;
  problems_.push_back({.rule = std::move(rule),
                       .place = setting->place,
                       .found = std::move(found),
                       .expected = std::move(expected),
                       .nearest = std::move(nearest),
                       .excerpt = setting->excerpt});
}

} // namespace appraise
