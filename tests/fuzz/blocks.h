// Every block of a reader, looked at: shared by the fuzzers and the tests of mangled files.
#pragma once

#include "engine/input/grid.h"
#include "engine/input/unicode.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace appraise::fuzz {

// Ends the process when it does not hold: what a fuzzer takes for a find.
inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

struct Reading {
  std::vector<std::vector<std::string>> rows; // in UTF-8
  std::vector<std::int64_t> lines;
  std::optional<ReadFault> fault;
  bool operator==(const Reading& other) const {
    if (fault.has_value() != other.fault.has_value()) return false;
    if (fault && (fault->rule != other.fault->rule || fault->line != other.fault->line ||
                  fault->column != other.fault->column || fault->byte != other.fault->byte)) {
      return false;
    }
    // What was given before a fault is void.
    return fault || (rows == other.rows && lines == other.lines);
  }
};

inline void look_at(const CellBlock& block, std::vector<std::string>& row, std::size_t at) {
  std::string copy;
  row.clear();
  for (std::size_t column = 0; column < block.width(at); ++column) {
    const std::string_view raw = block.raw(at, column);
    must(raw.empty() ||
             (raw.data() >= block.text.data() && raw.data() + raw.size() <= block.text.data() + block.text.size()),
         "a cell is a span of the block");
    const std::string_view text = plain(block, at, column, copy);
    must(invalid_utf8(text) == std::string_view::npos, "a cell is UTF-8");
    row.emplace_back(text);
  }
}

inline Reading read_all(BlockReader& reader) {
  Reading result;
  CellBlock block;
  std::int64_t last_line = 0;
  while (reader.next(block)) {
    must(block.first.size() == block.rows() + 1, "a block says where its rows begin");
    for (std::size_t row = 0; row < block.rows(); ++row) {
      look_at(block, result.rows.emplace_back(), row);
      must(block.line(row) > last_line, "rows stand one below the other");
      last_line = block.line(row);
      result.lines.push_back(last_line);
    }
    for (const CellMark& mark : block.marks)
      must(mark.row < block.rows() && mark.column < block.width(mark.row), "a mark is of a cell");
  }
  if (const ReadFault* fault = reader.fault()) {
    must(!fault->rule.empty(), "a fault has a name");
    result.fault = *fault;
  }
  must(!reader.next(block), "the end is the end");
  return result;
}

} // namespace appraise::fuzz
