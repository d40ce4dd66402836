#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"problem.toml-syntax", "TOML 语法错误：{found}", "TOML syntax error: {found}"},
    {"problem.font-missing", "缺少中文字体：图中文字改用“{found}”",
     "Chinese font missing: pictures fall back to “{found}”"},
    {"todo.font-missing", "请安装 {expected}（软件包 fonts-noto-cjk）后重新运行",
     "install {expected} (package fonts-noto-cjk) and run again"},
    {"problem.glyph-missing", "已装字体中没有这些字：{found}", "no installed font has a glyph for: {found}"},
    {"todo.glyph-missing", "请核对原文用字，或安装收字更全的字体",
     "check the characters, or install a font that has them"},
    // Conditions, indicators, clocks.
    {"problem.condition-syntax", "条件写法有误：此处不能是“{found}”", "condition: unexpected “{found}” here"},
    {"todo.condition-syntax", "此处应为：{expected}", "expected here: {expected}"},
    {"problem.condition-unknown-name", "条件中没有这个字段：{found}（记录类型 {expected}）",
     "condition: no field {found} in record type {expected}"},
    {"todo.condition-unknown-name", "请改为 indicators/fields.toml 中的字段名",
     "use a field of indicators/fields.toml"},
    {"problem.condition-type", "条件中的类型不合：{found}", "condition: types do not fit: {found}"},
    {"todo.condition-type", "此处应为：{expected}", "expected here: {expected}"},
    {"problem.condition-unknown-value", "条件中没有这个取值：“{found}”", "condition: no such value: “{found}”"},
    {"todo.condition-unknown-value", "可用的取值：{expected}", "declared values: {expected}"},
    {"problem.number-too-large", "数值超出可计算的范围：{found}", "number too large to compute: {found}"},
    {"todo.number-too-large", "绝对值应小于 {expected}", "its size must stay below {expected}"},
    {"problem.indicator-twice", "指标重名：{found}", "indicator declared twice: {found}"},
    {"todo.indicator-twice", "同名指标已在 {expected} 中，请改名", "it stands in {expected} already; rename one"},
    {"problem.indicator-record-type", "没有这种记录类型：{found}", "no such record type: {found}"},
    {"todo.indicator-record-type", "请改为 indicators/fields.toml 中的记录类型",
     "use a record type of indicators/fields.toml"},
    {"problem.ratio-unknown-indicator", "比值引用的指标不存在：{found}",
     "the ratio names an unknown indicator: {found}"},
    {"todo.ratio-unknown-indicator", "请改为 indicators/ 中已有的指标", "name an indicator that stands in indicators/"},
    {"problem.ratio-circle", "比值指标循环引用自身：{found}", "the ratio rests on itself: {found}"},
    {"todo.ratio-circle", "请改用不依赖本指标的分子、分母", "use a numerator and a denominator that do not need it"},
    {"problem.measured-twice", "同一单位、同一时段的测量值重复：{found}",
     "two measured values for one unit and period: {found}"},
    {"todo.measured-twice", "请只保留一条；两条都未计入", "keep one of them; neither was counted"},
    {"problem.calendar-beyond", "日期 {found} 超出工作日历（{expected}年）",
     "{found} is beyond the calendar of working days ({expected})"},
    {"todo.calendar-beyond", "请核对日期；需要时补充 templates/parameters/workdays.csv",
     "check the date; extend templates/parameters/workdays.csv if it is right"},
    {"problem.clock-invalid", "期限参数编号重复：{found}", "clock declared twice: {found}"},
    {"todo.clock-invalid", "请改用不同的编号", "give each clock an id of its own"},
    {"problem.workdays-invalid", "工作日历中的这一行无法识别：{found}",
     "line of the working-day calendar not understood: {found}"},
    {"todo.workdays-invalid", "应为：{expected}", "expected: {expected}"},
};

} // namespace

std::span<const Text> problems() {
  return kTexts;
}

} // namespace appraise::texts
