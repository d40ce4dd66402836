// The colours of charts: named roles in one table, and what of them can be computed: lightness for grey print, the eye
// that lacks the middle cones, contrast.
//
//   Series come in four tones whose lightness (CIELAB L*) is at least 20 apart, whichever two of them touch; from the
//   fifth on the same four return hatched. Lines differ by lightness, dash and marker. Nothing is said by hue alone.
//
//   Tone tone = series_tone(5);                          // second tone, hatched
//   lightness(colour(Ink::bar));                         // 0 black … 100 white
#pragma once

#include <cstddef>

namespace appraise {

struct Rgb {
  double red = 0;
  double green = 0;
  double blue = 0;
};

enum class Ink {
  paper,
  text,
  muted,
  rule,
  faint,
  bar,
  accent,
  demonstration,
  state,
  shade_light,
  shade_middle,
  shade_dark
};
Rgb colour(Ink ink);

struct Tone {
  Rgb fill;
  bool hatched = false;
  Rgb hatch;
};
Tone series_tone(std::size_t index);

enum class MarkerShape { circle, square, triangle, diamond };
struct LineTone {
  Rgb stroke;
  bool dashed = false;
  MarkerShape marker = MarkerShape::circle;
};
LineTone line_tone(std::size_t index);

// 0: nothing, 1: all of the maximum; values outside are cut.
Rgb heat_shade(double share);

// Black or white, whichever stands out more: at least 4.5 : 1 on any colour.
Rgb text_on(const Rgb& fill);

double contrast(const Rgb& a, const Rgb& b); // 1 … 21, as the web's guidelines count it
double lightness(const Rgb& rgb);            // CIELAB L*, D65
Rgb without_middle_cones(const Rgb& rgb);    // deuteranopia, Viénot, Brettel and Mollon 1999

} // namespace appraise
