// A workbook without its rows: what its small parts say of sheets, dates and shared strings.
#pragma once

#include "engine/input/xlsx.h"
#include "engine/input/xlsx/archive.h"
#include "engine/input/xlsx/cells.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace appraise::xlsx {

class Workbook {
public:
  Workbook(const ByteSource& source, const ReadLimits& limits);
  const ReadFault* fault() const { return fault_ ? &*fault_ : nullptr; }
  const std::vector<XlsxSheet>& sheets() const { return sheets_; }
  const std::vector<std::string>& left_alone() const { return left_alone_; }
  // `by_expat`: without the quick scanner, for comparison.
  std::unique_ptr<BlockReader> open(std::size_t sheet, bool by_expat);

private:
  void read();
  bool read_book(const std::string& book);
  bool refuse_doctypes();
  bool fail(ReadFault fault);

  std::unique_ptr<Archive> archive_;
  std::vector<XlsxSheet> sheets_;
  std::vector<std::string> parts_; // of the sheets
  std::vector<std::string> left_alone_;
  std::string strings_; // part of the shared strings; "" = none
  bool strings_read_ = false;
  BookFacts facts_;
  std::optional<ReadFault> fault_;
};

} // namespace appraise::xlsx
