// Tables for people's spreadsheets: UTF-8 with a byte order mark, CRLF, every field quoted that needs it.
//
//   A cell that a spreadsheet would take for a formula (its first character that is not blank is = + - @, TAB, CR, LF,
//   NUL or a full-width ＝＋－＠, and it is no number) gets a leading ', so that nothing runs when the file is opened.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace appraise {

struct CsvOutput {
  std::string bytes;
  std::size_t neutralised = 0; // cells that got a leading '
};

CsvOutput render_csv(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

} // namespace appraise
