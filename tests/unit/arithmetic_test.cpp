// The proof of arithmetic: every rule and whole schemes on random units that are nasty on purpose (ties by different
// sums, ratios on band edges, growth exactly on a step, halves at the rounding place, zero denominators), computed
// exactly and in plain doubles under three models of ROUND. Points and ranks must be equal to the last bit.
// APPRAISE_ARITHMETIC_UNITS asks for more.
#include "tests/unit/score_fixture.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <random>

namespace appraise {
namespace {

using namespace score_fixture;

constexpr RoundModel kModels[] = {RoundModel::half_added, RoundModel::exact_binary, RoundModel::fifteen_digits};

// Enough to show that the natural shapes, unguarded, are wrong.
constexpr std::size_t kNaiveUnits = 1000;

std::size_t wanted_units() {
  const char* wanted = std::getenv("APPRAISE_ARITHMETIC_UNITS");
  return wanted == nullptr ? 15000 : static_cast<std::size_t>(std::strtoull(wanted, nullptr, 10));
}

std::string bounded_scheme(int places, const std::string& mode) {
  const std::string head =
      "points = 100\nrounding = { at = \"item\", places = " + std::to_string(places) + ", mode = \"" + mode + "\" }\n" +
      "[[node]]\nid = \"A\"\ntitle = \"A\"\npoints = 60\n[[node]]\nid = \"B\"\ntitle = \"B\"\npoints = 40\n";
  const auto in = [](const char* node, const char* points) {
    return std::string("node = \"") + node + "\"\npoints = " + points;
  };
  return scheme_text(
      item("per_unit", "work", "rule = \"per unit\", each = 0.3", in("A", "20")) +
          item("per_unit_cap", "n", "rule = \"per unit\", each = 0.035, cap = 7.5", in("A", "8")) +
          item("two_terms", "n", "rule = \"per unit\", each = 0.07, plus = [{ indicator = \"more\", each = 0.285 }]",
               in("A", "12")) +
          item("per_officer", "per_officer", "rule = \"per unit\", each = 0.7", in("A", "7")) +
          item("whole_steps", "n",
               "rule = \"growth\", each = 0.5, step = 0.1, steps = \"whole\", zero_base = \"one\", floor = 0, base = "
               "\"base1\"",
               in("A", "5")) +
          item("pro_rata", "work",
               "rule = \"growth\", each = 0.35, step = 0.1, steps = \"pro rata\", zero_base = \"none\", cap = 6.5",
               in("A", "8")) +
          item("falling", "n",
               "rule = \"growth\", each = 0.1, step = 0.05, steps = \"whole\", zero_base = \"not applicable\", floor = "
               "-2",
               "bonus = true") +
          item("bands", "rate",
               "rule = \"bands\", edge = \"at or above\", bands = [{ at = 0.95, points = 5 }, { at = 0.9, points = 4.5 "
               "}, "
               "{ at = 0.6, points = 1.25 }, { at = 0.035, points = 0.5 }, { below = true, points = 0 }]",
               in("B", "5")) +
          item("strict", "rate",
               "rule = \"bands\", edge = \"above\", bands = [{ at = 0.85, points = 3 }, { at = 0.7, points = 1 }, "
               "{ at = 0.1, points = 0.5, edge = \"at or above\" }, { below = true, points = 0 }]",
               in("B", "3") + "\nmin_denominator = 5\nwhen_too_few = \"zero\"") +
          item("days", "mean_days",
               "rule = \"bands\", edge = \"at or below\", bands = [{ at = 10.5, points = 4 }, { at = 30, points = 2 }, "
               "{ above = true, points = 0 }]",
               in("B", "4")) +
          item("computed_bands", "hours",
               "rule = \"bands\", edge = \"at or above\", bands = [{ at = 1.1, points = 2 }, { at = 0.3, points = 1 }, "
               "{ below = true, points = 0 }]",
               in("B", "2")) +
          item("linear", "rate", "rule = \"linear\", from = 0.8, to = 1", in("B", "6")) +
          item("linear_down", "median", "rule = \"linear\", from = 100, to = 30", in("B", "5")) +
          item("inside", "rate", "rule = \"range\", low = 0.2, high = 0.6", in("B", "4")) +
          item("near", "mean_days", "rule = \"range\", low = 9.9, high = 20.1, outside = \"linear\", width = 3.3",
               in("B", "3")) +
          item("deduction", "late",
               "rule = \"deduction\", full = 4, each = 0.1, plus = [{ indicator = \"more\", each = 0.05 }]",
               in("B", "4") + "\nwhen_empty = \"full\"") +
          item("manual", "survey", "rule = \"manual\"", in("B", "4")) +
          item("bonus", "more", "rule = \"bonus\", each = 0.15, cap = 3", "bonus = true\npoints = 3"),
      head);
}

std::string unbounded_scheme() {
  return scheme_text(
      item("each", "n", "rule = \"per unit\", each = 3") +
          item("growth", "n",
               "rule = \"growth\", each = 1, step = 0.1, steps = \"pro rata\", zero_base = \"one\", floor = 0, base = "
               "\"base1\"") +
          item("tenth", "more", "rule = \"per unit\", each = 0.115") +
          item("growth2", "work", "rule = \"growth\", each = 0.3, step = 0.1, steps = \"whole\", zero_base = \"one\"") +
          item(
              "ladder", "rate",
              "rule = \"bands\", edge = \"at or above\", bands = [{ at = 0.9, points = 10 }, { at = 0.8, points = 9 }, "
              "{ at = 0.7, points = 8 }, { at = 0.6, points = 7 }, { at = 0.3, points = 4 }, { at = 0.1, points = 2 }, "
              "{ below = true, points = 1 }]"),
      "rounding = { at = \"item\", places = 2, mode = \"half up\" }\n");
}

// Figures as nasty as an office can hand in.
class Units {
public:
  explicit Units(std::uint64_t seed) : random_(seed) {}

  Cells next() {
    Cells cells;
    count(cells, "n");
    count(cells, "work");
    count(cells, "more");
    count(cells, "late");
    share(cells);
    const std::int64_t officers = below(8) == 0 ? 0 : pick({1, 3, 7, 8, 16, 40, 64, 80, 125, 160, 12, 37, 400});
    ratio(cells, "per_officer", below(900), officers);
    ratio(cells, "hours", 0, officers, Number(below(5000)) / Number(10));
    const std::int64_t rows = below(6) == 0 ? 0 : 1 + below(200);
    // A mean just on an edge, or anywhere.
    ratio(cells, "mean_days", 0, rows,
          below(2) == 0 ? Number(rows) * tenths({105, 300, 99, 201, 66, 234}) : Number(below(40 * (rows + 1))));
    cells.value("median", Number(below(300)) / Number(2));
    if (below(5) == 0)
      cells.state("survey", "not reported");
    else
      cells.value("survey", Number(below(500)) / Number(100));
    return cells;
  }

private:
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }
  std::int64_t pick(const std::vector<std::int64_t>& from) {
    return from[static_cast<std::size_t>(below(static_cast<std::int64_t>(from.size())))];
  }
  Number tenths(const std::vector<std::int64_t>& from) { return Number(pick(from)) / Number(10); }

  void put(Cells& cells, const std::string& id, std::int64_t count, const std::string& slice) {
    if (count == 0)
      cells.state(id, "no cases", slice);
    else
      cells.value(id, count, 1, slice);
  }

  // A count and its base; half of them grow by whole steps of 5 percentage points.
  void count(Cells& cells, const std::string& id) {
    const std::int64_t largest = pick({5, 30, 300, 2000});
    std::int64_t base = below(7) == 0 ? 0 : below(largest);
    std::int64_t now = below(largest);
    if (below(2) == 0) {
      base = 20 * (1 + below(40));
      now = base + base / 20 * (below(41) - 8);
    }
    put(cells, id, now, "period");
    if (below(50) == 0)
      cells.state(id, "not reported", "base1");
    else
      put(cells, id, base, "base1");
  }

  void share(Cells& cells) {
    std::int64_t all = below(9) == 0 ? below(8) : 1 + below(1500);
    std::int64_t met = all == 0 ? 0 : below(all + 1);
    if (below(2) == 0) { // exactly on an edge, or one off it
      all = pick({20, 40, 200, 400, 1000, 2000});
      met = all * pick({950, 900, 850, 700, 600, 200, 100, 300, 800, 35}) / 1000;
      if (below(4) == 0 && met < all) ++met;
    }
    if (all == 0)
      cells.state("rate", "no cases");
    else
      cells.value("rate", met, all);
  }

  void ratio(Cells& cells, const std::string& id, std::int64_t numerator, std::int64_t denominator, Number other = 0) {
    if (denominator == 0)
      cells.state(id, below(2) == 0 ? "no cases" : "not reported");
    else
      cells.value(id, Number(numerator) + other, denominator);
  }

  std::mt19937_64 random_;
};

struct Tree {
  std::string id;
  Expr natural;
  Expr safe;
};

std::vector<Tree> trees_of(const Scheme& scheme, const Catalogue& all) {
  std::vector<Tree> trees;
  for (const Item& one : scheme.items)
    trees.push_back({one.id, item_expression(one, scheme, all), nullptr});
  for (const Node& node : scheme.nodes)
    trees.push_back({node.id, node_expression(node, scheme), nullptr});
  trees.push_back({"total", total_expression(scheme), nullptr});
  for (Tree& tree : trees)
    tree.safe = guarded(tree.natural);
  return trees;
}

DoubleResult as_double(const Result& exact) {
  if (const Number* number = std::get_if<Number>(&exact)) return number->to_double();
  return std::get<std::string>(exact);
}

// All points of one unit in doubles, each sum from the doubles of its parts, as a sheet computes them.
class DoubleUnit {
public:
  DoubleUnit(const Cells& cells, RoundModel model) : model_(model) {
    lookup_.cell = [this, &cells](const Ref& ref) {
      return ref.table == "points" ? points_.at(ref.row) : as_double(cells[ref]);
    };
  }
  const DoubleResult& compute(const std::string& id, const Expr& tree) {
    return points_[id] = evaluate_doubles(*tree, lookup_, model_);
  }

private:
  RoundModel model_;
  DoubleLookup lookup_;
  std::map<std::string, DoubleResult> points_;
};

struct Outcome {
  std::size_t wrong = 0; // guarded
  std::size_t naive = 0; // the natural tree as it stands: shows that the test can fail
  std::size_t ranks = 0;
  std::size_t ties = 0;
};

std::vector<std::size_t> ranks_of(const std::vector<DoubleResult>& keys) {
  std::vector<double> sorted;
  for (const DoubleResult& key : keys) {
    if (const double* number = std::get_if<double>(&key)) sorted.push_back(*number);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> result;
  for (const DoubleResult& key : keys) {
    const double* number = std::get_if<double>(&key);
    const auto greater = number == nullptr ? sorted.end() : std::upper_bound(sorted.begin(), sorted.end(), *number);
    result.push_back(number == nullptr ? 0 : 1 + static_cast<std::size_t>(sorted.end() - greater));
  }
  return result;
}

Outcome compare(const std::string& text, std::size_t units, std::uint64_t seed) {
  const Catalogue all = catalogue();
  const Scheme scheme = load(text, all);
  const std::vector<Tree> trees = trees_of(scheme, all);
  Units source(seed);
  Outcome outcome;
  std::vector<std::optional<Number>> exact_keys;
  std::vector<std::vector<DoubleResult>> double_keys(std::size(kModels));
  for (std::size_t i = 0; i < units; ++i) {
    Cells cells = source.next();
    std::vector<Result> exact;
    for (const Tree& tree : trees) {
      exact.push_back(evaluate(*tree.natural, cells.lookup()));
      cells.points(tree.id, exact.back());
    }
    const Number* key = std::get_if<Number>(&exact.back());
    exact_keys.push_back(key == nullptr ? std::nullopt : std::optional<Number>(*key));
    for (std::size_t m = 0; m < std::size(kModels); ++m) {
      DoubleUnit safe(cells, kModels[m]);
      DoubleUnit bare(cells, kModels[m]);
      for (std::size_t t = 0; t < trees.size(); ++t) {
        const DoubleResult wanted = as_double(exact[t]);
        if (safe.compute(trees[t].id, trees[t].safe) != wanted) {
          if (outcome.wrong++ < 5) ADD_FAILURE() << trees[t].id << " of unit " << i << ", model " << m;
        }
        if (i < kNaiveUnits && bare.compute(trees[t].id, trees[t].natural) != wanted) ++outcome.naive;
        if (t + 1 == trees.size()) double_keys[m].push_back(safe.compute(trees[t].id, trees[t].safe));
      }
    }
  }
  const auto exact_ranks = ranks(exact_keys);
  for (const auto& keys : double_keys) {
    const auto found = ranks_of(keys);
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (static_cast<std::size_t>(exact_ranks[i].value_or(0)) != found[i]) ++outcome.ranks;
    }
  }
  std::vector<std::optional<int>> sorted = exact_ranks;
  std::sort(sorted.begin(), sorted.end());
  outcome.ties = units - static_cast<std::size_t>(std::unique(sorted.begin(), sorted.end()) - sorted.begin());
  return outcome;
}

void expect_equal(const std::string& text, std::size_t units, std::uint64_t seed) {
  const Outcome outcome = compare(text, units, seed);
  EXPECT_EQ(outcome.wrong, 0u);
  EXPECT_EQ(outcome.ranks, 0u);
  EXPECT_GT(outcome.naive, 0u) << "the units are not nasty enough to tell the shapes apart";
  EXPECT_GT(outcome.ties, 0u);
}

TEST(Arithmetic, DoublesEqualExactOnEveryRule) {
  expect_equal(bounded_scheme(2, "half up"), wanted_units(), 1);
}

TEST(Arithmetic, DoublesEqualExactWithoutMaxima) {
  expect_equal(unbounded_scheme(), wanted_units(), 2);
}

TEST(Arithmetic, DoublesEqualExactWithHalvesToEven) {
  expect_equal(bounded_scheme(2, "half even"), wanted_units() / 5, 3);
}

TEST(Arithmetic, DoublesEqualExactAtOtherPlaces) {
  expect_equal(bounded_scheme(1, "half up"), wanted_units() / 5, 4);
  const Outcome fine = compare(bounded_scheme(4, "half up"), wanted_units() / 5, 5);
  EXPECT_EQ(fine.wrong, 0u);
  EXPECT_EQ(fine.ranks, 0u);
}

bool allowed(const std::string& digits, char before, char after) {
  if (digits == "0" || digits == "1") return true;
  if (digits[0] == '1' && digits.find_first_not_of('0', 1) == std::string::npos) return true;
  return before == ',' && after == ')' && digits.size() == 1; // a guard digit
}

// A formula says nothing that is not in a cell: no weight, no edge, no step.
TEST(Arithmetic, FormulasHoldNoOtherLiteral) {
  const Catalogue all = catalogue();
  for (const std::string& text : {bounded_scheme(2, "half up"), bounded_scheme(2, "half even"), unbounded_scheme()}) {
    const Scheme scheme = load(text, all);
    std::vector<Tree> trees = trees_of(scheme, all);
    trees.push_back({"rank", rank_expression("total", false), guarded(rank_expression("total", false))});
    trees.push_back({"rank", rank_expression("total", true), guarded(rank_expression("total", true))});
    for (const Tree& tree : trees) {
      const std::string formula = print_spreadsheet(
          *tree.safe, [](const Ref&) { return "cell"; }, [](const std::string&) { return "state"; });
      EXPECT_LT(formula.size(), 8192u) << "a spreadsheet refuses more";
      for (std::size_t i = 0; i < formula.size(); ++i) {
        if (std::isdigit(static_cast<unsigned char>(formula[i])) == 0) continue;
        std::size_t end = formula.find_first_not_of("0123456789.", i);
        if (end == std::string::npos) end = formula.size();
        const std::string digits = formula.substr(i, end - i);
        EXPECT_TRUE(allowed(digits, i == 0 ? ' ' : formula[i - 1], end < formula.size() ? formula[end] : ' '))
            << digits << " in " << formula;
        i = end;
      }
    }
  }
}

} // namespace
} // namespace appraise
