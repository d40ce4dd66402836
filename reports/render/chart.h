// A Chart as SVG, PNG or PDF: 156 mm wide, every text at least 7 pt, Chinese right in all three.
//
//   The picture is laid out once, in points, and painted three times: PNG at 300 dpi with its physical size, SVG with
//   outlined glyphs (ids carry the chart's id, so several may stand in one page; title and desc inside), PDF with
//   embedded subsets, searchable, with a fixed creation date. Same chart, watermark, fonts and cairo: same bytes, in
//   any thread and locale. Numbers are printed exactly, with equal decimals and commas between thousands. Missing: a
//   label with a state shows its words in place of the bar and stands last; a missing value of a trend is a gap.
//   Nothing is printed: font_problems gives font-missing and glyph-missing (severity notice) for the caller to show.
//
//   std::string bytes = render_svg(chart, document.watermark);
//   Problems notices = font_problems(chart, document.watermark);
#pragma once

#include "engine/problem.h"
#include "reports/document.h"

#include <string>
#include <vector>

namespace appraise {

std::string render_svg(const Chart& chart, const std::string& watermark);
std::string render_png(const Chart& chart, const std::string& watermark);
std::string render_pdf(const Chart& chart, const std::string& watermark);

// What this machine draws Chinese with: the family that the list of charts comes to, whether it covers Chinese, and the
// characters for which no installed font has a glyph (empty unless asked about a chart).
struct FontReport {
  std::string family{};
  bool chinese = false;
  std::vector<std::string> missing{};
};

FontReport font_report();
FontReport font_report(const Chart& chart, const std::string& watermark);

// font-missing: found = the family used, expected = the first of the list; glyph-missing: found = the characters, key =
// chart id.
Problems font_problems(const Chart& chart, const std::string& watermark);

} // namespace appraise
