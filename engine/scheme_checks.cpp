#include "engine/scheme_checks.h"

#include "engine/measures/measure.h"
#include "engine/scoring/rule.h"

#include <algorithm>
#include <set>

namespace appraise {

namespace {

class Checker {
public:
  Checker(const Scheme& scheme, const SchemeSource& source, const Catalogue& catalogue, Problems& problems)
      : scheme_(scheme), source_(source), catalogue_(catalogue), problems_(problems) {}

  void run() {
    ids();
    for (std::size_t i = 0; i < scheme_.items.size(); ++i) {
      const Item& item = scheme_.items[i];
      const Setting& table = *source_.items[i];
      reference(item, table);
      place_in_tree(item, table);
      indicators(item, table);
      decisions(item, table);
      rule_fits(item, table);
    }
    if (scheme_.gives == "points") points();
  }

private:
  void say(const Setting& table, std::string_view name, std::string rule, std::string found, std::string expected = {},
           std::vector<std::string> nearest = {}) {
    Reader(table, problems_).problem(name, std::move(rule), std::move(found), std::move(expected), std::move(nearest));
  }

  // Items and nodes share their names, since both are rows of points; "total" is the whole.
  void ids() {
    std::set<std::string> seen{"total"};
    const auto check = [&](const std::string& id, const Setting& table) {
      if (!id.empty() && !seen.insert(id).second) say(table, "id", "duplicate-id", id);
    };
    for (std::size_t i = 0; i < scheme_.nodes.size(); ++i)
      check(scheme_.nodes[i].id, *source_.nodes[i]);
    for (std::size_t i = 0; i < scheme_.items.size(); ++i)
      check(scheme_.items[i].id, *source_.items[i]);
  }

  void reference(const Item& item, const Setting& table) {
    const bool given = std::any_of(item.references.begin(), item.references.end(),
                                   [](const std::string& text) { return !text.empty(); });
    if (!given) say(table, "reference", "item-without-reference", item.id);
  }

  void place_in_tree(const Item& item, const Setting& table) {
    if (item.bonus) {
      if (!item.node.empty()) say(table, "node", "bonus-in-node", item.node);
      return;
    }
    if (scheme_.nodes.empty() && item.node.empty()) return;
    if (item.node.empty()) return say(table, "node", "missing-key", "node", "text");
    if (scheme_.node(item.node) != nullptr) return;
    std::vector<std::string> names;
    for (const Node& node : scheme_.nodes)
      names.push_back(node.id);
    say(table, "node", "node-unknown", item.node, {}, nearest_names(item.node, names));
  }

  void indicator(const std::string& id, const Setting& table, const std::string& key = "indicator") {
    if (id.empty()) return;
    const Indicator* found = catalogue_.find(id);
    if (found == nullptr) {
      return say(table, key, "indicator-unknown", id, {}, nearest_names(id, catalogue_.ids()));
    }
    if (found->in_force > scheme_.period.from) {
      say(table, key, "indicator-not-in-force", id, found->in_force.text());
    }
  }

  void indicators(const Item& item, const Setting& table) {
    indicator(item.indicator, table);
    for (const std::string& id : item.provided)
      indicator(id, table, "provided");
    const Setting* scoring = table.find("scoring");
    const Setting* plus = scoring == nullptr ? nullptr : scoring->find("plus");
    if (plus == nullptr) return;
    for (const Setting& term : plus->items) {
      if (const Setting* id = term.find("indicator")) indicator(id->text, term);
    }
  }

  void decisions(const Item& item, const Setting& table) {
    const bool has_full = item.points || item.scoring.numbers.count("full") > 0;
    if (item.when_empty == "full" && !has_full) say(table, "when_empty", "rule-needs-points", item.id, "points");
    if (!item.min_denominator) return;
    const Indicator* found = catalogue_.find(item.indicator);
    if (found == nullptr) return;
    if (!has_denominator(*found)) {
      say(table, "min_denominator", "minimum-without-denominator", found->measure, measures_with_denominator());
    }
  }

  static std::string measures_with_denominator() {
    std::string names;
    for (const Measure* measure : measures()) {
      if (measure->over() != MeasureOver::one) names += (names.empty() ? "" : " | ") + measure->name();
    }
    return names;
  }

  void rule_fits(const Item& item, const Setting& table) {
    const bool ranks = scheme_.gives == "ranks";
    const Setting* scoring = table.find("scoring");
    if (scoring == nullptr || item.scoring.rule.empty()) return;
    if (ranks != (item.scoring.rule == "rank only")) {
      say(*scoring, "rule", "rule-does-not-fit", item.scoring.rule, ranks ? "rank only" : "gives = \"ranks\"");
    }
    if (ranks && item.points) say(table, "points", "rule-does-not-fit", "points", "gives = \"points\"");
    const auto base = item.scoring.words.find("base");
    if (base == item.scoring.words.end()) return;
    std::vector<std::string> names;
    for (const Slice& slice : scheme_.bases)
      names.push_back(slice.id);
    if (std::find(names.begin(), names.end(), base->second) == names.end()) {
      say(*scoring, "base", "base-unknown", base->second, {}, nearest_names(base->second, names));
    }
  }

  // The sum of the parts' points; none when a part has none, or when there is no part.
  template <typename Parts> static std::optional<Number> sum(const Parts& parts) {
    if (parts.empty()) return std::nullopt;
    Number result;
    for (const auto* part : parts) {
      if (!part->points) return std::nullopt;
      result += *part->points;
    }
    return result;
  }

  void compare(const std::optional<Number>& stated, const std::optional<Number>& parts, const Setting& table) {
    if (stated == parts) return;
    say(table, "points", "points-do-not-add-up", stated ? stated->text() : "—", parts ? parts->text() : "—");
  }

  void points() {
    std::vector<const Item*> loose = scheme_.items_of("");
    loose.erase(std::remove_if(loose.begin(), loose.end(), [](const Item* item) { return item->bonus; }), loose.end());
    std::vector<const Node*> nodes;
    for (std::size_t i = 0; i < scheme_.nodes.size(); ++i) {
      const Node& node = scheme_.nodes[i];
      nodes.push_back(&node);
      const std::vector<const Item*> items = scheme_.items_of(node.id);
      if (items.empty()) {
        say(*source_.nodes[i], "id", "node-without-items", node.id);
      } else {
        compare(node.points, sum(items), *source_.nodes[i]);
      }
    }
    if (scheme_.items.empty()) return;
    compare(scheme_.points, nodes.empty() ? sum(loose) : sum(nodes), source_.root);
  }

  const Scheme& scheme_;
  const SchemeSource& source_;
  const Catalogue& catalogue_;
  Problems& problems_;
};

} // namespace

void check_scheme(const Scheme& scheme, const SchemeSource& source, const Catalogue& catalogue, Problems& problems) {
  Checker(scheme, source, catalogue, problems).run();
}

} // namespace appraise
