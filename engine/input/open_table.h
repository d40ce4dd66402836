// A table opened by what is in it, not by its name: text in any of the encodings, or a workbook. Gives the readers of
// its sheets, and decides the encoding as if over the whole file.
//
//   BOM; else strict UTF-8; else strict GB18030; else the file is refused. The first reading goes by UTF-8; when bytes
//   contradict, begin_again() turns to GB18030 and all that was given until then is void, or it says what is wrong:
//   bytes-broken, or bytes-mixed where lines of the one encoding stand among lines of the other. read() does all that
//   with one reader; whoever reads parts of a file at once uses form(), bytes() and begin_again(), and gives every
//   block of GB18030 to mixed().
//   Also file-missing, file-unreadable, file-empty, sheet-unknown, encoding-unknown, and the faults of csv_blocks.h and
//   xlsx.h.
//
//   OpenTable table("exports/a.csv", "a.csv", {});      // throws Error(input, limit, usage)
//   if (!table.read(0, sink, problems)) …               // a fault: what the sink took is void
//   table.form().encoding;                              // as found; known for good after reading
#pragma once

#include "engine/input/csv_blocks.h"
#include "engine/input/grid.h"
#include "engine/input/input.h"
#include "engine/input/source.h"
#include "engine/input/xlsx.h"
#include "engine/problem.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

struct OpenOptions {
  std::string encoding; // of a text file, as the user names it; empty: told by its bytes
  ReadLimits limits;
};

// Takes the blocks of one sheet.
class BlockSink {
public:
  virtual ~BlockSink() = default;
  virtual void begin() = 0; // the first row comes next; what was taken before is void
  virtual void take(const CellBlock& block) = 0;
};

class OpenTable {
public:
  // `file` is its name in messages.
  OpenTable(const std::string& path, std::string file, OpenOptions options);
  ~OpenTable();

  bool workbook() const { return workbook_ != nullptr; }
  const TextForm& form() const { return form_; }                      // of a text
  const ByteSource& bytes() const { return text_ ? *text_ : *file_; } // of a text, in form().bytes
  const std::vector<XlsxSheet>& sheets() const;                       // of a text one, without name
  std::size_t sheet(const std::string& name) const;                   // throws Error: sheet-unknown
  const std::vector<std::string>& left_alone() const;                 // of a workbook, see xlsx.h

  std::unique_ptr<BlockReader> open(std::size_t sheet) const;
  // Every row of the sheet. False: the problem was added.
  bool read(std::size_t sheet, BlockSink& sink, Problems& problems);

  // The first rows that hold a cell, `count` at most, to look for heads in. Empty with a problem: they cannot be read,
  // or not in any encoding. A fault of the table behind some rows is left to whoever reads on.
  std::vector<CsvRow> first_rows(std::size_t sheet, std::size_t count, Problems& problems);

  // After a fault. True: form() has changed, and all is to be read again. False: the problem was added.
  bool begin_again(const ReadFault& fault, std::size_t sheet, Problems& problems);
  // The fault that lines of UTF-8 are where GB18030 was found to begin with; false where the user named the encoding.
  bool mixed(const CellBlock& block) const;

  // limit for faults of limits, input for all others.
  static ExitCode exit_code(const Problems& problems);

private:
  Problem problem_of(const ReadFault& fault, std::size_t sheet) const;
  Problem refused(const char* rule, std::uint64_t byte) const;
  std::optional<ReadFault> contradiction_behind(const ReadFault& fault) const;
  bool reread_as_gb18030(const ReadFault& fault, Problems& problems);
  std::uint64_t utf8_line(std::uint64_t to) const;

  std::string name_;
  OpenOptions options_;
  std::unique_ptr<ByteSource> file_;
  std::unique_ptr<ByteSource> text_; // of UTF-16, turned into UTF-8
  std::unique_ptr<XlsxFile> workbook_;
  std::vector<XlsxSheet> one_sheet_{XlsxSheet{}};
  TextForm form_;
};

// "utf8", "GBK", "UTF-16LE" … → the name as it is told; empty when there is no such encoding here.
std::string encoding_named(std::string_view name);

} // namespace appraise
