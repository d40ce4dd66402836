// The fuzzers' seeds and all that they ever found, read again: what must hold is said in tests/fuzz/targets.cpp, and
// what does not ends the process.
#include "tests/fuzz/targets.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>

namespace appraise {
namespace {

std::size_t replay(const std::string& target, void (*use)(std::string_view)) {
  std::size_t seeds = 0;
  for (const char* kind : {"seeds", "finds"}) {
    const auto folder = std::filesystem::path(SOURCE_FOLDER) / "tests/fuzz" / kind / target;
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      SCOPED_TRACE(entry.path().string());
      use(bytes);
      ++seeds;
    }
  }
  return seeds;
}

TEST(FuzzFinds, Csv) {
  EXPECT_GE(replay("csv", fuzz::csv), 5U);
}
TEST(FuzzFinds, Xlsx) {
  EXPECT_GE(replay("xlsx", fuzz::xlsx), 4U);
}
TEST(FuzzFinds, Encoding) {
  EXPECT_GE(replay("encoding", fuzz::encoding), 4U);
}
TEST(FuzzFinds, Headers) {
  EXPECT_GE(replay("headers", fuzz::headers), 4U);
}

} // namespace
} // namespace appraise
