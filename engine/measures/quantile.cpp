// Type 7: with n sorted values x1 … xn, h = (n − 1)·p, j = ⌊h⌋, the quantile is x(j+1) + (h − j)·(x(j+2) − x(j+1)).
// Exact.
#include "engine/measures/counted.h"
#include "engine/measures/list.h"

#include <fmt/core.h>

namespace appraise {

namespace {

std::int64_t at(const Summary& rows, std::int64_t index) {
  for (const auto& [value, count] : rows.counts) {
    if (index < count) return value;
    index -= count;
  }
  return rows.counts.back().first;
}

Number quantile(const Summary& rows, const Number& probability) {
  const Number place = Number(rows.rows - 1) * probability;
  const std::int64_t below = place.floor().to_integer();
  const Number low(at(rows, below));
  const Number high(at(rows, below + 1));
  return low + (place - Number(below)) * (high - low);
}

class Quantile : public Measure {
public:
  std::string name() const override { return "quantile"; }
  MeasureValue needs_value() const override { return MeasureValue::number; }
  MeasureKeeps keeps() const override { return MeasureKeeps::counts; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<CountedState>(); }
  void finish(const Summary& rows, const Indicator& indicator, const Slice&, Value& value) const override {
    const Number scaled = rows.rows > 0 ? quantile(rows, indicator.probability) : Number();
    finish_as(rows, scaled / Number(indicator.value->scale()), 1, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    const std::string value = indicator.value->sql(dialect);
    const std::string probability = indicator.probability.text();
    switch (dialect) {
    case SqlDialect::postgresql:
      return fmt::format("percentile_cont({}) WITHIN GROUP (ORDER BY {})", probability, value);
    case SqlDialect::clickhouse: return fmt::format("quantileExactInclusive({})({})", probability, value);
    case SqlDialect::sqlite: break;
    }
    return {};
  }
};

} // namespace

const Measure& quantile_measure() {
  static const Quantile measure;
  return measure;
}

} // namespace appraise
