// appraise table FILE: what any table holds, without a layout. Whole or not at all: exit 3 (limits 6) when it cannot be
// read, 1 when the value of a cell is not in the file.
#include "cli/commands.h"
#include "engine/input/sheet_facts.h"
#include "engine/input/unicode.h"
#include "reports/render/plain_text.h"
#include "reports/render/table_json.h"

#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace {

constexpr int kWidestCell = 24;        // columns of the terminal
constexpr std::size_t kWidthsSaid = 6; // different widths of rows

struct Options {
  std::string file;
  std::string sheet;
  bool json = false;
  std::size_t head = 0;
  OpenOptions open;
};

std::string padded(const std::string& text, std::size_t width, bool right = false) {
  const std::string blanks(width - std::min(width, display_width(std::string_view(text))), ' ');
  return right ? blanks + text : text + blanks;
}

void read_table(const Options& options, TableReport& report, ExitCode& code) {
  try {
    OpenTable table(options.file, options.file, options.open);
    report.workbook = table.workbook();
    const std::size_t only = options.sheet.empty() ? SIZE_MAX : table.sheet(options.sheet);
    for (std::size_t i = 0; i < table.sheets().size(); ++i) {
      if (only != SIZE_MAX && i != only) continue;
      const XlsxSheet& sheet = table.sheets()[i];
      report.sheets.push_back({sheet.name, sheet.hidden, SheetFacts(options.head)});
      SheetFacts& facts = report.sheets.back().facts;
      if (!table.read(i, facts, report.problems)) throw Error(OpenTable::exit_code(report.problems), Problems{});
      if (sheet.hidden) {
        report.problems.push_back({.rule = "sheet-hidden",
                                   .severity = Severity::notice,
                                   .place = {.file = options.file, .sheet = sheet.name}});
      }
      const Problems notices = facts.notices(options.file, sheet.name);
      report.problems.insert(report.problems.end(), notices.begin(), notices.end());
    }
    for (const std::string& what : table.left_alone()) {
      report.problems.push_back(
          {.rule = "left-alone", .severity = Severity::notice, .place = {.file = options.file}, .expected = what});
    }
    if (!report.workbook) {
      report.encoding = table.form().encoding;
      report.separator = std::string(1, table.form().separator);
    }
    code = exit_code_of(report.problems);
  } catch (const Error& error) {
    report.sheets.clear();
    report.problems.insert(report.problems.end(), error.problems().begin(), error.problems().end());
    code = error.code();
  }
}

std::string separator_word(const Session& session, const std::string& separator) {
  const char* id = separator == ","    ? "separator.comma"
                   : separator == ";"  ? "separator.semicolon"
                   : separator == "\t" ? "separator.tab"
                                       : "separator.other";
  return say(session, id, {{"separator", visible(separator)}});
}

std::string widths_in_words(const Session& session, const SheetFacts& facts) {
  std::vector<std::pair<std::size_t, std::int64_t>> widths(facts.widths().begin(), facts.widths().end());
  std::stable_sort(widths.begin(), widths.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string result;
  for (std::size_t i = 0; i < widths.size() && i <= kWidthsSaid; ++i) {
    result += result.empty() ? "" : session.language == Language::chinese ? "、" : ", ";
    result += i == kWidthsSaid
                  ? "…"
                  : say(session, "help.table.width",
                        {{"width", std::to_string(widths[i].first)}, {"count", std::to_string(widths[i].second)}});
  }
  return result.empty() ? say(session, "help.table.none") : result;
}

// The first rows as they stand, with their physical numbers and the letters of the columns.
std::string head_in_words(const Session& session, const SheetFacts& facts) {
  std::vector<std::vector<std::string>> cells{{say(session, "help.table.row")}};
  std::size_t columns = 1;
  for (const SheetFacts::HeadRow& row : facts.head()) {
    cells.push_back({std::to_string(row.line)});
    for (const std::string& cell : row.cells)
      cells.back().push_back(shortened(visible(cell), kWidestCell));
    columns = std::max(columns, cells.back().size());
  }
  if (cells.size() == 1) return {};
  for (std::size_t i = 1; i < columns; ++i)
    cells.front().push_back(column_letters(static_cast<std::int64_t>(i)));
  std::vector<std::size_t> widths(columns);
  for (const auto& row : cells) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(std::string_view(row[i])));
  }
  std::string result;
  for (const auto& row : cells) {
    std::string line = "  ";
    for (std::size_t i = 0; i < row.size(); ++i)
      line += "  " + padded(row[i], widths[i], i == 0);
    result += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return result;
}

std::string in_words(const Session& session, const TableReport& report) {
  std::string result;
  if (report.workbook) {
    result = say(session, "help.table.workbook",
                 {{"file", visible(report.file)}, {"count", std::to_string(report.sheets.size())}});
  } else {
    result = say(session, "help.table.text",
                 {{"file", visible(report.file)},
                  {"encoding", report.encoding},
                  {"separator", separator_word(session, report.separator)}});
  }
  result += "\n";
  for (const TableReport::Sheet& sheet : report.sheets) {
    const std::string name = report.workbook ? say(session, "help.table.name", {{"name", visible(sheet.name)}}) : "";
    result += say(session, "help.table.sheet",
                  {{"name", name},
                   {"rows", std::to_string(sheet.facts.rows())},
                   {"cells", std::to_string(sheet.facts.cells())},
                   {"widths", widths_in_words(session, sheet.facts)}}) +
              "\n    SHA-256 " + sheet.facts.digest() + "\n" + head_in_words(session, sheet.facts);
  }
  return result;
}

int table(const Session& session, const Options& options) {
  TableReport report;
  report.file = options.file;
  report.with_head = options.head > 0;
  ExitCode code = ExitCode::ok;
  read_table(options, report, code);
  print_problems(session, report.problems, 20);
  if (options.json) {
    print(table_json(report, session.language));
  } else if (!report.sheets.empty()) {
    print(in_words(session, report));
  }
  return static_cast<int>(code);
}

} // namespace

Action add_table(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("FILE", options->file, "option.table.file");
  line.flag("--json", options->json, "option.table.json");
  line.option("--head", options->head, "option.head", "N");
  line.option("--sheet", options->sheet, "option.sheet", "NAME");
  line.read_options(options->open);
  return [options, &session] { return table(session, *options); };
}

} // namespace appraise::cli
