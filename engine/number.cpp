#include "engine/number.h"

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <numeric>

namespace appraise {

namespace mp = boost::multiprecision;

struct Number::Rational {
  mp::cpp_rational value;
};

namespace {

__extension__ typedef __int128 Wide;

constexpr int kMostPlaces = 18; // 10^18 fits

constexpr std::array<std::int64_t, kMostPlaces + 1> kTens = [] {
  std::array<std::int64_t, kMostPlaces + 1> tens{1};
  for (std::size_t i = 1; i < tens.size(); ++i)
    tens[i] = tens[i - 1] * 10;
  return tens;
}();

bool has_ten_to(int exponent) {
  return exponent >= 0 && exponent <= kMostPlaces;
}
std::int64_t small_ten_to(int exponent) {
  return kTens[static_cast<std::size_t>(exponent)];
}

mp::cpp_int ten_to(int exponent) {
  return mp::pow(mp::cpp_int(10), static_cast<unsigned>(exponent));
}

// Without the least integer, whose negative does not fit.
template <typename Integer> bool fits(const Integer& value) {
  return value >= -INT64_MAX && value <= INT64_MAX;
}

// The largest integer that is not above n/d, d > 0.
template <typename Integer> Integer floor_quotient(const Integer& n, const Integer& d) {
  Integer quotient = n / d;
  if (n < 0 && quotient * d != n) quotient -= 1;
  return quotient;
}

// n/d, both not negative, rounded to an integer.
template <typename Integer> Integer rounded_quotient(const Integer& n, const Integer& d, Rounding mode) {
  Integer quotient = n / d;
  const Integer twice = (n - quotient * d) * 2;
  if (twice > d || (twice == d && (mode == Rounding::half_up || quotient % 2 != 0))) quotient += 1;
  return quotient;
}

// How many decimals n/d has, in lowest terms; −1 when they do not end.
template <typename Integer> int decimals_of(Integer d) {
  int twos = 0;
  int fives = 0;
  for (; d % 2 == 0; d /= 2)
    ++twos;
  for (; d % 5 == 0; d /= 5)
    ++fives;
  return d == 1 ? std::max(twos, fives) : -1;
}

std::string with_point(std::string digits, bool negative, int places) {
  if (places > 0) {
    const auto width = static_cast<std::size_t>(places) + 1;
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  }
  return negative ? "-" + digits : digits;
}

} // namespace

void Number::Delete::operator()(Rational* rational) const {
  delete rational;
}

Number::Large Number::copy(const Rational& rational) {
  return Large(new Rational(rational));
}

Number Number::of(Wide numerator, Wide denominator) {
  if (!fits(numerator) || !fits(denominator))
    return of(Rational{mp::cpp_rational(mp::cpp_int(numerator), mp::cpp_int(denominator))});
  Number result;
  result.n_ = static_cast<std::int64_t>(numerator);
  result.d_ = static_cast<std::int64_t>(denominator);
  if (result.d_ == 1) return result;
  const std::int64_t divisor = std::gcd(result.n_, result.d_);
  result.n_ /= divisor;
  result.d_ /= divisor;
  return result;
}

Number Number::of(const Rational& rational) {
  Number result;
  const mp::cpp_int n = mp::numerator(rational.value);
  const mp::cpp_int d = mp::denominator(rational.value);
  if (fits(n) && fits(d)) {
    result.n_ = static_cast<std::int64_t>(n);
    result.d_ = static_cast<std::int64_t>(d);
  } else {
    result.large_ = copy(rational);
  }
  return result;
}

Number::Rational Number::rational() const {
  return large_ ? *large_ : Rational{mp::cpp_rational(n_, d_)};
}

Number::Number(std::int64_t integer) : n_(integer) {
  if (!fits(integer)) *this = of(Rational{mp::cpp_rational(integer)});
}

Number Number::ratio(const Number& numerator, const Number& denominator) {
  return numerator / denominator;
}

std::optional<Number> Number::parse(std::string_view decimal) {
  bool negative = false;
  if (!decimal.empty() && (decimal.front() == '-' || decimal.front() == '+')) {
    negative = decimal.front() == '-';
    decimal.remove_prefix(1);
  }
  const bool short_one = decimal.size() <= kMostPlaces;
  std::int64_t small_digits = 0;
  mp::cpp_int digits = 0;
  int places = 0;
  bool point = false;
  bool before = false;
  bool after = false;
  for (char c : decimal) {
    if (c == '.') {
      if (point) return std::nullopt;
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (short_one) {
      small_digits = small_digits * 10 + (c - '0');
    } else {
      digits = digits * 10 + (c - '0');
    }
    (point ? after : before) = true;
    if (point) ++places;
  }
  if (!before || (point && !after)) return std::nullopt;
  if (short_one) return of(negative ? -small_digits : small_digits, small_ten_to(places));
  return of(Rational{mp::cpp_rational(negative ? mp::cpp_int(-digits) : digits, ten_to(places))});
}

Number Number::power_of_ten(int exponent) {
  if (has_ten_to(exponent)) return of(small_ten_to(exponent), 1);
  if (has_ten_to(-exponent)) return of(1, small_ten_to(-exponent));
  return of(Rational{exponent >= 0 ? mp::cpp_rational(ten_to(exponent)) : mp::cpp_rational(1, ten_to(-exponent))});
}

Number Number::operator-() const {
  return large_ ? of(Rational{-large_->value}) : of(-n_, d_);
}
// Products of two 64-bit integers, and the sum of two such, fit in 128 bits.
Number& Number::operator+=(const Number& other) {
  return *this = small(*this, other) ? of(Wide{n_} * other.d_ + Wide{other.n_} * d_, Wide{d_} * other.d_)
                                     : of(Rational{rational().value + other.rational().value});
}
Number& Number::operator-=(const Number& other) {
  return *this = small(*this, other) ? of(Wide{n_} * other.d_ - Wide{other.n_} * d_, Wide{d_} * other.d_)
                                     : of(Rational{rational().value - other.rational().value});
}
Number& Number::operator*=(const Number& other) {
  return *this = small(*this, other) ? of(Wide{n_} * other.n_, Wide{d_} * other.d_)
                                     : of(Rational{rational().value * other.rational().value});
}
Number& Number::operator/=(const Number& other) {
  assert(!other.is_zero());
  if (!small(*this, other)) return *this = of(Rational{rational().value / other.rational().value});
  const Wide sign = other.n_ < 0 ? -1 : 1;
  return *this = of(sign * n_ * other.d_, sign * d_ * other.n_);
}
bool operator==(const Number& a, const Number& b) {
  if (Number::small(a, b)) return a.n_ == b.n_ && a.d_ == b.d_;
  return a.large_ && b.large_ && a.large_->value == b.large_->value;
}
std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (Number::small(a, b)) return Wide{a.n_} * b.d_ <=> Wide{b.n_} * a.d_;
  return a.rational().value.compare(b.rational().value) <=> 0;
}

bool Number::is_integer() const {
  return large_ ? mp::denominator(large_->value) == 1 : d_ == 1;
}
int Number::sign() const {
  return large_ ? large_->value.sign() : (n_ > 0) - (n_ < 0);
}

Number Number::numerator() const {
  return large_ ? of(Rational{mp::numerator(large_->value)}) : of(n_, 1);
}
Number Number::denominator() const {
  return large_ ? of(Rational{mp::denominator(large_->value)}) : of(d_, 1);
}
Number Number::floor() const {
  if (!large_) return of(floor_quotient(n_, d_), 1);
  return of(Rational{floor_quotient<mp::cpp_int>(mp::numerator(large_->value), mp::denominator(large_->value))});
}

Number::Wide Number::scaled(std::int64_t scale, Rounding mode) const {
  const Wide quotient = rounded_quotient<Wide>((n_ < 0 ? -Wide{n_} : Wide{n_}) * scale, d_, mode);
  return n_ < 0 ? -quotient : quotient;
}

Number Number::rounded(int places, Rounding mode) const {
  if (!large_ && has_ten_to(places)) return of(scaled(small_ten_to(places), mode), small_ten_to(places));
  const mp::cpp_rational value = rational().value;
  const mp::cpp_int scale = ten_to(places);
  const mp::cpp_int quotient =
      rounded_quotient<mp::cpp_int>(mp::abs(mp::numerator(value)) * scale, mp::denominator(value), mode);
  return of(Rational{mp::cpp_rational(value < 0 ? mp::cpp_int(-quotient) : quotient, scale)});
}

// ⌊√(4x·10^2p)⌋ + 1, halved, is √x·10^p to the nearest integer.
Number Number::square_root(int places) const {
  assert(sign() >= 0);
  const mp::cpp_rational value = rational().value;
  const mp::cpp_int scaled = mp::numerator(value) * 4 * ten_to(2 * places) / mp::denominator(value);
  return of(Rational{mp::cpp_rational((mp::sqrt(scaled) + 1) / 2, ten_to(places))});
}

int Number::integer_digits() const {
  const mp::cpp_rational value = rational().value;
  const mp::cpp_int whole = mp::abs(mp::numerator(value)) / mp::denominator(value);
  return whole == 0 ? 0 : static_cast<int>(whole.str().size());
}

std::int64_t Number::to_integer() const {
  assert(is_integer());
  if (!large_) return n_;
  const mp::cpp_int n = mp::numerator(large_->value);
  assert(n >= INT64_MIN && n <= INT64_MAX);
  return static_cast<std::int64_t>(n);
}

double Number::to_double() const {
  constexpr std::int64_t kExact = std::int64_t{1}
                                  << 53; // up to it integers are doubles, and their quotient is rounded once
  if (!large_ && n_ <= kExact && n_ >= -kExact && d_ <= kExact)
    return static_cast<double>(n_) / static_cast<double>(d_);
  return static_cast<double>(rational().value);
}

std::string Number::text() const {
  if (!large_) {
    if (d_ == 1) return std::to_string(n_);
    const int places = decimals_of(d_);
    return places >= 0 ? decimal(places) : std::to_string(n_) + "/" + std::to_string(d_);
  }
  const mp::cpp_int n = mp::numerator(large_->value);
  const mp::cpp_int d = mp::denominator(large_->value);
  if (d == 1) return n.str();
  const int places = decimals_of(d);
  return places >= 0 ? decimal(places) : n.str() + "/" + d.str();
}

std::string Number::decimal(int places) const {
  if (!large_ && has_ten_to(places)) {
    const Wide tenths = scaled(small_ten_to(places), Rounding::half_up);
    if (fits(tenths)) {
      const auto digits = static_cast<std::int64_t>(tenths);
      return with_point(std::to_string(digits < 0 ? -digits : digits), digits < 0, places);
    }
  }
  const mp::cpp_rational r = rounded(places).rational().value;
  const mp::cpp_int scaled = mp::numerator(r) * ten_to(places) / mp::denominator(r);
  return with_point(mp::cpp_int(mp::abs(scaled)).str(), scaled < 0, places);
}

} // namespace appraise
