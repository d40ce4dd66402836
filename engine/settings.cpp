#include "engine/settings.h"

#include "engine/input/unicode.h"
#include "engine/settings_text.h"

#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

namespace appraise {

namespace {

using settings_text::Lines;

Place place_of(const toml::source_region& region, const std::string& file) {
  return {.file = file, .row = region.begin.line, .column = region.begin.column};
}

class Builder {
public:
  Builder(const Lines& lines, const std::string& file, Problems& problems)
      : lines_(lines), file_(file), problems_(problems) {}

  Setting build(const toml::node& node, const Place& key_place) {
    Setting setting;
    setting.place = place_of(node.source(), file_);
    setting.key_place = key_place;
    if (setting.place.row == 0) setting.place = key_place; // a table that exists only through [a.b]
    setting.excerpt = lines_.line(setting.place.row);
    switch (node.type()) {
    case toml::node_type::string:
      setting.kind = Setting::Kind::text;
      setting.text = node.as_string()->get();
      break;
    case toml::node_type::boolean:
      setting.kind = Setting::Kind::flag;
      setting.flag = node.as_boolean()->get();
      break;
    case toml::node_type::integer:
    case toml::node_type::floating_point: number(node, setting); break;
    case toml::node_type::date: date(*node.as_date(), setting); break;
    case toml::node_type::array:
      setting.kind = Setting::Kind::list;
      for (const toml::node& item : *node.as_array())
        setting.items.push_back(build(item, setting.place));
      break;
    case toml::node_type::table: table(*node.as_table(), setting); break;
    default: refuse(setting, "toml-time", lines_.word(setting.place)); break;
    }
    return setting;
  }

private:
  void table(const toml::table& source, Setting& setting) {
    setting.kind = Setting::Kind::table;
    for (const auto& [key, value] : source) {
      setting.members.push_back({std::string(key.str()), build(value, place_of(key.source(), file_))});
    }
    // toml++ keeps members by name; people read them as they wrote them.
    std::stable_sort(setting.members.begin(), setting.members.end(), [](const auto& a, const auto& b) {
      return std::tie(a.second.key_place.row, a.second.key_place.column) <
             std::tie(b.second.key_place.row, b.second.key_place.column);
    });
  }

  void number(const toml::node& node, Setting& setting) {
    const std::string word = lines_.word(setting.place);
    std::optional<Number> exact = settings_text::exact_number(word);
    if (!exact && node.is_integer()) exact = Number(node.as_integer()->get()); // 0x1F, 0o17, 0b11
    if (!exact) return refuse(setting, "toml-number", word);
    setting.kind = Setting::Kind::number;
    setting.number = *exact;
  }

  void date(const toml::value<toml::date>& value, Setting& setting) {
    const std::optional<Date> exact = Date::of(value->year, value->month, value->day);
    if (!exact) return refuse(setting, "impossible-date", lines_.word(setting.place));
    setting.kind = Setting::Kind::date;
    setting.date = *exact;
  }

  void refuse(const Setting& setting, std::string rule, std::string found) {
    problems_.push_back(
        {.rule = std::move(rule), .place = setting.place, .found = std::move(found), .excerpt = setting.excerpt});
  }

  const Lines& lines_;
  const std::string& file_;
  Problems& problems_;
};

Setting empty_table(const std::string& file) {
  Setting empty;
  empty.kind = Setting::Kind::table;
  empty.place = {.file = file, .row = 1, .column = 1};
  return empty;
}

} // namespace

Setting parse_settings(const std::string& text, const std::string& file, Problems& problems) {
  const Lines lines(text);
  if (const std::size_t bad = invalid_utf8(text); bad != std::string_view::npos) {
    const auto row = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
    problems.push_back({.rule = "toml-encoding",
                        .place = {.file = file, .row = row, .byte = static_cast<std::int64_t>(bad)},
                        .found = text.substr(bad, 2)});
    return empty_table(file);
  }
  try {
    const toml::table root = toml::parse(std::string_view(text), std::string_view(file));
    Setting result = Builder(lines, file, problems).build(root, {.file = file, .row = 1, .column = 1});
    result.place = {.file = file, .row = 1, .column = 1};
    result.excerpt.clear();
    return result;
  } catch (const toml::parse_error& error) {
    problems.push_back(
        settings_text::syntax_problem(lines, place_of(error.source(), file), std::string(error.description())));
    return empty_table(file);
  }
}

} // namespace appraise
