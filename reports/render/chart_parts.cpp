#include "reports/render/chart_parts.h"

#include "reports/texts.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace appraise {

namespace {

constexpr int kMostPlaces = 6;

int places_needed(const Number& value) {
  int places = 0;
  while (places < kMostPlaces && value.rounded(places) != value)
    ++places;
  return places;
}

bool one_of(const std::string& piece, std::initializer_list<const char*> list) {
  return std::any_of(list.begin(), list.end(), [&](const char* each) { return piece == each; });
}

// A Han character each; letters, digits and signs in a row together.
std::vector<std::string> characters_of(const std::string& text) {
  std::vector<std::string> pieces;
  bool before_wide = true;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const bool wide = length >= 3;
    const std::string piece = text.substr(i, length);
    if (wide || before_wide) {
      pieces.push_back(piece);
    } else {
      pieces.back() += piece;
    }
    before_wide = wide;
    i += length;
  }
  return pieces;
}

// Likely words: two characters, three where a usual ending follows, closing signs with what they close. Only the look
// of a broken head hangs on it.
std::vector<std::string> likely_words(const std::string& text) {
  const std::vector<std::string> all = characters_of(text);
  const auto ending = [&](std::size_t i) {
    return i < all.size() && one_of(all[i], {"率", "量", "数", "制", "度", "性", "域", "内", "外", "省", "市", "区",
                                             "县", "州", "族", "师"});
  };
  const auto closing = [&](std::size_t i) {
    return i < all.size() && one_of(all[i], {"）", "、", "，", "。", "；", "：", "》", "”", "%", ")"});
  };
  const auto alone = [&](std::size_t i) { return one_of(all[i], {"及", "和", "与", "的", "等", "（", "《", "“"}); };
  std::vector<std::string> words;
  for (std::size_t i = 0; i < all.size();) {
    std::string word = all[i];
    const bool opening = one_of(all[i], {"（", "《", "“"});
    const bool single = all[i].size() < 3 || (alone(i) && !opening && !ending(i + 2));
    ++i;
    if (opening && i < all.size()) word += all[i++];
    if (!single && i < all.size() && all[i].size() >= 3 && !alone(i) && !closing(i)) word += all[i++];
    if (!single && ending(i) && !ending(i + 1)) word += all[i++];
    while (closing(i))
      word += all[i++];
    words.push_back(word);
  }
  return words;
}

// The words in lines of at most `most`.
std::vector<std::string> filled_lines(const std::vector<std::string>& words, const TextStyle& style, double most) {
  std::vector<std::string> lines;
  double used = 0;
  for (const std::string& word : words) {
    const double width = Canvas::measure(word, style).width;
    if (lines.empty() || used + width > most) {
      lines.emplace_back();
      used = 0;
    }
    lines.back() += word;
    used += width;
  }
  return lines;
}

} // namespace

std::string evenly_broken(const std::string& text, const TextStyle& style) {
  const double usual = std::round(Canvas::measure(text, style).height / Canvas::line_height(style.size));
  if (usual < 2 || text.find('\n') != std::string::npos) return text;
  TextStyle free = style;
  free.wrap = 0;
  const std::vector<std::string> words = likely_words(text);
  for (const std::string& word : words) {
    if (Canvas::measure(word, free).width > style.wrap) return text;
  }
  const std::vector<std::string> widest = filled_lines(words, free, style.wrap);
  if (static_cast<double>(widest.size()) > usual + 1) return text;
  // The narrowest that needs no more lines is the most even.
  std::vector<std::string> best = widest;
  for (double most = style.wrap; most > 0; most -= style.size / 4) {
    const std::vector<std::string> lines = filled_lines(words, free, most);
    if (lines.size() > widest.size()) break;
    best = lines;
  }
  std::string result;
  for (const std::string& line : best)
    result += (result.empty() ? "" : "\n") + line;
  return result;
}

double name_width(const std::vector<std::string>& names, const TextStyle& style, double most) {
  std::vector<double> widths;
  widths.reserve(names.size());
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
