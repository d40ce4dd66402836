// The population variance: Σ (x − mean)² ÷ n = (Σ x² − (Σ x)² ÷ n) ÷ n, over the n rows with a value; in the value's
// unit, squared. Exact, from whole sums; too large for these is an error (squares.h). Rows without a value are left
// out; of no row it is empty, of one it is 0.
#include "engine/measures/list.h"
#include "engine/measures/squares.h"

#include <fmt/core.h>

namespace appraise {

namespace {

class State : public MeasureState {
public:
  void add(const Observation& row) override {
    ++rows_;
    squares_.take(row.value);
  }
  void remove(const Observation& row) override {
    --rows_;
    squares_.give_back(row.value);
  }
  void merge(const MeasureState& other) override {
    rows_ += static_cast<const State&>(other).rows_;
    squares_.merge(static_cast<const State&>(other).squares_);
  }
  Summary summary() const override {
    Summary result{.rows = rows_};
    squares_.finish(result);
    return result;
  }

private:
  std::int64_t rows_ = 0;
  Squares squares_;
};

Number squared_deviations(const Summary& rows) {
  const Number sum = to_number(rows.sum);
  return to_number(rows.squares) - sum * sum / Number(rows.rows);
}

class Variance : public Measure {
public:
  std::string name() const override { return "variance"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  MeasureKeeps keeps() const override { return MeasureKeeps::squares; }
  MeasureOver over() const override { return MeasureOver::rows; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<State>(); }
  void finish(const Summary& rows, const Indicator& indicator, const Slice&, Value& value) const override {
    const Number scale(indicator.value->scale());
    const Number deviations = rows.rows > 0 ? squared_deviations(rows) : Number();
    finish_as(rows, deviations / (scale * scale), rows.rows, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    const std::string value = indicator.value->sql(dialect);
    switch (dialect) {
    case SqlDialect::postgresql: return fmt::format("var_pop({})", value);
    case SqlDialect::clickhouse: return fmt::format("varPop({})", value);
    case SqlDialect::sqlite: break;
    }
    return fmt::format("(sum(({0}) * ({0})) - sum({0}) * sum({0}) * 1.0 / count({0})) / count({0})", value);
  }
};

} // namespace

const Measure& variance_measure() {
  static const Variance measure;
  return measure;
}

} // namespace appraise
