// What every renderer needs to know of text: how wide it is, and that it is sound.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace appraise {

// Columns of half width: 1 for Latin letters and digits, 2 for Chinese characters and full-width marks, 0 for combining
// marks.
std::size_t display_width(std::string_view text);
// Lines that the text takes in so many columns: broken anywhere between characters, as spreadsheets break Chinese.
std::size_t wrapped_lines(std::string_view text, double columns);

// Valid UTF-8 without characters that XML 1.0 forbids: each bad byte or character becomes U+FFFD, so it is seen.
std::string sound_text(std::string_view text);

std::string escape_html(std::string_view text);

} // namespace appraise
