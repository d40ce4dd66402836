#include "reports/render/canvas.h"

#include "reports/render/canvas_text.h"

#include <algorithm>
#include <bit>
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <cassert>
#include <cmath>
#include <new>
#include <png.h>
#include <stdexcept>
#include <utility>
#include <variant>

namespace appraise {

namespace {

struct Filled {
  Box box;
  Rgb fill;
};
struct Stroke {
  std::vector<std::pair<double, double>> points;
  Rgb ink;
  double thickness = 0.5;
  bool dashed = false;
};
struct Marker {
  double x = 0;
  double y = 0;
  MarkerShape shape = MarkerShape::circle;
  Rgb fill;
};
struct TextAt {
  std::size_t index = 0;
};
using Shape = std::variant<Filled, Stroke, Marker, TextAt>;

struct SurfaceEnd {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct ContextEnd {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Surface = std::unique_ptr<cairo_surface_t, SurfaceEnd>;
using Context = std::unique_ptr<cairo_t, ContextEnd>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void set_ink(cairo_t* to, const Rgb& ink) {
  cairo_set_source_rgb(to, ink.red, ink.green, ink.blue);
}

void paint(cairo_t* to, const Filled& shape) {
  set_ink(to, shape.fill);
  cairo_rectangle(to, shape.box.x, shape.box.y, shape.box.width, shape.box.height);
  cairo_fill(to);
}

void paint(cairo_t* to, const Stroke& shape) {
  set_ink(to, shape.ink);
  cairo_set_line_width(to, shape.thickness);
  cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
  const double dashes[] = {2.4, 1.6};
  cairo_set_dash(to, dashes, shape.dashed ? 2 : 0, 0);
  for (const auto& [x, y] : shape.points)
    cairo_line_to(to, x, y);
  cairo_stroke(to);
}

void paint(cairo_t* to, const Marker& shape) {
  constexpr double kPi = 3.14159265358979323846;
  const double r = 2.1;
  cairo_new_path(to);
  switch (shape.shape) {
  case MarkerShape::circle: cairo_arc(to, shape.x, shape.y, r, 0, 2 * kPi); break;
  case MarkerShape::square: cairo_rectangle(to, shape.x - r * 0.9, shape.y - r * 0.9, r * 1.8, r * 1.8); break;
  case MarkerShape::triangle:
    cairo_move_to(to, shape.x, shape.y - r * 1.25);
    cairo_line_to(to, shape.x + r * 1.15, shape.y + r * 0.8);
    cairo_line_to(to, shape.x - r * 1.15, shape.y + r * 0.8);
    break;
  case MarkerShape::diamond:
    cairo_move_to(to, shape.x, shape.y - r * 1.35);
    cairo_line_to(to, shape.x + r * 1.2, shape.y);
    cairo_line_to(to, shape.x, shape.y + r * 1.35);
    cairo_line_to(to, shape.x - r * 1.2, shape.y);
    break;
  }
  cairo_close_path(to);
  set_ink(to, shape.fill);
  cairo_fill_preserve(to);
  set_ink(to, colour(Ink::paper));
  cairo_set_line_width(to, 0.6);
  cairo_set_dash(to, nullptr, 0, 0);
  cairo_stroke(to);
}

struct PngWriter {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, failed, nullptr);
  png_infop info = png_create_info_struct(png);
  PngWriter() {
    if (info == nullptr) throw std::bad_alloc();
  }
  PngWriter(const PngWriter&) = delete;
  PngWriter& operator=(const PngWriter&) = delete;
  ~PngWriter() { png_destroy_write_struct(&png, &info); }

  [[noreturn]] static void failed(png_structp, png_const_charp why) {
    throw std::runtime_error(std::string("a picture could not be written as PNG: ") + why);
  }
  static void append(png_structp png, png_bytep bytes, std::size_t size) {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), size);
  }
};

// With the physical size, which word processors go by, and the picture in words: cairo's own writer has neither, and
// tries filters, which take time and make flat areas larger.
std::string png_bytes(cairo_surface_t* surface, int dots_per_inch, const Accessible& words) {
  static_assert(std::endian::native == std::endian::little, "cairo's pixels are words: blue comes first");
  const PngWriter writer;
  std::string bytes;
  png_set_write_fn(writer.png, &bytes, PngWriter::append, nullptr);
  const auto height = static_cast<std::size_t>(cairo_image_surface_get_height(surface));
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(cairo_image_surface_get_width(surface)),
               static_cast<png_uint_32>(height), 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
               PNG_FILTER_TYPE_BASE);
  const auto per_metre = static_cast<png_uint_32>(std::lround(dots_per_inch / 0.0254));
  png_set_pHYs(writer.png, writer.info, per_metre, per_metre, PNG_RESOLUTION_METER);
  for (const auto& [keyword, text] : {std::pair("Title", words.title), std::pair("Description", words.description)}) {
    std::string key(keyword), said(text), language("zh-CN"), no_translation;
    png_text entry{};
    entry.compression = PNG_ITXT_COMPRESSION_NONE;
    entry.key = key.data();
    entry.text = said.data();
    entry.lang = language.data();
    entry.lang_key = no_translation.data();
    png_set_text(writer.png, writer.info, &entry, 1);
  }
  png_set_filter(writer.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_write_info(writer.png, writer.info);
  png_set_bgr(writer.png);
  png_set_filler(writer.png, 0, PNG_FILLER_AFTER);
  cairo_surface_flush(surface);
  const std::size_t stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  for (std::size_t row = 0; row < height; ++row)
    png_write_row(writer.png, cairo_image_surface_get_data(surface) + row * stride);
  png_write_end(writer.png, writer.info);
  return bytes;
}

// cairo 1.16 leaves out the D: that a date of PDF begins with; the same number of bytes, so that no offset moves.
std::string with_valid_date(std::string pdf) {
  const std::string_view written = "(20000101000000Z)";
  const std::size_t at = pdf.find(written);
  if (at != std::string::npos) pdf.replace(at, written.size(), "(D:200001010000) ");
  return pdf;
}

} // namespace

struct Canvas::Content {
  std::vector<PlacedText> texts;
  std::vector<Shape> shapes;

  void paint_on(cairo_t* to) const {
    for (const Shape& shape : shapes) {
      if (const auto* at = std::get_if<TextAt>(&shape)) {
        show_text(to, texts[at->index]);
      } else if (const auto* filled = std::get_if<Filled>(&shape)) {
        paint(to, *filled);
      } else if (const auto* stroke = std::get_if<Stroke>(&shape)) {
        paint(to, *stroke);
      } else {
        paint(to, std::get<Marker>(shape));
      }
    }
  }
};

Canvas::Canvas(double width) : width_(width), content_(std::make_unique<Content>()) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

const std::vector<PlacedText>& Canvas::texts() const {
  return content_->texts;
}

Extent Canvas::measure(const std::string& text, const TextStyle& style) {
  return measure_text(text, style);
}

Extent Canvas::text(double x, double y, const std::string& text, const TextStyle& style) {
  const Extent extent = measure_text(text, style);
  if (text.empty()) return extent;
  const double share = style.anchor == Anchor::left ? 0 : style.anchor == Anchor::centre ? 0.5 : 1;
  content_->texts.push_back({text, style, x, y, {x - extent.width * share, y, extent.width, extent.height}});
  content_->shapes.emplace_back(TextAt{content_->texts.size() - 1});
  return extent;
}

Extent Canvas::text_middle(double x, double y, const std::string& text_, const TextStyle& style) {
  return text(x, y - measure_text(text_, style).height / 2, text_, style);
}

void Canvas::rect(const Box& box, const Rgb& fill) {
  content_->shapes.emplace_back(Filled{box, fill});
}

void Canvas::frame(const Box& box, const Rgb& stroke, double thickness) {
  polyline({{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}, {box.x, box.y}},
           stroke, thickness);
}

// Lines at 45 degrees, cut at the box by arithmetic: no clip, which SVG and PDF would each write in its own way.
void Canvas::hatch(const Box& box, const Rgb& stroke) {
  constexpr double kStep = 3;
  const double first = std::ceil((box.x + box.y) / kStep) * kStep;
  for (double sum = first; sum < box.right() + box.bottom(); sum += kStep) {
    const double x1 = std::max(box.x, sum - box.bottom());
    const double x2 = std::min(box.right(), sum - box.y);
    if (x2 > x1) line(x1, sum - x1, x2, sum - x2, stroke, 0.5);
  }
}

void Canvas::line(double x1, double y1, double x2, double y2, const Rgb& stroke, double thickness, bool dashed) {
  content_->shapes.emplace_back(Stroke{{{x1, y1}, {x2, y2}}, stroke, thickness, dashed});
}

void Canvas::polyline(std::vector<std::pair<double, double>> points, const Rgb& stroke, double thickness, bool dashed) {
  content_->shapes.emplace_back(Stroke{std::move(points), stroke, thickness, dashed});
}

void Canvas::marker(double x, double y, MarkerShape shape, const Rgb& fill) {
  content_->shapes.emplace_back(Marker{x, y, shape, fill});
}

std::vector<std::string> Canvas::missing_glyphs() const {
  std::vector<std::string> missing;
  for (const PlacedText& placed : content_->texts) {
    for (const std::string& character : missing_in(placed.text, placed.style)) {
      if (std::find(missing.begin(), missing.end(), character) == missing.end()) missing.push_back(character);
    }
  }
  return missing;
}

std::string Canvas::svg(const Accessible& about) const {
  std::string bytes;
  {
    const Surface surface(cairo_svg_surface_create_for_stream(append, &bytes, width_, height_));
    const Context to(cairo_create(surface.get()));
    set_ink(to.get(), colour(Ink::paper));
    cairo_paint(to.get());
    content_->paint_on(to.get());
    cairo_surface_finish(surface.get());
    assert(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS);
  }
  return finished_svg(bytes, about);
}

std::string Canvas::png(int dots_per_inch, const Accessible& about) const {
  const double scale = dots_per_inch / 72.0;
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(width_ * scale)),
                                                   static_cast<int>(std::lround(height_ * scale))));
  const Context to(cairo_create(surface.get()));
  set_ink(to.get(), colour(Ink::paper));
  cairo_paint(to.get());
  cairo_scale(to.get(), scale, scale);
  content_->paint_on(to.get());
  return png_bytes(surface.get(), dots_per_inch, about);
}

std::string Canvas::pdf(const Accessible& about) const {
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, width_, height_));
  // A fixed day: the same picture is the same file.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, valid_text(about.title).c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT, valid_text(about.description).c_str());
  const Context to(cairo_create(surface.get()));
  content_->paint_on(to.get());
  cairo_surface_finish(surface.get());
  assert(cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS);
  return with_valid_date(std::move(bytes));
}

} // namespace appraise
