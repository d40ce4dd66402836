// The greatest value ÷ 1, in the value's own unit. Exact. Rows without a value are left out; of no row it is empty.
#include "engine/measures/counted.h"
#include "engine/measures/list.h"

#include <fmt/core.h>

namespace appraise {

namespace {

class Maximum : public Measure {
public:
  std::string name() const override { return "maximum"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  MeasureKeeps keeps() const override { return MeasureKeeps::counts; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<CountedState>(); }
  void finish(const Summary& rows, const Indicator& indicator, const Slice&, Value& value) const override {
    const Number scaled = rows.counts.empty() ? Number() : Number(rows.counts.back().first);
    finish_as(rows, scaled / Number(indicator.value->scale()), 1, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    return fmt::format("max({})", indicator.value->sql(dialect));
  }
};

} // namespace

const Measure& maximum_measure() {
  static const Maximum measure;
  return measure;
}

} // namespace appraise
