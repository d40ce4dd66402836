// Everything that is asked of one record type, as one program, counters and banks; and from what was counted the
// figures.
//
//   TypePlan plan(outline, job, input);
//   Gathered gathered(plan, units);      // a Worker (worker.h) fills it
//   finish(plan, gathered, roster, threads, values);
#pragma once

#include "engine/plan/bank.h"
#include "engine/plan/counters.h"
#include "engine/plan/outline.h"
#include "engine/plan/program.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace appraise {

// The values that some rows have: what one bank takes.
struct BankPlan {
  MeasureKeeps kind = MeasureKeeps::sum;
  Bits rows = kNone;
  Scalars values{};
  const Condition* text = nullptr; // its hash is the key, in place of `values`
};

// Where the parts of one indicator's figure in one slice stand.
struct FigurePlan {
  std::size_t indicator = 0;
  std::size_t slice = 0;
  std::size_t rows = 0; // counters
  std::size_t met = SIZE_MAX;
  std::size_t unknown = SIZE_MAX;
  std::size_t bank = SIZE_MAX;
  std::vector<std::pair<std::string, std::size_t>> left_out{}; // field, counter
};

class TypePlan {
public:
  TypePlan(const Outline& outline, const Job& job, const PlanInput& input); // all of which must outlive it

  const Outline& outline() const { return outline_; }
  const Table& table() const { return table_; }
  const Program& program() const { return program_; }
  const std::vector<Bits>& counters() const { return counters_; } // different ones
  const std::vector<BankPlan>& banks() const { return banks_; }   // different ones
  const std::vector<FigurePlan>& figures() const { return figures_; }
  const Indicator& indicator(const FigurePlan& figure) const { return *outline_.wanted()[figure.indicator]; }
  Profile* profile() const { return profile_; }
  // Tells the profile, if there is one, what the plan consists of.
  void describe(std::int64_t rows) const;

private:
  std::size_t counter(Bits bits);
  void leave_out(const std::vector<Blame>& blamed, FigurePlan& figure);
  void add(std::size_t indicator, std::size_t slice);
  Bits add_value(const Indicator& indicator, const Measure& measure, const RowContext& context, Bits rows,
                 FigurePlan& figure);

  const Outline& outline_;
  const Table& table_;
  Program program_;
  Profile* profile_;
  std::vector<Bits> counters_;
  std::vector<BankPlan> banks_;
  std::vector<FigurePlan> figures_;
  std::map<Bits, std::size_t> counter_of_;
};

// What was counted of one record type.
struct Gathered {
  Gathered(const TypePlan& plan, std::size_t units);
  void merge(Gathered& other);
  void take_back(Gathered& other); // rows that were counted and are not to be
  Counters counters;
  std::vector<std::unique_ptr<Bank>> banks;
};

void finish(const TypePlan& plan, Gathered& own, const Roster& roster, int threads, Values& values);

} // namespace appraise
