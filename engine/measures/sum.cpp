// Σ value ÷ 1. Of no row with a value it is empty; a sum of 0 is a value.
#include "engine/measures/list.h"
#include "engine/measures/total.h"

#include <fmt/core.h>

namespace appraise {

namespace {

class Sum : public Measure {
public:
  std::string name() const override { return "sum"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  MeasureKeeps keeps() const override { return MeasureKeeps::sum; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<TotalState>(); }
  void finish(const Summary& rows, const Indicator& indicator, const Slice&, Value& value) const override {
    finish_as(rows, total_of(rows, indicator), 1, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    return fmt::format("sum({})", indicator.value->sql(dialect));
  }
};

} // namespace

const Measure& sum_measure() {
  static const Sum measure;
  return measure;
}

} // namespace appraise
