// A Document as a workbook: one sheet a table, live formulas with their cached results, ready to print.
//
//   A sheet has the title over all columns, the subtitle at the left and the unit at the right, one or two rows of
//   heads (neighbours with the same `over` under one head), the rows, and the notes. A4 landscape, one page wide, heads
//   repeated on each page, head frozen, widths by what the columns hold. A formula's references become addresses;
//   exact_only cells are written as values with
//   "*" behind them. Roles become formats in one table, in xlsx_looks.cpp.
//
//   std::string bytes = render_xlsx(document, {});
#pragma once

#include "reports/document.h"

#include <string>

namespace appraise {

struct XlsxOptions {
  std::string body_font = "仿宋";
  std::string head_font = "黑体";
  std::string temporary_folder{}; // empty: TMPDIR
};

std::string render_xlsx(const Document& document, const XlsxOptions& options);

} // namespace appraise
