// What a test reads of a CSV text through CsvBlocks: all rows as cells of UTF-8, and how it ended.
#pragma once

#include "engine/input/csv_blocks.h"

#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <vector>

namespace appraise::csv_reading {

inline constexpr std::size_t kBuffers[] = {1,  2,   3,   5,   7,   11,  16,  31,   63,    64,
                                           65, 100, 127, 128, 200, 333, 512, 1024, 262144};

struct Row {
  std::int64_t line = 0;
  std::vector<std::string> cells;
  bool operator==(const Row& other) const { return line == other.line && cells == other.cells; }
};

inline void PrintTo(const Row& row, std::ostream* out) {
  *out << row.line << ": ";
  for (const std::string& cell : row.cells)
    *out << ::testing::PrintToString(cell) << " | ";
}

struct Reading {
  std::vector<Row> rows;
  ReadFault fault; // without a rule: none
  std::uint64_t end = 0;
  std::int64_t lines = 0;
};

inline Reading read_part(const ByteSource& source, const TextForm& form, FilePart part, std::size_t buffer,
                         const ReadLimits& limits = {}) {
  Reading result;
  CsvBlocks reader(source, form, part, limits, buffer);
  CellBlock block;
  std::string copy;
  while (reader.next(block)) {
    EXPECT_GT(block.rows(), 0u);
    EXPECT_EQ(reader.fault(), nullptr);
    for (std::size_t row = 0; row < block.rows(); ++row) {
      Row& one = result.rows.emplace_back();
      one.line = block.line(row);
      for (std::size_t column = 0; column < block.width(row); ++column)
        one.cells.emplace_back(plain(block, row, column, copy));
    }
  }
  if (reader.fault() != nullptr) result.fault = *reader.fault();
  result.end = reader.end();
  result.lines = reader.lines();
  return result;
}

inline Reading read_text(const std::string& text, const std::string& encoding, std::size_t buffer,
                         const ReadLimits& limits = {}) {
  const auto source = memory_source(text);
  const TextForm form = text_form(*source, encoding);
  return read_part(*source, form, {form.first_byte, source->size()}, buffer, limits);
}

} // namespace appraise::csv_reading
