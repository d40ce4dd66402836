// Schemes from a pasted text over a small catalogue, for the tests of scoring.
#pragma once

#include "engine/scheme.h"
#include "engine/scorecard.h"
#include "engine/scoring/rule.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace appraise::score_fixture {

inline Indicator indicator(const std::string& id, const std::string& measure, const std::string& better = "higher") {
  Indicator result;
  result.id = id;
  result.title = id;
  result.measure = measure;
  result.better = better;
  return result;
}

inline Catalogue catalogue() {
  Catalogue result;
  result.indicators = {
      indicator("hours", "ratio"),       indicator("late", "count", "lower"), indicator("mean_days", "mean", "lower"),
      indicator("median", "quantile"),   indicator("more", "count"),          indicator("n", "count"),
      indicator("per_officer", "ratio"), indicator("rate", "share"),          indicator("survey", "measured"),
      indicator("work", "count"),
  };
  return result;
}

// A whole scheme around some items; `items` are [[item]] blocks.
inline std::string scheme_text(const std::string& items, const std::string& head = "") {
  return "title = \"t\"\nwhen_empty = \"zero\"\nreference = [\"r\"]\n" + head +
         "\n[period]\nfrom = 2016-01-01\nto = 2016-12-31\n[[base]]\nfrom = 2015-01-01\nto = 2015-12-31\n" + items;
}

inline std::string item(const std::string& id, const std::string& indicator_id, const std::string& scoring,
                        const std::string& more = "") {
  return "[[item]]\nid = \"" + id + "\"\ntitle = \"" + id + "\"\nindicator = \"" + indicator_id + "\"\nscoring = { " +
         scoring + " }\nreference = [\"r\"]\n" + more + "\n";
}

inline std::string shown(const Problems& problems) {
  std::string result;
  for (const Problem& problem : problems) {
    result += problem.rule + " " + std::to_string(problem.place.row) + ":" + std::to_string(problem.place.column) +
              " " + problem.found + " (" + problem.expected + ")\n";
  }
  return result;
}

inline Scheme load(const std::string& text, const Catalogue& all) {
  Problems problems;
  Scheme scheme = Scheme::load(text, "templates/schemes/test/2016.toml", all, problems);
  EXPECT_TRUE(problems.empty()) << shown(problems);
  return scheme;
}

// A unit's cells, as leaves of its trees.
class Cells {
public:
  void value(const std::string& id, Number numerator, Number denominator = 1, const std::string& slice = "period") {
    set(id, slice, std::move(numerator), std::move(denominator), "scored");
  }
  void state(const std::string& id, const std::string& state, const std::string& slice = "period") {
    set(id, slice, 0, 0, state);
  }
  void points(const std::string& id, Result result) { cells_[points_ref(id)] = std::move(result); }
  const Result& operator[](const Ref& ref) const { return cells_.at(ref); }
  Lookup lookup() const {
    Lookup result;
    result.cell = [this](const Ref& ref) { return cells_.at(ref); };
    return result;
  }

private:
  void set(const std::string& id, const std::string& slice, Number numerator, Number denominator,
           const std::string& state) {
    cells_[value_ref(id, slice, "numerator")] = std::move(numerator);
    cells_[value_ref(id, slice, "denominator")] = std::move(denominator);
    cells_[value_ref(id, slice, "state")] = state;
  }
  std::map<Ref, Result> cells_;
};

} // namespace appraise::score_fixture
