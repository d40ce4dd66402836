// What made a run: the program and, where they shape the bytes, the libraries and the font.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace appraise {

std::vector<std::pair<std::string, std::string>> versions();

} // namespace appraise
