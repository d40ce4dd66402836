// A scheme: the year's tree of items with points, read from templates/schemes/<family>/<year>.toml and checked as a
// whole.
//
//   Every number is a decimal of the file. Points of nodes add up to the scheme's, of items to their node's; an item
//   without points is not cut, and then its node and the scheme state none. Bonus items stand outside both. Refused,
//   all at once, with line and column: unknown keys (unknown-key, with the nearest), an item without reference
//   (item-without-reference), points that do not add up (points-do-not-add-up), gapped or overlapping bands
//   (bands-gap, bands-overlap), bands above the maximum (points-above-maximum), an unknown indicator
//   (indicator-unknown) or one not yet in force on the first day of the period (indicator-not-in-force), an unknown
//   rule (rule-unknown) or one that does not fit (rule-does-not-fit, rule-needs-points), a rule's own missing or wrong
//   parameters (missing-key, number-range, base-unknown), an id that stands twice (duplicate-id), an unknown or empty
//   node (node-unknown, node-without-items), a minimum denominator where there is no denominator
//   (minimum-without-denominator), a condition on units that cannot be read (units-condition).
#pragma once

#include "engine/calendar.h"
#include "engine/indicator.h"
#include "engine/input/claims.h"
#include "engine/number.h"
#include "engine/problem.h"
#include "engine/settings.h"
#include "engine/values.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace appraise {

// A further indicator that enters the same item: 15 = 1 per suit + 4 per suit won.
struct Term {
  std::string indicator;
  Number each;
};

struct Band {
  Number at;         // met when figure >= at (or > at, by the item's edge rule); the last band has none
  bool open = false; // the last band: everything else
  Number points;
  std::string edge; // "at or above" | "above" | "at or below" | "below": the item's edge rule, or the band's own
};

struct Scoring {
  std::string rule;
  std::map<std::string, Number> numbers;    // each, step, floor, cap, from, to, full, low, high …
  std::map<std::string, std::string> words; // edge, steps, zero_base, direction, base …
  std::vector<Term> terms;
  std::vector<Band> bands;
  std::map<std::string, Place> places; // where each parameter stands
};

struct Item {
  std::string id;
  std::string node;
  std::string title;
  std::string indicator;
  std::optional<Number> points; // maximum; none: not cut
  bool bonus = false;           // outside the node's and the scheme's points
  Scoring scoring;
  std::string when_empty; // zero | full | not assessed
  // Full marks for nothing are given only where one of these indicators is not empty.
  std::vector<std::string> provided;
  std::string when_unavailable; // zero | not assessed
  std::string when_too_few;     // zero | not assessed; applies where there is a minimum denominator
  std::optional<Number> min_denominator;
  std::string counts; // "rows" | "verified, else rows"
  std::string note;
  std::string form_number; // the item's number on a printed form, when it has one
  std::vector<std::string> references;
  std::vector<std::int64_t> tasks;
  Place place;

  std::vector<std::string> indicators() const; // its own, then those of further terms
};

struct Node {
  std::string id;
  std::string title;
  std::optional<Number> points;
  Place place;
};

struct Scheme {
  std::string id; // family/year
  std::string title;
  bool example = false; // our own worked example, and says so
  std::string units;    // condition on roster: "level = 'x'", may be joined by " and parent = 'y'"
  std::string groups;   // roster column that ranks are also given in; empty: none
  std::string gives;    // "points" | "ranks" (ranks on figures, no points)
  std::optional<Number> points;
  int places = 6;
  bool places_named = false;
  Rounding mode = Rounding::half_up;
  std::string ties;                               // "same rank, next skipped"
  ClaimRule claimed_twice = ClaimRule::first;     // who counts a record that two units report, until it is decided
  std::string unavailable_state = "not reported"; // what an unavailable value is called: that, or "not in source"
  Slice period;
  std::vector<Slice> bases;
  std::vector<Node> nodes;
  std::vector<Item> items;
  std::vector<std::string> references;
  std::string note;
  std::string file;

  const Item* item(const std::string& id) const;
  const Node* node(const std::string& id) const;
  std::vector<const Item*> items_of(const std::string& node) const;
  std::vector<Slice> slices() const;           // the period, then the bases
  std::vector<std::string> indicators() const; // each once

  static Scheme load(const std::string& text, const std::string& file, const Catalogue& catalogue, Problems& problems);
};

} // namespace appraise
