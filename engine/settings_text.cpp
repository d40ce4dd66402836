#include "engine/settings_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace appraise::settings_text {

namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Byte offset of a column counted in characters from 1.
std::size_t offset_of(std::string_view line, std::int64_t column) {
  std::size_t at = 0;
  for (std::int64_t i = 1; i < column && at < line.size(); ++i) {
    ++at;
    while (at < line.size() && continues(line[at]))
      ++at;
  }
  return at;
}

std::int64_t column_of(std::string_view line, std::size_t offset) {
  return 1 + std::count_if(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(offset),
                           [](char c) { return !continues(c); });
}

struct Confusable {
  std::string_view full;
  std::string_view plain;
};

// What an input method for Chinese puts in place of the signs of TOML.
constexpr std::array<Confusable, 15> kConfusables = {{{"＝", "="},
                                                      {"：", "="},
                                                      {"，", ","},
                                                      {"、", ","},
                                                      {"。", "."},
                                                      {"．", "."},
                                                      {"“", "\""},
                                                      {"”", "\""},
                                                      {"＂", "\""},
                                                      {"‘", "'"},
                                                      {"’", "'"},
                                                      {"［", "["},
                                                      {"］", "]"},
                                                      {"＃", "#"},
                                                      {"　", " "}}};

struct Found {
  std::size_t offset = 0;
  std::string full;
  std::string plain;
};

// The first full-width sign or digit outside quotes and comments.
std::optional<Found> full_width(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == '\\' && quote == '"')
        ++i;
      else if (c == quote)
        quote = 0;
      continue;
    }
    if (c == '#') return std::nullopt;
    if (c == '"' || c == '\'') quote = c;
    for (const Confusable& pair : kConfusables) {
      if (line.substr(i, pair.full.size()) == pair.full)
        return Found{i, std::string(pair.full), std::string(pair.plain)};
    }
    // Ａ－Ｚ, ０－９ and their like are U+FF01 … U+FF5E: three bytes, EF BC 81 … EF BD 9E.
    if (static_cast<unsigned char>(c) == 0xEF && i + 2 < line.size()) {
      const int code = ((c & 0x0F) << 12) | ((line[i + 1] & 0x3F) << 6) | (line[i + 2] & 0x3F);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        return Found{i, std::string(line.substr(i, 3)), std::string(1, static_cast<char>(code - 0xFEE0))};
      }
    }
  }
  return std::nullopt;
}

} // namespace

Lines::Lines(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines_.push_back(line);
  }
}

std::string Lines::line(std::int64_t row) const {
  if (row < 1 || row > count()) return {};
  return std::string(lines_[static_cast<std::size_t>(row - 1)]);
}

std::string Lines::word(const Place& place) const {
  const std::string whole = line(place.row);
  const std::string_view rest = std::string_view(whole).substr(offset_of(whole, place.column));
  return std::string(rest.substr(0, rest.find_first_of(" \t,]}#")));
}

std::optional<Number> exact_number(std::string_view word) {
  std::string digits;
  std::copy_if(word.begin(), word.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
  const std::size_t mark = digits.find_first_of("eE");
  std::optional<Number> mantissa = Number::parse(std::string_view(digits).substr(0, mark));
  if (!mantissa || mark == std::string::npos) return mantissa;
  const std::optional<Number> exponent = Number::parse(std::string_view(digits).substr(mark + 1));
  constexpr int kLargest = 400; // beyond any figure; keeps a slip of the pen from filling the memory
  if (!exponent || !exponent->is_integer() || *exponent > Number(kLargest) || *exponent < Number(-kLargest)) {
    return std::nullopt;
  }
  return *mantissa * Number::power_of_ten(static_cast<int>(exponent->to_integer()));
}

Problem syntax_problem(const Lines& lines, Place place, const std::string& description) {
  place.row = std::clamp<std::int64_t>(place.row, 1, std::max<std::int64_t>(lines.count(), 1));
  if (description.find("redefine") != std::string::npos || description.find("duplicate") != std::string::npos) {
    const std::string line = lines.line(place.row);
    const std::size_t start = std::min(line.find_first_not_of(" \t["), line.size());
    const std::size_t end = line.find_first_of("=] \t", start);
    return {.rule = "toml-duplicate", .place = place, .found = line.substr(start, end - start), .excerpt = line};
  }
  // The error may be noticed only on the line after the full-width sign.
  for (std::int64_t row = place.row; row >= 1 && row >= place.row - 1; --row) {
    const std::string line = lines.line(row);
    if (const auto sign = full_width(line)) {
      place.row = row;
      place.column = column_of(line, sign->offset);
      return {.rule = "toml-fullwidth", .place = place, .found = sign->full, .expected = sign->plain, .excerpt = line};
    }
  }
  return {.rule = "toml-syntax", .place = place, .found = description, .excerpt = lines.line(place.row)};
}

} // namespace appraise::settings_text
