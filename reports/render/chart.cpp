#include "reports/render/chart.h"

#include "reports/render/chart_parts.h"
#include "reports/texts.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr int kDotsPerInch = 300;

// Title in the middle; below it, at the left what the figures are not, at the right their unit.
double draw_head(Canvas& canvas, const Chart& chart, const std::string& watermark) {
  double y = 5;
  const TextStyle title{.size = kTitleSize, .bold = true, .anchor = Anchor::centre, .wrap = kInner};
  y += canvas.text(kPageWidth / 2, y, chart.title, title).height + 3;
  double used = 0;
  if (!chart.unit.empty()) {
    const TextStyle unit{.size = kLabelSize, .ink = colour(Ink::muted), .anchor = Anchor::right};
    used = canvas.text(kPageWidth - kMargin, y + 1, phrase("chart.unit", {{"unit", chart.unit}}), unit).height;
  }
  if (!watermark.empty()) {
    const TextStyle style{.size = kHeadSize, .bold = true, .ink = colour(Ink::demonstration)};
    const Extent extent = canvas.text(kMargin + 4, y + 1, watermark, style);
    canvas.frame({kMargin, y, extent.width + 8, extent.height + 2}, colour(Ink::demonstration), 0.8);
    used = std::max(used, extent.height + 2);
  }
  return y + used + (used > 0 ? 4 : 0);
}

// One remark below the other; from the second note on they stand under the first one's text.
double draw_foot(Canvas& canvas, const Chart& chart, const Remarks& remarks, double y) {
  TextStyle style{.size = kSmallSize, .ink = colour(Ink::muted), .wrap = kInner};
  if (!remarks.lines.empty() || !chart.notes.empty() || !chart.source.empty()) y += 5;
  for (const std::string& line : remarks.lines)
    y += canvas.text(kMargin, y, line, style).height;
  const std::size_t count = chart.notes.size();
  const std::string lead = phrase("chart.note");
  const double indent = count == 0 ? 0 : canvas.text(kMargin, y, lead, style).width;
  for (std::size_t i = 0; i < count; ++i) {
    TextStyle own = style;
    own.wrap = kInner - indent;
    const std::string number = count == 1 ? "" : std::to_string(i + 1) + ". ";
    y += canvas.text(kMargin + indent, y, number + chart.notes[i], own).height;
  }
  if (!chart.source.empty())
    y += canvas.text(kMargin, y, phrase("chart.source", {{"source", chart.source}}), style).height;
  return y;
}

Accessible accessible(const Chart& chart, const std::string& watermark) {
  Accessible about{chart.id, chart.title, chart.alternative};
  if (!watermark.empty()) about.description = watermark + (about.description.empty() ? "" : "　") + about.description;
  return about;
}

} // namespace

Canvas lay_out(const Chart& chart, const std::string& watermark) {
  Canvas canvas(kPageWidth);
  Remarks remarks;
  double y = draw_head(canvas, chart, watermark);
  switch (chart.kind) {
  case Chart::Kind::ranked_bars:
  case Chart::Kind::stacked_bars: y = draw_bars(canvas, chart, y, remarks); break;
  case Chart::Kind::heat_table: y = draw_heat_table(canvas, chart, y, remarks); break;
  case Chart::Kind::trend: y = draw_trend(canvas, chart, y, remarks); break;
  }
  canvas.set_height(draw_foot(canvas, chart, remarks, y) + kMargin);
  return canvas;
}

std::string render_svg(const Chart& chart, const std::string& watermark) {
  return lay_out(chart, watermark).svg(accessible(chart, watermark));
}

std::string render_png(const Chart& chart, const std::string& watermark) {
  return lay_out(chart, watermark).png(kDotsPerInch, accessible(chart, watermark));
}

std::string render_pdf(const Chart& chart, const std::string& watermark) {
  return lay_out(chart, watermark).pdf(accessible(chart, watermark));
}

FontReport font_report() {
  return {font_used(), chinese_font_installed(), {}};
}

FontReport font_report(const Chart& chart, const std::string& watermark) {
  FontReport report = font_report();
  report.missing = lay_out(chart, watermark).missing_glyphs();
  return report;
}

Problems font_problems(const Chart& chart, const std::string& watermark) {
  Problems problems;
  const FontReport report = font_report(chart, watermark);
  if (report.family != font_families().front() || !report.chinese) {
    problems.push_back({.rule = "font-missing",
                        .severity = Severity::notice,
                        .found = report.family,
                        .expected = font_families().front(),
                        .key = chart.id});
  }
  if (!report.missing.empty()) {
    std::string found;
    for (const std::string& character : report.missing)
      found += character;
    problems.push_back({.rule = "glyph-missing", .severity = Severity::notice, .found = found, .key = chart.id});
  }
  return problems;
}

} // namespace appraise
