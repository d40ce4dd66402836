#include "reports/render/colours.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace appraise {

namespace {

constexpr Rgb hex(unsigned value) {
  return {((value >> 16U) & 255U) / 255.0, ((value >> 8U) & 255U) / 255.0, (value & 255U) / 255.0};
}

constexpr std::array<Rgb, 4> kSeries{hex(0x1F3A5F), hex(0x4171A6), hex(0xE3A93B), hex(0xF1F4F8)};
constexpr std::array<Rgb, 4> kLines{hex(0x1F3A5F), hex(0xC0432E), hex(0x99B6DA), hex(0x8C6A00)};

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}
double companded(double light) {
  const double cut = std::clamp(light, 0.0, 1.0);
  return cut <= 0.0031308 ? cut * 12.92 : 1.055 * std::pow(cut, 1 / 2.4) - 0.055;
}

double luminance(const Rgb& rgb) {
  return 0.2126 * linear(rgb.red) + 0.7152 * linear(rgb.green) + 0.0722 * linear(rgb.blue);
}

Rgb between(const Rgb& a, const Rgb& b, double share) {
  return {a.red + (b.red - a.red) * share, a.green + (b.green - a.green) * share, a.blue + (b.blue - a.blue) * share};
}

} // namespace

Rgb colour(Ink ink) {
  switch (ink) {
  case Ink::paper: return hex(0xFFFFFF);
  case Ink::text: return hex(0x1A1F26);
  case Ink::muted: return hex(0x56606B);
  case Ink::rule: return hex(0x9AA5B1);
  case Ink::faint: return hex(0xDDE2E8);
  case Ink::bar: return hex(0x4A7BB0);
  case Ink::accent: return hex(0xC0432E);
  case Ink::demonstration: return hex(0xA3301D);
  case Ink::state: return hex(0x6B737C);
  case Ink::shade_light: return hex(0xF6F9FC);
  case Ink::shade_middle: return hex(0xB5CDE8);
  case Ink::shade_dark: return hex(0x5A8CC4);
  }
  return {};
}

Tone series_tone(std::size_t index) {
  const Rgb fill = kSeries[index % kSeries.size()];
  return {fill, index >= kSeries.size(), text_on(fill)};
}

LineTone line_tone(std::size_t index) {
  return {kLines[index % kLines.size()], index % 4 == 3 || (index / kLines.size()) % 2 == 1,
          static_cast<MarkerShape>(index % 4)};
}

Rgb heat_shade(double share) {
  const double cut = std::clamp(share, 0.0, 1.0);
  return cut < 0.5 ? between(colour(Ink::shade_light), colour(Ink::shade_middle), cut * 2)
                   : between(colour(Ink::shade_middle), colour(Ink::shade_dark), cut * 2 - 1);
}

Rgb text_on(const Rgb& fill) {
  const Rgb black{};
  return contrast(fill, black) >= contrast(fill, colour(Ink::paper)) ? black : colour(Ink::paper);
}

double contrast(const Rgb& a, const Rgb& b) {
  const double one = luminance(a) + 0.05;
  const double other = luminance(b) + 0.05;
  return one > other ? one / other : other / one;
}

double lightness(const Rgb& rgb) {
  const double y = luminance(rgb);
  const double root = y > 216.0 / 24389 ? std::cbrt(y) : (24389.0 / 27 * y + 16) / 116;
  return 116 * root - 16;
}

Rgb without_middle_cones(const Rgb& rgb) {
  const double r = linear(rgb.red);
  const double g = linear(rgb.green);
  const double b = linear(rgb.blue);
  const double yellow = 0.292750 * r + 0.707250 * g;
  return {companded(yellow), companded(yellow), companded(-0.022336 * r + 0.022336 * g + b)};
}

} // namespace appraise
