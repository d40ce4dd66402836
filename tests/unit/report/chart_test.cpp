#include "reports/render/chart.h"

#include "reports/render/chart_axis.h"
#include "reports/render/chart_parts.h"
#include "tests/unit/report/sample_charts.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <thread>

namespace appraise {
namespace {

using samples::kWatermark;

std::string one_line(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
  return text;
}

std::vector<std::string> texts_of(const Canvas& canvas) {
  std::vector<std::string> result;
  for (const PlacedText& placed : canvas.texts())
    result.push_back(one_line(placed.text));
  return result;
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::size_t place(const std::vector<std::string>& texts, const std::string& text) {
  return static_cast<std::size_t>(std::find(texts.begin(), texts.end(), text) - texts.begin());
}

Chart small(Chart::Kind kind, std::vector<std::string> labels, std::vector<Series> series) {
  Chart chart;
  chart.kind = kind;
  chart.id = "small";
  chart.title = "标题";
  chart.labels = std::move(labels);
  chart.series = std::move(series);
  return chart;
}

class Pictures : public testing::Test {
protected:
  void SetUp() override {
    if (!font_report().chinese) GTEST_SKIP() << "no Chinese font is installed";
  }
};

TEST_F(Pictures, NoTwoTextsOverlapAndNoneLeavesThePage) {
  for (const Chart& chart : samples::all()) {
    const Canvas canvas = lay_out(chart, kWatermark);
    const auto& texts = canvas.texts();
    ASSERT_GT(texts.size(), chart.labels.size()) << chart.id;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Box& a = texts[i].box;
      EXPECT_GE(texts[i].style.size, 7.0) << chart.id << " " << texts[i].text;
      EXPECT_TRUE(a.x >= 0 && a.y >= 0 && a.right() <= canvas.width() && a.bottom() <= canvas.height())
          << chart.id << " " << texts[i].text;
      for (std::size_t j = i + 1; j < texts.size(); ++j) {
        const Box& b = texts[j].box;
        const double wide = std::min(a.right(), b.right()) - std::max(a.x, b.x);
        const double high = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
        EXPECT_FALSE(wide > 0.3 && high > 0.6) << chart.id << ": " << texts[i].text << " | " << texts[j].text;
      }
    }
  }
}

TEST_F(Pictures, EveryUnitIsLabelledAndEveryPictureSaysWhatItIs) {
  for (const Chart& chart : samples::all()) {
    const auto texts = texts_of(lay_out(chart, kWatermark));
    for (const std::string& label : chart.labels)
      EXPECT_TRUE(has(texts, label)) << chart.id << " " << label;
    EXPECT_TRUE(has(texts, kWatermark)) << chart.id;
    EXPECT_TRUE(has(texts, chart.title)) << chart.id;
    EXPECT_TRUE(has(texts, "单位：" + chart.unit)) << chart.id;
    EXPECT_TRUE(has(texts, "资料来源：" + chart.source)) << chart.id;
    EXPECT_FALSE(has(texts_of(lay_out(chart, "")), kWatermark)) << chart.id;
  }
}

TEST_F(Pictures, AreFreeOfMissingGlyphsAndSayWhichAreMissing) {
  for (const Chart& chart : samples::all())
    EXPECT_TRUE(font_report(chart, kWatermark).missing.empty()) << chart.id;
  Chart chart = samples::ranked_differences();
  chart.labels[0] = "甲\xCD\xB8省"; // U+0378 is not assigned
  const Problems problems = font_problems(chart, kWatermark);
  const auto found =
      std::find_if(problems.begin(), problems.end(), [](const Problem& p) { return p.rule == "glyph-missing"; });
  ASSERT_NE(found, problems.end());
  EXPECT_EQ(found->found, "\xCD\xB8");
  EXPECT_EQ(found->severity, Severity::notice);
  EXPECT_EQ(found->key, "ranked-differences");
}

TEST_F(Pictures, RankedBarsGoDownShareRanksAndEndWithStates) {
  Chart chart = small(Chart::Kind::ranked_bars, {"甲", "乙", "丙", "丁", "戊"},
                      {{"总分", {Number(10), std::nullopt, Number(30), Number(10), Number(5)}}});
  chart.states = {"", "来源未载", "", "", ""};
  const auto texts = texts_of(lay_out(chart, ""));
  const std::vector<std::string> order{"丙", "甲", "丁", "戊", "乙"};
  for (std::size_t i = 1; i < order.size(); ++i)
    EXPECT_LT(place(texts, order[i - 1]), place(texts, order[i]));
  EXPECT_TRUE(has(texts, "来源未载"));
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "2"), 2);
  EXPECT_FALSE(has(texts, "3"));
  EXPECT_TRUE(has(texts, "4"));
  EXPECT_FALSE(has(texts, "5"));
  EXPECT_TRUE(has(texts, "4个单位平均 13.75")); // (10 + 30 + 10 + 5) / 4
}

TEST_F(Pictures, StacksAreSortedByTheirExactTotal) {
  const Chart chart =
      small(Chart::Kind::stacked_bars, {"甲", "乙"},
            {{"一", {*Number::parse("0.1"), *Number::parse("0.3")}}, {"二", {*Number::parse("0.2"), Number(0)}}});
  const auto texts = texts_of(lay_out(chart, ""));
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "1"), 2); // 0.1 + 0.2 is 0.3: one rank
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "0.30"), 2 + 1);
}

TEST_F(Pictures, AYearThatIsMissingKeepsItsPlaceAndIsNeverZero) {
  Chart chart = small(Chart::Kind::trend, {"2014", "2015", "2018"}, {{"一", {Number(3), Number(4), Number(6)}}});
  chart.places = 0;
  chart.marks = {{"2015", "其中一年有误"}};
  const auto texts = texts_of(lay_out(chart, ""));
  EXPECT_TRUE(has(texts, "2016") && has(texts, "2017"));
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "—"), 2);
  EXPECT_TRUE(has(texts, "— 表示无数据，折线在此断开。"));
  EXPECT_TRUE(has(texts, "①") && has(texts, "① 2015：其中一年有误"));
}

TEST_F(Pictures, StatesStandInTheirCells) {
  Chart chart = small(Chart::Kind::heat_table, {"甲", "乙"}, {{"项", {Number(1), std::nullopt}}});
  chart.cell_states = {{"", "无案件"}};
  chart.maxima = {Number(2)};
  const auto texts = texts_of(lay_out(chart, ""));
  EXPECT_TRUE(has(texts, "1.00") && has(texts, "无案件") && has(texts, "2.00"));
}

TEST_F(Pictures, EmptyChartsAndBrokenTextAreDrawn) {
  for (const auto kind :
       {Chart::Kind::ranked_bars, Chart::Kind::stacked_bars, Chart::Kind::heat_table, Chart::Kind::trend}) {
    EXPECT_FALSE(render_png(small(kind, {}, {}), "").empty());
    EXPECT_FALSE(render_pdf(small(kind, {"甲"}, {{"一", {std::nullopt}}}), "").empty());
    EXPECT_FALSE(render_svg(small(kind, {"\xFF\xFE"}, {{"\xC0", {Number(0)}}}), "").empty());
    EXPECT_FALSE(render_svg(small(kind, {"甲", "乙"}, {{"一", {Number(-5), Number(-5)}}}), "").empty());
  }
}

TEST(ChartNumbers, HaveCommasAndEqualDecimals) {
  EXPECT_EQ((NumberForm{2, false}(Number(1103226))), "1,103,226.00");
  EXPECT_EQ((NumberForm{1, false}(*Number::parse("-1234.55"))), "-1,234.6");
  EXPECT_EQ((NumberForm{0, false}(Number(-999))), "-999");
  EXPECT_EQ((NumberForm{1, true}(*Number::parse("0.9651"))), "96.5%");
  Chart chart = small(Chart::Kind::ranked_bars, {"甲", "乙"}, {{"一", {*Number::parse("0.125"), Number(3)}}});
  chart.places = -1;
  EXPECT_EQ(number_form(chart).places, 3);
  chart.percent = true;
  EXPECT_EQ(number_form(chart).places, 1);
}

TEST(ChartAxis, IsLinearFromZeroAndLogarithmicOnlyForAWideSpread) {
  const Axis linear = make_axis({937, 33976});
  EXPECT_FALSE(linear.logarithmic);
  EXPECT_EQ(linear.ticks, (std::vector<double>{0, 10000, 20000, 30000, 40000}));
  EXPECT_DOUBLE_EQ(linear.share(20000), 0.5);
  const Axis wide = make_axis({18, 77276});
  EXPECT_TRUE(wide.logarithmic);
  EXPECT_EQ(wide.ticks.front(), 10);
  EXPECT_EQ(wide.ticks.back(), 100000);
  EXPECT_FALSE(make_axis({0, 77276}).logarithmic);
  const Axis rates = make_axis({0.87, 0.985});
  EXPECT_EQ(rates.ticks.back(), 1);
  EXPECT_EQ(rates.tick_places, 1);
  EXPECT_EQ(make_axis({-20, 30}).ticks.front(), -20);
  EXPECT_GT(make_axis({0, 0}).high, 0);
}

TEST_F(Pictures, BrokenHeadsKeepWords) {
  EXPECT_EQ(evenly_broken("法定期限内结案率", {.size = 7, .wrap = 23}), "法定\n期限内\n结案率");
  EXPECT_EQ(evenly_broken("侵权纠纷办案量", {.size = 7, .wrap = 200}), "侵权纠纷办案量");
  EXPECT_EQ(evenly_broken("云岭土家族苗族自治州", {.size = 7, .wrap = 60}), "云岭土家族\n苗族自治州");
}

TEST_F(Pictures, SvgIsOutlinedNamedAndSafeToSetBesideOthers) {
  Chart chart = samples::ranked_differences();
  chart.title = "甲 < 乙 & 丙";
  const std::string svg = render_svg(chart, kWatermark);
  EXPECT_EQ(svg.find("<text"), std::string::npos);
  EXPECT_NE(svg.find("<title id=\"c-ranked-differences-title\">甲 &lt; 乙 &amp; 丙</title>"), std::string::npos);
  EXPECT_NE(svg.find(std::string("<desc id=\"c-ranked-differences-desc\">") + kWatermark), std::string::npos);
  EXPECT_NE(svg.find("role=\"img\""), std::string::npos);
  std::set<std::string> ids;
  const std::regex id(" id=\"([^\"]*)\"");
  for (auto it = std::sregex_iterator(svg.begin(), svg.end(), id); it != std::sregex_iterator(); ++it) {
    EXPECT_EQ((*it)[1].str().rfind("c-ranked-differences-", 0), 0U);
    EXPECT_TRUE(ids.insert((*it)[1].str()).second) << (*it)[1].str();
  }
  const std::regex reference("(?:=\"#|url\\(#)([^\")]*)");
  for (auto it = std::sregex_iterator(svg.begin(), svg.end(), reference); it != std::sregex_iterator(); ++it) {
    EXPECT_TRUE(ids.count((*it)[1].str())) << (*it)[1].str();
  }
  EXPECT_GT(ids.size(), 20U);
}

TEST_F(Pictures, PngIs156MillimetresAt300DotsAnInch) {
  const std::string png = render_png(samples::ranked_differences(), kWatermark);
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
      value = (value << 8U) | static_cast<unsigned char>(png[at + i]);
    return value;
  };
  EXPECT_EQ(png.substr(1, 3), "PNG");
  EXPECT_EQ(number(16), 1843U); // 156 mm × 300 / 25.4
  EXPECT_EQ(png.substr(37, 4), "pHYs");
  EXPECT_EQ(number(41), 11811U); // 300 / 0.0254
  EXPECT_EQ(number(45), 11811U);
  EXPECT_EQ(png[49], 1);
  EXPECT_EQ(number(50), 0x78A53F76U); // the checksum that other programs write for these nine bytes
}

TEST_F(Pictures, PdfHasAFixedDay) {
  const std::string pdf = render_pdf(samples::ranked_differences(), kWatermark);
  EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
  EXPECT_NE(pdf.find("/CreationDate (D:200001010000)"), std::string::npos);
}

TEST_F(Pictures, AreTheSameBytesAgainAndInOtherThreads) {
  const std::vector<Chart> charts{samples::ranked_differences(), samples::stacked_many(), samples::heat_long_names(),
                                  samples::trend_rates()};
  const auto render = [&] {
    std::string all;
    for (const Chart& chart : charts) {
      all += render_svg(chart, kWatermark) + render_png(chart, kWatermark) + render_pdf(chart, kWatermark);
    }
    return all;
  };
  const std::string first = render();
  EXPECT_TRUE(render() == first);
  std::vector<std::string> results(3);
  std::vector<std::thread> threads;
  for (std::string& result : results)
    threads.emplace_back([&] { result = render(); });
  for (std::thread& thread : threads)
    thread.join();
  for (const std::string& result : results)
    EXPECT_TRUE(result == first);
}

// tests/e2e/test_layout.py names the folder and reads what is written there.
TEST_F(Pictures, AreWrittenWhereAsked) {
  const char* asked = std::getenv("CHART_SAMPLES");
  const std::string folder = asked != nullptr ? asked : testing::TempDir();
  for (const Chart& chart : samples::all()) {
    const std::string path = folder + "/" + chart.id;
    std::ofstream(path + ".pdf", std::ios::binary) << render_pdf(chart, kWatermark);
    std::ofstream labels(path + ".labels");
    for (const std::string& label : chart.labels)
      labels << label << "\n";
    labels.close();
    EXPECT_GT(std::filesystem::file_size(path + ".pdf"), 1000U) << path;
    EXPECT_GT(std::filesystem::file_size(path + ".labels"), 0U) << path;
  }
}

} // namespace
} // namespace appraise
