#include "reports/render/csv.h"

#include "engine/number.h"

#include <string_view>

namespace appraise {

namespace {

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool like_a_formula(const std::string& cell) {
  std::string_view rest = cell;
  while (!rest.empty() && (rest.front() == ' ' || starts_with(rest, "\u3000") || starts_with(rest, "\u00A0"))) {
    rest.remove_prefix(rest.front() == ' ' ? 1 : starts_with(rest, "\u3000") ? 3 : 2);
  }
  if (rest.empty()) return false;
  const bool sign = std::string_view("=+-@\t\r\n").find(rest.front()) != std::string_view::npos || rest.front() == '\0';
  const bool wide =
      starts_with(rest, "＝") || starts_with(rest, "＋") || starts_with(rest, "－") || starts_with(rest, "＠");
  return (sign || wide) && !Number::parse(rest);
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string result = "\"";
  for (char c : cell) {
    result += c;
    if (c == '"') result += c;
  }
  return result + "\"";
}

} // namespace

CsvOutput render_csv(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  CsvOutput output;
  output.bytes = "\xEF\xBB\xBF";
  const auto write = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) output.bytes += ',';
      const bool formula = like_a_formula(row[i]);
      if (formula) ++output.neutralised;
      output.bytes += quoted(formula ? "'" + row[i] : row[i]);
    }
    output.bytes += "\r\n";
  };
  write(head);
  for (const auto& row : rows)
    write(row);
  return output;
}

} // namespace appraise
