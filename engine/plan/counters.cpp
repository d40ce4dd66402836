#include "engine/plan/counters.h"

#include "engine/row_words.h"

#include <algorithm>
#include <bit>

namespace appraise {

namespace {

constexpr std::size_t kGroup = 64;
// A unit is emptied at the latest when it has so many rows; up to 64 more may stand in the block being added.
constexpr std::uint8_t kFull = 255 - 64;

} // namespace

Counters::Counters(std::size_t units, std::size_t counters)
    : units_(units), counters_(counters), stride_((counters + kGroup - 1) / kGroup * kGroup) {}

std::int64_t& Counters::at(std::int32_t unit, std::size_t counter) {
  start();
  return totals_[static_cast<std::size_t>(unit) * counters_ + counter];
}

void Counters::start() {
  if (totals_.empty()) totals_.resize(units_ * counters_);
}

void Counters::empty(std::size_t unit) {
  std::uint8_t* const recent = recent_.data() + unit * stride_;
  std::int64_t* const totals = totals_.data() + unit * counters_;
  for (std::size_t counter = 0; counter < counters_; ++counter)
    totals[counter] += recent[counter];
  std::fill_n(recent, stride_, std::uint8_t{0});
  added_[unit] = 0;
}

void Counters::settle() {
  for (std::size_t unit = 0; unit < added_.size(); ++unit) {
    if (added_[unit] != 0) empty(unit);
  }
}

void Counters::add(const std::vector<const std::uint64_t*>& columns, const std::uint64_t* live,
                   const std::int32_t* units, std::size_t rows) {
  start();
  for (std::size_t row = 0; row < rows; row += 64) {
    const std::uint64_t here = live[row / 64];
    if (here == 0) continue;
    const std::size_t count = std::min<std::size_t>(64, rows - row);
    const std::int32_t unit = units[row + static_cast<std::size_t>(std::countr_zero(here))];
    const bool one_unit = std::all_of(units + row, units + row + count, [&](std::int32_t u) { return u == unit; });
    if (!one_unit) {
      add_mixed(columns, row / 64, here, units + row, count);
      continue;
    }
    std::int64_t* const totals = totals_.data() + static_cast<std::size_t>(unit) * counters_;
    for (std::size_t counter = 0; counter < counters_; ++counter)
      totals[counter] += std::popcount(columns[counter][row / 64] & here);
  }
}

void Counters::add_mixed(const std::vector<const std::uint64_t*>& columns, std::size_t word, std::uint64_t live,
                         const std::int32_t* units, std::size_t rows) {
  if (recent_.empty()) {
    recent_.resize(units_ * stride_);
    added_.resize(units_);
  }
  for (std::uint64_t rest = live; rest != 0; rest &= rest - 1) {
    const auto unit = static_cast<std::size_t>(units[std::countr_zero(rest)]);
    if (added_[unit] == kFull) empty(unit);
    ++added_[unit];
  }
  for (std::size_t group = 0; group < counters_; group += kGroup) {
    std::uint64_t words[kGroup] = {};
    std::uint64_t masks[kGroup];
    for (std::size_t i = 0, count = std::min(kGroup, counters_ - group); i < count; ++i)
      words[i] = columns.data()[group + i][word] & live; // without the check of [], as in other loops over all rows
    transpose(words, masks);
    add_rows(masks, units, rows, recent_.data() + group, stride_);
  }
}

void Counters::add_all(Counters& other, std::int64_t sign) {
  settle();
  other.settle();
  if (other.totals_.empty()) return;
  start();
  for (std::size_t i = 0; i < totals_.size(); ++i)
    totals_[i] += sign * other.totals_[i];
}

Counters Counters::with_descendants(const Roster& roster) const {
  Counters whole(units_, counters_);
  if (totals_.empty()) return whole;
  whole.start();
  for (std::int32_t unit = 0; unit < roster.size(); ++unit) {
    const std::int64_t* const own = totals_.data() + static_cast<std::size_t>(unit) * counters_;
    for (const std::int32_t above : roster.path(unit)) {
      std::int64_t* const sum = whole.totals_.data() + static_cast<std::size_t>(above) * counters_;
      for (std::size_t counter = 0; counter < counters_; ++counter)
        sum[counter] += own[counter];
    }
  }
  return whole;
}

} // namespace appraise
