#include "tests/unit/report/sample_charts.h"

#include <cstdint>

namespace appraise::samples {

namespace {

// A fixed sequence, so that a picture is the same on every machine.
class Sequence {
public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  int below(int limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((state_ >> 33U) % static_cast<std::uint64_t>(limit));
  }

private:
  std::uint64_t state_;
};

const std::vector<std::string> kProvinces{"甲省", "乙省", "丙省", "丁省", "戊省", "己省", "庚省", "辛省",
                                          "壬省", "癸省", "子省", "丑省", "寅省", "卯省", "辰省", "巳省",
                                          "午省", "未省", "申省", "酉省", "戌省", "亥省", "乾省", "坤省",
                                          "震省", "巽省", "坎省", "离省", "艮省", "兑省", "天省", "地省"};

const std::vector<std::string> kItems{"侵权纠纷办案量",   "假冒专利办案量", "人均办案量",     "其他纠纷办案量",
                                      "责任制落实情况",   "跨区域移送",     "侵权纠纷结案率", "行政处理决定占比",
                                      "法定期限内结案率", "平均办案天数",   "案卷评查得分",   "随机抽查结果公开及时率",
                                      "案件信息公开率",   "违规情形扣分"};

std::vector<std::string> cities() {
  std::vector<std::string> names;
  const std::vector<std::string> heads{"东", "南", "西", "北", "中", "上", "下", "新", "安", "宁"};
  const std::vector<std::string> tails{"川市", "阳市", "山市", "江市", "州市", "原市",
                                       "城市", "林市", "河市", "海市", "平市"};
  for (const auto& tail : tails) {
    for (const auto& head : heads)
      names.push_back(head + tail);
  }
  names[17] = "云岭土家族苗族自治州";
  names[80] = "新川生产建设兵团第十三师";
  return names;
}

Number hundredths(int value) {
  return Number(value) / Number(100);
}

Chart basic(Chart::Kind kind, std::string id, std::string title, std::string unit) {
  Chart chart;
  chart.kind = kind;
  chart.id = std::move(id);
  chart.title = std::move(title);
  chart.unit = std::move(unit);
  chart.source = "各单位报送的案件明细（截至2017年1月15日），按考核指标体系及计分规则计算";
  chart.notes = {"总分按计分规则四舍五入至两位小数；并列者名次相同，其后名次顺延。"};
  chart.alternative = "天省得分最高，地省最低。";
  return chart;
}

Chart ranked(std::string id, const std::vector<std::string>& labels, std::uint64_t seed) {
  Chart chart =
      basic(Chart::Kind::ranked_bars, std::move(id), "2016年度知识产权系统执法维权绩效考核总分排名（示例）", "分");
  chart.labels = labels;
  Sequence sequence(seed);
  Series series{"总分", {}};
  for (std::size_t i = 0; i < labels.size(); ++i)
    series.values.emplace_back(hundredths(3000 + sequence.below(6500)));
  chart.series.push_back(series);
  chart.states.assign(labels.size(), "");
  return chart;
}

Chart stacked(std::string id, const std::vector<std::string>& labels,
              const std::vector<std::pair<std::string, int>>& families) {
  Chart chart = basic(Chart::Kind::stacked_bars, std::move(id), "2016年度各单位得分构成（示例）", "分");
  chart.labels = labels;
  chart.states.assign(labels.size(), "");
  Sequence sequence(7);
  for (const auto& [name, points] : families) {
    Series series{name, {}};
    for (std::size_t i = 0; i < labels.size(); ++i) {
      series.values.emplace_back(hundredths(points * 20 + sequence.below(points * 80)));
    }
    chart.series.push_back(series);
  }
  return chart;
}

Chart heat(std::string id, const std::vector<std::string>& labels, const std::vector<std::string>& items) {
  Chart chart = basic(Chart::Kind::heat_table, std::move(id), "2016年度各单位分项得分（示例）", "分");
  chart.labels = labels;
  Sequence sequence(11);
  for (std::size_t s = 0; s < items.size(); ++s) {
    const int points = 2 + static_cast<int>(s * 7 % 5) * 2;
    Series series{items[s], {}};
    std::vector<std::string> states(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const int draw = sequence.below(100);
      if (draw < 4) states[i] = draw < 2 ? "无案件" : draw == 2 ? "件数过少" : "不适用";
      series.values.push_back(states[i].empty() ? std::optional(hundredths(sequence.below(points * 100 + 1)))
                                                : std::nullopt);
    }
    chart.series.push_back(series);
    chart.cell_states.push_back(states);
    chart.maxima.emplace_back(points);
  }
  return chart;
}

Series counts(std::string name, const std::vector<int>& values) {
  Series series{std::move(name), {}};
  for (const int value : values)
    series.values.push_back(value < 0 ? std::nullopt : std::optional(Number(value)));
  return series;
}

} // namespace

Chart ranked_provinces() {
  Chart chart = ranked("ranked-provinces", kProvinces, 3);
  chart.series[0].values[5] = chart.series[0].values[9]; // a tie
  chart.states[31] = "未参评";
  chart.highlight = "午省";
  return chart;
}

Chart ranked_with_states() {
  Chart chart = ranked("ranked-with-states", kProvinces, 5);
  chart.title = "2016年侵权纠纷立案量（有数据的单位）";
  chart.unit = "件";
  chart.places = 0;
  for (std::size_t i = 0; i < kProvinces.size(); ++i) {
    const bool known = i % 3 == 0;
    chart.states[i] = known ? "" : i % 7 == 0 ? "无案件" : "来源未载";
    chart.series[0].values[i] = known ? std::optional(Number(static_cast<int>(10135 / (i * i / 6 + 1)))) : std::nullopt;
  }
  return chart;
}

Chart ranked_cities() {
  return ranked("ranked-cities", cities(), 13);
}

Chart ranked_differences() {
  Chart chart = ranked("ranked-differences", {kProvinces.begin(), kProvinces.begin() + 12}, 17);
  chart.title = "2016年度总分比上年增减（示例）";
  for (std::size_t i = 0; i < chart.labels.size(); ++i)
    *chart.series[0].values[i] -= Number(60);
  return chart;
}

Chart stacked_provinces() {
  Chart chart = stacked("stacked-provinces", kProvinces,
                        {{"办案力度", 40}, {"办案水平", 25}, {"办案效率", 20}, {"办案规范", 15}});
  chart.states[30] = "未报送";
  for (auto& series : chart.series)
    series.values[30].reset();
  return chart;
}

Chart stacked_cities() {
  return stacked("stacked-cities", cities(), {{"办案力度", 40}, {"办案水平", 25}, {"办案效率", 20}, {"办案规范", 15}});
}

Chart stacked_many() {
  return stacked("stacked-many", {kProvinces.begin(), kProvinces.begin() + 10},
                 {{"办案力度", 30},
                  {"办案水平", 20},
                  {"办案效率", 15},
                  {"办案规范", 10},
                  {"工作机制建设", 10},
                  {"举报投诉处理", 10},
                  {"宣传培训与信息报送", 5}});
}

Chart heat_provinces() {
  return heat("heat-provinces", kProvinces, kItems);
}

Chart heat_cities() {
  std::vector<std::string> items = kItems;
  items.emplace_back("专项行动方案报送");
  return heat("heat-cities", cities(), items);
}

Chart heat_long_names() {
  std::vector<std::string> items{"专利侵权纠纷行政处理案件法定期限内结案率", "电子商务领域专利执法维权协作调度办案数量",
                                 "展会专利执法快速处理及进驻情况", "举报投诉案件按期办结率"};
  Chart chart =
      heat("heat-long-names", {"新川维吾尔自治区", "新川生产建设兵团", "云岭土家族苗族自治州", "丁省"}, items);
  chart.maxima.clear();
  chart.series[0].values[0] = Number(1103226);
  chart.cell_states[0][0].clear();
  return chart;
}

Chart heat_wide() {
  std::vector<std::string> items = kItems;
  for (int i = 0; i < 10; ++i)
    items.push_back("附加指标" + std::to_string(i + 1));
  return heat("heat-wide", {kProvinces.begin(), kProvinces.begin() + 8}, items);
}

Chart trend_national() {
  Chart chart = basic(Chart::Kind::trend, "trend-national", "全国专利行政执法办案量（2004—2018年）", "件");
  chart.places = 0;
  chart.alternative = "2018年办案总量为2011年的25倍以上。";
  for (int year = 2004; year <= 2018; ++year)
    chart.labels.push_back(std::to_string(year));
  chart.series = {
      counts("办案总量",
             {3169, 3901, 2236, 1726, 1726, 1541, 1823, 3017, 9005, 16227, 24479, 35844, 48916, 66649, 77276}),
      counts("侵权纠纷", {1414, 1360, 1227, 986, 986, 937, 1077, 1286, 2225, 4684, 7671, 14202, 20351, 27305, 33976}),
      counts("其他纠纷", {66, 132, 43, 27, 27, 26, 18, 27, 268, 372, 549, 405, 508, 852, 621}),
      counts("查处假冒", {1689, 2409, 966, 713, -1, 578, 728, 1704, 6512, 11171, 16259, 21237, 28057, 38492, 42679})};
  chart.marks = {{"2007", "来源表中2007年与2008年数字完全相同，其中一年有误。"},
                 {"2012", "1月快报为侵权纠纷2,232件、其他纠纷278件、总量9,022件，本图用年终数。"},
                 {"2018", "来源将纠纷合计印作34,579件，只有34,597件与分项之和一致。"}};
  chart.notes = {"2012年起统计范围含电子商务领域。", "2008年查处假冒数存疑，不列。"};
  return chart;
}

Chart trend_rates() {
  Chart chart = basic(Chart::Kind::trend, "trend-rates", "结案率（2014—2017年）", "%");
  chart.percent = true;
  chart.places = 1;
  chart.labels = {"2014", "2015", "2017"};
  chart.series = {{"专利纠纷", {hundredths(87), Number(932) / Number(1000), Number(965) / Number(1000)}},
                  {"全部案件", {std::nullopt, std::nullopt, Number(985) / Number(1000)}}};
  return chart;
}

Chart trend_large() {
  Chart chart = trend_national();
  chart.id = "trend-large";
  chart.title = "有效发明专利与相关数据（示例）";
  for (Series& series : chart.series) {
    for (auto& value : series.values) {
      if (value) *value *= Number(1237);
    }
  }
  return chart;
}

std::vector<Chart> all() {
  return {ranked_provinces(), ranked_with_states(), ranked_cities(),  ranked_differences(), stacked_provinces(),
          stacked_cities(),   stacked_many(),       heat_provinces(), heat_cities(),        heat_long_names(),
          heat_wide(),        trend_national(),     trend_rates(),    trend_large()};
}

} // namespace appraise::samples
