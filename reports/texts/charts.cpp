#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"chart.unit", "单位：{unit}", "Unit: {unit}"},
    {"chart.source", "资料来源：{source}", "Source: {source}"},
    {"chart.note", "注：", "Note: "},
    {"chart.mean", "平均 {value}", "mean {value}"},
    {"chart.mean-of", "{count}个单位平均 {value}", "mean of {count} units {value}"},
    {"chart.none", "—", "—"},
    {"chart.full", "分值", "points"},
    {"chart.shade", "底色越深，得分占该项分值的比例越高。",
     "The darker the cell, the larger the share of the item's points."},
    {"chart.shade-largest", "底色越深，与该列最大值越接近。",
     "The darker the cell, the nearer to the column's largest value."},
    {"chart.linear", "纵轴：等距刻度，从0起", "Vertical axis: linear, from 0"},
    {"chart.linear-below", "纵轴：等距刻度", "Vertical axis: linear"},
    {"chart.log", "纵轴：对数刻度（每格10倍）", "Vertical axis: logarithmic, tenfold a step"},
    {"chart.gap", "— 表示{state}，折线在此断开。", "— means {state}; the line breaks there."},
    {"chart.gap-unknown", "无数据", "no figure"},
};

} // namespace

std::span<const Text> charts() {
  return kTexts;
}

} // namespace appraise::texts
