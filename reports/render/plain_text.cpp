#include "reports/render/plain_text.h"

#include <algorithm>
#include <cmath>

namespace appraise {

namespace {

struct Character {
  char32_t code = 0xFFFD;
  std::size_t length = 1;
  bool valid = false;
};

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return {};
  char32_t code = first & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(at + i) & 0x3Fu);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length, true};
}

std::size_t width_of(char32_t code) {
  if (code == 0 || (code >= 0x300 && code <= 0x36F) || (code >= 0x200B && code <= 0x200F)) return 0;
  const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                    (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                    (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF00 && code <= 0xFF60) ||
                    (code >= 0xFFE0 && code <= 0xFFE6) || (code >= 0x20000 && code <= 0x3FFFD) ||
                    // Drawn as wide as a Chinese character by Chinese fonts.
                    code == 0x2014 || code == 0x2026 || code == 0x201C || code == 0x201D || code == 0x00D7 ||
                    code == 0x00F7 || (code >= 0x2460 && code <= 0x24FF) || (code >= 0x2264 && code <= 0x2267);
  return wide ? 2 : 1;
}

bool allowed_in_xml(char32_t code) {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code != 0xFFFE && code != 0xFFFF);
}

} // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    width += width_of(c.code);
    i += c.length;
  }
  return width;
}

std::size_t wrapped_lines(std::string_view text, double columns) {
  const auto room = static_cast<std::size_t>(std::max(2.0, std::floor(columns)));
  std::size_t lines = 1;
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    i += c.length;
    if (c.code == '\n') {
      ++lines;
      used = 0;
      continue;
    }
    const std::size_t width = width_of(c.code);
    if (used + width > room) {
      ++lines;
      used = 0;
    }
    used += width;
  }
  return lines;
}

std::string sound_text(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    if (c.valid && allowed_in_xml(c.code))
      result.append(text.substr(i, c.length));
    else
      result.append("\xEF\xBF\xBD");
    i += c.length;
  }
  return result;
}

std::string escape_html(std::string_view text) {
  std::string result;
  for (char c : sound_text(text)) {
    switch (c) {
    case '&': result += "&amp;"; break;
    case '<': result += "&lt;"; break;
    case '>': result += "&gt;"; break;
    case '"': result += "&quot;"; break;
    case '\'': result += "&#39;"; break;
    default: result += c;
    }
  }
  return result;
}

} // namespace appraise
