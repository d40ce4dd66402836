#include "reports/render/chart_parts.h"

#include "reports/texts.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr int kMostPlaces = 6;

int places_needed(const Number& value) {
  int places = 0;
  while (places < kMostPlaces && value.rounded(places) != value)
    ++places;
  return places;
}

} // namespace

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
