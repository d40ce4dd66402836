// What measures over time share: how many rows fall on each month, or each day, of the slice.
//
//   A row's date must lie in the slice: a row with another date is none of the measure's, one without a date is left
//   out. What is kept is how often each day of the slice (CountedState); months are made of days when the figure is. A
//   month or day without rows counts 0. By month the slice must be whole months: of others the figure is unavailable,
//   with the note slice-not-whole-months. Of no row it is empty. The figure is stated over the number of rows, so that
//   a smallest denominator can guard it.
//
//   Below, c is a span's rows, d its days, k the number of spans, n = Σ c, D = Σ d; μ = n ÷ k, σ² = Σ c² ÷ k − μ².
#pragma once

#include "engine/measures/counted.h"

#include <fmt/core.h>
#include <optional>
#include <vector>

namespace appraise {

struct Span {
  std::int64_t rows = 0;
  std::int64_t days = 0;
};

// The months or days of the slice in their order; nothing where it is not whole months.
inline std::optional<std::vector<Span>> spans_of(const Summary& rows, const Indicator& indicator, const Slice& slice) {
  const bool by_month = indicator.by == "month";
  if (by_month && (slice.from.day() != 1 || slice.to.add_days(1).day() != 1)) return std::nullopt;
  std::vector<Span> spans;
  auto day = rows.counts.begin();
  for (Date first = slice.from; first <= slice.to;) {
    const Date next = by_month ? first.add_months(1) : first.add_days(1);
    Span& span = spans.emplace_back();
    span.days = next.days - first.days;
    for (; day != rows.counts.end() && day->first < next.days - slice.from.days; ++day)
      span.rows += day->second;
    first = next;
  }
  return spans;
}

// k²·σ² = k·Σ c² − n².
inline Number scaled_variance(const std::vector<Span>& spans, const Number& n) {
  Number squares;
  for (const Span& span : spans)
    squares += Number(span.rows) * Number(span.rows);
  return Number(static_cast<std::int64_t>(spans.size())) * squares - n * n;
}

// Pearson's statistic of uniformity: Σ (c − e)² ÷ e with e = n·d ÷ D, which is (D·Σ c²/d − n²) ÷ n.
inline Number chi_square_of(const std::vector<Span>& spans, const Number& n) {
  Number squares;
  std::int64_t days = 0;
  for (const Span& span : spans) {
    squares += Number::ratio(Number(span.rows) * Number(span.rows), span.days);
    days += span.days;
  }
  return (Number(days) * squares - n * n) / n;
}

class MeasureOverTime : public Measure {
public:
  MeasureValue needs_value() const override { return MeasureValue::date; }
  MeasureKeeps keeps() const override { return MeasureKeeps::counts; }
  MeasureOver over() const override { return MeasureOver::rows; }
  std::unique_ptr<MeasureState> start() const override { return std::make_unique<CountedState>(); }
  void finish(const Summary& rows, const Indicator& indicator, const Slice& slice, Value& value) const override {
    const auto spans = spans_of(rows, indicator, slice);
    if (!spans) {
      value.state = ValueState::unavailable;
      value.counted = rows.rows;
      value.note = "slice-not-whole-months";
      return;
    }
    const Number n(rows.rows);
    finish_as(rows, rows.rows > 0 ? figure(*spans, n) * n : Number(), n, value);
  }
  std::string sql(const Indicator& indicator, SqlDialect dialect) const override {
    const std::string date = indicator.value->sql(dialect);
    if (indicator.by == "day") return fmt::format("count(*) GROUP BY {}", date);
    switch (dialect) {
    case SqlDialect::postgresql: return fmt::format("count(*) GROUP BY date_trunc('month', {})", date);
    case SqlDialect::clickhouse: return fmt::format("count(*) GROUP BY toStartOfMonth({})", date);
    case SqlDialect::sqlite: break;
    }
    return fmt::format("count(*) GROUP BY strftime('%Y-%m', {})", date);
  }

private:
  virtual Number figure(const std::vector<Span>& spans, const Number& n) const = 0; // n > 0
};

} // namespace appraise
