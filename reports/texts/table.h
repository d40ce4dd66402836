// The table of texts, in sections: one array each in problems.cpp, states.cpp, rules.cpp, sheets.cpp, help.cpp.
#pragma once

#include <span>
#include <string_view>

namespace appraise::texts {

struct Text {
  std::string_view id;
  std::string_view chinese;
  std::string_view english;
};

std::span<const Text> problems(); // "problem.<rule id>": what is wrong; "todo.<rule id>": what to do
std::span<const Text>
reading(); // the same for settings, files, heads, cells and identity; "message.<part>", "expected.<kind>"
std::span<const Text> tables(); // the same for workbooks, limits and the command that shows a table
std::span<const Text> states(); // "state.<id>", "value.<id>", "severity.<id>", "source.<id>"
std::span<const Text> rules();  // "rule.<sentence>": a scoring rule in words; "operator.<id>"; "verdict.<id>"
std::span<const Text> sheets(); // heads, titles, legends of sheets, charts and pages
std::span<const Text> charts(); // "chart.<word>": what stands on pictures
std::span<const Text> help();   // the command line

} // namespace appraise::texts
