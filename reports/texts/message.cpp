#include "reports/texts.h"

#include "engine/input/unicode.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

constexpr int kLongestFound = 120; // columns; a cell may hold a whole page
constexpr int kLongestExcerpt = 100;
constexpr char kMark = '\x01';

bool hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

int width_of(std::string_view text) {
  int width = 0;
  for (std::size_t i = 0; i < text.size();)
    width += display_width(next_char(text, i));
  return width;
}

// The last characters that fit into so many columns.
std::string last_columns(std::string_view text, int columns) {
  int width = width_of(text);
  std::size_t i = 0;
  while (width > columns)
    width -= display_width(next_char(text, i));
  return i == 0 ? std::string(text) : "…" + std::string(text.substr(i));
}

std::string joined(const std::vector<std::string>& words) {
  std::string result;
  for (const std::string& word : words)
    result += (result.empty() ? "" : " | ") + visible(word);
  return result;
}

std::string location(const Place& place) {
  if (place.file.empty()) return {};
  std::string file = visible(place.file);
  if (!place.sheet.empty()) {
    const std::string cell = place.row == 0 ? "" : fmt::format("!{}{}", column_letters(place.column), place.row);
    return file + " › " + visible(place.sheet) + cell;
  }
  if (place.row == 0) return file;
  return place.column == 0 ? fmt::format("{}:{}", file, place.row)
                           : fmt::format("{}:{}:{}", file, place.row, place.column);
}

std::string expected_words(const Problem& problem, Language language) {
  const std::string id = "expected." + problem.expected;
  return has_text(id) ? text(id, language) : visible(problem.expected);
}

Facts facts_of(const Problem& problem, Language language) {
  return {{"found", shortened(visible(problem.found), kLongestFound)},
          {"expected", expected_words(problem, language)},
          {"nearest", joined(problem.nearest)},
          {"file", visible(problem.place.file)},
          {"row", std::to_string(problem.place.row)},
          {"column", std::to_string(problem.place.column)},
          {"letters", column_letters(problem.place.column)},
          {"name", visible(problem.place.column_name)},
          {"byte", std::to_string(problem.place.byte)},
          {"key", shortened(visible(problem.key), kLongestFound)}};
}

bool says_expected(const std::string& id) {
  return has_text(id) &&
         text(id, Language::chinese, {{"expected", std::string(1, kMark)}}).find(kMark) != std::string::npos;
}

// "problem" or "todo" of the rule; a check that stands in a file of its own states its rule itself.
std::string text_id(const Problem& problem, const std::string& kind) {
  const bool own = has_text("problem." + problem.rule) || problem.expected.empty();
  return kind + "." + (own ? problem.rule : "check-failed");
}

std::string sentence(const Problem& problem, Language language) {
  const std::string id = text_id(problem, "problem");
  if (has_text(id)) return text(id, language, facts_of(problem, language));
  return problem.found.empty() ? problem.rule : problem.rule + ": " + visible(problem.found);
}

// "应为：…", unless the sentence itself says it (or what is to be done, where that is shown).
std::string expectation(const Problem& problem, Language language, bool with_todo) {
  if (problem.expected.empty() || says_expected(text_id(problem, "problem"))) return {};
  if (with_todo && says_expected(text_id(problem, "todo"))) return {};
  const std::string own = "wanted." + problem.rule;
  return text(has_text(own) ? own : "message.expected", language, facts_of(problem, language));
}

struct Excerpt {
  std::string before;
  std::string marked;
  std::string after;
};

// In a table the mark stands under the cell, in other texts at the column, which counts characters.
Excerpt split_excerpt(const Problem& problem) {
  const std::string_view line = problem.excerpt;
  if (!problem.place.column_name.empty()) {
    const std::size_t at = line.rfind(problem.found);
    if (at == std::string_view::npos) return {visible(line), "", ""};
    return {visible(line.substr(0, at)), visible(problem.found), visible(line.substr(at + problem.found.size()))};
  }
  std::size_t at = 0;
  for (std::int64_t i = 1; i < problem.place.column && at < line.size(); ++i) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80)
      ++at;
  }
  std::size_t end = at;
  if (end < line.size() && line[end] == '"') ++end;
  if (!problem.found.empty() && line.substr(end, problem.found.size()) == problem.found) {
    const bool quoted = end > at;
    end += problem.found.size();
    if (quoted && end < line.size() && line[end] == '"') ++end;
  } else {
    end = at;
    if (end < line.size()) ++end;
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80)
      ++end;
  }
  return {visible(line.substr(0, at)), visible(line.substr(at, end - at)), visible(line.substr(end))};
}

std::string excerpt_lines(const Problem& problem) {
  if (problem.excerpt.empty()) return {};
  const Excerpt parts = split_excerpt(problem);
  const std::string before = last_columns(parts.before, kLongestExcerpt / 2);
  const std::string marked = shortened(parts.marked, kLongestExcerpt / 2);
  const std::string after = shortened(parts.after, std::max(0, kLongestExcerpt - width_of(before) - width_of(marked)));
  const auto carets = static_cast<std::size_t>(std::max(1, width_of(marked)));
  return "    " + before + marked + after + "\n    " + std::string(static_cast<std::size_t>(width_of(before)), ' ') +
         std::string(carets, '^') + "\n";
}

std::string severity_word(Severity severity, Language language) {
  switch (severity) {
  case Severity::blocking: return text("severity.blocking", language);
  case Severity::verify: return text("severity.verify", language);
  case Severity::notice: return text("severity.notice", language);
  }
  return {};
}

} // namespace

std::string visible(std::string_view text) {
  std::string result;
  std::size_t broken = invalid_utf8(text);
  for (std::size_t i = 0; i < text.size();) {
    if (i == broken) {
      result += fmt::format("\\x{{{:02X}}}", static_cast<unsigned>(static_cast<unsigned char>(text[i++])));
      const std::size_t next = invalid_utf8(text.substr(i));
      broken = next == std::string_view::npos ? next : i + next;
      continue;
    }
    const char32_t c = next_char(text, i);
    if (hidden(c))
      result += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(c));
    else
      append_utf8(result, c);
  }
  return result;
}

std::string shortened(std::string_view text, int columns) {
  int width = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t next = i;
    width += display_width(next_char(text, next));
    if (width > columns) return std::string(text.substr(0, i)) + "…";
    i = next;
  }
  return std::string(text);
}

std::string message(const Problem& problem, Language language) {
  const Facts facts = facts_of(problem, language);
  const std::string where = location(problem.place);
  std::string result = where + (where.empty() ? "" : " ") + severity_word(problem.severity, language) + " " +
                       sentence(problem, language) + " [" + problem.rule + "]\n" + excerpt_lines(problem);
  std::string record;
  if (!problem.place.column_name.empty()) record = text("message.column", language, facts);
  if (!problem.key.empty()) record += (record.empty() ? "" : "  ") + text("message.key", language, facts);
  const auto line = [&](const std::string& words) {
    if (!words.empty()) result += "  " + words + "\n";
  };
  line(record);
  line(expectation(problem, language, true));
  if (!problem.nearest.empty()) line(text("message.nearest", language, facts));
  const std::string todo = text_id(problem, "todo");
  if (has_text(todo)) line(text("message.todo", language, {{"todo", text(todo, language, facts)}}));
  return result;
}

std::string message_line(const Problem& problem, Language language) {
  const std::string between = language == Language::chinese ? "；" : "; ";
  std::string result = sentence(problem, language);
  const std::string expected = expectation(problem, language, false);
  if (!expected.empty()) result += between + expected;
  if (!problem.nearest.empty()) result += between + text("message.nearest", language, facts_of(problem, language));
  return result;
}

} // namespace appraise
