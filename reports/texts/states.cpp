#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"state.scored", "", ""},
    {"state.no cases", "无案件", "no cases"},
    {"state.not applicable", "不适用", "not applicable"},
    {"state.not assessed", "未参评", "not assessed"},
    {"state.not reported", "未报送", "not reported"},
    {"state.not in source", "来源未载", "not in the source"},
    {"state.to verify", "待核实", "to be verified"},
    {"state.too few", "件数过少", "too few"},
    {"note.measured-twice", "同一时段的测量值重复，都未计入", "two measured values for one period, neither counted"},
    {"note.slice-not-whole-months", "时段不是整月，按月的指标无法计算", "the period is not whole months"},
    {"severity.blocking", "强制性", "blocking"},
    {"severity.verify", "核实性", "to verify"},
    {"severity.notice", "提示性", "notice"},
};

} // namespace

std::span<const Text> states() {
  return kTexts;
}

} // namespace appraise::texts
