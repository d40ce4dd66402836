#include "reports/build/parts.h"
#include "reports/build/state_words.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

class Charts {
public:
  explicit Charts(const Building& building) : building_(building), scheme_(building.scheme()) {}

  std::vector<Chart> build(const std::vector<TrendSeries>& trends) {
    if (building_.gives_ranks()) {
      for (std::size_t i = 0; i < scheme_.items.size(); ++i)
        add_item_bars(i);
    } else {
      add_total_bars();
      if (!scheme_.nodes.empty()) add_families();
    }
    if (scheme_.items.size() > 1) add_heat_tables();
    for (const TrendSeries& trend : trends)
      add_trend(trend);
    return std::move(charts_);
  }

private:
  Chart started(Chart::Kind kind, std::string id, std::string title, std::string unit) const {
    Chart chart;
    chart.kind = kind;
    chart.id = std::move(id);
    chart.title = std::move(title);
    chart.unit = std::move(unit);
    chart.source = source();
    for (std::size_t i = 0; i < building_.card.units.size(); ++i) {
      const Unit& unit_of = building_.unit(i);
      chart.labels.push_back(unit_of.short_name.empty() ? unit_of.name : unit_of.short_name);
    }
    return chart;
  }

  // Rows that units report, by the day until which they did; measured figures by their own sources.
  std::string source() const {
    Date last;
    for (const auto& [type, table] : building_.records.tables) {
      if (type == "measured") continue;
      for (const Source& file : table.sources)
        last = std::max(last, file.reporting_date);
    }
    if (last == Date{}) return said("chart.source of measures");
    return said("chart.source of rows", {{"date", last.text()}});
  }

  // The sources that stand beside an indicator's measured figures, and those of what it is made of.
  std::string source_of(const Indicator& indicator) const {
    constexpr std::size_t kMostSources = 3;
    std::vector<std::string> sources;
    const Values& values = building_.values();
    std::vector<std::string> ids = indicator.operands;
    ids.insert(ids.begin(), indicator.id);
    for (const std::string& id : ids) {
      if (std::find(values.indicators.begin(), values.indicators.end(), id) == values.indicators.end()) continue;
      for (const UnitResult& unit : building_.card.units) {
        const Value& value = values.at(unit.unit, values.indicator(id), values.slice("period"));
        const std::string note = note_words(value.note, Language::chinese);
        const bool known = std::find(sources.begin(), sources.end(), note) != sources.end();
        if (!note.empty() && !known && sources.size() < kMostSources) sources.push_back(note);
      }
    }
    return sources.empty() ? source() : joined(sources, "；");
  }

  std::string title_of(const std::string& part) const { return building_.appraisal.title + "　" + part; }

  void add_total_bars() {
    Chart chart =
        started(Chart::Kind::ranked_bars, "ranking", title_of(said("chart.ranking")), said("sheet.points unit"));
    chart.places = scheme_.places_named ? scheme_.places : 2;
    Series series{said("sheet.total"), {}};
    for (const UnitResult& unit : building_.card.units) {
      series.values.push_back(unit.total);
      chart.states.push_back(unit.total ? "" : state_words(state_id(unit.state)));
    }
    chart.alternative = first_and_last(chart.labels, series.values, chart.places, false, chart.unit);
    chart.series.push_back(std::move(series));
    charts_.push_back(std::move(chart));
  }

  void add_families() {
    Chart chart =
        started(Chart::Kind::stacked_bars, "families", title_of(said("chart.families")), said("sheet.points unit"));
    chart.places = scheme_.places_named ? scheme_.places : 2;
    for (std::size_t n = 0; n < scheme_.nodes.size(); ++n) {
      Series series{scheme_.nodes[n].title, {}};
      for (const UnitResult& unit : building_.card.units)
        series.values.push_back(unit.total ? unit.nodes[n] : std::nullopt);
      chart.series.push_back(std::move(series));
    }
    add_outside_nodes(chart);
    for (const UnitResult& unit : building_.card.units)
      chart.states.push_back(unit.total ? "" : state_words(state_id(unit.state)));
    std::vector<std::string> names;
    for (const Series& series : chart.series)
      names.push_back(series.name);
    chart.alternative = said("chart.families message", {{"names", joined(names, "、")}});
    charts_.push_back(std::move(chart));
  }

  void add_outside_nodes(Chart& chart) const {
    Series series{said("sheet.bonus"), {}};
    bool any = false;
    for (const UnitResult& unit : building_.card.units) {
      Number sum;
      for (std::size_t i = 0; i < scheme_.items.size(); ++i) {
        if (!scheme_.items[i].node.empty()) continue;
        any = true;
        if (unit.items[i].points) sum += *unit.items[i].points;
      }
      series.values.push_back(unit.total ? std::optional<Number>(sum) : std::nullopt);
    }
    if (any) chart.series.push_back(std::move(series));
  }

  // The figure itself, as the sheet shows it.
  std::optional<Number> figure_of(const ItemResult& result, const Indicator& indicator) const {
    if (!result.key) return std::nullopt;
    return indicator.better == "lower" ? -*result.key : *result.key;
  }

  void add_item_bars(std::size_t index) {
    const Item& item = scheme_.items[index];
    const Indicator& indicator = *building_.card.catalogue->find(item.indicator);
    Chart chart = started(Chart::Kind::ranked_bars, "ranking-" + item.id, title_of(item.title), indicator.unit);
    chart.percent = shown_as(indicator).percent;
    chart.source = source_of(indicator);
    Series series{item.title, {}};
    bool whole = true;
    for (const UnitResult& unit : building_.card.units) {
      const ItemResult& result = unit.items[index];
      series.values.push_back(figure_of(result, indicator));
      whole = whole && (!series.values.back() || series.values.back()->is_integer());
      chart.states.push_back(series.values.back() ? "" : state_words(state_id(result.state)));
    }
    chart.places = whole ? 0 : 2;
    chart.alternative = first_and_last(chart.labels, series.values, chart.places, chart.percent, chart.unit);
    chart.series.push_back(std::move(series));
    charts_.push_back(std::move(chart));
  }

  // Items in the order of the scheme, node by node, as many as stand beside each other on a page.
  std::vector<std::vector<std::size_t>> pages() const {
    constexpr std::size_t kMostColumns = 13;
    std::vector<std::vector<std::size_t>> pages(1);
    const auto& items = scheme_.items;
    for (std::size_t first = 0; first < items.size();) {
      std::size_t end = first + 1;
      while (end < items.size() && items[end].node == items[first].node)
        ++end;
      if (!pages.back().empty() && pages.back().size() + (end - first) > kMostColumns) pages.emplace_back();
      for (; first < end; ++first) {
        if (pages.back().size() == kMostColumns + 4) pages.emplace_back();
        pages.back().push_back(first);
      }
    }
    return pages;
  }

  std::string page_name(const std::vector<std::size_t>& page) const {
    std::vector<std::string> names;
    for (std::size_t index : page) {
      const Node* node = scheme_.node(scheme_.items[index].node);
      const std::string name = node != nullptr ? node->title : scheme_.items[index].bonus ? said("sheet.bonus") : "";
      if (!name.empty() && (names.empty() || names.back() != name)) names.push_back(name);
    }
    return names.empty() ? "" : "（" + joined(names, "、") + "）";
  }

  void add_heat_tables() {
    const auto all = pages();
    for (std::size_t i = 0; i < all.size(); ++i)
      add_heat_table(all[i], i == 0 ? "items" : fmt::format("items-{}", i + 1),
                     all.size() > 1 ? page_name(all[i]) : "");
  }

  void add_heat_table(const std::vector<std::size_t>& items, const std::string& id, const std::string& part) {
    const bool ranks = building_.gives_ranks();
    Chart chart = started(Chart::Kind::heat_table, id, title_of(said(ranks ? "chart.figures" : "chart.items") + part),
                          ranks ? "" : said("sheet.points unit"));
    chart.places = scheme_.places_named ? scheme_.places : 2;
    for (std::size_t index : items) {
      const Item& item = scheme_.items[index];
      const Indicator& indicator = *building_.card.catalogue->find(item.indicator);
      Series series{item.title, {}};
      std::vector<std::string> states;
      bool whole = true;
      for (const UnitResult& unit : building_.card.units) {
        const ItemResult& result = unit.items[index];
        series.values.push_back(ranks ? figure_of(result, indicator) : result.points);
        whole = whole && (!series.values.back() || series.values.back()->is_integer());
        states.push_back(series.values.back() ? "" : state_words(state_id(result.state)));
      }
      if (ranks) {
        series.percent = shown_as(indicator).percent;
        series.places = whole && !series.percent ? 0 : 2;
      }
      chart.series.push_back(std::move(series));
      chart.cell_states.push_back(std::move(states));
      if (!ranks && item.points) chart.maxima.push_back(*item.points);
    }
    if (chart.maxima.size() != chart.series.size()) chart.maxima.clear();
    chart.states.assign(chart.labels.size(), "");
    chart.alternative = said("chart.items message", {{"units", std::to_string(chart.labels.size())},
                                                     {"items", std::to_string(chart.series.size())}});
    charts_.push_back(std::move(chart));
  }

  void add_trend(const TrendSeries& trend) {
    Chart chart = started(Chart::Kind::trend, trend.id, trend.title, "");
    chart.labels = trend.labels;
    chart.states.assign(chart.labels.size(), "");
    chart.places = 0;
    std::map<std::string, std::vector<std::string>> remarks; // text → labels
    for (const std::string& id : trend.indicators) {
      const Indicator& indicator = *building_.card.catalogue->find(id);
      chart.unit = indicator.unit;
      Series series{indicator.title, {}};
      for (std::size_t s = 0; s < trend.values.slices.size(); ++s) {
        const Value& value = trend.values.at(trend.unit, trend.values.indicator(id), s);
        if (value.state == ValueState::unavailable)
          series.values.push_back(std::nullopt);
        else if (value.state == ValueState::empty || value.denominator.is_zero())
          series.values.push_back(Number(0));
        else
          series.values.push_back(value.numerator * indicator.per / value.denominator);
        const std::string remark = remark_of(trend, id, trend.values.slices[s]);
        auto& at = remarks[remark];
        if (!remark.empty() && (at.empty() || at.back() != trend.labels[s])) at.push_back(trend.labels[s]);
      }
      chart.series.push_back(std::move(series));
    }
    add_marks(chart, remarks);
    chart.alternative = said("chart.trend message", {{"first", trend.labels.empty() ? "" : trend.labels.front()},
                                                     {"last", trend.labels.empty() ? "" : trend.labels.back()}});
    charts_.push_back(std::move(chart));
  }

  // What the source of a measured value says of its faults.
  std::string remark_of(const TrendSeries& trend, const std::string& indicator, const Slice& slice) const {
    const Table* table = building_.records.find("measured");
    if (table == nullptr || table->type == nullptr) return {};
    const auto name = table->type->field("indicator");
    const auto from = table->type->field("from_date");
    const auto to = table->type->field("to_date");
    const auto note = table->type->field("note");
    if (!name || !from || !to || !note) return {};
    for (const Batch& batch : table->batches) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (batch.alive[row] != 0 && batch.units[row] == trend.unit && batch.text(*name, row) == indicator &&
            batch.value(*from, row) == slice.from.days && batch.value(*to, row) == slice.to.days) {
          return std::string(batch.text(*note, row));
        }
      }
    }
    return {};
  }

  // One mark a remark, beside the first point that it speaks of, in the order of the labels.
  static void add_marks(Chart& chart, const std::map<std::string, std::vector<std::string>>& remarks) {
    for (const std::string& label : chart.labels) {
      for (const auto& [remark, at] : remarks) {
        if (!remark.empty() && std::find(at.begin(), at.end(), label) != at.end())
          chart.marks.push_back({label, remark});
      }
    }
  }

  static std::string first_and_last(const std::vector<std::string>& labels,
                                    const std::vector<std::optional<Number>>& values, int places, bool percent,
                                    const std::string& unit) {
    std::optional<std::size_t> most;
    std::optional<std::size_t> least;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      if (!most || *values[i] > *values[*most]) most = i;
      if (!least || *values[i] < *values[*least]) least = i;
    }
    if (!most) return said("chart.no figures");
    const auto shown = [&](std::size_t i) {
      return percent ? (*values[i] * Number(100)).decimal(places) + "%" : values[i]->decimal(places) + unit;
    };
    return said("chart.ranking message",
                {{"first", labels[*most]}, {"most", shown(*most)}, {"last", labels[*least]}, {"least", shown(*least)}});
  }

  const Building& building_;
  const Scheme& scheme_;
  std::vector<Chart> charts_;
};

} // namespace

std::vector<Chart> build_charts(const Building& building, const std::vector<TrendSeries>& trends) {
  return Charts(building).build(trends);
}

} // namespace appraise
