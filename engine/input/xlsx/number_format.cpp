#include "engine/input/xlsx/number_text.h"

#include <cstring>

namespace appraise::xlsx {

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool starts(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[i]) != word[i]) return false;
  return true;
}

// [h], [mm], [ss]: hours, minutes or seconds that go on counting past the day.
bool is_elapsed(std::string_view inside) {
  if (inside.empty()) return false;
  const char unit = lower(inside.front());
  if (unit != 'h' && unit != 'm' && unit != 's') return false;
  for (const char c : inside)
    if (lower(c) != unit) return false;
  return true;
}

// The letters of a format that stand for parts of a moment, one for each run, in order: yyyy-mm-dd hh:mm → ymdhm; an
// elapsed part gives #.
std::string_view parts_of(std::string_view code, char (&parts)[64]) {
  std::size_t count = 0;
  char previous = 0;
  for (std::size_t i = 0; i < code.size() && count < sizeof parts; ++i) {
    const char c = lower(code[i]);
    const char before = previous;
    previous = c;
    switch (c) {
    case ';': return {parts, count}; // the first section is that of positive numbers
    case '"': i = code.find('"', i + 1); break;
    case '\\':
    case '_':
    case '*': ++i; break;
    case '[': {
      const std::size_t close = code.find(']', i);
      if (close == std::string_view::npos) return {parts, count};
      if (is_elapsed(code.substr(i + 1, close - i - 1))) parts[count++] = '#';
      i = close;
      break;
    }
    case 'g':
      if (starts(code.substr(i), "general")) i += std::strlen("general") - 1;
      break;
    case 'a':
      if (starts(code.substr(i), "am/pm"))
        i += std::strlen("am/pm") - 1;
      else if (starts(code.substr(i), "a/p"))
        i += std::strlen("a/p") - 1;
      break;
    case 'e': // of 1.5E+3; otherwise the year of an era
      if (i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) break;
      [[fallthrough]];
    case 'y':
    case 'm':
    case 'd':
    case 'h':
    case 's':
      if (c != before) parts[count++] = c;
      break;
    default: break;
    }
    if (i == std::string_view::npos) break;
  }
  return {parts, count};
}

} // namespace

NumberKind kind_of_format(std::string_view code) {
  char room[64];
  const std::string_view parts = parts_of(code, room);
  bool clock = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char before = i > 0 ? parts[i - 1] : ' ';
    const char after = i + 1 < parts.size() ? parts[i + 1] : ' ';
    switch (parts[i]) {
    case '#': return NumberKind::number;
    case 'h':
    case 's': clock = true; break;
    case 'm': // minutes behind hours and before seconds, else months
      if (before != 'h' && after != 's') return NumberKind::date;
      break;
    default: return NumberKind::date;
    }
  }
  return clock ? NumberKind::time : NumberKind::number;
}

// 27 to 36 and 50 to 58 are those of East Asian Excel; some of them are a date in one country and a time in another,
// which matters only for numbers below one.
NumberKind kind_of_builtin(std::int64_t id) {
  const auto within = [id](std::int64_t from, std::int64_t to) { return id >= from && id <= to; };
  if (within(18, 21) || within(32, 35) || id == 45 || id == 47 || within(55, 56)) return NumberKind::time;
  if (within(14, 22) || within(27, 36) || within(50, 58)) return NumberKind::date;
  return NumberKind::number;
}

} // namespace appraise::xlsx
