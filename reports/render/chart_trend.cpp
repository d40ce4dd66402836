// Lines over years with the exact values in a table under the same years; missing years are gaps. Known faults are
// numbered at the top of their year, with a fine line down to it, and told below.
#include "reports/render/chart_axis.h"
#include "reports/render/chart_parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/core.h>

namespace appraise {

namespace {

constexpr double kPlotHeight = 170;
constexpr double kMarkStrip = 12;
constexpr double kKeyWidth = 18;

std::optional<int> as_year(const std::string& label) {
  int year = 0;
  const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), year);
  if (error != std::errc{} || end != label.data() + label.size() || label.size() != 4) return std::nullopt;
  return year;
}

struct Slot { // one position on the horizontal axis
  std::string label;
  std::optional<std::size_t> at; // place in the chart; nothing for a year between that the chart does not have
};

// Years that the chart leaves out keep their place.
std::vector<Slot> slots_of(const Chart& chart) {
  std::vector<Slot> slots;
  std::optional<int> before;
  for (std::size_t i = 0; i < chart.labels.size(); ++i) {
    const std::optional<int> year = as_year(chart.labels[i]);
    if (before && year && *year > *before && *year - *before <= 20) {
      for (int y = *before + 1; y < *year; ++y)
        slots.push_back({std::to_string(y), std::nullopt});
    }
    slots.push_back({chart.labels[i], i});
    before = year;
  }
  return slots;
}

std::string circled(std::size_t number) { // ① …
  if (number > 20) return fmt::format("({})", number);
  const unsigned code = 0x2460U + static_cast<unsigned>(number) - 1;
  return {static_cast<char>(0xE0U | (code >> 12U)), static_cast<char>(0x80U | ((code >> 6U) & 63U)),
          static_cast<char>(0x80U | (code & 63U))};
}

class Trend {
public:
  Trend(Canvas& canvas, const Chart& chart)
      : canvas_(canvas), chart_(chart), form_(number_form(chart)), slots_(slots_of(chart)) {
    std::vector<double> values;
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
      for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (const Number* value = at(s, i)) values.push_back(value->to_double());
      }
    }
    axis_ = make_axis(values);
    measure();
  }

  double draw(double y, Remarks& remarks) {
    draw_frame(y);
    draw_marks(remarks);
    for (std::size_t s = 0; s < chart_.series.size(); ++s)
      draw_line(s);
    draw_names();
    y = beneath_ ? draw_years(bottom_ + 2) : draw_table(bottom_ + 2);
    if (beneath_) y = draw_list(y + 6);
    if (gaps_) {
      const std::string state = gap_state_.empty() ? phrase("chart.gap-unknown") : gap_state_;
      remarks.lines.insert(remarks.lines.begin(), phrase("chart.gap", {{"state", state}}));
    }
    return y;
  }

private:
  const Number* at(std::size_t series, std::size_t slot) const {
    return slots_[slot].at ? value_at(chart_, series, *slots_[slot].at) : nullptr;
  }
  double x_of(std::size_t slot) const { return left_ + (static_cast<double>(slot) + 0.5) * pitch_; }
  double y_of(double value) const { return bottom_ - axis_.share(value) * kPlotHeight; }
  std::string tick_text(double tick) const {
    const auto scaled = static_cast<std::int64_t>(std::llround(tick * std::pow(10.0, axis_.tick_places)));
    const Number exact = Number(scaled) / Number::power_of_ten(axis_.tick_places);
    return NumberForm{chart_.percent ? std::max(0, axis_.tick_places - 2) : axis_.tick_places, chart_.percent}(exact);
  }
  static TextStyle small(Anchor anchor) { return {.size = kSmallSize, .anchor = anchor}; }

  void measure() {
    double widest = 0;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      widest = std::max(widest, Canvas::measure(slots_[i].label, small(Anchor::left)).width);
      for (std::size_t s = 0; s < chart_.series.size(); ++s) {
        const Number* value = at(s, i);
        if (value != nullptr) widest = std::max(widest, Canvas::measure(form_(*value), small(Anchor::left)).width);
        if (value == nullptr) note_gap(i);
      }
    }
    double names = 0;
    for (const Series& series : chart_.series) {
      names = std::max(names, Canvas::measure(series.name, small(Anchor::left)).width);
    }
    for (const double tick : axis_.ticks) {
      ticks_ = std::max(ticks_, Canvas::measure(tick_text(tick), small(Anchor::left)).width);
    }
    name_width_ = std::min(names, kInner * 0.25);
    const auto count = static_cast<double>(std::max<std::size_t>(slots_.size(), 1));
    left_ = kMargin + std::max(ticks_ + 4, kKeyWidth + name_width_ + 3);
    pitch_ = (kPageWidth - kMargin - left_) / count;
    beneath_ = pitch_ < widest + 2;
    if (beneath_) {
      left_ = kMargin + ticks_ + 4;
      pitch_ = (kPageWidth - kMargin - left_) / count;
    }
  }

  void note_gap(std::size_t slot) {
    gaps_ = true;
    if (slots_[slot].at && gap_state_.empty()) gap_state_ = state_at(chart_, *slots_[slot].at);
  }

  void draw_frame(double y) {
    const char* scale = axis_.logarithmic ? "chart.log" : axis_.low < 0 ? "chart.linear-below" : "chart.linear";
    y += canvas_.text(kMargin, y, phrase(scale), {.size = kSmallSize, .ink = colour(Ink::muted)}).height + 2;
    top_ = y + (chart_.marks.empty() ? 3 : kMarkStrip);
    bottom_ = top_ + kPlotHeight;
    TextStyle style = small(Anchor::right);
    style.ink = colour(Ink::muted);
    for (const double tick : axis_.ticks) {
      const bool base = tick == 0 || (axis_.logarithmic && tick == axis_.low);
      canvas_.line(left_, y_of(tick), kPageWidth - kMargin, y_of(tick), colour(base ? Ink::rule : Ink::faint),
                   base ? 0.8 : 0.5);
      canvas_.text_middle(left_ - 4, y_of(tick), tick_text(tick), style);
    }
  }

  // The highest point of a slot, where the fine line of a mark ends.
  double highest(std::size_t slot) const {
    double y = bottom_;
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      if (const Number* value = at(s, slot)) y = std::min(y, y_of(value->to_double()));
    }
    return y;
  }

  void draw_marks(Remarks& remarks) {
    std::vector<std::string> beside(slots_.size());
    for (std::size_t m = 0; m < chart_.marks.size(); ++m) {
      const Mark& mark = chart_.marks[m];
      remarks.lines.push_back(circled(m + 1) + " " + mark.at + "：" + mark.text);
      for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].label == mark.at) beside[i] += circled(m + 1);
      }
    }
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (beside[i].empty()) continue;
      TextStyle style = small(Anchor::centre);
      style.ink = colour(Ink::accent);
      const Extent extent = canvas_.text(x_of(i), top_ - kMarkStrip, beside[i], style);
      canvas_.line(x_of(i), top_ - kMarkStrip + extent.height, x_of(i), highest(i) - 3, colour(Ink::accent), 0.4, true);
      taken_.push_back({x_of(i) - extent.width / 2 - 1, top_ - kMarkStrip, extent.width + 2, extent.height});
      taken_.push_back({x_of(i) - 1, top_, 2, highest(i) - top_});
    }
  }

  void draw_line(std::size_t series) {
    const LineTone tone = line_tone(series);
    std::vector<std::pair<double, double>> run;
    std::vector<std::pair<double, double>> all;
    const auto end_run = [&] {
      if (run.size() > 1) {
        segments_.push_back(run);
        canvas_.polyline(run, tone.stroke, 1.3, tone.dashed);
      }
      run.clear();
    };
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const Number* value = at(series, i);
      if (value == nullptr) {
        end_run();
        continue;
      }
      run.emplace_back(x_of(i), y_of(value->to_double()));
      all.push_back(run.back());
    }
    end_run();
    for (const auto& [x, y] : all) {
      canvas_.marker(x, y, tone.marker, tone.stroke);
      taken_.push_back({x - 3, y - 3, 6, 6});
    }
  }

  // Whether a box meets a line, a point, a mark's line or a name that stands already.
  bool is_free(const Box& box) const {
    if (box.x < left_ + 1 || box.right() > kPageWidth - kMargin || box.y < top_ - 5 || box.bottom() > bottom_ - 1)
      return false;
    const auto meets = [&](double x, double y) {
      return x > box.x - 1 && x < box.right() + 1 && y > box.y - 0.5 && y < box.bottom() + 0.5;
    };
    for (const Box& other : taken_) {
      if (other.x < box.right() && box.x < other.right() && other.y < box.bottom() && box.y < other.bottom())
        return false;
    }
    for (const auto& points : segments_) {
      for (std::size_t i = 1; i < points.size(); ++i) {
        constexpr int kSamples = 40;
        for (int k = 0; k <= kSamples; ++k) {
          const double t = static_cast<double>(k) / kSamples;
          if (meets(points[i - 1].first + (points[i].first - points[i - 1].first) * t,
                    points[i - 1].second + (points[i].second - points[i - 1].second) * t)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  // Each line's name at one of its own points, as far to the right as nothing else is met; the table has it in any
  // case.
  void draw_names() {
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      const TextStyle style{.size = kSmallSize, .bold = true, .ink = name_ink(s)};
      const Extent extent = Canvas::measure(chart_.series[s].name, style);
      bool placed = false;
      for (std::size_t back = 0; back < slots_.size() && !placed; ++back) {
        const std::size_t slot = slots_.size() - 1 - back;
        const Number* value = at(s, slot);
        if (value == nullptr) continue;
        const double x = x_of(slot);
        const double y = y_of(value->to_double());
        const Box boxes[] = {{x - extent.width - 4, y - extent.height - 1, extent.width, extent.height},
                             {x - extent.width / 2, y - extent.height - 4, extent.width, extent.height},
                             {x - extent.width / 2, y + 4, extent.width, extent.height},
                             {x + 4, y + 1, extent.width, extent.height},
                             {x - extent.width - 5, y - extent.height / 2, extent.width, extent.height}};
        for (const Box& box : boxes) {
          if (placed || !is_free(box)) continue;
          canvas_.rect(box, colour(Ink::paper));
          canvas_.text(box.x, box.y, chart_.series[s].name, style);
          taken_.push_back(box);
          placed = true;
        }
      }
    }
  }

  static Rgb name_ink(std::size_t series) {
    const Rgb stroke = line_tone(series).stroke;
    return lightness(stroke) > 55 ? colour(Ink::muted) : stroke;
  }

  double draw_years(double y) {
    double height = 0;
    double free_from = 0;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const double width = Canvas::measure(slots_[i].label, small(Anchor::centre)).width;
      if (x_of(i) - width / 2 < free_from) continue;
      height = std::max(height, canvas_.text(x_of(i), y, slots_[i].label, small(Anchor::centre)).height);
      free_from = x_of(i) + width / 2 + 3;
    }
    return y + height;
  }

  double draw_table(double y) {
    y = draw_years(y) + 2;
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      TextStyle name = small(Anchor::left);
      name.wrap = name_width_ + 0.1;
      const double height = std::max(11.5, Canvas::measure(chart_.series[s].name, name).height + 1.5);
      canvas_.line(kMargin, y, kPageWidth - kMargin, y, colour(Ink::faint));
      const double middle = y + height / 2;
      draw_key(kMargin, middle, s);
      canvas_.text_middle(kMargin + kKeyWidth, middle, chart_.series[s].name, name);
      for (std::size_t i = 0; i < slots_.size(); ++i) {
        const Number* value = at(s, i);
        canvas_.text_middle(x_of(i), middle, value == nullptr ? phrase("chart.none") : form_(*value),
                            small(Anchor::centre));
      }
      y += height;
    }
    canvas_.line(kMargin, y, kPageWidth - kMargin, y, colour(Ink::faint));
    return y;
  }

  void draw_key(double x, double middle, std::size_t series) {
    const LineTone tone = line_tone(series);
    canvas_.line(x, middle, x + 14, middle, tone.stroke, 1.3, tone.dashed);
    canvas_.marker(x + 7, middle, tone.marker, tone.stroke);
  }

  // Where the values are too wide to stand under their years: years downwards, series across.
  double draw_list(double y) {
    const double year_width = 34;
    const double width = (kInner - year_width) / static_cast<double>(std::max<std::size_t>(chart_.series.size(), 1));
    double height = 0;
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      const double right = kMargin + year_width + static_cast<double>(s + 1) * width;
      TextStyle name = small(Anchor::right);
      name.wrap = width - kKeyWidth - 4;
      const Extent extent = canvas_.text(right, y, chart_.series[s].name, name);
      draw_key(right - extent.width - kKeyWidth, y + extent.height / 2, s);
      height = std::max(height, extent.height);
    }
    y += height + 2;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      canvas_.line(kMargin, y, kPageWidth - kMargin, y, colour(Ink::faint));
      canvas_.text_middle(kMargin + 2, y + 5.5, slots_[i].label, small(Anchor::left));
      for (std::size_t s = 0; s < chart_.series.size(); ++s) {
        const Number* value = at(s, i);
        canvas_.text_middle(kMargin + year_width + static_cast<double>(s + 1) * width, y + 5.5,
                            value == nullptr ? phrase("chart.none") : form_(*value), small(Anchor::right));
      }
      y += 11;
    }
    return y;
  }

  Canvas& canvas_;
  const Chart& chart_;
  NumberForm form_;
  std::vector<Slot> slots_;
  Axis axis_;
  double left_ = 0;
  double pitch_ = 1;
  double ticks_ = 0;
  double name_width_ = 0;
  double top_ = 0;
  double bottom_ = 0;
  bool beneath_ = false;
  bool gaps_ = false;
  std::string gap_state_;
  std::vector<std::vector<std::pair<double, double>>> segments_;
  std::vector<Box> taken_;
};

} // namespace

double draw_trend(Canvas& canvas, const Chart& chart, double y, Remarks& remarks) {
  if (chart.labels.empty() || chart.series.empty()) return y;
  return Trend(canvas, chart).draw(y, remarks);
}

} // namespace appraise
