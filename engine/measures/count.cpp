// n rows. Of none it is empty.
#include "engine/measures/list.h"

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation&) override { ++rows_; }
  void remove(const Observation&) override { --rows_; }
  void merge(const MeasureState& other) override { rows_ += static_cast<const State&>(other).rows_; }
  Summary summary() const override { return {.rows = rows_}; }

private:
  std::int64_t rows_ = 0;
};

class Count : public Measure {
public:
  std::string name() const override { return "count"; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<State>(); }
  void finish(const Summary& rows, const Indicator&, const Slice&, Value& value) const override {
    finish_as(rows, rows.rows, 1, value);
  }
  std::string sql(const Indicator&, SqlDialect) const override { return "count(*)"; }
};

} // namespace

const Measure& count_measure() {
  static const Count measure;
  return measure;
}

} // namespace appraise
