// What is to be computed, whichever way the rows are gone through: the indicators asked for and those that they need,
// the slices, the record types that rows are taken from; and the figures that are not made from rows.
#pragma once

#include "engine/plan.h"

#include <vector>

namespace appraise {

// One record type, and the indicators over its rows.
struct Job {
  const Table* table = nullptr;
  std::vector<std::size_t> indicators; // positions among the wanted
};

class Outline {
public:
  explicit Outline(const PlanInput& input);
  Outline(const Outline&) = delete; // contexts point into it
  Outline& operator=(const Outline&) = delete;

  const std::vector<const Indicator*>& wanted() const { return wanted_; }
  const std::vector<RowContext>& contexts() const { return contexts_; } // by slice
  const std::vector<Job>& jobs() const { return jobs_; }
  const SideRows& side_rows() const { return side_rows_; }
  std::size_t units() const { return static_cast<std::size_t>(input_.roster->size()); }

  Values empty() const;
  // Fills in measured figures, and what is made of other figures from what is there.
  void finish(Values& values, Problems& problems) const;

private:
  void want(const std::string& id);
  void measured(std::size_t i, Values& values, Problems& problems) const;
  void combine(std::size_t i, Values& values, std::vector<bool>& done) const;

  const PlanInput& input_;
  SideRows side_rows_;
  std::vector<const Indicator*> wanted_;
  std::vector<RowContext> contexts_;
  std::vector<Job> jobs_;
};

} // namespace appraise
