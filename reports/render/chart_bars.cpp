// Horizontal bars in rank order: one bar a unit, or the families of its points stacked. Long lists stand in two or
// three columns with one scale, so that the text keeps its size.
#include "reports/render/chart_parts.h"

#include <algorithm>
#include <numeric>

namespace appraise {

namespace {

constexpr std::size_t kRowsPerColumn = 56;
constexpr std::size_t kMostColumns = 3;
constexpr double kColumnGap = 12;
constexpr double kRowPitch = 12;
constexpr double kRankWidth = 14;

struct Row {
  std::size_t label = 0;
  std::optional<Number> total;
  std::string rank;
};

std::optional<Number> total_of(const Chart& chart, std::size_t label) {
  std::optional<Number> total;
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const Number* value = value_at(chart, s, label);
    if (value != nullptr) total = total ? *total + *value : *value;
    if (chart.kind == Chart::Kind::ranked_bars) break;
  }
  return total;
}

// By total, the greatest first; equal ones share a rank and keep their order; those without a figure stand last.
std::vector<Row> ranked_rows(const Chart& chart) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < chart.labels.size(); ++i)
    rows.push_back({i, total_of(chart, i), ""});
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (!a.total || !b.total) return a.total.has_value() && !b.total.has_value();
    return *a.total > *b.total;
  });
  for (std::size_t i = 0; i < rows.size() && rows[i].total; ++i) {
    const bool tie = i > 0 && *rows[i].total == *rows[i - 1].total;
    rows[i].rank = tie ? rows[i - 1].rank : std::to_string(i + 1);
  }
  return rows;
}

class Bars {
public:
  Bars(Canvas& canvas, const Chart& chart)
      : canvas_(canvas), chart_(chart), form_(number_form(chart)), rows_(ranked_rows(chart)),
        stacked_(chart.kind == Chart::Kind::stacked_bars) {
    const std::size_t wanted = (rows_.size() + kRowsPerColumn - 1) / kRowsPerColumn;
    columns_ = std::clamp<std::size_t>(wanted, 1, kMostColumns);
    width_ = (kInner - kColumnGap * static_cast<double>(columns_ - 1)) / static_cast<double>(columns_);
    measure();
  }

  double draw(double y) {
    if (rows_.empty()) return y;
    y = draw_heads(y);
    const std::size_t per_column = (rows_.size() + columns_ - 1) / columns_;
    double bottom = y;
    for (std::size_t c = 0; c < columns_; ++c) {
      const std::size_t first = c * per_column;
      if (first >= rows_.size()) break;
      bottom = std::max(bottom, draw_column(c, first, std::min(rows_.size(), first + per_column), y));
    }
    return bottom;
  }

private:
  double left(std::size_t column) const { return kMargin + static_cast<double>(column) * (width_ + kColumnGap); }
  double bars_left(std::size_t column) const { return left(column) + kRankWidth + 3 + label_width_ + 4; }
  double at(std::size_t column, double value) const {
    return bars_left(column) + low_text_ + (value - low_) / (high_ - low_) * span_;
  }

  void measure() {
    Number sum;
    for (const Row& row : rows_) {
      if (!row.total) continue;
      sum += *row.total;
      ++counted_;
      value_width_ = std::max(value_width_, Canvas::measure(form_(*row.total), value_style()).width);
      double above = 0;
      double below = 0;
      for (std::size_t s = 0; s < chart_.series.size(); ++s) {
        const Number* value = value_at(chart_, s, row.label);
        if (value != nullptr) (value->sign() < 0 ? below : above) += value->to_double();
        if (!stacked_) break;
      }
      high_ = std::max(high_, above);
      low_ = std::min(low_, below);
    }
    if (counted_ > 0) mean_ = sum / Number(static_cast<std::int64_t>(counted_));
    if (high_ <= low_) high_ = low_ + 1;
    label_width_ =
        columns_ > 1 ? name_width(chart_.labels, label_style(), width_ * 0.4) : std::min(widest_label(), width_ * 0.4);
    low_text_ = low_ < 0 ? value_width_ + 3 : 0;
    span_ = left(0) + width_ - bars_left(0) - low_text_ - value_width_ - 3;
  }

  double widest_label() const {
    double widest = 0;
    for (const std::string& label : chart_.labels)
      widest = std::max(widest, Canvas::measure(label, label_style()).width);
    return widest;
  }

  static TextStyle label_style() { return {.size = kLabelSize}; }
  TextStyle wrapped_label() const {
    TextStyle style = label_style();
    style.wrap = label_width_ + 1;
    return style;
  }
  std::string label_text(const Row& row) const { return evenly_broken(chart_.labels[row.label], wrapped_label()); }
  TextStyle value_style() const { return {.size = kLabelSize, .bold = stacked_}; }

  double draw_heads(double y) {
    if (stacked_) {
      std::vector<Key> keys;
      for (std::size_t s = 0; s < chart_.series.size(); ++s)
        keys.push_back({chart_.series[s].name, series_tone(s)});
      y += draw_keys(canvas_, y, keys);
    }
    if (!mean_ || stacked_) return y;
    const bool all = counted_ == rows_.size();
    const std::string words =
        phrase(all ? "chart.mean" : "chart.mean-of", {{"value", form_(*mean_)}, {"count", std::to_string(counted_)}});
    const TextStyle style{.size = kSmallSize, .ink = colour(Ink::accent), .anchor = Anchor::centre};
    const double half = Canvas::measure(words, style).width / 2;
    const double x = std::clamp(at(0, mean_->to_double()), left(0) + half, left(0) + width_ - half);
    return y + canvas_.text(x, y, words, style).height + 1;
  }

  double draw_column(std::size_t column, std::size_t first, std::size_t last, double top) {
    const double zero = at(column, 0);
    std::vector<double> heights;
    for (std::size_t i = first; i < last; ++i) {
      heights.push_back(std::max(kRowPitch, Canvas::measure(label_text(rows_[i]), wrapped_label()).height + 2));
    }
    const double bottom = std::accumulate(heights.begin(), heights.end(), top);
    double y = top;
    for (std::size_t i = first; i < last; ++i) {
      draw_row(column, rows_[i], y, heights[i - first]);
      y += heights[i - first];
    }
    canvas_.line(zero, top, zero, bottom, colour(Ink::rule), 0.6);
    return bottom;
  }

  void draw_row(std::size_t column, const Row& row, double y, double height) {
    const double middle = y + height / 2;
    const bool singled = !chart_.highlight.empty() && chart_.labels[row.label] == chart_.highlight;
    TextStyle label = wrapped_label();
    label.bold = singled;
    canvas_.text_middle(left(column) + kRankWidth + 3, middle, label_text(row), label);
    if (!row.total) {
      const std::string state = state_at(chart_, row.label);
      canvas_.text_middle(at(column, 0) + 3, middle, state.empty() ? phrase("chart.none") : state,
                          {.size = kLabelSize, .ink = colour(Ink::state)});
      return;
    }
    canvas_.text_middle(left(column) + kRankWidth, middle, row.rank,
                        {.size = kLabelSize, .ink = colour(Ink::muted), .anchor = Anchor::right});
    const double end = stacked_ ? draw_stack(column, row, middle) : draw_bar(column, *row.total, middle, singled);
    TextStyle value = value_style();
    value.anchor = row.total->sign() < 0 && !stacked_ ? Anchor::right : Anchor::left;
    const double edge = end + (value.anchor == Anchor::left ? 3 : -3);
    canvas_.text_middle(edge, middle, form_(*row.total), value);
    if (!stacked_) draw_mean(column, y, height, edge, value);
  }

  // The mean's line leaves out the rows in which it would run through the number.
  void draw_mean(std::size_t column, double y, double height, double edge, const TextStyle& value) {
    const double x = at(column, mean_->to_double());
    const double other = edge + (value.anchor == Anchor::left ? 1 : -1) * value_width_;
    if (x > std::min(edge, other) - 1.5 && x < std::max(edge, other) + 1.5) return;
    canvas_.line(x, y, x, y + height, colour(Ink::accent), 0.6, true);
  }

  double draw_bar(std::size_t column, const Number& total, double middle, bool singled) {
    const double zero = at(column, 0);
    const double end = at(column, total.to_double());
    canvas_.rect({std::min(zero, end), middle - 3.7, std::abs(end - zero), 7.4},
                 colour(singled ? Ink::accent : Ink::bar));
    return end;
  }

  double draw_stack(std::size_t column, const Row& row, double middle) {
    double above = 0;
    double below = 0;
    for (std::size_t s = 0; s < chart_.series.size(); ++s) {
      const Number* value = value_at(chart_, s, row.label);
      if (value == nullptr || value->is_zero()) continue;
      double& side = value->sign() < 0 ? below : above;
      const double from = at(column, side);
      side += value->to_double();
      const double to = at(column, side);
      const Box box{std::min(from, to), middle - 4.4, std::abs(to - from), 8.8};
      const Tone tone = series_tone(s);
      if (from != at(column, 0)) canvas_.line(from, box.y, from, box.bottom(), colour(Ink::paper), 1.2);
      fill_tone(canvas_, {box.x + 0.3, box.y, std::max(0.3, box.width - 0.6), box.height}, tone);
      TextStyle style{.size = kSmallSize, .ink = text_on(tone.fill), .anchor = Anchor::centre};
      if (columns_ == 1 && !tone.hatched && Canvas::measure(form_(*value), style).width + 4 <= box.width) {
        canvas_.text_middle(box.x + box.width / 2, middle, form_(*value), style);
      }
    }
    return at(column, above);
  }

  Canvas& canvas_;
  const Chart& chart_;
  NumberForm form_;
  std::vector<Row> rows_;
  bool stacked_ = false;
  std::size_t columns_ = 1;
  std::size_t counted_ = 0;
  double width_ = 0;
  double label_width_ = 0;
  double value_width_ = 0;
  double low_text_ = 0;
  double span_ = 0;
  double low_ = 0;
  double high_ = 0;
  std::optional<Number> mean_;
};

} // namespace

double draw_bars(Canvas& canvas, const Chart& chart, double y, Remarks&) {
  return Bars(canvas, chart).draw(y);
}

} // namespace appraise
