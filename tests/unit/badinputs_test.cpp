// Every table of the collection of faulty files beside the repository gives what tests/expected/badinputs.tsv says,
// which was made without this program. (tests/e2e/test_badinputs.py asks the whole program the same; this runs under
// the sanitizers.)
#include "engine/input/input.h"
#include "engine/input/sheet_facts.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace appraise {
namespace {

namespace fs = std::filesystem;

fs::path collection() {
  for (const char* beside : {"../shared/badinputs", "../../shared/badinputs"}) {
    const fs::path folder = fs::path(SOURCE_FOLDER) / beside;
    if (fs::exists(folder)) return folder;
  }
  return {};
}

enum Column : std::size_t { file, sheet, rows, cells, sha256, error, line, column, byte, source, note };

using Line = std::vector<std::string>;

std::map<std::string, std::vector<Line>> expected_lines() {
  std::ifstream table(SOURCE_FOLDER "/tests/expected/badinputs.tsv", std::ios::binary);
  std::map<std::string, std::vector<Line>> result;
  std::string text;
  std::getline(table, text);
  while (std::getline(table, text)) {
    Line cells_of_line(1);
    for (const char c : text) {
      if (c == '\t') {
        cells_of_line.emplace_back();
      } else {
        cells_of_line.back() += c;
      }
    }
    result[cells_of_line.at(file)].push_back(cells_of_line);
  }
  return result;
}

struct Outcome {
  std::vector<Line> sheets; // name, rows, cells, digest
  Problems problems;        // why there are none
};

Outcome read(const std::string& path, const std::string& name) {
  Outcome outcome;
  try {
    OpenTable table(path, name, {});
    for (std::size_t i = 0; i < table.sheets().size(); ++i) {
      SheetFacts facts;
      if (!table.read(i, facts, outcome.problems)) {
        outcome.sheets.clear();
        return outcome;
      }
      outcome.sheets.push_back(
          {table.sheets()[i].name, std::to_string(facts.rows()), std::to_string(facts.cells()), facts.digest()});
    }
  } catch (const Error& fault) {
    outcome.sheets.clear();
    outcome.problems = fault.problems();
  }
  return outcome;
}

TEST(BadInputs, GiveWhatOtherReadersGive) {
  const fs::path folder = collection();
  if (folder.empty()) GTEST_SKIP() << "the collection of faulty files is not beside the repository";
  const auto expected = expected_lines();
  ASSERT_GT(expected.size(), 600U);
  for (const auto& [file, lines] : expected) {
    const std::string& name = file; // clang 14 lets no lambda take a name of a structured binding
    const Outcome outcome = read((folder / name).string(), name);
    const Line& first = lines.front();
    if (first.at(error).empty()) {
      std::vector<Line> sheets;
      for (const Line& one : lines)
        sheets.push_back({one.at(sheet), one.at(rows), one.at(cells), one.at(sha256)});
      EXPECT_EQ(outcome.sheets, sheets) << name << (outcome.problems.empty() ? "" : ": " + outcome.problems[0].rule);
      continue;
    }
    EXPECT_TRUE(outcome.sheets.empty()) << name;
    ASSERT_EQ(outcome.problems.size(), 1U) << name;
    const Problem& problem = outcome.problems.front();
    EXPECT_EQ(problem.rule, first.at(error)) << name;
    const auto same = [&](Column where, std::int64_t found) {
      if (!first.at(where).empty()) {
        EXPECT_EQ(std::to_string(found), first.at(where)) << name;
      }
    };
    same(line, problem.place.row);
    same(column, problem.place.column);
    same(byte, problem.place.byte);
  }
}

} // namespace
} // namespace appraise
