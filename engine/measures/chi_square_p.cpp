// The p-value of chi_square with k − 1 degrees of freedom: Q((k − 1) ÷ 2, χ² ÷ 2), the regularised upper incomplete
// gamma function, rounded half away from zero to 12 decimals. Of a single span it is 1.
//
//   Computed by Boost.Math in binary numbers of 50 digits, which are the same on every machine. χ² is only nearly so
//   distributed: the usual rule wants 5 expected rows in each span. With fewer the value is still given; whoever relies
//   on it sets min_denominator to 5 × the number of spans. Missing dates, empty months and other slices: over_time.h.
#include "engine/measures/list.h"
#include "engine/measures/over_time.h"

#include <boost/math/special_functions/gamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

namespace appraise {

namespace {

constexpr int kPlaces = 12;
constexpr int kDigits = 30; // of the text by which it becomes a Number

using Real = boost::multiprecision::cpp_bin_float_50;

Real real_of(const Number& number) {
  return Real(number.numerator().text()) / Real(number.denominator().text());
}

class ChiSquareP : public MeasureOverTime {
public:
  std::string name() const override { return "chi_square_p"; }

private:
  Number figure(const std::vector<Span>& spans, const Number& n) const override {
    if (spans.size() == 1) return 1;
    const Number freedom(static_cast<std::int64_t>(spans.size()) - 1);
    const Real p = boost::math::gamma_q(real_of(freedom) / 2, real_of(chi_square_of(spans, n)) / 2);
    return Number::parse(p.str(kDigits, std::ios_base::fixed))->rounded(kPlaces);
  }
};

} // namespace

const Measure& chi_square_p_measure() {
  static const ChiSquareP measure;
  return measure;
}

} // namespace appraise
