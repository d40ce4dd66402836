// A scoring rule: the shape of an item's points as a function of its figures. One .cpp each, one line each in list.cpp.
//
//   per unit · bands · growth · linear · range · deduction · bonus · manual · rank only
//   A rule takes its parameters from the scheme (check), and states points as an expression (expression) over the
//   leaves below; it never computes. Its sentence in Chinese and English stands in the table of texts under
//   "rule.<name>", with the facts that `facts` gives. Cutting to 0…points, rounding, empty and unavailable values are
//   put around it in one place (item_expression).
#pragma once

#include "engine/expression.h"
#include "engine/scheme.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace appraise {

// Leaves of a rule, of the unit in question.
Ref value_ref(const std::string& indicator, const std::string& slice,
              const std::string& column); // numerator | denominator | state
Ref parameter_ref(const std::string& item, const std::string& name);
Ref points_ref(const std::string& item_or_node); // "total" for the whole
// Of all units: the column of an item's points or of the totals, and of the groups; and this unit's group.
Ref keys_ref(const std::string& item_or_total);
Ref groups_ref();
Ref group_ref();
// numerator × per ÷ denominator, or the numerator where the measure has no denominator. The denominator must not be
// zero.
Expr figure(const Indicator& indicator, const std::string& slice);
bool has_denominator(const Indicator& indicator);
// body(figure), and 0 where the denominator is zero; the guard stays outside the quotient.
Expr with_figure(const Indicator& indicator, const std::string& slice, const std::function<Expr(Expr)>& body);

class ScoringRule {
public:
  virtual ~ScoringRule() = default;
  virtual std::string name() const = 0;
  // Takes the rule's parameters; unknown ones, missing ones and nonsense become problems.
  virtual Scoring check(Reader& reader, const Item& item) const = 0;
  virtual Expr expression(const Item& item, const Scheme& scheme, const Catalogue& catalogue) const = 0;
  // Named facts for the sentence: ("each", "3"), ("unit", "件") …
  virtual std::vector<std::pair<std::string, std::string>> facts(const Item& item) const = 0;
  // Which sentence: usually the name; rules with readings (floor or pro rata) have one for each.
  virtual std::string sentence(const Item&) const { return name(); }
};

const std::vector<const ScoringRule*>& scoring_rules();
const ScoringRule* find_scoring_rule(const std::string& name);

// The whole of an item: states, the rule, cut, rounding.
Expr item_expression(const Item& item, const Scheme& scheme, const Catalogue& catalogue);
Expr node_expression(const Node& node, const Scheme& scheme);
Expr total_expression(const Scheme& scheme);
// 1 + number of greater keys of an item or of "total"; where the key is a state, the state.
Expr rank_expression(const std::string& item_or_total, bool in_group);

} // namespace appraise
