#include "reports/run_folder.h"

#include "engine/problem.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace appraise {
namespace {

namespace fs = std::filesystem;

class RunFolder : public ::testing::Test {
protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "run-folder-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    base_ = pattern;
  }
  void TearDown() override { fs::remove_all(base_); }

  std::string folder() const { return (base_ / "out" / "x-2016").string(); }
  std::string content(const std::string& name) const {
    std::ifstream file(folder() + "/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  std::size_t neighbours() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(base_ / "out"))
      ++count;
    return count;
  }
  std::string rule_of(const FileSet& files, bool force, const std::string& where = "") {
    try {
      write_run_folder(where.empty() ? folder() : where, files, force);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::output);
      return error.problems().front().rule;
    }
    return "";
  }

  fs::path base_;
};

const FileSet kFirst = {{"a.json", "{}"}, {"charts/b.svg", std::string("x\0y", 3)}};

TEST_F(RunFolder, CreatesEveryFile) {
  EXPECT_EQ(write_run_folder(folder(), kFirst, false), WriteOutcome::created);
  EXPECT_EQ(content("a.json"), "{}");
  EXPECT_EQ(content("charts/b.svg"), std::string("x\0y", 3));
  EXPECT_EQ(neighbours(), 1u);
}

TEST_F(RunFolder, IdenticalResultIsUnchanged) {
  write_run_folder(folder(), kFirst, false);
  EXPECT_EQ(write_run_folder(folder(), kFirst, false), WriteOutcome::unchanged);
  EXPECT_EQ(write_run_folder(folder() + "/", kFirst, true), WriteOutcome::unchanged);
}

TEST_F(RunFolder, ReplacesOnlyWithForceAndWhole) {
  write_run_folder(folder(), kFirst, false);
  EXPECT_EQ(rule_of({{"c.txt", "c"}}, false), "folder-exists");
  EXPECT_EQ(content("a.json"), "{}");
  EXPECT_EQ(write_run_folder(folder(), {{"c.txt", "c"}}, true), WriteOutcome::replaced);
  EXPECT_EQ(content("c.txt"), "c");
  EXPECT_FALSE(fs::exists(folder() + "/a.json"));
  EXPECT_FALSE(fs::exists(folder() + "/charts"));
  EXPECT_EQ(neighbours(), 1u);
}

TEST_F(RunFolder, AnExtraFileIsAChange) {
  write_run_folder(folder(), kFirst, false);
  std::ofstream(folder() + "/notes.txt") << "mine";
  EXPECT_EQ(rule_of(kFirst, false), "folder-exists");
}

TEST_F(RunFolder, AnEmptyFolderIsNothingToLose) {
  fs::create_directories(folder());
  EXPECT_EQ(write_run_folder(folder(), kFirst, false), WriteOutcome::created);
}

TEST_F(RunFolder, SweepsWhatAKilledRunLeft) {
  fs::create_directories(base_ / "out" / ".x-2016.tmp-99999-0" / "charts");
  fs::create_directories(base_ / "out" / ".other.tmp-99999-0");
  write_run_folder(folder(), kFirst, false);
  EXPECT_FALSE(fs::exists(base_ / "out" / ".x-2016.tmp-99999-0"));
  EXPECT_TRUE(fs::exists(base_ / "out" / ".other.tmp-99999-0")); // belongs to another run
}

TEST_F(RunFolder, BringsBackAFolderThatWasMovedAside) {
  write_run_folder(folder(), kFirst, false);
  fs::rename(folder(), base_ / "out" / ".x-2016.old-99999");
  EXPECT_EQ(rule_of({{"c.txt", "c"}}, false), "folder-exists");
  EXPECT_EQ(content("a.json"), "{}");
}

TEST_F(RunFolder, RefusesAFileAndALinkInItsPlace) {
  fs::create_directories(base_ / "out");
  std::ofstream(folder()) << "a file";
  EXPECT_EQ(rule_of(kFirst, true), "write-failed");
  fs::remove(folder());
  fs::create_directories(base_ / "elsewhere");
  fs::create_symlink(base_ / "elsewhere", folder());
  EXPECT_EQ(rule_of(kFirst, true), "write-failed");
  EXPECT_TRUE(fs::is_empty(base_ / "elsewhere"));
}

TEST_F(RunFolder, SaysWhereItMayNotWrite) {
  EXPECT_NE(rule_of(kFirst, false, "/proc/nowhere/x"), "");
  EXPECT_NE(rule_of(kFirst, false, "/dev/null/x"), "");
}

TEST_F(RunFolder, LongNames) {
  const std::string longest = (base_ / "out" / std::string(255, 'n')).string();
  EXPECT_EQ(write_run_folder(longest, kFirst, false), WriteOutcome::created);
  EXPECT_EQ(write_run_folder(longest, {{"c.txt", "c"}}, true), WriteOutcome::replaced);
}

TEST_F(RunFolder, OneFileWholeOrNotAtAll) {
  const std::string path = (base_ / "deep" / "one.txt").string();
  write_file(path, "1");
  write_file(path, "2");
  std::ifstream file(path);
  std::string text;
  file >> text;
  EXPECT_EQ(text, "2");
}

} // namespace
} // namespace appraise
