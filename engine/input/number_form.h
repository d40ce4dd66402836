// A number with a check digit, as a layout declares it for a text field: what it looks like, and whether its digits
// agree.
//
//   prefix before the digits; digits (how many, before the check digit; several lengths); check digit =
//   check[Σ dᵢ·wᵢ mod modulus], the weights repeated from the first digit on; kinds: which digits may stand at place
//   kind_at of the longest length. Letters may be small or full-width, white space is left out, the point before the
//   check digit may be missing together with it.
//   Rules: id-check-digit (expected: the digit), id-kind, id-length, id-form (anything else), id-unchecked (no check
//   digit: for verification), id-truncated (a spreadsheet has made it a number).
//
//   form = { prefix = "ZL", digits = [12, 8], weights = [2, 3, 4, 5, 6, 7, 8, 9], kind_at = 5, kinds = "12389" }
//   form.check("zl 2015 1 0123456.1").text;   // "ZL201510123456.1"
#pragma once

#include "engine/problem.h"
#include "engine/settings.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

struct NumberForm {
  struct Outcome {
    std::string text; // in the one form; as it stood where it breaks a rule
    const char* rule = nullptr;
    Severity severity = Severity::blocking;
    std::string expected;
  };

  std::string prefix;
  std::vector<std::size_t> digits;
  std::vector<int> weights;
  int modulus = 11;
  std::string check_digits = "0123456789X";
  std::size_t kind_at = 0; // counted from 1; 0: any digit
  std::string kinds;
  Severity severity = Severity::verify; // of a number that breaks a rule

  // Problems of the declaration: those of settings, and number-form-weights where the parts do not fit together.
  static NumberForm load(const Setting& table, Problems& problems);
  Outcome check(std::string_view cell) const;
};

} // namespace appraise
