// Character data of XML → the text of a cell, in steps that never make it longer, so that each can work in place.
//
//   1. decode_markup: entities and character references, line ends as \n (expat does this step by itself)
//   2. finish_text: without xml:space="preserve" white space at both ends goes, as Excel does it; then _x4E00_ is 一
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace appraise::xlsx {

// nullptr when a reference is not one that XML knows without a document type.
char* decode_markup(const char* from, const char* end, char* to);

// Returns the new end; moves the text to `begin`.
char* finish_text(char* begin, char* end, bool preserve);
std::string_view finish_text(std::string& text, bool preserve);

// Behind the UTF-8 character at `at` when it is strict and allowed in XML, else nullptr. `at` holds a byte ≥ 0x80, and
// at least three more bytes may be read.
inline const char* behind_character(const char* at) {
  const auto byte = [at](int i) { return static_cast<unsigned char>(at[i]); };
  const auto follows = [&](int i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned char lead = byte(0);
  if (lead >= 0xE1 && lead <= 0xEC) return follows(1) && follows(2) ? at + 3 : nullptr; // most of Chinese
  if (lead < 0xC2) return nullptr;
  if (lead < 0xE0) return follows(1) ? at + 2 : nullptr;
  if (lead < 0xF0) {
    if (!follows(1) || !follows(2)) return nullptr;
    if (lead == 0xE0 && byte(1) < 0xA0) return nullptr;                     // overlong
    if (lead == 0xED && byte(1) > 0x9F) return nullptr;                     // surrogates
    if (lead == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE) return nullptr; // U+FFFE, U+FFFF
    return at + 3;
  }
  if (lead > 0xF4 || !follows(1) || !follows(2) || !follows(3)) return nullptr;
  if ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F)) return nullptr;
  return at + 4;
}

} // namespace appraise::xlsx
