// A TOML file as a tree whose every key and value knows its place, and whose decimals are exact.
//
//   Numbers are read from the source text: 0.1 is one tenth. A Reader takes values out of a table by name and type,
//   records a Problem for each that is missing or of the wrong type, and finish() one for each key that nobody asked
//   for, with the nearest known name: all at once, each with line and column.
//
//   Setting file = parse_settings(text, "scheme.toml", problems);
//   Reader reader(file, problems);
//   std::string title = reader.text("title");
//   reader.finish();
#pragma once

#include "engine/calendar.h"
#include "engine/number.h"
#include "engine/problem.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace appraise {

struct SettingMember;

struct Setting {
  enum class Kind { none, text, number, flag, date, list, table };
  Kind kind = Kind::none;
  std::string text;
  Number number;
  bool flag = false;
  Date date;
  std::vector<Setting> items;         // list
  std::vector<SettingMember> members; // table, in the file's order
  Place place;                        // of the value
  Place key_place;                    // of the key, when it has one
  std::string excerpt;                // the source line of the place

  const Setting* find(std::string_view name) const; // nullptr when absent
};

struct SettingMember {
  std::string first; // its key
  Setting second;
};

// Syntax errors become problems of rule "toml-syntax" and give an empty table.
Setting parse_settings(const std::string& text, const std::string& file, Problems& problems);

class Reader {
public:
  // `where` is put in front of names in messages ("item 3"), may be empty.
  Reader(const Setting& table, Problems& problems);

  bool has(std::string_view name);
  const Setting* optional(std::string_view name, Setting::Kind kind);
  const Setting* required(std::string_view name, Setting::Kind kind);
  std::string text(std::string_view name); // required
  std::string text(std::string_view name, std::string fallback);
  std::string one_of(std::string_view name, const std::vector<std::string>& allowed, std::string fallback = {});
  std::optional<Number> number(std::string_view name);
  std::optional<Date> date(std::string_view name);
  bool flag(std::string_view name, bool fallback);
  std::vector<std::string> texts(std::string_view name); // a list of texts, or one text
  std::vector<Number> numbers(std::string_view name);
  std::vector<const Setting*> tables(std::string_view name); // [[name]], or absent
  void finish();                                             // reports unknown keys
  const Setting& table() const { return table_; }
  Problems& problems() { return problems_; }
  // A problem at this member's place (or the table's, when there is no such member).
  void problem(std::string_view name, std::string rule, std::string found, std::string expected = {},
               std::vector<std::string> nearest = {});

private:
  const Setting& table_;
  Problems& problems_;
  std::set<std::string, std::less<>> asked_;
};

} // namespace appraise
