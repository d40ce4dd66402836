#include "engine/input/unicode.h"

#include "engine/input/input.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace appraise {

std::size_t invalid_utf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const std::size_t size = bytes.size();
  for (std::size_t i = 0; i < size;) {
    if (i + 8 <= size) { // most of a file is ASCII
      std::uint64_t eight = 0;
      std::memcpy(&eight, data + i, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        i += 8;
        continue;
      }
    }
    const unsigned char c = data[i];
    if (c < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    if (length == 0 || i + length > size) return i;
    for (std::size_t k = 1; k < length; ++k) {
      if ((data[i + k] & 0xC0) != 0x80) return i;
    }
    const unsigned char d = data[i + 1];
    const bool refused =
        (c == 0xE0 && d < 0xA0) || (c == 0xED && d > 0x9F) || (c == 0xF0 && d < 0x90) || (c == 0xF4 && d > 0x8F);
    if (refused) return i;
    i += length;
  }
  return std::string_view::npos;
}

char* put_utf8(char32_t c, char* to) {
  const auto byte = [&to](char32_t value) { *to++ = static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6);
    byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12);
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | c >> 18);
    byte(0x80 | (c >> 12 & 0x3F));
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
  return to;
}

void append_utf8(std::string& text, char32_t c) {
  std::array<char, 4> bytes;
  text.append(bytes.data(), put_utf8(c, bytes.data()));
}

char32_t next_char(std::string_view text, std::size_t& at) {
  const auto c = static_cast<unsigned char>(text[at++]);
  if (c < 0x80) return c;
  int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
  char32_t value = c & (0x3Fu >> more);
  for (; more > 0 && at < text.size(); --more)
    value = value << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  return value;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2060 ||
         c == 0x3000 || c == 0xFEFF;
}

char32_t narrow(char32_t c) {
  return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    std::size_t next = 0;
    if (!is_space(next_char(text, next))) break;
    text.remove_prefix(next);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80)
      --last;
    std::size_t end = last;
    if (!is_space(next_char(text, end))) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

std::string normalised(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = narrow(next_char(text, i));
    if (!is_space(c)) append_utf8(result, c);
  }
  return result;
}

void append_identity_text(std::string_view text, std::string& to) {
  // Most numbers are letters, digits and dashes, which stay as they are.
  const auto stays = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
  };
  std::size_t i = 0;
  while (i < text.size() && stays(text[i]))
    ++i;
  to.append(text.substr(0, i));
  while (i < text.size()) {
    const char32_t c = narrow(next_char(text, i));
    if (is_space(c)) continue;
    if (c == U'〔' || c == U'【' || c == U'[' || c == U'〈')
      append_utf8(to, '(');
    else if (c == U'〕' || c == U'】' || c == U']' || c == U'〉')
      append_utf8(to, ')');
    else
      append_utf8(to, c);
  }
}

bool is_identity_text(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kTops = 0x8080808080808080u;
  // Bytes above 0x20 and below 0x80 other than brackets; with none of them a top bit, a sum carries into no neighbour.
  const auto odd = [](std::uint64_t word) {
    const auto zero = [](std::uint64_t bytes) { return ~(bytes + 0x7F * kOnes) & ~bytes; };
    const std::uint64_t low = ~(word + (0x80 - 0x21) * kOnes);
    return (word | low | zero(word ^ '[' * kOnes) | zero(word ^ ']' * kOnes)) & kTops;
  };
  const auto word_at = [&](std::size_t at, std::size_t size) {
    std::uint64_t word = kOnes * '0';
    std::memcpy(&word, text.data() + at, size);
    return word;
  };
  if (text.size() < 8) return odd(word_at(0, text.size())) == 0;
  std::uint64_t any = odd(word_at(text.size() - 8, 8));
  for (std::size_t at = 0; at + 8 < text.size(); at += 8)
    any |= odd(word_at(at, 8));
  return any == 0;
}

std::string identity_text(std::string_view text) {
  std::string result;
  append_identity_text(text, result);
  return result;
}

int display_width(char32_t c) {
  if (c == 0 || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                    (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

} // namespace appraise
