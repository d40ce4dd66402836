#include "engine/number.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace appraise {
namespace {

Number number(std::string_view decimal) {
  return *Number::parse(decimal);
}
Number quotient(std::int64_t n, std::int64_t d) {
  return Number::ratio(Number(n), Number(d));
}

TEST(Number, ReadsDecimalsExactly) {
  EXPECT_EQ(number("0.1") + number("0.2"), number("0.3"));
  EXPECT_EQ(number("0.1"), quotient(1, 10));
  EXPECT_EQ(number("-12.50"), quotient(-25, 2));
  EXPECT_EQ(number("+0.5"), quotient(1, 2));
  EXPECT_EQ(number("007"), Number(7));
  EXPECT_EQ(number("123456789012345678901234567890").text(), "123456789012345678901234567890");
}

TEST(Number, RefusesWhatIsNoPlainDecimal) {
  for (const char* wrong :
       {"", "-", "+", ".", ".5", "5.", "1e3", " 1", "1 ", "1,000", "--1", "1.2.3", "0x10", "１", "1%"}) {
    EXPECT_FALSE(Number::parse(wrong)) << wrong;
  }
}

// By Python's decimal with 60 digits.
TEST(Number, SquareRootsRoundToTheNearest) {
  EXPECT_EQ(Number(2).square_root(12).text(), "1.414213562373");
  EXPECT_EQ(Number(3).square_root(12).text(), "1.732050807569"); // …568877 rounds up
  EXPECT_EQ(quotient(1, 3).square_root(12).text(), "0.57735026919");
  EXPECT_EQ(number("0.25").square_root(0), Number(1)) << "a half goes away from zero";
  EXPECT_EQ(number("0.2499").square_root(0), Number(0));
  EXPECT_EQ(number("152399025").square_root(3), Number(12345));
  EXPECT_EQ(Number().square_root(5), Number(0));
}

TEST(Number, KeepsLowestTerms) {
  EXPECT_EQ(quotient(94, 104).numerator(), Number(47));
  EXPECT_EQ(quotient(94, 104).denominator(), Number(52));
  EXPECT_EQ(quotient(3, -6).numerator(), Number(-1));
  EXPECT_EQ(quotient(3, -6).denominator(), Number(2));
  EXPECT_EQ(Number().denominator(), Number(1));
  EXPECT_TRUE((quotient(1, 3) * Number(3)).is_integer());
  EXPECT_FALSE(quotient(1, 3).is_integer());
}

TEST(Number, RoundsHalfAwayFromZero) {
  EXPECT_EQ(number("2.345").rounded(2), number("2.35"));
  EXPECT_EQ(number("-2.345").rounded(2), number("-2.35"));
  EXPECT_EQ(number("1.005").rounded(2), number("1.01")); // the double 1.005 lies below the half
  EXPECT_EQ(number("2.3449999999999999999").rounded(2), number("2.34"));
  EXPECT_EQ(number("0.5").rounded(0), Number(1));
  EXPECT_EQ(number("-0.5").rounded(0), Number(-1));
  EXPECT_EQ(quotient(2, 3).rounded(2), number("0.67"));
  EXPECT_EQ(quotient(-1, 3).rounded(2), number("-0.33"));
  EXPECT_EQ(number("-0.004").rounded(2), Number(0));
}

TEST(Number, RoundsHalfToEvenOnlyWhenAsked) {
  EXPECT_EQ(number("0.5").rounded(0, Rounding::half_even), Number(0));
  EXPECT_EQ(number("1.5").rounded(0, Rounding::half_even), Number(2));
  EXPECT_EQ(number("2.5").rounded(0, Rounding::half_even), Number(2));
  EXPECT_EQ(number("-2.5").rounded(0, Rounding::half_even), Number(-2));
  EXPECT_EQ(number("2.51").rounded(0, Rounding::half_even), Number(3));
  EXPECT_EQ(number("0.125").rounded(2, Rounding::half_even), number("0.12"));
}

TEST(Number, FloorsTowardsMinusInfinity) {
  EXPECT_EQ(number("2.9").floor(), Number(2));
  EXPECT_EQ(number("-2.1").floor(), Number(-3));
  EXPECT_EQ(Number(-3).floor(), Number(-3));
  EXPECT_EQ(quotient(7, 7).floor(), Number(1));
  EXPECT_EQ(number("-0.5").floor(), Number(-1));
}

TEST(Number, CountsIntegerDigits) {
  EXPECT_EQ(Number(0).integer_digits(), 0);
  EXPECT_EQ(number("0.99").integer_digits(), 0);
  EXPECT_EQ(number("-0.99").integer_digits(), 0);
  EXPECT_EQ(Number(1).integer_digits(), 1);
  EXPECT_EQ(number("9.99").integer_digits(), 1);
  EXPECT_EQ(Number(10).integer_digits(), 2);
  EXPECT_EQ(number("-543.5").integer_digits(), 3);
}

TEST(Number, PrintsDecimalsAndFractions) {
  EXPECT_EQ(quotient(21, 10).text(), "2.1");
  EXPECT_EQ(quotient(47, 52).text(), "47/52");
  EXPECT_EQ(quotient(-1, 8).text(), "-0.125");
  EXPECT_EQ(Number(-7).text(), "-7");
  EXPECT_EQ(Number(0).text(), "0");
  EXPECT_EQ(number("2.1").decimal(2), "2.10");
  EXPECT_EQ(number("2.345").decimal(2), "2.35");
  EXPECT_EQ(number("0.004").decimal(2), "0.00");
  EXPECT_EQ(number("-0.004").decimal(2), "0.00");
  EXPECT_EQ(number("-0.05").decimal(2), "-0.05");
  EXPECT_EQ(number("99.995").decimal(2), "100.00");
  EXPECT_EQ(number("1234.5").decimal(0), "1235");
  EXPECT_EQ(quotient(1, 3).decimal(4), "0.3333");
}

TEST(Number, KnowsPowersOfTen) {
  EXPECT_EQ(Number::power_of_ten(0), Number(1));
  EXPECT_EQ(Number::power_of_ten(3), Number(1000));
  EXPECT_EQ(Number::power_of_ten(-2), number("0.01"));
  EXPECT_EQ(Number::power_of_ten(20).text(), "100000000000000000000");
}

TEST(Number, GoesToTheNearestDouble) {
  EXPECT_EQ(number("0.1").to_double(), 0.1);
  EXPECT_EQ(quotient(1, 3).to_double(), 1.0 / 3.0);
  EXPECT_EQ(number("543.5").to_double(), 543.5);
  EXPECT_EQ(number("-0.3").to_double(), -0.3);
  EXPECT_EQ(Number(INT64_MAX).to_integer(), INT64_MAX);
  EXPECT_EQ(Number(INT64_MIN).to_integer(), INT64_MIN);
}

TEST(Number, StaysUsableAfterAMove) {
  Number from(5);
  const Number to = std::move(from);
  EXPECT_EQ(to, Number(5));
  from = Number(2); // NOLINT(bugprone-use-after-move): promised by the header of Number's move
  EXPECT_EQ(from + to, Number(7));
}

TEST(Number, GoesBeyondSixtyFourBitsAndBack) {
  const Number edge(INT64_MAX);
  const Number least(INT64_MIN);
  EXPECT_EQ((edge + Number(1)).text(), "9223372036854775808");
  EXPECT_EQ(edge + Number(1) - Number(1), edge);
  EXPECT_EQ(least.text(), "-9223372036854775808");
  EXPECT_EQ(-least, edge + Number(1));
  EXPECT_EQ(-(-least), least);
  EXPECT_LT(edge, edge + Number(1));
  EXPECT_LT(least, -edge);
  EXPECT_NE(least, -edge);
  EXPECT_EQ((edge * edge).text(), "85070591730234615847396907784232501249");
  EXPECT_EQ((edge * edge / Number(7)).decimal(2), "12152941675747802263913843969176071607.00");
  EXPECT_EQ(edge * edge / edge, edge);
  EXPECT_TRUE((edge * edge).is_integer());
  EXPECT_EQ((-(edge * edge)).sign(), -1);
  const Number wide = Number(1) / (edge * edge);
  const Number copy = wide;
  EXPECT_EQ(copy * edge, Number(1) / edge);
  EXPECT_EQ(wide.denominator(), edge * edge);
  EXPECT_EQ(Number::parse("9223372036854775807"), edge);
  EXPECT_EQ(Number::parse("-9223372036854775808.0"), least);
  EXPECT_EQ(Number::parse("0.123456789012345678")->rounded(17).text(), "0.12345678901234568");
  EXPECT_EQ((edge / Number(2)).rounded(0).text(), "4611686018427387904");
  EXPECT_EQ((edge / Number(2)).decimal(18), "4611686018427387903.500000000000000000");
  EXPECT_EQ((least / Number(2)).floor().text(), "-4611686018427387904");
}

// The second source: the compiler's 128-bit integers, on operands of at most 40 bits so that no product overflows.
__extension__ using Wide = __int128;

struct Fraction {
  Wide n;
  Wide d;
};

int sign_of(Wide value) {
  return value < 0 ? -1 : value > 0 ? 1 : 0;
}

Number big(Wide value) {
  const auto unit = std::int64_t{1} << 62;
  return Number(static_cast<std::int64_t>(value / unit)) * Number(unit) +
         Number(static_cast<std::int64_t>(value % unit));
}

bool equals(const Number& number, Fraction fraction) {
  return number * big(fraction.d) == big(fraction.n);
}

Fraction any_fraction() {
  const auto limit = std::int64_t{1} << 40;
  return {*rc::gen::inRange(-limit, limit), *rc::gen::inRange(std::int64_t{1}, limit)};
}

Number exact(Fraction fraction) {
  return quotient(static_cast<std::int64_t>(fraction.n), static_cast<std::int64_t>(fraction.d));
}

RC_GTEST_PROP(NumberProperty, AgreesWithWideIntegers, ()) {
  const Fraction a = any_fraction();
  const Fraction b = any_fraction();
  RC_ASSERT(equals(exact(a) + exact(b), {a.n * b.d + b.n * a.d, a.d * b.d}));
  RC_ASSERT(equals(exact(a) - exact(b), {a.n * b.d - b.n * a.d, a.d * b.d}));
  RC_ASSERT(equals(exact(a) * exact(b), {a.n * b.n, a.d * b.d}));
  if (b.n != 0) RC_ASSERT(equals(exact(a) / exact(b), {a.n * b.d * sign_of(b.n), a.d * (b.n < 0 ? -b.n : b.n)}));
  const int order = sign_of(a.n * b.d - b.n * a.d);
  RC_ASSERT((exact(a) < exact(b)) == (order < 0));
  RC_ASSERT((exact(a) == exact(b)) == (order == 0));
  RC_ASSERT(exact(a).sign() == sign_of(a.n));
}

RC_GTEST_PROP(NumberProperty, RoundingIsTheNearestMultiple, ()) {
  const Fraction a = any_fraction();
  const int places = *rc::gen::inRange(0, 7);
  const Number value = exact(a);
  const Number step = Number::power_of_ten(-places);
  const Number rounded = value.rounded(places);
  RC_ASSERT((rounded / step).is_integer());
  // |value - rounded| <= step / 2, and on the half the one farther from zero.
  const Number gap = value.sign() < 0 ? rounded - value : value - rounded;
  RC_ASSERT(gap * Number(2) < step);
  RC_ASSERT(gap * Number(2) >= -step);
}

RC_GTEST_PROP(NumberProperty, FloorIsTheLargestIntegerNotAbove, ()) {
  const Number value = exact(any_fraction());
  const Number floor = value.floor();
  RC_ASSERT(floor.is_integer());
  RC_ASSERT(floor <= value);
  RC_ASSERT(value < floor + Number(1));
}

RC_GTEST_PROP(NumberProperty, DecimalsSurviveText, ()) {
  const auto digits = *rc::gen::arbitrary<std::int64_t>();
  const int places = *rc::gen::inRange(0, 10);
  const Number value = Number(digits) / Number::power_of_ten(places);
  RC_ASSERT(Number::parse(value.text()) == value);
  RC_ASSERT(Number::parse(value.decimal(places)) == value);
}

} // namespace
} // namespace appraise
