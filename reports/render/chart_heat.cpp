// A table of units × items with the number in each cell and the shade by its share of the maximum. Where the columns do
// not fit beside each other the table goes on below, in panels that repeat the units; after every 40 units the heads
// stand again.
#include "reports/render/chart_parts.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr double kPad = 1.5;
constexpr double kHeadWrap = 3.1 * kSmallSize; // three characters of a head stand beside each other
constexpr std::size_t kRowsPerHead = 40;

struct Column {
  std::size_t series = 0;
  double least = 0;   // with states broken into two lines
  double natural = 0; // with states in one line
  double width = 0;
  Number full; // what the darkest shade stands for
};

class HeatTable {
public:
  HeatTable(Canvas& canvas, const Chart& chart) : canvas_(canvas), chart_(chart), form_(number_form(chart)) {
    for (std::size_t s = 0; s < chart.series.size(); ++s)
      columns_.push_back(measured(s));
    double natural = 0;
    for (const Column& column : columns_)
      natural += column.natural;
    const TextStyle style{.size = kLabelSize};
    for (const std::string& label : chart.labels) {
      label_width_ = std::max(label_width_, Canvas::measure(label, style).width);
    }
    if (natural + label_width_ > kInner) label_width_ = name_width(chart.labels, style, kInner * 0.25);
    label_width_ = std::min(label_width_, kInner * 0.3) + 2 * kPad;
  }

  double draw(double y, Remarks& remarks) {
    y += draw_shades(y);
    const auto parts = panels();
    for (const auto& [first, last] : parts)
      share_out(first, last);
    for (std::size_t row = 0; row < chart_.labels.size(); row += kRowsPerHead) {
      const std::size_t end = std::min(chart_.labels.size(), row + kRowsPerHead);
      for (const auto& [first, last] : parts) {
        y = draw_head(first, last, y);
        for (std::size_t i = row; i < end; ++i)
          y = draw_row(first, last, i, y);
        canvas_.line(kMargin, y, right(first, last), y, colour(Ink::rule), 0.8);
        y += 6;
      }
    }
    remarks.lines.push_back(phrase(chart_.maxima.empty() ? "chart.shade-largest" : "chart.shade"));
    return y - 6;
  }

private:
  NumberForm form(std::size_t series) const {
    const Series& own = chart_.series[series];
    return own.places ? NumberForm{*own.places, own.percent} : form_;
  }
  static TextStyle cell_style() { return {.size = kSmallSize, .anchor = Anchor::centre}; }

  std::string cell_state(std::size_t series, std::size_t label) const {
    if (series < chart_.cell_states.size() && label < chart_.cell_states[series].size() &&
        !chart_.cell_states[series][label].empty()) {
      return chart_.cell_states[series][label];
    }
    std::string whole = state_at(chart_, label);
    if (!whole.empty()) return whole;
    return value_at(chart_, series, label) == nullptr ? phrase("chart.none") : "";
  }

  Column measured(std::size_t series) const {
    Column column{.series = series, .full = Number(0)};
    for (std::size_t i = 0; i < chart_.labels.size(); ++i) {
      const std::string state = cell_state(series, i);
      const std::string shown = state.empty() ? form(series)(*value_at(chart_, series, i)) : state;
      const double width = Canvas::measure(shown, cell_style()).width;
      column.natural = std::max(column.natural, width);
      column.least =
          std::max(column.least, state.empty() || width <= 2.1 * kSmallSize ? width : width / 2 + kSmallSize * 0.6);
      if (state.empty()) column.full = std::max(column.full, *value_at(chart_, series, i));
    }
    if (series < chart_.maxima.size()) {
      column.full = chart_.maxima[series];
      const double width = Canvas::measure(form(series)(column.full), cell_style()).width;
      column.natural = std::max(column.natural, width);
      column.least = std::max(column.least, width);
    }
    column.natural = std::max(column.natural, kHeadWrap) + 2 * kPad;
    column.least = std::max(column.least, kHeadWrap) + 2 * kPad;
    return column;
  }

  double room() const { return kInner - label_width_; }
  double right(std::size_t first, std::size_t last) const {
    double x = kMargin + label_width_;
    for (std::size_t c = first; c < last; ++c)
      x += columns_[c].width;
    return x;
  }

  // As few panels as the least widths allow, with columns spread evenly over them.
  std::vector<std::pair<std::size_t, std::size_t>> panels() const {
    for (std::size_t count = 1; count <= columns_.size(); ++count) {
      std::vector<std::pair<std::size_t, std::size_t>> result;
      bool fits = true;
      for (std::size_t p = 0; p < count; ++p) {
        const std::size_t first = columns_.size() * p / count;
        const std::size_t last = columns_.size() * (p + 1) / count;
        double least = 0;
        for (std::size_t c = first; c < last; ++c)
          least += columns_[c].least;
        fits = fits && least <= room();
        result.emplace_back(first, last);
      }
      if (fits || count == columns_.size()) return result;
    }
    return {};
  }

  void share_out(std::size_t first, std::size_t last) {
    double least = 0;
    double natural = 0;
    for (std::size_t c = first; c < last; ++c) {
      least += columns_[c].least;
      natural += columns_[c].natural;
    }
    const bool whole = natural <= room();
    const double extra = (room() - (whole ? natural : least)) / static_cast<double>(last - first);
    for (std::size_t c = first; c < last; ++c) {
      columns_[c].width = (whole ? columns_[c].natural : columns_[c].least) + std::clamp(extra, 0.0, 60.0);
    }
  }

  double draw_shades(double y) {
    constexpr int kSteps = 5;
    constexpr double kSwatch = 26;
    double x = kMargin;
    const TextStyle style{.size = kSmallSize, .anchor = Anchor::centre};
    for (int i = 0; i < kSteps; ++i) {
      const double share = static_cast<double>(i) / (kSteps - 1);
      const Box box{x, y, kSwatch, 10.5};
      canvas_.rect(box, heat_shade(share));
      canvas_.frame(box, colour(Ink::faint), 0.4);
      TextStyle on = style;
      on.ink = text_on(heat_shade(share));
      canvas_.text_middle(x + kSwatch / 2, y + box.height / 2, std::to_string(i * 25) + "%", on);
      x += kSwatch;
    }
    return 15;
  }

  double draw_head(std::size_t first, std::size_t last, double y) {
    double height = 0;
    for (std::size_t c = first; c < last; ++c)
      height = std::max(height, Canvas::measure(name(c), head_style(c)).height);
    double x = kMargin + label_width_;
    canvas_.line(kMargin, y, right(first, last), y, colour(Ink::rule), 0.8);
    y += 2;
    for (std::size_t c = first; c < last; ++c) {
      const double own = Canvas::measure(name(c), head_style(c)).height;
      canvas_.text(x + columns_[c].width / 2, y + height - own, name(c), head_style(c));
      x += columns_[c].width;
    }
    y += height + 1;
    if (!chart_.maxima.empty()) {
      const double middle = y + 5.5;
      TextStyle style{.size = kSmallSize, .ink = colour(Ink::muted)};
      canvas_.text_middle(kMargin + kPad, middle, phrase("chart.full"), style);
      style.anchor = Anchor::centre;
      x = kMargin + label_width_;
      for (std::size_t c = first; c < last; ++c) {
        if (c < chart_.maxima.size())
          canvas_.text_middle(x + columns_[c].width / 2, middle, form(columns_[c].series)(columns_[c].full), style);
        x += columns_[c].width;
      }
      y += 11;
    }
    canvas_.line(kMargin, y, right(first, last), y, colour(Ink::rule), 0.8);
    return y;
  }

  std::string name(std::size_t column) const {
    return evenly_broken(chart_.series[columns_[column].series].name, head_style(column));
  }
  TextStyle head_style(std::size_t column) const {
    return {.size = kSmallSize, .bold = true, .anchor = Anchor::centre, .wrap = columns_[column].width - 1.5};
  }

  double draw_row(std::size_t first, std::size_t last, std::size_t label, double y) {
    const bool singled = !chart_.highlight.empty() && chart_.labels[label] == chart_.highlight;
    const TextStyle head{.size = kLabelSize, .bold = singled, .wrap = label_width_ - kPad};
    const std::string unit = evenly_broken(chart_.labels[label], head);
    double height = std::max(11.5, Canvas::measure(unit, head).height + 1.5);
    for (std::size_t c = first; c < last; ++c) {
      height = std::max(height, Canvas::measure(broken_state(c, label), state_style(c)).height + 2);
    }
    canvas_.text_middle(kMargin + kPad, y + height / 2, unit, head);
    double x = kMargin + label_width_;
    for (std::size_t c = first; c < last; ++c) {
      draw_cell(c, label, {x, y, columns_[c].width, height});
      x += columns_[c].width;
    }
    return y + height;
  }

  std::string broken_state(std::size_t column, std::size_t label) const {
    return evenly_broken(cell_state(columns_[column].series, label), state_style(column));
  }
  TextStyle state_style(std::size_t column) const {
    return {
        .size = kSmallSize, .ink = colour(Ink::state), .anchor = Anchor::centre, .wrap = columns_[column].width - 1};
  }

  void draw_cell(std::size_t index, std::size_t label, const Box& box) {
    const Column& column = columns_[index];
    const std::string state = broken_state(index, label);
    const double middle_x = box.x + box.width / 2;
    const double middle_y = box.y + box.height / 2;
    if (!state.empty()) {
      canvas_.text_middle(middle_x, middle_y, state, state_style(index));
    } else {
      const Number& value = *value_at(chart_, column.series, label);
      const double share = column.full.sign() > 0 ? (value / column.full).to_double() : 0;
      const Rgb shade = heat_shade(share);
      canvas_.rect(box, shade);
      TextStyle style = cell_style();
      style.ink = text_on(shade);
      canvas_.text_middle(middle_x, middle_y, form(column.series)(value), style);
    }
    canvas_.frame(box, colour(Ink::paper), 0.6);
  }

  Canvas& canvas_;
  const Chart& chart_;
  NumberForm form_;
  double label_width_ = 0;
  std::vector<Column> columns_;
};

} // namespace

double draw_heat_table(Canvas& canvas, const Chart& chart, double y, Remarks& remarks) {
  if (chart.labels.empty() || chart.series.empty()) return y;
  return HeatTable(canvas, chart).draw(y, remarks);
}

} // namespace appraise
