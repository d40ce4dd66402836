#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"help.name", "专利行政执法绩效考核引擎", "appraisal of enforcement bureaus"},
};

} // namespace

std::span<const Text> help() { return kTexts; }

} // namespace appraise::texts
