// SHA-256, as 64 hexadecimal digits: the name of a file's content in the manifest.
//
//   sha256_of("abc");   // "ba7816bf…15ad"
#pragma once

#include <string>
#include <string_view>

namespace appraise {

std::string sha256_of(std::string_view bytes);

} // namespace appraise
