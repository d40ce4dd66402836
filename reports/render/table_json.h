// What `table --json` prints: a file's encoding, separator, sheets and problems.
//
//   {"file","format","encoding","separator","sheets":[{"name","hidden","rows","cells","widths":{"8":3},"sha256",
//   "head":[{"row","cells"}]}],"problems":[{"rule","severity","sheet","row","column","byte","found","expected","nearest",
//   "message"}]}. encoding and separator are null for a workbook, head is there when rows were asked for; of a problem
//   what is not known is null. `sheets` is empty when the file cannot be read.
#pragma once

#include "engine/input/sheet_facts.h"
#include "engine/problem.h"
#include "reports/texts.h"

#include <string>
#include <vector>

namespace appraise {

struct TableReport {
  struct Sheet {
    std::string name;
    bool hidden = false;
    SheetFacts facts;
  };
  std::string file;
  bool workbook = false;
  std::string encoding;
  std::string separator;
  bool with_head = false;
  std::vector<Sheet> sheets;
  Problems problems;
};

std::string table_json(const TableReport& report, Language language);

} // namespace appraise
