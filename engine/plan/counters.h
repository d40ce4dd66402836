// One whole number for each unit and counter: how many rows of the unit had the counter's bit.
//
//   A unit's counters lie side by side, so that a row bumps all of them at once: bits of 64 rows × 64 counters are
//   turned over, and a row's word is added to its unit's bytes; bytes are emptied into the whole numbers before they
//   are full. Rows that stand with others of their unit are counted by the word instead.
//
//   Counters counters(units, 120);
//   counters.add(bits_of_each_counter, live, batch.units.data(), batch.rows());
#pragma once

#include "engine/roster.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace appraise {

class Counters {
public:
  Counters() = default;
  Counters(std::size_t units, std::size_t counters);

  // `columns` has one row of bits for each counter; of `live` rows the unit is not negative.
  void add(const std::vector<const std::uint64_t*>& columns, const std::uint64_t* live, const std::int32_t* units,
           std::size_t rows);
  void add(std::int32_t unit, std::size_t counter, std::int64_t by) { at(unit, counter) += by; }
  // Of the same sizes; both are settled.
  void merge(Counters& other) { add_all(other, 1); }
  void take_back(Counters& other) { add_all(other, -1); }
  // Each unit with all below it.
  Counters with_descendants(const Roster& roster) const;

  // Right once settle() was called.
  std::int64_t operator()(std::int32_t unit, std::size_t counter) const {
    return totals_.empty() ? 0 : totals_[static_cast<std::size_t>(unit) * counters_ + counter];
  }
  void settle();

private:
  std::int64_t& at(std::int32_t unit, std::size_t counter);
  void add_all(Counters& other, std::int64_t sign);
  void start();
  void empty(std::size_t unit);
  void add_mixed(const std::vector<const std::uint64_t*>& columns, std::size_t word, std::uint64_t live,
                 const std::int32_t* units, std::size_t rows);

  std::size_t units_ = 0;
  std::size_t counters_ = 0;
  std::size_t stride_ = 0;           // counters_ in whole groups of 64
  std::vector<std::int64_t> totals_; // [unit][counter]
  std::vector<std::uint8_t> recent_; // [unit][counter], what totals_ lacks
  std::vector<std::uint8_t> added_;  // [unit] rows in recent_, at most 255
};

} // namespace appraise
