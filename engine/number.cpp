#include "engine/number.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>

namespace appraise {

namespace mp = boost::multiprecision;

struct Number::Rational {
  mp::cpp_rational value;
};

namespace {

mp::cpp_int ten_to(int exponent) {
  return mp::pow(mp::cpp_int(10), static_cast<unsigned>(exponent));
}

// The largest integer that is not above n/d, d > 0.
mp::cpp_int floor_quotient(const mp::cpp_int& n, const mp::cpp_int& d) {
  mp::cpp_int quotient = n / d;
  if (n < 0 && quotient * d != n) quotient -= 1;
  return quotient;
}

} // namespace

Number::Number() : value_(std::make_unique<Rational>()) {}
Number::Number(std::int64_t integer) : value_(std::make_unique<Rational>(Rational{mp::cpp_rational(integer)})) {}
Number::Number(const Number& other) : value_(std::make_unique<Rational>(*other.value_)) {}
// A moved-from number stays usable: it takes the other's value in exchange.
Number::Number(Number&& other) noexcept : value_(std::make_unique<Rational>()) {
  value_.swap(other.value_);
}
Number& Number::operator=(const Number& other) {
  value_->value = other.value_->value;
  return *this;
}
Number& Number::operator=(Number&& other) noexcept {
  value_.swap(other.value_);
  return *this;
}
Number::~Number() = default;

Number Number::ratio(const Number& numerator, const Number& denominator) {
  return numerator / denominator;
}

std::optional<Number> Number::parse(std::string_view decimal) {
  bool negative = false;
  if (!decimal.empty() && (decimal.front() == '-' || decimal.front() == '+')) {
    negative = decimal.front() == '-';
    decimal.remove_prefix(1);
  }
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
    digits = digits * 10 + (c - '0');
    (point ? after : before) = true;
    if (point) ++places;
  }
  if (!before || (point && !after)) return std::nullopt;
  if (negative) digits = -digits;
  Number result;
  result.value_->value = mp::cpp_rational(digits, ten_to(places));
  return result;
}

Number Number::power_of_ten(int exponent) {
  Number result;
  result.value_->value = exponent >= 0 ? mp::cpp_rational(ten_to(exponent)) : mp::cpp_rational(1, ten_to(-exponent));
  return result;
}

Number Number::operator-() const {
  Number result;
  result.value_->value = -value_->value;
  return result;
}
Number& Number::operator+=(const Number& other) {
  value_->value += other.value_->value;
  return *this;
}
Number& Number::operator-=(const Number& other) {
  value_->value -= other.value_->value;
  return *this;
}
Number& Number::operator*=(const Number& other) {
  value_->value *= other.value_->value;
  return *this;
}
Number& Number::operator/=(const Number& other) {
  assert(!other.is_zero());
  value_->value /= other.value_->value;
  return *this;
}
bool operator==(const Number& a, const Number& b) {
  const mp::cpp_rational& left = a.value_->value; // both in lowest terms
  const mp::cpp_rational& right = b.value_->value;
  return mp::numerator(left) == mp::numerator(right) && mp::denominator(left) == mp::denominator(right);
}
std::strong_ordering operator<=>(const Number& a, const Number& b) {
  const int order = a.value_->value.compare(b.value_->value);
  return order <=> 0;
}

bool Number::is_zero() const {
  return value_->value.is_zero();
}
bool Number::is_integer() const {
  return mp::denominator(value_->value) == 1;
}
int Number::sign() const {
  return value_->value.sign();
}

Number Number::numerator() const {
  Number result;
  result.value_->value = mp::numerator(value_->value);
  return result;
}
Number Number::denominator() const {
  Number result;
  result.value_->value = mp::denominator(value_->value);
  return result;
}
Number Number::floor() const {
  Number result;
  result.value_->value = floor_quotient(mp::numerator(value_->value), mp::denominator(value_->value));
  return result;
}

Number Number::rounded(int places, Rounding mode) const {
  const mp::cpp_int scale = ten_to(places);
  const bool negative = sign() < 0;
  const mp::cpp_int n = mp::abs(mp::numerator(value_->value)) * scale;
  const mp::cpp_int d = mp::denominator(value_->value);
  mp::cpp_int quotient = n / d;
  const mp::cpp_int twice = (n - quotient * d) * 2;
  if (twice > d || (twice == d && (mode == Rounding::half_up || quotient % 2 != 0))) quotient += 1;
  Number result;
  result.value_->value = mp::cpp_rational(negative ? mp::cpp_int(-quotient) : quotient, scale);
  return result;
}

// ⌊√(4x·10^2p)⌋ + 1, halved, is √x·10^p to the nearest integer.
Number Number::square_root(int places) const {
  assert(sign() >= 0);
  const mp::cpp_int scaled = mp::numerator(value_->value) * 4 * ten_to(2 * places) / mp::denominator(value_->value);
  Number result;
  result.value_->value = mp::cpp_rational((mp::sqrt(scaled) + 1) / 2, ten_to(places));
  return result;
}

int Number::integer_digits() const {
  mp::cpp_int whole = mp::abs(mp::numerator(value_->value)) / mp::denominator(value_->value);
  return whole == 0 ? 0 : static_cast<int>(whole.str().size());
}

std::int64_t Number::to_integer() const {
  assert(is_integer());
  const mp::cpp_int n = mp::numerator(value_->value);
  assert(n >= INT64_MIN && n <= INT64_MAX);
  return static_cast<std::int64_t>(n);
}

double Number::to_double() const {
  return static_cast<double>(value_->value);
}

std::string Number::text() const {
  if (is_integer()) {
    const mp::cpp_int whole = mp::numerator(value_->value);
    const bool small = whole >= INT64_MIN && whole <= INT64_MAX; // as nearly all are
    return small ? std::to_string(static_cast<std::int64_t>(whole)) : whole.str();
  }
  mp::cpp_int d = mp::denominator(value_->value);
  int places = 0;
  int twos = 0;
  int fives = 0;
  for (; d % 2 == 0; d /= 2)
    ++twos;
  for (; d % 5 == 0; d /= 5)
    ++fives;
  if (d != 1) return mp::numerator(value_->value).str() + "/" + mp::denominator(value_->value).str();
  places = twos > fives ? twos : fives;
  return decimal(places);
}

std::string Number::decimal(int places) const {
  const Number r = rounded(places);
  const mp::cpp_int scaled = mp::numerator(r.value_->value) * ten_to(places) / mp::denominator(r.value_->value);
  std::string digits = mp::cpp_int(mp::abs(scaled)).str();
  if (places > 0) {
    const auto width = static_cast<std::size_t>(places) + 1;
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  }
  return scaled < 0 ? "-" + digits : digits;
}

} // namespace appraise
