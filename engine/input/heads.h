// The row of heads of one table: where it is, which column holds which field, and all that is wrong with it in one go.
//
//   Titles and notes may stand above it (notice rows-before-head). A head of two rows is joined where upper and lower
//   text, in the one order or the other, are a head of the layout: 日期 over 立案 is 立案日期 (notice header-joined);
//   where they are not, header-two-rows refuses it and lists what was not matched. header-unknown and header-missing
//   list every such head with its letters and the nearest names; header-duplicate names both columns; comma-fullwidth a
//   table whose cells are separated by ，.
#pragma once

#include "engine/input/input.h"

#include <cstddef>
#include <string>
#include <vector>

namespace appraise {

struct Heads {
  bool usable = false;
  std::size_t record = 0; // index of the head row among the records, of two rows the lower one
  std::int64_t line = 1;  // of that row: records come behind it
  std::vector<std::string> texts;
  std::vector<std::ptrdiff_t> field; // per column: index of the field, -1 when it is not read
};

inline constexpr std::size_t kHeadSearchRows = 10;

// `first` holds the first records of the file, kHeadSearchRows at most.
Heads find_heads(const std::vector<CsvRow>& first, const Layout& layout, const RecordType& type,
                 const std::string& file, Problems& problems);

} // namespace appraise
