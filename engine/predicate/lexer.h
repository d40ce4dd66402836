// The condition language's words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

struct Token {
  enum class Kind { name, number, date, text, symbol, end, wrong };
  Kind kind = Kind::end;
  std::string text; // a text without its quotes; a number or date as written; `wrong`: what is wrong
  std::size_t offset = 0;
  std::size_t length = 0;
};

// A word that means something wherever it stands: no name of a parameter.
bool is_condition_word(std::string_view name);

// The last token is `end`, or `wrong` at the first character that fits nothing.
std::vector<Token> split_condition(const std::string& text);

} // namespace appraise
