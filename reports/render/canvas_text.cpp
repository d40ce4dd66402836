#include "reports/render/canvas_text.h"

#include <algorithm>
#include <fontconfig/fontconfig.h>
#include <memory>
#include <pango/pangocairo.h>

namespace appraise {

namespace {

struct ObjectEnd {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, ObjectEnd>;
using PangoSetting = std::unique_ptr<PangoContext, ObjectEnd>;

struct DescriptionEnd {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using Description = std::unique_ptr<PangoFontDescription, DescriptionEnd>;

std::string family_list() {
  std::string list;
  for (const std::string& family : font_families())
    list += (list.empty() ? "" : ",") + family;
  return list;
}

// Unhinted, at 72 dots an inch, so that one unit is one point and no measure is rounded to a screen's dots.
PangoSetting make_setting() {
  PangoSetting setting(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_resolution(setting.get(), 72);
  pango_context_set_language(setting.get(), pango_language_from_string("zh-cn"));
  pango_context_set_round_glyph_positions(setting.get(), FALSE);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(setting.get(), options);
  cairo_font_options_destroy(options);
  return setting;
}

Description make_description(const TextStyle& style) {
  Description description(pango_font_description_new());
  pango_font_description_set_family(description.get(), family_list().c_str());
  pango_font_description_set_weight(description.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(description.get(), style.size * PANGO_SCALE);
  return description;
}

Layout make_layout(const std::string& text, const TextStyle& style) {
  thread_local const PangoSetting setting = make_setting();
  Layout layout(pango_layout_new(setting.get()));
  pango_layout_set_font_description(layout.get(), make_description(style).get());
  if (style.wrap > 0) {
    pango_layout_set_width(layout.get(), static_cast<int>(style.wrap * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  }
  const std::string valid = valid_text(text);
  pango_layout_set_text(layout.get(), valid.c_str(), static_cast<int>(valid.size()));
  return layout;
}

double line_width(PangoLayoutLine* line) {
  PangoRectangle logical;
  pango_layout_line_get_extents(line, nullptr, &logical);
  return static_cast<double>(logical.width) / PANGO_SCALE;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else {
      result += c;
    }
  }
  return result;
}

std::string name_characters(const std::string& id) {
  std::string result;
  for (const char c : id) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    result += plain ? c : '_';
  }
  return "c-" + result + "-";
}

} // namespace

const std::vector<std::string>& font_families() {
  static const std::vector<std::string> families{"Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"};
  return families;
}

bool font_installed(const std::string& family) {
  FcPattern* pattern = FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family.c_str(), nullptr);
  FcObjectSet* objects = FcObjectSetBuild(FC_FAMILY, nullptr);
  FcFontSet* fonts = FcFontList(nullptr, pattern, objects);
  const bool found = fonts != nullptr && fonts->nfont > 0;
  if (fonts != nullptr) FcFontSetDestroy(fonts);
  FcObjectSetDestroy(objects);
  FcPatternDestroy(pattern);
  return found;
}

bool chinese_font_installed() {
  FcPattern* pattern = FcPatternBuild(nullptr, FC_LANG, FcTypeString, "zh-cn", nullptr);
  FcObjectSet* objects = FcObjectSetBuild(FC_FAMILY, nullptr);
  FcFontSet* fonts = FcFontList(nullptr, pattern, objects);
  const bool found = fonts != nullptr && fonts->nfont > 0;
  if (fonts != nullptr) FcFontSetDestroy(fonts);
  FcObjectSetDestroy(objects);
  FcPatternDestroy(pattern);
  return found;
}

std::string font_used() {
  for (const std::string& family : font_families()) {
    if (font_installed(family)) return family;
  }
  const PangoSetting setting = make_setting();
  const std::unique_ptr<PangoFont, ObjectEnd> font(
      pango_context_load_font(setting.get(), make_description(TextStyle{}).get()));
  if (font == nullptr) return "";
  const Description used(pango_font_describe(font.get()));
  const char* family = pango_font_description_get_family(used.get());
  return family == nullptr ? "" : family;
}

std::string valid_text(const std::string& text) {
  gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  std::string result(valid);
  g_free(valid);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') c = ' ';
  }
  return result;
}

Extent measure_text(const std::string& text, const TextStyle& style) {
  if (text.empty()) return {};
  const Layout layout = make_layout(text, style);
  Extent extent;
  for (GSList* lines = pango_layout_get_lines_readonly(layout.get()); lines != nullptr; lines = lines->next) {
    extent.width = std::max(extent.width, line_width(static_cast<PangoLayoutLine*>(lines->data)));
    extent.height += Canvas::line_height(style.size);
  }
  return extent;
}

void show_text(_cairo* to, const PlacedText& placed) {
  const Layout layout = make_layout(placed.text, placed.style);
  const double share = placed.style.anchor == Anchor::left ? 0 : placed.style.anchor == Anchor::centre ? 0.5 : 1;
  cairo_set_source_rgb(to, placed.style.ink.red, placed.style.ink.green, placed.style.ink.blue);
  // Han characters fill 0.88 of the size above the baseline and 0.12 below; the rest of the line is shared out.
  double baseline =
      placed.y + (Canvas::line_height(placed.style.size) - placed.style.size) / 2 + 0.88 * placed.style.size;
  for (GSList* lines = pango_layout_get_lines_readonly(layout.get()); lines != nullptr; lines = lines->next) {
    auto* line = static_cast<PangoLayoutLine*>(lines->data);
    cairo_move_to(to, placed.x - line_width(line) * share, baseline);
    pango_cairo_show_layout_line(to, line);
    baseline += Canvas::line_height(placed.style.size);
  }
  cairo_new_path(to);
}

std::vector<std::string> missing_in(const std::string& text, const TextStyle& style) {
  std::vector<std::string> missing;
  const Layout layout = make_layout(text, style);
  if (pango_layout_get_unknown_glyphs_count(layout.get()) == 0) return missing;
  for (GSList* lines = pango_layout_get_lines_readonly(layout.get()); lines != nullptr; lines = lines->next) {
    for (GSList* runs = static_cast<PangoLayoutLine*>(lines->data)->runs; runs != nullptr; runs = runs->next) {
      const PangoGlyphString* glyphs = static_cast<PangoLayoutRun*>(runs->data)->glyphs;
      for (int i = 0; i < glyphs->num_glyphs; ++i) {
        const PangoGlyph glyph = glyphs->glyphs[i].glyph;
        if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0) continue;
        gchar bytes[6];
        const int length = g_unichar_to_utf8(glyph & ~static_cast<PangoGlyph>(PANGO_GLYPH_UNKNOWN_FLAG), bytes);
        missing.emplace_back(bytes, static_cast<std::size_t>(length));
      }
    }
  }
  return missing;
}

std::string finished_svg(const std::string& svg, const Accessible& about) {
  const std::string prefix = name_characters(about.id);
  std::string result;
  std::vector<std::string> surfaces; // cairo numbers them through the whole process
  const auto own = [&](const std::string& id) {
    if (id.rfind("surface", 0) != 0) return prefix + id;
    auto found = std::find(surfaces.begin(), surfaces.end(), id);
    if (found == surfaces.end()) found = surfaces.insert(surfaces.end(), id);
    return prefix + "surface" + std::to_string(found - surfaces.begin() + 1);
  };
  const std::string keys[] = {" id=\"", "=\"#", "url(#"};
  for (std::size_t at = 0; at < svg.size();) {
    const auto* key = std::find_if(std::begin(keys), std::end(keys),
                                   [&](const std::string& k) { return svg.compare(at, k.size(), k) == 0; });
    if (key == std::end(keys)) {
      result += svg[at++];
      continue;
    }
    const std::size_t begin = at + key->size();
    const std::size_t end = svg.find_first_of("\")", begin);
    result += *key + own(svg.substr(begin, end - begin));
    at = end;
  }
  const std::size_t head = result.find("<svg ");
  const std::size_t inside = result.find('>', head) + 1;
  result.insert(inside, "\n<title id=\"" + prefix + "title\">" + escaped(valid_text(about.title)) +
                            "</title>\n<desc id=\"" + prefix + "desc\">" + escaped(valid_text(about.description)) +
                            "</desc>");
  result.insert(head + 5, "role=\"img\" aria-labelledby=\"" + prefix + "title " + prefix + "desc\" ");
  return result;
}

} // namespace appraise
