// Rows that meet `that` ÷ rows. A row whose `that` is unknown is not met, and is counted as unknown beside.
#include "engine/measures/list.h"

#include <fmt/core.h>

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation& row) override { move(row, 1); }
  void remove(const Observation& row) override { move(row, -1); }
  void merge(const MeasureState& other) override {
    const State& from = static_cast<const State&>(other);
    rows_ += from.rows_;
    met_ += from.met_;
    unknown_ += from.unknown_;
  }
  Summary summary() const override { return {.rows = rows_, .met = met_, .unknown = unknown_}; }

private:
  void move(const Observation& row, std::int64_t by) {
    rows_ += by;
    if (row.that == Truth::yes) met_ += by;
    if (row.that == Truth::unknown) unknown_ += by;
  }
  std::int64_t rows_ = 0;
  std::int64_t met_ = 0;
  std::int64_t unknown_ = 0;
};

class Share : public Measure {
public:
  std::string name() const override { return "share"; }
  bool needs_that() const override { return true; }
  MeasureOver over() const override { return MeasureOver::rows; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<State>(); }
  void finish(const Summary& rows, const Indicator&, const Slice&, Value& value) const override {
    finish_as(rows, rows.met, rows.rows, value);
    value.unknown = rows.unknown;
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    return fmt::format("count(CASE WHEN {} THEN 1 END), count(*)", indicator.that->sql(dialect));
  }
};

} // namespace

const Measure& share_measure() {
  static const Share measure;
  return measure;
}

} // namespace appraise
