// XLSX and XLSM → blocks of cells, streamed in bounded memory: the archive's directory by minizip, its parts unfolded
// by ISA-L with the checksum proved, sheets by an own scanner, small parts by expat. Only the shared strings are held.
//
//   A cell's text is what Excel holds, in one form: numbers rounded to the 15 digits that Excel keeps, without exponent
//   (up to 10^21); cells with a date format as YYYY-MM-DD, with a time of day YYYY-MM-DD HH:MM:SS, a time alone
//   HH:MM:SS; TRUE, FALSE; errors as #N/A. Rich text is joined, phonetic runs are left out, _xHHHH_ is undone, and
//   white space at both ends goes unless xml:space keeps it, as in Excel. Rows end at their last cell that holds
//   something; rows that hold nothing or are not in the file are stepped over (CellBlock::jumps).
//
//   Faults: xlsx-broken (archive or XML, with the part's name), xlsx-checksum, xlsx-doctype, xlsx-entry-name,
//   xlsx-encrypted, xlsx-no-sheet, file-kind (XLS, ODS, another archive: found = what it is), limit-inflate,
//   limit-entry, limit-ratio, limit-entries, limit-depth, limit-sheets, limit-strings, limit-cell, limit-row,
//   limit-columns.
//
//   XlsxFile file(*source, limits);
//   if (file.fault() == nullptr) { auto rows = file.open(0); while (rows->next(block)) … }
#pragma once

#include "engine/input/grid.h"
#include "engine/input/source.h"

#include <memory>
#include <string>
#include <vector>

namespace appraise {

// By content, not by name: "zip" (perhaps XLSX), "compound" (XLS or an encrypted workbook), "text" for all else.
enum class FileKind { text, zip, compound };
FileKind file_kind(const ByteSource& source);

struct XlsxSheet {
  std::string name;
  bool hidden = false;
};

class XlsxFile {
public:
  XlsxFile(const ByteSource& source, const ReadLimits& limits);
  ~XlsxFile();
  const ReadFault* fault() const; // nullptr: the workbook can be read
  const std::vector<XlsxSheet>& sheets() const;
  // What stands in the workbook and is not read: "macros", "external links", "embedded objects" … for a notice.
  const std::vector<std::string>& left_alone() const;
  std::unique_ptr<BlockReader> open(std::size_t sheet) const; // one at a time

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace appraise
