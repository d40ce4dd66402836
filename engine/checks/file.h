// One file checked by itself, however large: read, checked row by row and forgotten, with eight bytes a row kept for
// the search for duplicates (none for a type without a key) and twelve for records at two units (none for a type
// without a claim). The problems are those of read_records, apply_row_checks and settle_claims on the same file, in the
// same order: of reading, of keys, of row checks, of claims (which the unit that was first wins).
//
//   FileResult result = check_file(task, roster, home.checks, context, {.threads = 2});
//   result.source.rows, result.source.uncounted, result.problems
#pragma once

#include "engine/checks/row.h"
#include "engine/input/reader.h"

#include <vector>

namespace appraise {

// Takes the rows as they are checked (alive: what is wrong with a row by itself is known), and, once the whole file is
// known, again those of them that do not stand: duplicates, and records that another unit has first.
class RowTaker : public FileSink {
public:
  // Rows that are alive in the batch were alive before, and are to be taken back.
  virtual void take_back(const Batch& batch) = 0;
  virtual void restart_back() = 0; // all that was taken back is void: the file begins again in another encoding
};

FileResult check_file(const FileTask& task, const Roster& roster, const std::vector<RowCheck>& checks,
                      const RowContext& context, const ReadOptions& options, RowTaker* taker = nullptr);

} // namespace appraise
