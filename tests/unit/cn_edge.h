// The collection of faults that real exports show, kept beside the repository; its tests are skipped where it is not.
#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace appraise {

using Names = std::vector<std::string>;

inline std::filesystem::path cn_edge_files() {
  for (const char* beside : {"../shared/badinputs/cn-edge", "../../shared/badinputs/cn-edge"}) {
    const std::filesystem::path folder = std::filesystem::path(SOURCE_FOLDER) / beside;
    if (std::filesystem::exists(folder)) return folder;
  }
  return {};
}

class CnEdge : public testing::Test {
protected:
  void SetUp() override {
    if (cn_edge_files().empty()) GTEST_SKIP() << "the collection of faulty files is not beside the repository";
  }
};

} // namespace appraise
