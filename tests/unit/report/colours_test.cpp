// Grey print and the eye without middle cones: what touches must differ by 20 in CIELAB lightness, or by hatch.
#include "reports/render/colours.h"

#include <cmath>
#include <gtest/gtest.h>

namespace appraise {
namespace {

constexpr double kLeastStep = 20;

double step(const Rgb& a, const Rgb& b) {
  return std::abs(lightness(a) - lightness(b));
}

TEST(Colours, LightnessOfKnownGreys) {
  EXPECT_NEAR(lightness({1, 1, 1}), 100, 1e-6);
  EXPECT_NEAR(lightness({0, 0, 0}), 0, 1e-9);
  EXPECT_NEAR(lightness({119 / 255.0, 119 / 255.0, 119 / 255.0}), 50.034, 0.001); // #777777
  EXPECT_NEAR(lightness({1, 0, 0}), 53.24, 0.01);                                 // sRGB red
  EXPECT_NEAR(contrast({1, 1, 1}, {0, 0, 0}), 21, 1e-9);
}

TEST(Colours, GreysStayGreyWithoutMiddleCones) {
  for (const double grey : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    const Rgb seen = without_middle_cones({grey, grey, grey});
    EXPECT_NEAR(seen.red, grey, 1e-4);
    EXPECT_NEAR(seen.green, grey, 1e-4);
    EXPECT_NEAR(seen.blue, grey, 1e-4);
  }
}

// Any two of a stack may touch, since a segment between them may be 0.
TEST(Colours, SegmentsOfAStackDifferByLightnessOrHatch) {
  for (std::size_t a = 0; a < 8; ++a) {
    for (std::size_t b = a + 1; b < 8; ++b) {
      const Tone one = series_tone(a);
      const Tone other = series_tone(b);
      if (one.hatched != other.hatched) continue;
      EXPECT_GE(step(one.fill, other.fill), kLeastStep) << a << " " << b;
      EXPECT_GE(step(without_middle_cones(one.fill), without_middle_cones(other.fill)), kLeastStep) << a << " " << b;
    }
  }
}

TEST(Colours, NeighbouringLinesDifferByLightnessOrDash) {
  for (std::size_t i = 1; i < 8; ++i) {
    const LineTone one = line_tone(i - 1);
    const LineTone other = line_tone(i);
    EXPECT_NE(one.marker, other.marker);
    if (one.dashed != other.dashed) continue;
    EXPECT_GE(step(one.stroke, other.stroke), kLeastStep) << i;
    EXPECT_GE(step(without_middle_cones(one.stroke), without_middle_cones(other.stroke)), kLeastStep) << i;
  }
}

TEST(Colours, TheBarAndTheSingledOutDifferWithoutHueFromTheirGround) {
  EXPECT_GE(contrast(colour(Ink::bar), colour(Ink::paper)), 3);
  EXPECT_GE(contrast(colour(Ink::accent), colour(Ink::paper)), 4.5);
  EXPECT_GE(contrast(colour(Ink::demonstration), colour(Ink::paper)), 4.5);
  EXPECT_GE(contrast(colour(Ink::state), colour(Ink::paper)), 4.5);
  EXPECT_GE(contrast(colour(Ink::muted), colour(Ink::paper)), 4.5);
}

TEST(Colours, NumbersStandOutOnEveryShade) {
  double before = 101;
  for (int i = 0; i <= 100; ++i) {
    const Rgb shade = heat_shade(i / 100.0);
    EXPECT_LT(lightness(shade), before) << i;
    EXPECT_GE(contrast(shade, text_on(shade)), 4.5) << i;
    before = lightness(shade);
  }
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_GE(contrast(series_tone(i).fill, text_on(series_tone(i).fill)), 4.3) << i;
  }
}

TEST(Colours, SharesOutsideAreCut) {
  EXPECT_EQ(lightness(heat_shade(-1)), lightness(heat_shade(0)));
  EXPECT_EQ(lightness(heat_shade(7)), lightness(heat_shade(1)));
}

} // namespace
} // namespace appraise
