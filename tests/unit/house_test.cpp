// The house's own rules: which way includes run, which words stand where, and that every listed name has its file and
// its example.
#include "engine/measures/measure.h"
#include "engine/settings.h"
#include "tests/unit/sample.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

namespace appraise {
namespace {

std::vector<std::string> sources_below(const std::string& folder) {
  std::vector<std::string> result = sample::files_below(folder, ".cpp");
  for (const std::string& header : sample::files_below(folder, ".h"))
    result.push_back(header);
  return result;
}

std::vector<std::string> own_includes(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("#include \"", 0) == 0) result.push_back(line.substr(10, line.find('"', 10) - 10));
  }
  return result;
}

// cli → reports → engine; reports, cli → catalogue (indicators/derived) → engine.
TEST(House, IncludesRunOneWay) {
  const std::map<std::string, std::vector<std::string>> allowed = {
      {"engine", {"engine/"}},
      {"indicators", {"indicators/", "engine/"}},
      {"reports", {"reports/", "indicators/", "engine/"}},
      {"cli", {"cli/", "fixtures/", "reports/", "indicators/", "engine/"}},
      {"fixtures", {"fixtures/", "reports/", "indicators/", "engine/"}},
  };
  for (const auto& [folder, targets] : allowed) {
    for (const std::string& file : sources_below(folder)) {
      for (const std::string& included : own_includes(sample::slurp(file))) {
        const bool fine = std::any_of(targets.begin(), targets.end(), [&, &name = included](const std::string& target) {
          return name.rfind(target, 0) == 0;
        });
        EXPECT_TRUE(fine) << file << " includes " << included;
      }
    }
  }
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  return text;
}

TEST(House, TheEngineAndTheRenderersKnowNoSubject) {
  const std::vector<std::string> words = {"patent",      "bureau", "province", "infringement",
                                          "counterfeit", "专利",   "案件",     "局"};
  std::vector<std::string> files = sources_below("engine");
  for (const std::string& file : sources_below("reports/render"))
    files.push_back(file);
  ASSERT_GT(files.size(), 20u);
  for (const std::string& file : files) {
    const std::string text = lower(sample::slurp(file));
    for (const std::string& word : words) {
      const std::size_t at = text.find(word);
      EXPECT_EQ(at, std::string::npos)
          << file << ":"
          << std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n') + 1
          << " says " << word;
    }
  }
}

// What is slow to compile stays in few files.
TEST(House, HeavyHeadersStandInFewFiles) {
  const std::vector<std::string> heavy = {"<toml++/", "<nlohmann/json", "<boost/multiprecision", "<boost/accumulators",
                                          "<rapidcheck"};
  std::vector<std::string> files;
  for (const char* folder : {"engine", "indicators", "reports", "cli", "fixtures", "tests"}) {
    for (const std::string& file : sources_below(folder))
      files.push_back(file);
  }
  for (const std::string& header : heavy) {
    std::vector<std::string> users;
    for (const std::string& file : files) {
      if (sample::slurp(file).find("#include " + header) != std::string::npos) users.push_back(file);
    }
    EXPECT_LE(users.size(), 4u) << header << ": " << testing::PrintToString(users);
    for (const std::string& user : users)
      EXPECT_EQ(user.rfind(".h"), std::string::npos) << user << " shows " << header << " to its readers";
  }
}

std::string outcome(const Setting& expected) {
  if (expected.kind == Setting::Kind::text) return expected.text;
  return expected.find("empty") == nullptr ? "value" : "empty";
}

// Measure → what worked examples show of it, through an indicator of the catalogue or one of their own: figures by
// their state, rows that are left out, and no records at all.
std::map<std::string, std::set<std::string>> measures_with_examples() {
  std::map<std::string, std::set<std::string>> result;
  for (const std::string& file : sample::files_below("tests/examples", ".toml")) {
    Problems problems;
    const Setting tree = parse_settings(sample::slurp(file), file, problems);
    if (tree.find("example") == nullptr) continue;
    for (const Setting& example : tree.find("example")->items) {
      const Setting* id = example.find("indicator");
      const std::string name = id == nullptr ? "example" : id->text;
      const Catalogue catalogue = sample::of_example(example);
      const Indicator* indicator = catalogue.find(name);
      if (indicator == nullptr) continue;
      std::set<std::string>& shown = result[indicator->measure];
      if (example.find("records") == nullptr) shown.insert("no records");
      for (const auto& [unit, expected] : example.find("expect")->members) {
        shown.insert(outcome(expected));
        if (expected.find("left_out") != nullptr) shown.insert("left out");
      }
    }
  }
  return result;
}

TEST(House, EveryMeasureHasItsFileAndItsExample) {
  std::set<std::string> files;
  for (const std::string& file : sample::files_below("engine/measures", ".cpp")) {
    const std::string name = file.substr(file.rfind('/') + 1);
    if (name != "list.cpp") files.insert(name.substr(0, name.size() - 4));
  }
  std::set<std::string> names;
  for (const Measure* measure : measures())
    EXPECT_TRUE(names.insert(measure->name()).second) << measure->name();
  EXPECT_EQ(names, files);
  auto shown = measures_with_examples();
  for (const Measure* measure : measures()) {
    std::set<std::string> wanted = {"no records", "value"};
    if (measure->over_rows()) wanted.insert({"empty", "left out"});
    if (!measure->over_rows()) wanted.insert("unavailable");
    if (measure->over_figures()) wanted.insert("empty");
    for (const std::string& what : wanted)
      EXPECT_EQ(shown[measure->name()].count(what), 1u) << measure->name() << ": " << what;
  }
  EXPECT_EQ(shown.size(), names.size());
}

TEST(House, SourceFilesStaySmall) {
  for (const char* folder : {"engine", "indicators", "reports", "cli", "fixtures"}) {
    for (const std::string& file : sources_below(folder)) {
      const std::string text = sample::slurp(file);
      EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 450)
          << file << ": past about 400 lines is a question to answer";
    }
  }
}

} // namespace
} // namespace appraise
