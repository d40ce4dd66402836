// One file checked by itself, however large: read, checked row by row and forgotten, with twelve bytes a row kept for
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

FileResult check_file(const FileTask& task, const Roster& roster, const std::vector<RowCheck>& checks,
                      const RowContext& context, const ReadOptions& options);

} // namespace appraise
