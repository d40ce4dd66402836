// What a measure keeps beyond counts, for every unit at once: sums, histograms, sets of keys.
//
//   A bank takes the rows whose bit is set, in a loop of its own over them. Banks of several threads are merged, then
//   units with those below them; what comes out depends on no order.
#pragma once

#include "engine/measures/measure.h"
#include "engine/roster.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace appraise {

// The rows of a batch that a bank takes.
struct BankRows {
  const std::uint64_t* bits = nullptr; // of live rows
  std::size_t words = 0;
  const std::int32_t* units = nullptr;
  const std::int64_t* values = nullptr; // numbers or keys
};

class Bank {
public:
  virtual ~Bank() = default;
  virtual void add(const BankRows& rows) = 0;
  virtual void add(std::int32_t unit, std::int64_t value) = 0;
  virtual void merge(Bank& other) = 0;                                            // of the same kind; may move from it
  virtual void take_back(const Bank& other) = 0;                                  // values that were added
  virtual std::unique_ptr<Bank> with_descendants(const Roster& roster) const = 0; // each unit with all below it
  virtual void finish(std::int32_t unit, Summary& summary) const = 0;             // fills in what it keeps
};

// Σ value. 16 bytes a unit.
std::unique_ptr<Bank> sum_bank(std::size_t units);
// Σ value and Σ value². 32 bytes a unit.
std::unique_ptr<Bank> squares_bank(std::size_t units);
// How often each value: counts for 0 … 4095 in pages of 256, a map for all others.
std::unique_ptr<Bank> histogram_bank(std::size_t units);
// How many different keys: integers, or 64 bits of a text (hash.h). 8 bytes a row.
std::unique_ptr<Bank> key_bank(std::size_t units);

} // namespace appraise
