// GB18030 in its own bytes: is it valid, and what is it in UTF-8. Comma, quote, line ends and tabs are never part of a
// character of two or four bytes, so a file can be cut into cells before it is decoded.
//
//   std::string text;
//   append_gb18030("\xB0\xB8", text);   // 案
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace appraise {

// The offset of the first byte that strict GB18030 refuses; npos when there is none. A character that is cut off at the
// end is refused at its first byte.
std::size_t invalid_gb18030(std::string_view bytes);

// The UTF-8 of valid GB18030.
void append_gb18030(std::string_view bytes, std::string& text);
// The same of some bytes behind which eight more can be read, written to where there is utf8_room(bytes.size()); its
// size.
std::size_t write_gb18030(std::string_view bytes, char* to);
// Two bytes become three or four, one and four stay as many at most; whole words are written.
constexpr std::size_t utf8_room(std::size_t bytes) {
  return bytes * 2 + 16;
}

} // namespace appraise
