#include "engine/plan/bank.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <vector>

namespace appraise {

namespace {

// A State is what one unit has: take(value), merge(state), finish(summary).
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
  void merge(const Bank& other) override {
    const auto& from = static_cast<const UnitBank&>(other);
    if (from.states_.empty()) return;
    start();
    for (std::size_t unit = 0; unit < units_; ++unit)
      states_[unit].merge(from.states_[unit]);
  }
  void merge_unit(std::int32_t unit, const Bank& other, std::int32_t from) override {
    const auto& bank = static_cast<const UnitBank&>(other);
    if (bank.states_.empty()) return;
    start();
    states_[static_cast<std::size_t>(unit)].merge(bank.states_[static_cast<std::size_t>(from)]);
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
  void merge(const SumState& other) { sum_ += other.sum_; }
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
  void merge(const HistogramState& other) {
    if (page_.size() < other.page_.size()) page_.resize(other.page_.size());
    for (std::size_t value = 0; value < other.page_.size(); ++value)
      page_[value] += other.page_[value];
    for (const auto& [value, count] : other.others_)
      others_[value] += count;
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

class KeyState {
public:
  void take(std::int64_t hash) { keys_.push_back(hash); }
  void merge(const KeyState& other) { keys_.insert(keys_.end(), other.keys_.begin(), other.keys_.end()); }
  void finish(Summary& summary) const {
    std::vector<std::int64_t> keys = keys_;
    std::sort(keys.begin(), keys.end());
    summary.distinct = std::unique(keys.begin(), keys.end()) - keys.begin();
  }

private:
  std::vector<std::int64_t> keys_;
};

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

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
std::unique_ptr<Bank> histogram_bank(std::size_t units) {
  return std::make_unique<UnitBank<HistogramState>>(units);
}
std::unique_ptr<Bank> key_bank(std::size_t units) {
  return std::make_unique<UnitBank<KeyState>>(units);
}

std::int64_t key_hash(std::string_view text) {
  std::uint64_t hash = 0x9E3779B97F4A7C15u ^ text.size();
  for (std::size_t i = 0; i < text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, std::min<std::size_t>(8, text.size() - i));
    hash = mixed(hash ^ word, 0xD6E8FEB86659FD93u);
  }
  return static_cast<std::int64_t>(mixed(hash, 0xA0761D6478BD642Fu));
}

} // namespace appraise
