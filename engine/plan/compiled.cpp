// All indicators over one record type as one program, counters and banks: each batch is gone through once.
#include "engine/input/parallel.h"
#include "engine/plan/worker.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>

namespace appraise {

namespace {

// Below so many rows the threads' own counters cost more than they save.
constexpr std::size_t kRowsOfOneThread = 200'000;

std::size_t rows_of(const Table& table) {
  std::size_t rows = 0;
  for (const Batch& batch : table.batches)
    rows += batch.rows();
  return rows;
}

// The parts of threads are merged in the threads' order; they are whole numbers, so the split shows nowhere.
Gathered gather(const TypePlan& plan, std::size_t units, int threads) {
  const std::vector<Batch>& batches = plan.table().batches;
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
  const Timed timed(plan.profile(), Stage::figures);
  Gathered all = std::move(workers[0]->gathered());
  for (std::size_t thread = 1; thread < workers.size(); ++thread)
    all.merge(workers[thread]->gathered());
  return all;
}

} // namespace

Values compute(const PlanInput& input, Problems& problems) {
  const Outline outline(input);
  Values values = outline.empty();
  for (const Job& job : outline.jobs()) {
    const TypePlan plan(outline, job, input);
    const std::size_t rows = rows_of(plan.table());
    const int threads = rows < kRowsOfOneThread ? 1 : std::max(input.threads, 1);
    plan.describe(static_cast<std::int64_t>(rows));
    Gathered gathered = gather(plan, outline.units(), threads);
    finish(plan, gathered, *input.roster, threads, values);
  }
  outline.finish(values, problems);
  return values;
}

} // namespace appraise
