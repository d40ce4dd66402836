// Σ value ÷ rows with a value.
#include "engine/measures/list.h"
#include "engine/measures/total.h"

#include <fmt/core.h>

namespace appraise {

namespace {

class Mean : public Measure {
public:
  std::string name() const override { return "mean"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  MeasureKeeps keeps() const override { return MeasureKeeps::sum; }
  MeasureOver over() const override { return MeasureOver::rows; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<TotalState>(); }
  void finish(const Summary& rows, const Indicator& indicator, const Slice&, Value& value) const override {
    finish_as(rows, total_of(rows, indicator), rows.rows, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    return fmt::format("sum({0}), count({0})", indicator.value->sql(dialect));
  }
};

} // namespace

const Measure& mean_measure() {
  static const Mean measure;
  return measure;
}

} // namespace appraise
