// UTF-8 in small steps, and the characters that exports confuse.
//
//   invalid_utf8("a\xFF");          // 1
//   for (std::size_t i = 0; i < text.size();) char32_t c = next_char(text, i);
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace appraise {

// The offset of the first byte that strict UTF-8 refuses (overlong forms and surrogates too); npos when there is none.
std::size_t invalid_utf8(std::string_view bytes);

// Where the first byte beyond ASCII stands, or the end. Eight bytes behind that can be read.
inline const char* beyond_ascii(const char* at, const char* end) {
  for (; at < end; at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, 8);
    eight &= 0x8080808080808080u;
    if (eight != 0) return std::min(end, at + std::countr_zero(eight) / 8);
  }
  return end;
}

void append_utf8(std::string& text, char32_t c);
// Behind what it wrote: four bytes at most.
char* put_utf8(char32_t c, char* to);

// The character at `at`, which moves behind it. The text is valid UTF-8.
char32_t next_char(std::string_view text, std::size_t& at);

bool is_space(char32_t c);                       // white space of any width, and marks without width
char32_t narrow(char32_t c);                     // full-width forms → ASCII, others as they are
std::string_view trimmed(std::string_view text); // without white space at both ends

// normalised(), with the brackets 〔〕［］【】（）[]() made equal: two spellings of one number are one record.
std::string identity_text(std::string_view text);
void append_identity_text(std::string_view text, std::string& to);
bool is_identity_text(std::string_view text); // sure that identity_text() changes nothing; false says nothing

// Columns that a terminal needs: 2 for wide characters, 0 for combining marks.
int display_width(char32_t c);

} // namespace appraise
