#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"operator.add", "加", "plus"},
};

} // namespace

std::span<const Text> rules() { return kTexts; }

} // namespace appraise::texts
