#include "engine/predicate/lexer.h"

#include <string_view>

namespace appraise {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
// Names may hold any character beyond ASCII: a Chinese word is then reported as one unknown name.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t date_length(std::string_view rest) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (rest.size() < kShape.size()) return 0;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(rest[i]) : rest[i] != '-') return 0;
  }
  return rest.size() > kShape.size() && is_digit(rest[kShape.size()]) ? 0 : kShape.size();
}

std::size_t number_length(std::string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && is_digit(rest[i]))
    ++i;
  if (i + 1 < rest.size() && rest[i] == '.' && is_digit(rest[i + 1])) {
    ++i;
    while (i < rest.size() && is_digit(rest[i]))
      ++i;
  }
  return i;
}

std::size_t name_length(std::string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && (is_letter(rest[i]) || is_digit(rest[i])))
    ++i;
  if (i + 1 < rest.size() && rest[i] == '.' && is_letter(rest[i + 1])) return i + 1 + name_length(rest.substr(i + 1));
  return i;
}

// A doubled quote inside a text stands for one.
Token quoted(const std::string& text, std::size_t start) {
  Token token{Token::Kind::text, {}, start, 0};
  for (std::size_t i = start + 1; i < text.size(); ++i) {
    if (text[i] != '\'') {
      token.text += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\'') {
      token.text += text[i++];
    } else {
      token.length = i + 1 - start;
      return token;
    }
  }
  return {Token::Kind::wrong, "'", start, text.size() - start};
}

Token next(const std::string& text, std::size_t at) {
  const std::string_view rest = std::string_view(text).substr(at);
  const auto token = [&](Token::Kind kind, std::size_t length) {
    return Token{kind, std::string(rest.substr(0, length)), at, length};
  };
  if (rest.front() == '\'') return quoted(text, at);
  if (const std::size_t length = date_length(rest)) return token(Token::Kind::date, length);
  if (is_digit(rest.front())) return token(Token::Kind::number, number_length(rest));
  if (is_letter(rest.front())) return token(Token::Kind::name, name_length(rest));
  for (std::string_view symbol : {"!=", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/"}) {
    if (rest.substr(0, symbol.size()) == symbol) return token(Token::Kind::symbol, symbol.size());
  }
  return token(Token::Kind::wrong, 1);
}

} // namespace

bool is_condition_word(std::string_view name) {
  for (std::string_view word : {"and", "or", "not", "in", "is", "missing", "yes", "no", "period", "base",
                                "period_start", "period_end", "days", "working_days", "after"}) {
    if (name == word) return true;
  }
  return false;
}

std::vector<Token> split_condition(const std::string& text) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (true) {
    while (at < text.size() && is_space(text[at]))
      ++at;
    if (at == text.size()) break;
    tokens.push_back(next(text, at));
    if (tokens.back().kind == Token::Kind::wrong) return tokens;
    at += tokens.back().length;
  }
  tokens.push_back({Token::Kind::end, {}, text.size(), 0});
  return tokens;
}

} // namespace appraise
