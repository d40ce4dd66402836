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
Format head_format(const XlsxOptions& options, bool first_row, bool last_row);
Format note_format(const XlsxOptions& options);
// `last`: the last row of the table, under which the thick line runs.
Format cell_format(const XlsxOptions& options, const Cell& cell, const TableColumn& column, const TableRow& row,
                   bool last);

// What the reader sees of a number: for the width of its column.
std::string shown_number(const Cell& cell);

} // namespace appraise
