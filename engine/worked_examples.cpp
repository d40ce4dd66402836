#include "engine/worked_examples.h"

#include "engine/settings.h"
#include "engine/settings_text.h"

#include <algorithm>

namespace appraise {

namespace {

std::string lines_between(const settings_text::Lines& lines, std::int64_t first, std::int64_t last) {
  while (last > first && lines.line(last).empty())
    --last;
  std::string result;
  for (std::int64_t row = first; row <= last; ++row)
    result += lines.line(row) + "\n";
  return result;
}

} // namespace

std::vector<WorkedExample> worked_examples(const std::string& text, const std::string& file, Problems& problems) {
  const Setting tree = parse_settings(text, file, problems);
  const settings_text::Lines lines(text);
  Reader reader(tree, problems);
  const std::vector<const Setting*> tables = reader.tables("example");
  std::vector<WorkedExample> result;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::int64_t first = i == 0 ? 1 : tables[i]->place.row;
    const std::int64_t last = i + 1 < tables.size() ? tables[i + 1]->place.row - 1 : lines.count();
    result.push_back({Reader(*tables[i], problems).text("name"), lines_between(lines, first, std::max(first, last))});
  }
  reader.finish();
  return result;
}

} // namespace appraise
