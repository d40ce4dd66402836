// Strict UTF-8 at the speed of the memory: the same answer as invalid_utf8 (engine/input/unicode.h), which stands as
// its reference.
//
//   invalid_utf8_simd("a\xFF");   // 1
#pragma once

#include <cstddef>
#include <string_view>

namespace appraise {

// The offset of the first byte that strict UTF-8 refuses; npos when there is none. A character that is cut off at the
// end is refused at its first byte.
std::size_t invalid_utf8_simd(std::string_view bytes);

} // namespace appraise
