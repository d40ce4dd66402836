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
};

} // namespace

std::span<const Text> problems() {
  return kTexts;
}

} // namespace appraise::texts
