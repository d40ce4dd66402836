#include "engine/input/xlsx/text.h"

#include "engine/input/unicode.h"

#include <cstring>

namespace appraise::xlsx {

namespace {

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_xml_character(std::uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

// &#20013; or &#x4E2D; without & and ;
bool reference_value(std::string_view name, std::uint32_t& value) {
  const bool hex = name.size() > 1 && name[1] == 'x';
  name.remove_prefix(hex ? 2 : 1);
  if (name.empty()) return false;
  value = 0;
  for (const char c : name) {
    const int digit = hex_digit(c);
    if (digit < 0 || (!hex && digit > 9)) return false;
    value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    if (value > 0x10FFFF) return false;
  }
  return is_xml_character(value);
}

// The value of _xHHHH_ at `at`, −1 when there is none.
std::int32_t escaped_unit(const char* at, const char* end) {
  if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_') return -1;
  std::int32_t value = 0;
  for (int i = 2; i < 6; ++i) {
    const int digit = hex_digit(at[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

} // namespace

char* decode_markup(const char* from, const char* end, char* to) {
  while (from < end) {
    if (*from == '\r') {
      *to++ = '\n';
      ++from;
      if (from < end && *from == '\n') ++from;
      continue;
    }
    if (*from != '&') {
      *to++ = *from++;
      continue;
    }
    const auto* close = static_cast<const char*>(std::memchr(from, ';', static_cast<std::size_t>(end - from)));
    if (close == nullptr) return nullptr;
    const std::string_view name(from + 1, static_cast<std::size_t>(close - from - 1));
    from = close + 1;
    std::uint32_t value = 0;
    if (name == "lt")
      *to++ = '<';
    else if (name == "gt")
      *to++ = '>';
    else if (name == "amp")
      *to++ = '&';
    else if (name == "quot")
      *to++ = '"';
    else if (name == "apos")
      *to++ = '\'';
    else if (!name.empty() && name.front() == '#' && reference_value(name, value))
      to = put_utf8(value, to);
    else
      return nullptr;
  }
  return to;
}

char* finish_text(char* begin, char* end, bool preserve) {
  const char* from = begin;
  if (!preserve) {
    while (from < end && is_white(*from))
      ++from;
    while (from < end && is_white(end[-1]))
      --end;
  }
  char* to = begin;
  while (from < end) {
    const auto* mark = static_cast<const char*>(std::memchr(from, '_', static_cast<std::size_t>(end - from)));
    const auto plain = static_cast<std::size_t>((mark == nullptr ? end : mark) - from);
    if (to != from) std::memmove(to, from, plain);
    to += plain;
    if (mark == nullptr) break;
    from = mark;
    std::int32_t unit = escaped_unit(from, end);
    std::ptrdiff_t length = 7;
    if (unit >= 0xD800 && unit < 0xDC00) { // half of a pair: the other must follow
      const std::int32_t second = escaped_unit(from + 7, end);
      unit = second >= 0xDC00 && second < 0xE000 ? 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00) : -1;
      length = 14;
    }
    // What cannot stand in text, a lone half or NUL, stays as it is written.
    if (unit <= 0 || (unit >= 0xDC00 && unit < 0xE000)) {
      *to++ = *from++;
      continue;
    }
    to = put_utf8(static_cast<char32_t>(unit), to);
    from += length;
  }
  return to;
}

std::string_view finish_text(std::string& text, bool preserve) {
  char* end = finish_text(text.data(), text.data() + text.size(), preserve);
  text.resize(static_cast<std::size_t>(end - text.data()));
  return text;
}

} // namespace appraise::xlsx
