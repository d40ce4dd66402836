// What a worked example of tests/examples is about: its spans of time, its records and its units.
#pragma once

#include "engine/settings.h"
#include "tests/unit/sample.h"

namespace appraise::sample {

// "period", and "base1" where the example has a base.
inline std::vector<Slice> slices_of_example(const Setting& example) {
  const auto slice_of = [](const char* id, const Setting& table) {
    return Slice{id, table.find("from")->date, table.find("to")->date};
  };
  std::vector<Slice> slices = {slice_of("period", *example.find("period"))};
  if (const Setting* base = example.find("base")) slices.push_back(slice_of("base1", *base));
  return slices;
}

inline Pasted tables_of_example(const Setting& example) {
  Pasted tables;
  if (const Setting* records = example.find("records")) {
    for (const auto& [type, csv] : records->members)
      tables.emplace_back(type, csv.text);
  }
  return tables;
}

inline Roster roster_of_example(const Setting& example, const Pasted& tables) {
  std::vector<std::string> codes;
  for (const auto& [code, value] : example.find("expect")->members)
    codes.push_back(code);
  const Setting* roster = example.find("roster");
  return roster_of(tables, codes, roster == nullptr ? std::string{} : roster->text);
}

} // namespace appraise::sample
