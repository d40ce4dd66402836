// CSV → blocks of cells, as fast as the memory gives the bytes.
//
//   Per buffer of 256 KiB: a structural index (engine/input/structure.h) marks separators and line ends outside quotes,
//   and the bytes are proved to be valid in the encoding. RFC 4180; CR, LF and CRLF mixed; quoted newlines. A quote
//   inside an unquoted cell is a character. The reader gives the rows that begin in its part of the file, so several
//   threads can each read parts: end() says where the first row behind the part begins, which must be where the next
//   part was begun, else that part was cut wrongly and is read again from there.
//
//   Faults: bytes-contradict (not valid in this encoding: the caller decides again or reports), nul-byte,
//   quote-unterminated (where it opens), quote-misplaced, limit-cell, limit-row, limit-columns.
//
//   TextForm form = text_form(*source, "");
//   CsvBlocks reader(*source, form, {form.first_byte, source->size()}, limits);
#pragma once

#include "engine/input/grid.h"
#include "engine/input/source.h"

#include <memory>
#include <optional>
#include <string>

namespace appraise {

struct TextForm {
  std::string encoding = "UTF-8";  // as it is told: "UTF-8", "UTF-8 BOM", "GB18030", "UTF-16LE", "UTF-16BE"
  Encoding bytes = Encoding::utf8; // what the blocks hold
  char separator = ',';
  bool separator_said = false;  // by a first line sep=
  std::uint64_t first_byte = 0; // behind BOM and sep= line
  std::int64_t first_line = 1;
};

// From the first bytes: BOM, else UTF-8 until something contradicts; `forced` is an encoding that the user names
// ("UTF-8", "GB18030", "UTF-16LE", "UTF-16BE") or "". Of UTF-16 the offset first_byte is one of utf16_source, which is
// then read instead of the file.
TextForm text_form(const ByteSource& source, const std::string& forced);

// UTF-16 → UTF-8 on the way, to be read from front to back. Faults of the text (an odd byte, half a pair) are thrown as
// Error(input) bytes-broken with byte offset in the file. A BOM is left out. size() is not known beforehand: it is
// never less than what there is to read.
std::unique_ptr<ByteSource> utf16_source(const ByteSource& source, bool big_endian);

struct FilePart {
  std::uint64_t from = 0; // where a row begins
  std::uint64_t to = 0;   // rows that begin before this
};

// Where a row most likely begins at or behind `offset`: to be proved by the end() of the part before it.
std::uint64_t likely_row_start(const ByteSource& source, const TextForm& form, std::uint64_t offset);

class CsvBlocks : public BlockReader {
public:
  CsvBlocks(const ByteSource& source, const TextForm& form, FilePart part, const ReadLimits& limits,
            std::size_t buffer_bytes = 256 << 10);
  ~CsvBlocks() override;
  bool next(CellBlock& block) override;    // block.first_line counts from 1 at the part's beginning
  const ReadFault* fault() const override; // its line too
  std::uint64_t end() const;               // after next() was false: where the first row behind the part begins
  std::int64_t lines() const;              // physical lines of the rows given so far

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace appraise
