// The scorecard: what the scheme makes of the values. Points, totals, keys and ranks are exact.
//
//   Item points = rule, cut to 0…points, rounded as the scheme says. Node = sum of its items, total = sum of nodes and
//   bonus items. key = total rounded to the scheme's places; rank = 1 + number of greater keys, in all and in the
//   group. A unit whose items are all without a number has no total and no rank. A scheme that gives ranks has no
//   totals: each item ranks its figure.
#pragma once

#include "engine/expression.h"
#include "engine/roster.h"
#include "engine/scheme.h"
#include "engine/values.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace appraise {

// Decisions, beside a plain number.
enum class State { scored, no_cases, not_applicable, not_assessed, not_reported, not_in_source, to_verify, too_few };
std::string state_id(State state); // "scored", "no cases" …; texts stand in the table of texts under "state.<id>"
State state_of(const std::string& id);

struct ItemResult {
  State state = State::scored;
  std::optional<Number> points; // none with a state; such an item adds nothing
  std::optional<Number> key;    // when the scheme gives ranks: the rounded figure, negative where lower is better
  std::optional<int> rank;      // by that key
  std::optional<int> rank_in_group;
};

struct UnitResult {
  std::int32_t unit = 0;
  State state = State::scored;
  std::vector<ItemResult> items; // in the scheme's order
  std::vector<std::optional<Number>> nodes;
  std::optional<Number> total;
  std::optional<Number> key;
  std::optional<int> rank;
  std::optional<int> rank_in_group;
};

struct Scorecard {
  const Scheme* scheme = nullptr;
  const Roster* roster = nullptr;
  const Catalogue* catalogue = nullptr;
  const Values* values = nullptr;
  std::vector<UnitResult> units; // in roster order
  std::vector<Expr> item_trees;  // one per item, natural
  std::vector<Expr> node_trees;
  Expr total_tree; // null when the scheme gives ranks
};

// The units that the scheme appraises (its `units` condition on the roster), in roster order.
std::vector<std::int32_t> appraised_units(const Scheme& scheme, const Roster& roster, Problems& problems);
Scorecard score(const Scheme& scheme, const Roster& roster, const Catalogue& catalogue, const Values& values,
                Problems& problems);

// The leaves of a unit's trees (value_ref): numerator and denominator, 0 where there is no value, and the state's text
// ("scored", "no cases", or what the scheme calls an unavailable value).
Lookup lookup_of(const Scheme& scheme, const Values& values, std::int32_t unit);
// The same with the points, keys and groups of the scorecard; `position` in card.units.
Lookup lookup_of(const Scorecard& card, std::size_t position);
// The group of a unit by the scheme's roster column; empty where there is none.
std::string group_of(const Scheme& scheme, const Unit& unit);

// 1 + number of greater keys, per key; keys that are absent get no rank. With groups: among keys of the same group;
// an empty group is no group, and gives no rank.
std::vector<std::optional<int>> ranks(const std::vector<std::optional<Number>>& keys);
std::vector<std::optional<int>> ranks_in_groups(const std::vector<std::optional<Number>>& keys,
                                                const std::vector<std::string>& groups);

} // namespace appraise
