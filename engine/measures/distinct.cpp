// How many different values. Row by row they are kept as they are; the compiled plan keeps 64 bits of each (bank.h).
#include "engine/measures/list.h"

#include <fmt/core.h>
#include <unordered_map>

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation& row) override {
    ++rows_;
    ++seen_[std::string(row.text)];
  }
  void remove(const Observation& row) override {
    --rows_;
    const auto found = seen_.find(std::string(row.text));
    if (found != seen_.end() && --found->second == 0) seen_.erase(found);
  }
  void merge(const MeasureState& other) override {
    const State& from = static_cast<const State&>(other);
    rows_ += from.rows_;
    for (const auto& [text, count] : from.seen_)
      seen_[text] += count;
  }
  Summary summary() const override { return {.rows = rows_, .distinct = static_cast<std::int64_t>(seen_.size())}; }

private:
  std::int64_t rows_ = 0;
  std::unordered_map<std::string, std::int64_t> seen_; // its order never shows: only its size is read
};

class Distinct : public Measure {
public:
  std::string name() const override { return "distinct"; }
  MeasureValue needs_value() const override { return MeasureValue::text; }
  MeasureKeeps keeps() const override { return MeasureKeeps::keys; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<State>(); }
  void finish(const Summary& rows, const Indicator&, const Slice&, Value& value) const override {
    finish_as(rows, rows.distinct, 1, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    return fmt::format("count(DISTINCT {})", indicator.value->sql(dialect));
  }
};

} // namespace

const Measure& distinct_measure() {
  static const Distinct measure;
  return measure;
}

} // namespace appraise
