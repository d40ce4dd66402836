#include "engine/scorecard.h"

#include "engine/scoring/rule.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace appraise {

namespace {

constexpr std::array<std::pair<State, const char*>, 8> kStates = {{
    {State::scored, "scored"},
    {State::no_cases, "no cases"},
    {State::not_applicable, "not applicable"},
    {State::not_assessed, "not assessed"},
    {State::not_reported, "not reported"},
    {State::not_in_source, "not in source"},
    {State::to_verify, "to verify"},
    {State::too_few, "too few"},
}};

// "indicator@slice" of a value's row.
std::pair<std::string, std::string> split_row(const std::string& row) {
  const std::size_t at = row.rfind('@');
  return {row.substr(0, at), row.substr(at + 1)};
}

Result value_cell(const Scheme& scheme, const Values& values, std::int32_t unit, const Ref& ref) {
  const auto [indicator, slice] = split_row(ref.row);
  const Value& value = values.at(unit, values.indicator(indicator), values.slice(slice));
  const bool there = value.state == ValueState::value;
  if (ref.column == "numerator") return there ? value.numerator : Number();
  if (ref.column == "denominator") return there ? value.denominator : Number();
  assert(ref.column == "state");
  if (there) return std::string("scored");
  return value.state == ValueState::empty ? std::string("no cases") : scheme.unavailable_state;
}

Result points_of(const ItemResult& result) {
  if (result.state != State::scored) return state_id(result.state);
  return result.points ? *result.points : *result.key;
}

Result total_of(const UnitResult& result) {
  if (result.total) return *result.total;
  return state_id(result.state);
}

Result points_cell(const Scorecard& card, const UnitResult& unit, const std::string& id) {
  if (id == "total") return total_of(unit);
  const auto& items = card.scheme->items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].id == id) return points_of(unit.items[i]);
  }
  const auto& nodes = card.scheme->nodes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].id != id) continue;
    // A node without a number is text, which one does not matter to its sum.
    return unit.nodes[i] ? Result(*unit.nodes[i]) : Result(state_id(State::no_cases));
  }
  assert(false && "unknown item or node");
  return Number();
}

class Scorer {
public:
  explicit Scorer(Scorecard& card) : card_(card) {}

  UnitResult unit(std::int32_t index) const {
    UnitResult result;
    result.unit = index;
    Lookup lookup = lookup_of(*card_.scheme, *card_.values, index);
    const auto values = std::move(lookup.cell);
    lookup.cell = [&](const Ref& ref) {
      return ref.table == "points" ? points_cell(card_, result, ref.row) : values(ref);
    };
    const bool ranks = card_.total_tree == nullptr;
    for (const Expr& tree : card_.item_trees) {
      Result points = evaluate(*tree, lookup);
      ItemResult item;
      if (Number* number = std::get_if<Number>(&points)) {
        (ranks ? item.key : item.points) = std::move(*number);
      } else {
        item.state = state_of(std::get<std::string>(points));
      }
      result.items.push_back(std::move(item));
    }
    if (ranks) {
      const auto scored = [](const ItemResult& item) { return item.state == State::scored; };
      if (std::none_of(result.items.begin(), result.items.end(), scored)) result.state = result.items.front().state;
      return result;
    }
    for (const Expr& tree : card_.node_trees) {
      Result points = evaluate(*tree, lookup);
      Number* number = std::get_if<Number>(&points);
      result.nodes.push_back(number == nullptr ? std::nullopt : std::optional<Number>(std::move(*number)));
    }
    const Result total = evaluate(*card_.total_tree, lookup);
    if (const Number* number = std::get_if<Number>(&total)) {
      result.total = *number;
      result.key = number->rounded(card_.scheme->places, card_.scheme->mode);
    } else {
      result.state = state_of(std::get<std::string>(total));
    }
    return result;
  }

private:
  const Scorecard& card_;
};

std::vector<std::string> groups_of(const Scorecard& card) {
  std::vector<std::string> groups;
  for (const UnitResult& unit : card.units)
    groups.push_back(group_of(*card.scheme, (*card.roster)[unit.unit]));
  return groups;
}

void rank_totals(Scorecard& card, const std::vector<std::string>& groups) {
  std::vector<std::optional<Number>> keys;
  for (const UnitResult& unit : card.units)
    keys.push_back(unit.key);
  const auto all = ranks(keys);
  const auto grouped = ranks_in_groups(keys, groups);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    card.units[i].rank = all[i];
    card.units[i].rank_in_group = grouped[i];
  }
}

void rank_items(Scorecard& card, const std::vector<std::string>& groups) {
  for (std::size_t item = 0; item < card.scheme->items.size(); ++item) {
    std::vector<std::optional<Number>> keys;
    for (const UnitResult& unit : card.units)
      keys.push_back(unit.items[item].key);
    const auto all = ranks(keys);
    const auto grouped = ranks_in_groups(keys, groups);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      card.units[i].items[item].rank = all[i];
      card.units[i].items[item].rank_in_group = grouped[i];
    }
  }
}

} // namespace

std::string state_id(State state) {
  for (const auto& [known, id] : kStates) {
    if (known == state) return id;
  }
  assert(false && "unknown state");
  return {};
}

State state_of(const std::string& id) {
  for (const auto& [state, known] : kStates) {
    if (known == id) return state;
  }
  assert(false && "unknown state");
  return State::scored;
}

Lookup lookup_of(const Scheme& scheme, const Values& values, std::int32_t unit) {
  Lookup lookup;
  lookup.cell = [&scheme, &values, unit](const Ref& ref) { return value_cell(scheme, values, unit, ref); };
  return lookup;
}

Lookup lookup_of(const Scorecard& card, std::size_t position) {
  Lookup lookup;
  const std::int32_t unit = card.units[position].unit;
  lookup.cell = [&card, unit, position](const Ref& ref) -> Result {
    if (ref.table == "points") return points_cell(card, card.units[position], ref.row);
    if (ref.table == "groups") return group_of(*card.scheme, (*card.roster)[unit]);
    return value_cell(*card.scheme, *card.values, unit, ref);
  };
  lookup.column = [&card](const Ref& keys) {
    std::vector<Result> column;
    for (const UnitResult& other : card.units)
      column.push_back(points_cell(card, other, keys.column));
    return column;
  };
  lookup.groups = [&card](const Ref&) { return groups_of(card); };
  lookup.group = [&card, unit](const Ref&) { return group_of(*card.scheme, (*card.roster)[unit]); };
  return lookup;
}

Scorecard score(const Scheme& scheme, const Roster& roster, const Catalogue& catalogue, const Values& values,
                Problems& problems) {
  Scorecard card;
  card.scheme = &scheme;
  card.roster = &roster;
  card.catalogue = &catalogue;
  card.values = &values;
  for (const Item& item : scheme.items)
    card.item_trees.push_back(item_expression(item, scheme, catalogue));
  if (scheme.gives == "points") {
    for (const Node& node : scheme.nodes)
      card.node_trees.push_back(node_expression(node, scheme));
    card.total_tree = total_expression(scheme);
  }
  const Scorer scorer(card);
  for (const std::int32_t unit : appraised_units(scheme, roster, problems))
    card.units.push_back(scorer.unit(unit));
  const std::vector<std::string> groups = groups_of(card);
  if (card.total_tree != nullptr) {
    rank_totals(card, groups);
  } else {
    rank_items(card, groups);
  }
  return card;
}

} // namespace appraise
