#include "engine/plan/bank.h"

#include "engine/hash.h"
#include "engine/measures/squares.h"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <vector>

namespace appraise {

namespace {

// A State is what one unit has: take(value), merge(state), take_back(state), finish(summary).
template <typename State> class UnitBank : public Bank {
public:
  explicit UnitBank(std::size_t units) : units_(units) {}

  void add(const BankRows& rows) override {
    start();
    State* const states = states_.data();
    for (std::size_t word = 0; word < rows.words; ++word) {
      for (std::uint64_t rest = rows.bits[word]; rest != 0; rest &= rest - 1) {
        const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        states[rows.units[row]].take(rows.values[row]);
      }
    }
  }
  void add(std::int32_t unit, std::int64_t value) override {
    start();
    states_[static_cast<std::size_t>(unit)].take(value);
  }
  void merge(Bank& other) override {
    auto& from = static_cast<UnitBank&>(other);
    if (from.states_.empty()) return;
    start();
    for (std::size_t unit = 0; unit < units_; ++unit)
      states_[unit].merge(from.states_[unit]);
  }
  void take_back(const Bank& other) override {
    const auto& from = static_cast<const UnitBank&>(other);
    for (std::size_t unit = 0; unit < from.states_.size(); ++unit)
      states_[unit].take_back(from.states_[unit]);
  }
  std::unique_ptr<Bank> with_descendants(const Roster& roster) const override {
    auto whole = std::make_unique<UnitBank>(units_);
    if (states_.empty()) return whole;
    whole->start();
    for (std::int32_t unit = 0; unit < roster.size(); ++unit) {
      for (const std::int32_t above : roster.path(unit))
        whole->states_[static_cast<std::size_t>(above)].merge(states_[static_cast<std::size_t>(unit)]);
    }
    return whole;
  }
  void finish(std::int32_t unit, Summary& summary) const override {
    if (!states_.empty()) states_[static_cast<std::size_t>(unit)].finish(summary);
  }

private:
  void start() {
    if (states_.empty()) states_.resize(units_);
  }

  std::size_t units_;
  std::vector<State> states_;
};

class SumState {
public:
  void take(std::int64_t value) { sum_ += value; }
  void merge(const SumState& other) { sum_ += other.sum_; }
  void take_back(const SumState& other) { sum_ -= other.sum_; }
  void finish(Summary& summary) const { summary.sum = sum_; }

private:
  WideInteger sum_ = 0;
};

// How often each value. The lower bytes of the counts lie apart, all units' in one piece, so that what most rows touch
// is small and found at once; a unit has higher parts where one was needed.
class HistogramBank : public Bank {
public:
  explicit HistogramBank(std::size_t units) : units_(units) {}

  void add(const BankRows& rows) override {
    std::size_t width = width_;
    std::uint8_t* low = low_.data();
    for (std::size_t word = 0; word < rows.words; ++word) {
      for (std::uint64_t rest = rows.bits[word]; rest != 0; rest &= rest - 1) {
        const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        const auto unit = static_cast<std::size_t>(rows.units[row]);
        const auto place = static_cast<std::uint64_t>(rows.values[row]);
        if (place < width) [[likely]] {
          if (++low[unit * width + place] == 0) ++high(unit, place);
          continue;
        }
        add(rows.units[row], rows.values[row]);
        width = width_;
        low = low_.data();
      }
    }
  }
  void add(std::int32_t unit, std::int64_t value) override { add(static_cast<std::size_t>(unit), value, 1); }
  void merge(Bank& other) override {
    auto& more = static_cast<HistogramBank&>(other);
    if (width_ == 0 && others_.empty()) std::swap(*this, more);
    add_all(more, 1);
  }
  void take_back(const Bank& other) override { add_all(static_cast<const HistogramBank&>(other), -1); }
  std::unique_ptr<Bank> with_descendants(const Roster& roster) const override {
    auto whole = std::make_unique<HistogramBank>(units_);
    for (std::int32_t unit = 0; unit < roster.size(); ++unit) {
      for (const std::int32_t above : roster.path(unit))
        whole->add_unit(static_cast<std::size_t>(above), *this, static_cast<std::size_t>(unit), 1);
    }
    return whole;
  }
  void finish(std::int32_t unit, Summary& summary) const override {
    const auto first = others_.lower_bound({unit, INT64_MIN});
    const auto above = others_.lower_bound({unit, 0});
    const auto last = others_.lower_bound({unit + 1, INT64_MIN});
    const auto take = [&](auto from, auto to) {
      for (; from != to; ++from)
        summary.counts.emplace_back(from->first.second, from->second);
    };
    take(first, above);
    for (std::size_t value = 0; value < width_; ++value) {
      if (const std::int64_t count = count_of(static_cast<std::size_t>(unit), value); count != 0)
        summary.counts.emplace_back(static_cast<std::int64_t>(value), count);
    }
    take(above, last);
  }

private:
  static constexpr std::size_t kPage = 4096; // days of eleven years
  static constexpr std::size_t kStep = 256;

  void widen(std::size_t value) {
    const std::size_t width = (value / kStep + 1) * kStep;
    std::vector<std::uint8_t> wider(units_ * width);
    for (std::size_t unit = 0; width_ != 0 && unit < units_; ++unit)
      std::copy_n(low_.data() + unit * width_, width_, wider.data() + unit * width);
    low_ = std::move(wider);
    width_ = width;
  }
  std::uint32_t& high(std::size_t unit, std::size_t value) {
    if (high_.empty()) high_.resize(units_);
    if (high_[unit].size() <= value) high_[unit].resize(width_);
    return high_[unit][value];
  }
  std::int64_t count_of(std::size_t unit, std::size_t value) const {
    const bool higher = !high_.empty() && value < high_[unit].size();
    return (higher ? std::int64_t{high_[unit][value]} * 256 : 0) + low_[unit * width_ + value];
  }
  bool higher(std::size_t unit) const { return !high_.empty() && !high_[unit].empty(); }
  // Where no sum needs more than a byte; else nothing is done.
  static bool add_bytes(std::uint8_t* counts, const std::uint8_t* more, std::size_t size) {
    unsigned over = 0;
    for (std::size_t i = 0; i < size; ++i)
      over |= static_cast<std::uint8_t>(counts[i] + more[i]) < more[i] ? 1u : 0u;
    for (std::size_t i = 0; i < size && over == 0; ++i)
      counts[i] = static_cast<std::uint8_t>(counts[i] + more[i]);
    return over == 0;
  }
  void add(std::size_t unit, std::int64_t value, std::int64_t times) {
    const auto place = static_cast<std::uint64_t>(value);
    if (place >= kPage) {
      const auto other = others_.try_emplace({static_cast<std::int32_t>(unit), value}).first;
      if ((other->second += times) == 0) others_.erase(other);
      return;
    }
    if (place >= width_) widen(place);
    const std::int64_t count = count_of(unit, place) + times;
    low_[unit * width_ + place] = static_cast<std::uint8_t>(count % 256);
    if (count != low_[unit * width_ + place] || (!high_.empty() && place < high_[unit].size()))
      high(unit, place) = static_cast<std::uint32_t>(count / 256);
  }
  void add_unit(std::size_t to, const HistogramBank& other, std::size_t unit, std::int64_t sign) {
    constexpr std::size_t kTogether = 32;
    if (width_ < other.width_) widen(other.width_ - 1);
    for (std::size_t value = 0; value < other.width_; value += kTogether) {
      std::uint8_t* const counts = low_.data() + to * width_ + value;
      const std::uint8_t* const more = other.low_.data() + unit * other.width_ + value;
      if (sign > 0 && !other.higher(unit) && add_bytes(counts, more, kTogether)) continue;
      for (std::size_t i = value; i < value + kTogether; ++i) {
        if (const std::int64_t count = other.count_of(unit, i); count != 0)
          add(to, static_cast<std::int64_t>(i), sign * count);
      }
    }
    const auto of = static_cast<std::int32_t>(unit);
    for (auto at = other.others_.lower_bound({of, INT64_MIN}); at != other.others_.end() && at->first.first == of; ++at)
      add(to, at->first.second, sign * at->second);
  }
  void add_all(const HistogramBank& other, std::int64_t sign) {
    for (std::size_t unit = 0; unit < units_; ++unit)
      add_unit(unit, other, unit, sign);
  }

  std::size_t units_;
  std::size_t width_ = 0;
  std::vector<std::uint8_t> low_;                // [unit][value below width_]
  std::vector<std::vector<std::uint32_t>> high_; // [unit][value], none behind the last one that was needed
  std::map<std::pair<std::int32_t, std::int64_t>, std::int64_t> others_;
};

// Each key of a list once, to be taken. Many are dealt out to parts whose tables stay in the cache.
template <typename Take> void each_different(const HashLists& lists, std::size_t list, const Take& take) {
  constexpr std::size_t kPart = std::size_t{1} << 15;
  const auto take_part = [&](const HashLists& from, std::size_t part) {
    HashSet seen(from.size(part));
    from.each(part, [&](std::uint64_t key) {
      if (seen.insert(key)) take(key);
    });
  };
  const std::size_t size = lists.size(list);
  if (size <= kPart) return take_part(lists, list);
  const int bits = static_cast<int>(std::bit_width(size / kPart));
  HashLists parts(std::size_t{1} << bits);
  lists.each(list, [&](std::uint64_t key) { parts.add(mixed(key, 0xA0761D6478BD642Fu) >> (64 - bits), key); });
  for (std::size_t part = 0; part < std::size_t{1} << bits; ++part)
    take_part(parts, part);
}

// Keys as they come; asked for how many are different, or to be given to the units above, each of them once.
class KeyBank : public Bank {
public:
  explicit KeyBank(std::size_t units) : units_(units), keys_(units) {}

  void add(const BankRows& rows) override {
    for (std::size_t word = 0; word < rows.words; ++word) {
      for (std::uint64_t rest = rows.bits[word]; rest != 0; rest &= rest - 1) {
        const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        add(rows.units[row], rows.values[row]);
      }
    }
  }
  void add(std::int32_t unit, std::int64_t key) override {
    keys_.add(static_cast<std::size_t>(unit), static_cast<std::uint64_t>(key));
  }
  void merge(Bank& other) override { keys_.take(static_cast<KeyBank&>(other).keys_); }
  void take_back(const Bank& other) override {
    const HashLists& taken = static_cast<const KeyBank&>(other).keys_;
    if (taken.empty()) return;
    HashLists rest(units_);
    for (std::size_t unit = 0; unit < units_; ++unit) {
      std::map<std::uint64_t, std::int64_t> less;
      taken.each(unit, [&](std::uint64_t key) { ++less[key]; });
      keys_.each(unit, [&](std::uint64_t key) {
        const auto found = less.find(key);
        if (found == less.end() || found->second-- <= 0) rest.add(unit, key);
      });
    }
    keys_ = std::move(rest);
  }
  std::unique_ptr<Bank> with_descendants(const Roster& roster) const override {
    auto whole = std::make_unique<KeyBank>(units_);
    for (std::int32_t unit = 0; unit < roster.size(); ++unit) {
      const std::vector<std::int32_t> above = roster.path(unit);
      each_different(keys_, static_cast<std::size_t>(unit), [&](std::uint64_t key) {
        for (const std::int32_t to : above)
          whole->keys_.add(static_cast<std::size_t>(to), key);
      });
    }
    return whole;
  }
  void finish(std::int32_t unit, Summary& summary) const override {
    each_different(keys_, static_cast<std::size_t>(unit), [&](std::uint64_t) { ++summary.distinct; });
  }

private:
  std::size_t units_;
  HashLists keys_; // by unit
};

} // namespace

std::unique_ptr<Bank> sum_bank(std::size_t units) {
  return std::make_unique<UnitBank<SumState>>(units);
}
std::unique_ptr<Bank> squares_bank(std::size_t units) {
  return std::make_unique<UnitBank<Squares>>(units);
}
std::unique_ptr<Bank> histogram_bank(std::size_t units) {
  return std::make_unique<HistogramBank>(units);
}
std::unique_ptr<Bank> key_bank(std::size_t units) {
  return std::make_unique<KeyBank>(units);
}

} // namespace appraise
