// The source text of a TOML file: what the library does not keep (exact decimals) or says badly (syntax errors).
//
//   Lines lines("a = 0.10\n");
//   exact_number(lines.word({.row = 1, .column = 5}));   // 1/10
#pragma once

#include "engine/number.h"
#include "engine/problem.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise::settings_text {

class Lines {
public:
  explicit Lines(std::string_view text);
  std::string line(std::int64_t row) const;   // without its end; empty beyond the file
  std::string word(const Place& place) const; // from the place to the next white space, comma, bracket or comment
  std::int64_t count() const { return static_cast<std::int64_t>(lines_.size()); }

private:
  std::vector<std::string_view> lines_;
};

// "1_000.50", "-3", "2.5e-3"; nullopt for inf, nan and numbers of another base.
std::optional<Number> exact_number(std::string_view word);

// toml-fullwidth where a full-width character stands outside quotes, toml-duplicate for a key that stands twice, else
// toml-syntax with the library's words.
Problem syntax_problem(const Lines& lines, Place place, const std::string& description);

} // namespace appraise::settings_text
