// A CSV text row after row, as views into the text: nothing is copied unless a cell holds doubled quotes.
//
//   CR, LF and CRLF end a line; inside quotes they belong to the cell, and `line` is where a record begins. A quote
//   inside an unquoted cell is a character. The separator is said by Excel's first line "sep=;", else it is the comma,
//   else the tab or semicolon when the first line has no comma outside quotes.
//
//   CsvScanner scanner(text);
//   CsvRecord record;
//   while (scanner.next(record)) use(record.cells);
#pragma once

#include "engine/problem.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

struct CsvRecord {
  enum class Fault { none, quote_unterminated, quote_misplaced };
  std::int64_t line = 0;
  std::vector<std::string_view> cells; // valid until the next record
  Fault fault = Fault::none;
  std::int64_t fault_line = 0; // where the quote opens
  std::int64_t fault_column = 0;
};

// What the beginning of a text says of its separator. `settled` is false when more text could still change it.
struct CsvHead {
  char separator = ',';
  std::size_t skip = 0; // the line sep=, with its end
  bool settled = false;
};
CsvHead csv_head(std::string_view text);

class CsvScanner {
public:
  explicit CsvScanner(std::string_view text);
  bool next(CsvRecord& record);
  char separator() const { return separator_; }

private:
  std::string_view quoted(CsvRecord& record);
  bool end_of_line(); // steps over one line end

  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  char separator_ = ',';
  std::deque<std::string> unquoted_; // cells whose doubled quotes were undone
};

// False with problem nul-byte when the text holds one: other programs cut there.
bool check_nul(std::string_view text, const std::string& file, Problems& problems);
// False with problem quote-unterminated (at the line where it opens) or quote-misplaced.
bool report_fault(const CsvRecord& record, const std::string& file, Problems& problems);

} // namespace appraise
