// What is wrong, where, and what was expected: the one type for every finding, from a misspelt key to an impossible
// date.
//
//   The engine gives a stable rule id and the facts; the sentences, in Chinese and English, stand in one table
//   (reports/texts.cpp) under that id. Trouble of a row or of a line is a Problem in a list; Error is thrown only for
//   what ends the run, and carries all the problems that were found until then.
//
//   problems.push_back({.rule = "impossible-date", .place = {.file = "a.csv", .row = 7, .column = 3, .column_name =
//   "结案日期"},
//                       .found = "2016-02-30", .expected = "YYYY-MM-DD"});
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace appraise {

// The users' own three words: 强制性 (the row is not counted), 核实性 (counts, wants an explanation), 提示性 (for
// information).
enum class Severity { blocking, verify, notice };

enum class ExitCode {
  ok = 0,
  findings = 1,
  usage = 2,
  input = 3,
  scheme = 4,
  output = 5,
  limit = 6,
  internal = 70,
  interrupted = 130
};

// As the user sees it: physical row and column counted from 1; 0 = not known. For TOML files the column is in
// characters.
struct Place {
  std::string file{};
  std::string sheet{};
  std::int64_t row = 0;
  std::int64_t column = 0;
  std::string column_name{};
  std::int64_t byte = -1; // offset in the file, for broken bytes
};

struct Problem {
  std::string rule{};
  Severity severity = Severity::blocking;
  Place place{};
  std::string found{};
  std::string expected{};
  std::vector<std::string> nearest{}; // "did you mean"
  std::string excerpt{};              // the line of a text file, for the caret
  std::string key{};                  // the record's own number, so that its owner finds it
};

using Problems = std::vector<Problem>;

class Error : public std::exception {
public:
  Error(ExitCode code, Problem problem) : code_(code), problems_{std::move(problem)} {}
  Error(ExitCode code, Problems problems) : code_(code), problems_(std::move(problems)) {}
  const char* what() const noexcept override { return problems_.empty() ? "error" : problems_.front().rule.c_str(); }
  ExitCode code() const { return code_; }
  const Problems& problems() const { return problems_; }

private:
  ExitCode code_;
  Problems problems_;
};

// Spreadsheet letters of a column counted from 1: 1 → A, 28 → AB.
std::string column_letters(std::int64_t column);

// The names nearest to a misspelt one, best first, at most three; empty when none is near.
std::vector<std::string> nearest_names(const std::string& wrong, const std::vector<std::string>& names);

} // namespace appraise
