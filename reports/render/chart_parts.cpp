#include "reports/render/chart_parts.h"

#include "reports/texts.h"

#include <algorithm>
#include <cmath>

namespace appraise {

namespace {

constexpr int kMostPlaces = 6;

int places_needed(const Number& value) {
  int places = 0;
  while (places < kMostPlaces && value.rounded(places) != value)
    ++places;
  return places;
}

// What must not be parted: a Han character each; letters, digits and signs in a row together.
std::vector<std::string> pieces_of(const std::string& text) {
  std::vector<std::string> pieces;
  bool before_wide = true;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const bool wide = length >= 3;
    const std::string piece = text.substr(i, length);
    if (wide || before_wide)
      pieces.push_back(piece);
    else
      pieces.back() += piece;
    before_wide = wide;
    i += length;
  }
  return pieces;
}

bool may_begin_line(const std::string& piece) {
  for (const char* closing : {"）", "、", "，", "。", "；", "：", "》", "”", "％", "%", ")"}) {
    if (piece == closing) return false;
  }
  return true;
}

} // namespace

std::string evenly_broken(const std::string& text, const TextStyle& style) {
  const double lines = std::round(Canvas::measure(text, style).height / Canvas::line_height(style.size));
  if (lines < 2 || text.find('\n') != std::string::npos) return text;
  TextStyle free = style;
  free.wrap = 0;
  const double whole = Canvas::measure(text, free).width;
  std::string result;
  std::string line;
  double begun = 1;
  double used = 0;
  for (const std::string& piece : pieces_of(text)) {
    const double width = Canvas::measure(piece, free).width;
    const bool full = used + width / 2 > whole * begun / lines;
    if (full && begun < lines && !line.empty() && may_begin_line(piece)) {
      result += line + "\n";
      line.clear();
      begun += 1;
    }
    line += piece;
    used += width;
  }
  result += line;
  // Where a piece did not fit the even share, the usual breaking is the better one.
  return Canvas::measure(result, style).height > Canvas::measure(text, style).height ? text : result;
}

double name_width(const std::vector<std::string>& names, const TextStyle& style, double most) {
  std::vector<double> widths;
  for (const std::string& name : names)
    widths.push_back(Canvas::measure(name, style).width);
  if (widths.empty()) return 0;
  std::sort(widths.begin(), widths.end());
  const double common = widths[(widths.size() - 1) * 9 / 10];
  const double halved = widths.back() / 2 + style.size;
  return std::min(std::max(common, std::min(halved, widths.back())), most);
}

std::string NumberForm::operator()(const Number& value) const {
  std::string digits = percent ? (value * Number(100)).decimal(places) : value.decimal(places);
  const std::size_t begin = digits.front() == '-' ? 1 : 0;
  std::size_t point = std::min(digits.find('.'), digits.size());
  while (point > begin + 3) {
    point -= 3;
    digits.insert(point, ",");
  }
  return percent ? digits + "%" : digits;
}

NumberForm number_form(const Chart& chart) {
  NumberForm form{chart.places, chart.percent};
  if (form.places >= 0) return form;
  form.places = 0;
  for (const Series& series : chart.series) {
    for (const auto& value : series.values) {
      if (value) form.places = std::max(form.places, places_needed(chart.percent ? *value * Number(100) : *value));
    }
  }
  return form;
}

const Number* value_at(const Chart& chart, std::size_t series, std::size_t label) {
  if (series >= chart.series.size() || label >= chart.series[series].values.size()) return nullptr;
  if (!state_at(chart, label).empty()) return nullptr;
  const auto& value = chart.series[series].values[label];
  return value ? &*value : nullptr;
}

std::string state_at(const Chart& chart, std::size_t label) {
  return label < chart.states.size() ? chart.states[label] : "";
}

std::string phrase(const char* id, const std::vector<std::pair<std::string, std::string>>& facts) {
  return text(id, Language::chinese, facts);
}

void fill_tone(Canvas& canvas, const Box& box, const Tone& tone) {
  canvas.rect(box, tone.fill);
  if (tone.hatched) canvas.hatch(box, tone.hatch);
  if (lightness(tone.fill) > 88) canvas.frame(box, colour(Ink::rule), 0.4);
}

double draw_keys(Canvas& canvas, double y, const std::vector<Key>& keys) {
  const TextStyle style{.size = kLabelSize};
  constexpr double kSwatch = 12;
  constexpr double kGap = 12;
  const double pitch = Canvas::line_height(style.size) + 2;
  std::vector<std::vector<std::pair<const Key*, double>>> lines(1);
  double used = 0;
  for (const Key& key : keys) {
    const double width = kSwatch + 3 + Canvas::measure(key.name, style).width;
    if (used > 0 && used + kGap + width > kInner) {
      lines.emplace_back();
      used = 0;
    }
    used += (used > 0 ? kGap : 0) + width;
    lines.back().emplace_back(&key, width);
  }
  const double top = y;
  for (const auto& line : lines) {
    double x = kMargin;
    for (const auto& [key, width] : line) {
      fill_tone(canvas, {x, y + (pitch - 7) / 2, kSwatch, 7}, key->tone);
      canvas.text_middle(x + kSwatch + 3, y + pitch / 2, key->name, style);
      x += width + kGap;
    }
    y += pitch;
  }
  return y - top + 3;
}

} // namespace appraise
