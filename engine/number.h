// Exact rational numbers: every figure, every point and every rank key is one until it is printed.
//
//   value = numerator / denominator, in lowest terms, of unlimited size: two 64-bit integers where both fit, which is
//   nearly always, else a number of its own. Sums, products, quotients and comparisons are exact; 0.1 is one tenth.
//   Doubles appear only in to_double(), for drawing and for spreadsheets' cached values. Division by zero is our own
//   mistake and asserts: callers test is_zero() first.
//
//   Number each = *Number::parse("0.3");            // 3/10
//   Number points = (each * Number(7)).rounded(2);  // 2.1
//   points.decimal(2);                              // "2.10"
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace appraise {

enum class Rounding { half_up /* half away from zero */, half_even };

class Number {
public:
  Number() = default;
  Number(std::int64_t integer);
  Number(int integer) : n_(integer) {}
  Number(const Number& other) : n_(other.n_), d_(other.d_), large_(other.large_ ? copy(*other.large_) : nullptr) {}
  Number(Number&& other) noexcept = default; // which stays usable, whatever it is
  Number& operator=(const Number& other) { return *this = Number(other); }
  Number& operator=(Number&& other) noexcept = default;

  static Number ratio(const Number& numerator, const Number& denominator);
  // "-12.50", "3", "+0.5"; no exponent, no white space, no thousands separators. nullopt when it is anything else.
  static std::optional<Number> parse(std::string_view decimal);
  static Number power_of_ten(int exponent);

  Number operator-() const;
  Number& operator+=(const Number&);
  Number& operator-=(const Number&);
  Number& operator*=(const Number&);
  Number& operator/=(const Number&);
  friend Number operator+(Number a, const Number& b) { return a += b; }
  friend Number operator-(Number a, const Number& b) { return a -= b; }
  friend Number operator*(Number a, const Number& b) { return a *= b; }
  friend Number operator/(Number a, const Number& b) { return a /= b; }
  friend bool operator==(const Number&, const Number&);
  friend std::strong_ordering operator<=>(const Number&, const Number&);

  bool is_zero() const { return !large_ && n_ == 0; }
  bool is_integer() const;
  int sign() const;
  Number numerator() const;
  Number denominator() const;
  Number floor() const;
  Number rounded(int places, Rounding mode = Rounding::half_up) const;
  Number square_root(int places) const; // rounded half away from zero; of nothing below zero

  // Decimal digits in front of the point: 0 for |x| < 1, 3 for 543.5.
  int integer_digits() const;
  std::int64_t to_integer() const;       // asserts that it is an integer that fits
  double to_double() const;              // the nearest double
  std::string text() const;              // "2.1" when the decimal ends, "47/52" when it does not
  std::string decimal(int places) const; // rounded half up, with exactly this many places

private:
  struct Rational;
  struct Delete {
    void operator()(Rational* rational) const;
  };
  using Large = std::unique_ptr<Rational, Delete>;
  __extension__ using Wide = __int128;

  static Large copy(const Rational& rational);
  static Number of(Wide numerator, Wide denominator); // which is above zero
  static Number of(const Rational& rational);
  static bool small(const Number& a, const Number& b) { return !a.large_ && !b.large_; }
  Rational rational() const;
  Wide scaled(std::int64_t scale, Rounding mode) const; // × scale, rounded; of a small one

  std::int64_t n_ = 0; // in lowest terms, unless large_ is there
  std::int64_t d_ = 1;
  Large large_; // only where the two do not fit
};

} // namespace appraise
