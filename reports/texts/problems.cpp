#include "reports/texts/table.h"

namespace appraise::texts {

namespace {

constexpr Text kTexts[] = {
    {"problem.toml-syntax", "TOML 语法错误：{found}", "TOML syntax error: {found}"},
};

} // namespace

std::span<const Text> problems() { return kTexts; }

} // namespace appraise::texts
