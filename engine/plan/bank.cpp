#include "engine/plan/bank.h"

#include "engine/hash.h"
#include "engine/measures/squares.h"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace appraise {

namespace {

// A State is what one unit has: take(value), merge(state) (which may move from it),
// merge_copy(state), take_back(state), finish(summary).
template <typename State> class UnitBank : public Bank {
public:
  explicit UnitBank(std::size_t units) : units_(units) {}

  void add(const BankRows& rows) override {
    start();
    for (std::size_t word = 0; word < rows.words; ++word) {
      for (std::uint64_t rest = rows.bits[word]; rest != 0; rest &= rest - 1) {
        const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        states_[static_cast<std::size_t>(rows.units[row])].take(rows.values[row]);
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
  void merge_unit(std::int32_t unit, const Bank& other, std::int32_t from) override {
    const auto& bank = static_cast<const UnitBank&>(other);
    if (bank.states_.empty()) return;
    start();
    states_[static_cast<std::size_t>(unit)].merge_copy(bank.states_[static_cast<std::size_t>(from)]);
  }
  void finish(std::int32_t unit, Summary& summary) const override {
    if (!states_.empty()) states_[static_cast<std::size_t>(unit)].finish(summary);
  }
  std::unique_ptr<Bank> another() const override { return std::make_unique<UnitBank>(units_); }

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
  void merge(SumState& other) { merge_copy(other); }
  void merge_copy(const SumState& other) { sum_ += other.sum_; }
  void take_back(const SumState& other) { sum_ -= other.sum_; }
  void finish(Summary& summary) const { summary.sum = sum_; }

private:
  WideInteger sum_ = 0;
};

class HistogramState {
public:
  void take(std::int64_t value) {
    if (static_cast<std::uint64_t>(value) >= kPage) {
      ++others_[value];
      return;
    }
    if (static_cast<std::uint64_t>(value) >= page_.size())
      page_.resize((static_cast<std::size_t>(value) / kStep + 1) * kStep);
    ++page_[static_cast<std::size_t>(value)];
  }
  void merge(HistogramState& other) { merge_copy(other); }
  void merge_copy(const HistogramState& other) {
    if (page_.size() < other.page_.size()) page_.resize(other.page_.size());
    for (std::size_t value = 0; value < other.page_.size(); ++value)
      page_[value] += other.page_[value];
    for (const auto& [value, count] : other.others_)
      others_[value] += count;
  }
  void take_back(const HistogramState& other) {
    for (std::size_t value = 0; value < other.page_.size(); ++value)
      page_[value] -= other.page_[value];
    for (const auto& [value, count] : other.others_) {
      if ((others_[value] -= count) == 0) others_.erase(value);
    }
  }
  void finish(Summary& summary) const {
    const auto above = others_.lower_bound(0);
    summary.counts.assign(others_.begin(), above);
    for (std::size_t value = 0; value < page_.size(); ++value) {
      if (page_[value] != 0) summary.counts.emplace_back(static_cast<std::int64_t>(value), page_[value]);
    }
    summary.counts.insert(summary.counts.end(), above, others_.end());
  }

private:
  static constexpr std::size_t kPage = 4096; // days of eleven years
  static constexpr std::size_t kStep = 256;
  std::vector<std::uint32_t> page_;
  std::map<std::int64_t, std::int64_t> others_;
};

// Each key once. Keys are dealt out to parts whose tables stay in the cache.
std::vector<std::int64_t> different(std::vector<std::int64_t> keys) {
  constexpr std::size_t kPart = 1 << 14;
  HashSet seen;
  std::vector<std::int64_t> result;
  const auto take_part = [&](const std::int64_t* from, std::size_t count) {
    seen.start(count);
    std::copy_if(from, from + count, std::back_inserter(result),
                 [&](std::int64_t key) { return seen.insert(static_cast<std::uint64_t>(key)); });
  };
  if (keys.size() <= kPart * 2) {
    take_part(keys.data(), keys.size());
    return result;
  }
  const int bits = static_cast<int>(std::bit_width(keys.size() / kPart));
  const auto part_of = [&](std::int64_t key) {
    return mixed(static_cast<std::uint64_t>(key), 0xA0761D6478BD642Fu) >> (64 - bits);
  };
  std::vector<std::size_t> ends((std::size_t{1} << bits) + 1);
  for (const std::int64_t key : keys)
    ++ends[part_of(key) + 1];
  for (std::size_t part = 1; part < ends.size(); ++part)
    ends[part] += ends[part - 1];
  std::vector<std::int64_t> dealt(keys.size());
  std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
  for (const std::int64_t key : keys)
    dealt[next[part_of(key)]++] = key;
  keys = {};
  for (std::size_t part = 0; part + 1 < ends.size(); ++part)
    take_part(dealt.data() + ends[part], ends[part + 1] - ends[part]);
  return result;
}

// Keys in pages, so that nothing is copied when there are more; a page is taken whole from another list.
class KeyList {
public:
  void push_back(std::int64_t key) {
    if (used_ == kPage) {
      pages_.push_back(std::make_unique<Page>());
      used_ = 0;
    }
    (*pages_.back())[used_++] = key;
  }
  void take(KeyList& other) {
    if (other.pages_.empty()) return;
    std::unique_ptr<Page> last = std::move(other.pages_.back());
    other.pages_.pop_back();
    const auto before_own = pages_.end() - (pages_.empty() ? 0 : 1);
    pages_.insert(before_own, std::make_move_iterator(other.pages_.begin()),
                  std::make_move_iterator(other.pages_.end()));
    if (pages_.size() == other.pages_.size()) used_ = kPage; // there was none of our own
    for (std::size_t i = 0; i < other.used_; ++i)
      push_back((*last)[i]);
    other.clear();
  }
  void clear() {
    pages_.clear();
    used_ = kPage;
  }
  std::vector<std::int64_t> all() const {
    std::vector<std::int64_t> keys;
    for (const auto& page : pages_)
      keys.insert(keys.end(), page->begin(), page->begin() + (page == pages_.back() ? used_ : kPage));
    return keys;
  }

private:
  static constexpr std::size_t kPage = 256;
  using Page = std::array<std::int64_t, kPage>;
  std::vector<std::unique_ptr<Page>> pages_;
  std::size_t used_ = kPage; // of the last page; the others are full
};

// Keys as they come; asked for how many are different, or to be given to a unit above, each of them once.
class KeyState {
public:
  void take(std::int64_t key) { keys_.push_back(key); }
  void merge(KeyState& other) { keys_.take(other.keys_); }
  void merge_copy(const KeyState& other) {
    for (const std::int64_t key : other.once())
      keys_.push_back(key);
  }
  void take_back(const KeyState& other) {
    std::vector<std::int64_t> less = other.keys_.all();
    std::vector<std::int64_t> keys = keys_.all();
    std::sort(less.begin(), less.end());
    std::sort(keys.begin(), keys.end());
    std::vector<std::int64_t> rest;
    std::set_difference(keys.begin(), keys.end(), less.begin(), less.end(), std::back_inserter(rest));
    keys_.clear();
    for (const std::int64_t key : rest)
      keys_.push_back(key);
  }
  void finish(Summary& summary) const { summary.distinct = static_cast<std::int64_t>(once().size()); }

private:
  const std::vector<std::int64_t>& once() const { // after the last take
    if (!once_) {
      once_ = different(keys_.all());
      keys_.clear();
    }
    return *once_;
  }
  mutable KeyList keys_; // until once_ is there
  mutable std::optional<std::vector<std::int64_t>> once_;
};

} // namespace

std::unique_ptr<Bank> Bank::with_descendants(const Roster& roster) const {
  std::unique_ptr<Bank> whole = another();
  for (std::int32_t unit = 0; unit < roster.size(); ++unit) {
    for (const std::int32_t above : roster.path(unit))
      whole->merge_unit(above, *this, unit);
  }
  return whole;
}

std::unique_ptr<Bank> sum_bank(std::size_t units) {
  return std::make_unique<UnitBank<SumState>>(units);
}
std::unique_ptr<Bank> squares_bank(std::size_t units) {
  return std::make_unique<UnitBank<Squares>>(units);
}
std::unique_ptr<Bank> histogram_bank(std::size_t units) {
  return std::make_unique<UnitBank<HistogramState>>(units);
}
std::unique_ptr<Bank> key_bank(std::size_t units) {
  return std::make_unique<UnitBank<KeyState>>(units);
}

} // namespace appraise
