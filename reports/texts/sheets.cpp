#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"sheet.summary", "考核结果汇总表", "Summary of results"},
};

} // namespace

std::span<const Text> sheets() { return kTexts; }

} // namespace appraise::texts
