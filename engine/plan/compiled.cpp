// All indicators over one record type as one program, counters and banks: each batch is gone through once.
#include "engine/input/parallel.h"
#include "engine/plan/bank.h"
#include "engine/plan/counters.h"
#include "engine/plan/observe.h"
#include "engine/plan/outline.h"
#include "engine/plan/program.h"
#include "engine/plan/row_words.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <exception>
#include <map>
#include <memory>
#include <set>

namespace appraise {

namespace {

// Below so many rows the threads' own counters cost more than they save.
constexpr std::size_t kRowsOfOneThread = 200'000;

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

// Everything that is asked of one record type.
struct TypePlan {
  TypePlan(const Outline& of, const Job& job, const PlanInput& input)
      : outline(of), table(*job.table), program(*input.records, of.side_rows(), input.calendar) {
    for (const std::size_t i : job.indicators) {
      for (std::size_t slice = 0; slice < outline.contexts().size(); ++slice)
        add(i, slice);
    }
  }

  const Indicator& indicator(const FigurePlan& figure) const { return *outline.wanted()[figure.indicator]; }

  const Outline& outline;
  const Table& table;
  Program program;
  std::vector<Bits> counters; // different ones
  std::vector<BankPlan> banks;
  std::vector<FigurePlan> figures;

private:
  std::size_t counter(Bits bits) {
    const auto [place, is_new] = counter_of_.emplace(bits, counters.size());
    if (is_new) counters.push_back(bits);
    return place->second;
  }

  void leave_out(const std::vector<Blame>& blamed, FigurePlan& figure) {
    for (const Blame& blame : blamed)
      figure.left_out.emplace_back(blame.field, counter(blame.rows));
  }

  void add(std::size_t i, std::size_t slice) {
    const Indicator& indicator = *outline.wanted()[i];
    const Measure& measure = *find_measure(indicator.measure);
    const RowContext& context = outline.contexts()[slice];
    FigurePlan figure{.indicator = i, .slice = slice};
    Bits rows = kAll;
    if (indicator.where != nullptr) {
      const Truths where = program.truth(*indicator.where, context);
      rows = where.yes;
      leave_out(program.blame(*indicator.where, context, where.unknown), figure);
    }
    if (measure.needs_value() != MeasureValue::none) rows = add_value(indicator, measure, context, rows, figure);
    figure.rows = counter(rows);
    if (measure.needs_that()) {
      const Truths that = program.truth(*indicator.that, context);
      figure.met = counter(program.both(rows, that.yes));
      figure.unknown = counter(program.both(rows, that.unknown));
    }
    figures.push_back(std::move(figure));
  }

  // The rows that have a value.
  Bits add_value(const Indicator& indicator, const Measure& measure, const RowContext& context, Bits rows,
                 FigurePlan& figure) {
    const Condition& value = *indicator.value;
    BankPlan bank;
    bank.kind = measure.keeps();
    Bits missing = kNone;
    if (value.root().kind == Kind::text) {
      bank.text = &value;
      missing = program.missing_text(value);
    } else {
      bank.values = program.number(value, context);
      missing = program.missing(bank.values);
    }
    leave_out(program.blame(value, context, program.both(rows, missing)), figure);
    bank.rows = program.without(rows, missing);
    const auto same = std::find_if(banks.begin(), banks.end(), [&](const BankPlan& other) {
      const bool same_text = bank.text == other.text || (bank.text != nullptr && other.text != nullptr &&
                                                         bank.text->root().name == other.text->root().name);
      return bank.kind == other.kind && bank.rows == other.rows && bank.values == other.values && same_text;
    });
    figure.bank = static_cast<std::size_t>(same - banks.begin());
    if (same == banks.end()) banks.push_back(bank);
    return bank.rows;
  }

  std::map<Bits, std::size_t> counter_of_;
};

// What one thread has gathered of one record type.
struct Gathered {
  Gathered(const TypePlan& plan, std::size_t units) : counters(units, plan.counters.size()) {
    for (const BankPlan& bank : plan.banks) {
      banks.push_back(bank.kind == MeasureKeeps::sum      ? sum_bank(units)
                      : bank.kind == MeasureKeeps::counts ? histogram_bank(units)
                                                          : key_bank(units));
    }
  }
  Counters counters;
  std::vector<std::unique_ptr<Bank>> banks;
};

// One thread's way through batches.
class Worker {
public:
  Worker(const TypePlan& plan, std::size_t units) : plan_(plan), gathered_(plan, units) {}

  void take(const Batch& batch) {
    plan_.program.run(plan_.table, batch, space_);
    live_.assign(words_for(batch.rows()), 0);
    for (std::size_t row = 0; row < batch.rows(); ++row)
      live_[row / 64] |= std::uint64_t{batch.alive[row] != 0 && batch.units[row] >= 0} << (row % 64);
    for (std::size_t word = 0; word < live_.size(); ++word) {
      for (std::uint64_t odd = space_.odd()[word] & live_[word]; odd != 0; odd &= odd - 1)
        take_odd(batch, word * 64 + static_cast<std::size_t>(std::countr_zero(odd)));
      live_[word] &= ~space_.odd()[word];
    }
    columns_.clear();
    for (const Bits bits : plan_.counters)
      columns_.push_back(space_.bits(bits));
    gathered_.counters.add(columns_, live_.data(), batch.units.data(), batch.rows());
    for (std::size_t i = 0; i < plan_.banks.size(); ++i)
      take_values(plan_.banks[i], batch, *gathered_.banks[i]);
  }

  Gathered& gathered() { return gathered_; }

private:
  void take_values(const BankPlan& plan, const Batch& batch, Bank& bank) {
    rows_.resize(live_.size());
    for (std::size_t word = 0; word < live_.size(); ++word)
      rows_[word] = space_.bits(plan.rows)[word] & live_[word];
    BankRows rows{rows_.data(), rows_.size(), batch.units.data(), nullptr};
    if (plan.text == nullptr) {
      rows.values = space_.scalars(plan.values);
    } else {
      keys_.resize(batch.rows());
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if ((rows_[row / 64] >> (row % 64) & 1) != 0)
          keys_[row] = key_hash(plan_.program.text(*plan.text, plan_.table, batch, row));
      }
      rows.values = keys_.data();
    }
    bank.add(rows);
  }

  // A row with a number that does not fit, or a date beyond the calendar: every figure asks it, as its condition is
  // written. Counters and banks that figures share take it once.
  void take_odd(const Batch& batch, std::size_t r) {
    const Row row{&plan_.table, &batch, r};
    std::set<std::size_t> counters;
    std::map<std::size_t, std::int64_t> values;
    for (const FigurePlan& figure : plan_.figures) {
      const Indicator& indicator = plan_.indicator(figure);
      const RowContext& context = plan_.outline.contexts()[figure.slice];
      const Observed seen = observe(indicator, *find_measure(indicator.measure), row, context);
      if (seen.verdict == Verdict::outside) continue;
      if (seen.verdict == Verdict::left_out_missing) {
        const std::string field = reason(indicator, row, context);
        const auto named = std::find_if(figure.left_out.begin(), figure.left_out.end(),
                                        [&](const auto& left_out) { return left_out.first == field; });
        assert(named != figure.left_out.end());
        counters.insert(named->second);
        continue;
      }
      counters.insert(figure.rows);
      if (figure.met != SIZE_MAX && seen.observation.that == Truth::yes) counters.insert(figure.met);
      if (figure.met != SIZE_MAX && seen.observation.that == Truth::unknown) counters.insert(figure.unknown);
      if (figure.bank == SIZE_MAX) continue;
      values[figure.bank] =
          plan_.banks[figure.bank].text != nullptr ? key_hash(seen.text) : indicator.value->number(row, context);
    }
    for (const std::size_t counter : counters)
      gathered_.counters.add(batch.units[r], counter, 1);
    for (const auto& [bank, value] : values)
      gathered_.banks[bank]->add(batch.units[r], value);
  }

  const TypePlan& plan_;
  Gathered gathered_;
  Workspace space_;
  std::vector<std::uint64_t> live_;
  std::vector<std::uint64_t> rows_;
  std::vector<const std::uint64_t*> columns_;
  std::vector<std::int64_t> keys_;
};

// The parts of threads are merged in the threads' order; they are whole numbers, so the split shows nowhere.
Gathered gather(const TypePlan& plan, std::size_t units, int most_threads) {
  const std::vector<Batch>& batches = plan.table.batches;
  std::size_t rows = 0;
  for (const Batch& batch : batches)
    rows += batch.rows();
  const int threads = rows < kRowsOfOneThread ? 1 : std::max(most_threads, 1);
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(threads));
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> failures(batches.size());
  in_parallel(workers.size(), threads, [&](std::size_t thread) {
    workers[thread] = std::make_unique<Worker>(plan, units);
    for (std::size_t i = next++; i < batches.size(); i = next++) {
      try {
        workers[thread]->take(batches[i]);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  });
  for (const std::exception_ptr& failure : failures) {
    if (failure != nullptr) std::rethrow_exception(failure); // the first by its place, not by time
  }
  Gathered all = std::move(workers[0]->gathered());
  all.counters.settle();
  for (std::size_t thread = 1; thread < workers.size(); ++thread) {
    Gathered& part = workers[thread]->gathered();
    all.counters.merge(part.counters);
    for (std::size_t i = 0; i < all.banks.size(); ++i)
      all.banks[i]->merge(*part.banks[i]);
  }
  return all;
}

void finish(const TypePlan& plan, const Gathered& own, const Roster& roster, Values& values) {
  const Counters whole = own.counters.with_descendants(roster);
  std::vector<std::unique_ptr<Bank>> whole_banks(own.banks.size());
  for (const FigurePlan& figure : plan.figures) {
    const Indicator& indicator = plan.indicator(figure);
    const Measure& measure = *find_measure(indicator.measure);
    const Counters& counters = indicator.with_descendants ? whole : own.counters;
    const Bank* bank = nullptr;
    if (figure.bank != SIZE_MAX) {
      std::unique_ptr<Bank>& rolled = whole_banks[figure.bank];
      if (indicator.with_descendants && rolled == nullptr) rolled = own.banks[figure.bank]->with_descendants(roster);
      bank = indicator.with_descendants ? rolled.get() : own.banks[figure.bank].get();
    }
    for (std::int32_t unit = 0; unit < values.units; ++unit) {
      Value& value = values.at(unit, figure.indicator, figure.slice);
      Summary summary{.rows = counters(unit, figure.rows)};
      if (figure.met != SIZE_MAX) {
        summary.met = counters(unit, figure.met);
        summary.unknown = counters(unit, figure.unknown);
      }
      if (bank != nullptr) bank->finish(unit, summary);
      measure.finish(summary, indicator, value);
      for (const auto& [field, counter] : figure.left_out) {
        if (const std::int64_t rows = counters(unit, counter); rows != 0) value.left_out[field] += rows;
      }
    }
  }
}

} // namespace

Values compute(const PlanInput& input, Problems& problems) {
  const Outline outline(input);
  Values values = outline.empty();
  for (const Job& job : outline.jobs()) {
    const TypePlan plan(outline, job, input);
    finish(plan, gather(plan, outline.units(), input.threads), *input.roster, values);
  }
  outline.finish(values, problems);
  return values;
}

} // namespace appraise
