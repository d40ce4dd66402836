#include "engine/expression.h"

#include <array>
#include <fmt/core.h>
#include <string_view>

namespace appraise {

namespace {

struct Words {
  Op op;
  std::string_view id;
  std::string_view sign; // between operands, or in front of a bracket
  bool infix = false;
};

constexpr std::array kWords = {
    Words{Op::constant, "constant", ""},
    Words{Op::text, "text", ""},
    Words{Op::reference, "reference", ""},
    Words{Op::add, "add", " + ", true},
    Words{Op::subtract, "subtract", " − ", true},
    Words{Op::multiply, "multiply", " × ", true},
    Words{Op::divide, "divide", " ÷ ", true},
    Words{Op::minimum, "minimum", "min"},
    Words{Op::maximum, "maximum", "max"},
    Words{Op::sum, "sum", "Σ"},
    Words{Op::floor, "floor", "floor"},
    Words{Op::round, "round", "round"},
    Words{Op::less, "less", " < ", true},
    Words{Op::less_equal, "less_equal", " ≤ ", true},
    Words{Op::greater, "greater", " > ", true},
    Words{Op::greater_equal, "greater_equal", " ≥ ", true},
    Words{Op::equal, "equal", " = ", true},
    Words{Op::is_text, "is_text", " = ", true},
    Words{Op::is_number, "is_number", "number?"},
    Words{Op::both, "both", " ∧ ", true},
    Words{Op::either, "either", " ∨ ", true},
    Words{Op::negate, "negate", "¬"},
    Words{Op::choose, "choose", ""},
    Words{Op::count_numbers, "count_numbers", "count"},
    Words{Op::rank, "rank", "rank"},
};

const Words& words_of(Op op) {
  for (const Words& words : kWords) {
    if (words.op == op) return words;
  }
  return kWords[0];
}

using Naming = std::function<std::string(const Ref&)>;
using Wording = std::function<std::string(const std::string&)>;

class WordPrinter {
public:
  WordPrinter(const Naming& name, const Wording& word) : name_(name), word_(word) {}

  std::string print(const Expression& tree) const {
    const Words& words = words_of(tree.op);
    switch (tree.op) {
    case Op::constant: return tree.number.text();
    case Op::text: return word_ ? word_("state." + tree.name) : tree.name;
    case Op::reference: return name_(tree.ref);
    case Op::choose:
      return fmt::format("{}{}{}{}{}{}{}", said("if", "("), print(*tree.children[0]), said("then", " ? "),
                         print(*tree.children[1]), said("else", " : "), print(*tree.children[2]), said("end", ")"));
    case Op::round: return fmt::format("{}({}, {})", said(words.id, words.sign), print(*tree.children[0]), tree.places);
    case Op::is_text: return print(*tree.children[1]) + said(words.id, words.sign) + print(*tree.children[0]);
    default: break;
    }
    std::string result;
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
      if (i > 0) result += words.infix ? said(words.id, words.sign) : ", ";
      const bool bracket = words.infix && words_of(tree.children[i]->op).infix;
      result += bracket ? fmt::format("({})", print(*tree.children[i])) : print(*tree.children[i]);
    }
    return words.infix ? result : fmt::format("{}({})", said(words.id, words.sign), result);
  }

private:
  std::string said(std::string_view id, std::string_view sign) const {
    return word_ ? word_("operator." + std::string(id)) : std::string(sign);
  }

  const Naming& name_;
  const Wording& word_;
};

std::string escaped(const std::string& text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string json_ref(const Ref& ref) {
  return fmt::format("[{},{},{}]", escaped(ref.table), escaped(ref.row), escaped(ref.column));
}

} // namespace

std::string print_words(const Expression& tree, const Naming& name, const Wording& word) {
  return WordPrinter(name, word).print(tree);
}

std::string print_json(const Expression& tree) {
  switch (tree.op) {
  case Op::constant:
    if (!is_parameter(tree)) return fmt::format("{{\"number\":{}}}", escaped(tree.number.text()));
    return fmt::format("{{\"number\":{},\"name\":{},\"ref\":{}}}", escaped(tree.number.text()), escaped(tree.name),
                       json_ref(tree.ref));
  case Op::text: return fmt::format("{{\"state\":{}}}", escaped(tree.name));
  case Op::reference: return fmt::format("{{\"ref\":{}}}", json_ref(tree.ref));
  default: break;
  }
  std::string result = fmt::format("{{\"op\":{}", escaped(std::string(words_of(tree.op).id)));
  if (tree.op == Op::round) {
    result += fmt::format(",\"places\":{},\"mode\":\"{}\"", tree.places,
                          tree.mode == Rounding::half_up ? "half up" : "half even");
  }
  if (tree.op == Op::rank) {
    result += ",\"keys\":" + json_ref(tree.ref);
    if (tree.children.size() > 1) result += ",\"groups\":" + json_ref(tree.group);
  }
  result += ",\"args\":[";
  for (std::size_t i = 0; i < tree.children.size(); ++i) {
    if (i > 0) result += ",";
    result += print_json(*tree.children[i]);
  }
  return result + "]}";
}

} // namespace appraise
