#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"operator.add", "加", "plus"},
    {"measure.count", "符合条件的件数", "number of rows that meet the condition"},
    {"measure.sum", "符合条件的各件数值之和；未填的不计",
     "sum of the values of rows that meet the condition; missing values are left out"},
    {"measure.share", "符合条件的各件中，又符合另一条件的占比；另一条件不明的不算符合",
     "share of rows that also meet a second condition; where that is unknown it is not met"},
    {"measure.mean", "符合条件的各件数值的平均；未填的不计",
     "mean of the values of rows that meet the condition; missing values are left out"},
    {"measure.quantile", "符合条件的各件数值的分位数（第7类算法，精确）", "quantile of the values (type 7, exact)"},
    {"measure.distinct", "符合条件的各件中不同取值的个数", "number of different values"},
    {"measure.ratio", "两个指标数值之比", "the figure of one indicator divided by that of another"},
    {"measure.measured", "来源直接给出的数值，不由下级汇总", "a figure that the source gives; it is never rolled up"},
};

} // namespace

std::span<const Text> rules() {
  return kTexts;
}

} // namespace appraise::texts
