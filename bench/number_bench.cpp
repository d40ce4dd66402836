// What exact arithmetic costs for a score: a parse, a product, a sum over units, a rounding, a comparison.
#include "engine/number.h"

#include <benchmark/benchmark.h>
#include <vector>

namespace appraise {
namespace {

void parse(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(Number::parse("543.5"));
}
BENCHMARK(parse)->Name("number/parse 543.5");

// One item as the engine computes it: share × points, rounded to the scheme's places.
void share_to_points(benchmark::State& state) {
  const Number numerator(8744);
  const Number denominator(14202);
  const Number points(20);
  for (auto _ : state)
    benchmark::DoNotOptimize((Number::ratio(numerator, denominator) * points).rounded(2));
}
BENCHMARK(share_to_points)->Name("number/share to points");

void sum_of_points(benchmark::State& state) {
  std::vector<Number> points;
  for (int i = 0; i < 15; ++i)
    points.push_back(Number::ratio(Number(i * 37 % 2000), Number(100)));
  for (auto _ : state) {
    Number total;
    for (const Number& item : points)
      total += item;
    benchmark::DoNotOptimize(total);
  }
}
BENCHMARK(sum_of_points)->Name("number/sum of 15 items");

void compare(benchmark::State& state) {
  const Number a = *Number::parse("543.500001");
  const Number b = *Number::parse("543.5");
  for (auto _ : state)
    benchmark::DoNotOptimize(a < b);
}
BENCHMARK(compare)->Name("number/compare totals");

void print(benchmark::State& state) {
  const Number total = *Number::parse("543.5");
  for (auto _ : state)
    benchmark::DoNotOptimize(total.decimal(2));
}
BENCHMARK(print)->Name("number/print 543.50");

} // namespace
} // namespace appraise
