// How a cell looks: the one table from roles to formats of a workbook.
#pragma once

#include "reports/document.h"
#include "reports/render/workbook.h"
#include "reports/render/xlsx.h"

#include <string>

namespace appraise {

inline constexpr double kBodySize = 11;
inline constexpr double kNoteSize = 10;

Format title_format(const XlsxOptions& options);
Format subtitle_format(const XlsxOptions& options, Align align);
// Where a cell stands: outside, tables have thick lines above and below and none at the sides.
struct Edges {
  bool first_column = false;
  bool last_column = false;
  bool first_row = false;
  bool last_row = false;
};
Format head_format(const XlsxOptions& options, const Edges& edges);
Format note_format(const XlsxOptions& options);
Format cell_format(const XlsxOptions& options, const Cell& cell, const TableColumn& column, const TableRow& row,
                   const Edges& edges);

// What the reader sees of a number: for the width of its column.
std::string shown_number(const Cell& cell);

} // namespace appraise
