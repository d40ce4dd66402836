// One page in points (1/72 inch) that remembers what is drawn on it and paints it as SVG, PNG or PDF: cairo and pango
// behind it.
//
//   Text is placed by its top and an anchor (left, centre or right at x), broken at `wrap` points where given; a line
//   is 1.3 × the size high, whatever font it fell back to, so that layout never depends on a fallback's line height.
//   Measuring and painting use the same unhinted layout: what fits on paper fits on the screen. Broken UTF-8 is
//   replaced.
//
//   Canvas canvas(442.2);
//   const Extent head = canvas.text(10, 4, "单位：件", {.size = 7.5});
//   canvas.rect({10, head.height + 4, 100, 8}, colour(Ink::bar));
//   canvas.set_height(40);
//   std::string bytes = canvas.png(300);
#pragma once

#include "reports/render/colours.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace appraise {

struct Extent {
  double width = 0;
  double height = 0;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

enum class Anchor { left, centre, right };

struct TextStyle {
  double size = 7.5;
  bool bold = false;
  Rgb ink = colour(Ink::text);
  Anchor anchor = Anchor::left;
  double wrap = 0; // 0: one line
};

struct PlacedText {
  std::string text;
  TextStyle style;
  double x = 0;
  double y = 0;
  Box box; // what it covers
};

struct Accessible {
  std::string id; // prefix of every id of an SVG
  std::string title;
  std::string description;
};

class Canvas {
public:
  explicit Canvas(double width);
  Canvas(Canvas&&) noexcept;
  Canvas& operator=(Canvas&&) noexcept;
  ~Canvas();

  static Extent measure(const std::string& text, const TextStyle& style);
  static double line_height(double size) { return 1.3 * size; }

  Extent text(double x, double y, const std::string& text, const TextStyle& style = {});
  // The same with its middle at y.
  Extent text_middle(double x, double y, const std::string& text, const TextStyle& style = {});
  void rect(const Box& box, const Rgb& fill);
  void frame(const Box& box, const Rgb& stroke, double thickness = 0.5);
  void hatch(const Box& box, const Rgb& stroke);
  void line(double x1, double y1, double x2, double y2, const Rgb& stroke, double thickness = 0.5, bool dashed = false);
  void polyline(std::vector<std::pair<double, double>> points, const Rgb& stroke, double thickness,
                bool dashed = false);
  void marker(double x, double y, MarkerShape shape, const Rgb& fill);

  double width() const { return width_; }
  double height() const { return height_; }
  void set_height(double height) { height_ = height; }
  const std::vector<PlacedText>& texts() const;

  std::string svg(const Accessible& about) const;
  std::string png(int dots_per_inch, const Accessible& about) const;
  std::string pdf(const Accessible& about) const;

  // Characters for which no installed font has a glyph, each once, in the order in which they stand.
  std::vector<std::string> missing_glyphs() const;

private:
  struct Content;
  double width_ = 0;
  double height_ = 0;
  std::unique_ptr<Content> content_;
};

// The families asked for, best first, and what the machine has of them.
const std::vector<std::string>& font_families();
bool font_installed(const std::string& family);
bool chinese_font_installed();
std::string font_used();

} // namespace appraise
