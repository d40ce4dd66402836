// One thread's way through batches: runs the plan's program on each and counts.
#pragma once

#include "engine/plan/type_plan.h"

#include <vector>

namespace appraise {

class Worker {
public:
  Worker(const TypePlan& plan, std::size_t units) : plan_(plan), gathered_(plan, units) {}
  void take(const Batch& batch);
  Gathered& gathered() { return gathered_; }

private:
  void take_values(const BankPlan& plan, const Batch& batch, Bank& bank);
  void hash_texts(const Condition::Node& field, const Batch& batch);
  void take_odd(const Batch& batch, std::size_t r);

  const TypePlan& plan_;
  Gathered gathered_;
  Workspace space_;
  std::vector<std::uint64_t> live_;
  std::vector<std::uint64_t> rows_;
  std::vector<const std::uint64_t*> columns_;
  std::vector<std::int64_t> keys_;
};

} // namespace appraise
