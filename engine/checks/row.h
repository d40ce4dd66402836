// Rules over one row, as data (indicators/checks/*.toml): a row that breaks one has a problem.
//
//   title, of (record type), that (a condition; a row where it is unknown passes, since a missing date proves nothing),
//   severity ("blocking": the row is counted nowhere; "verify"; "notice"), shows (the fields whose values the message
//   names), reference. The problem's rule is the file's name: date-order, say; its sentence says the title. Side
//   records of a row that is no longer counted are not counted either (record-uncounted). Problems of the declarations:
//   unknown-key, missing-key, record-type-unknown, field-unknown and those of conditions.
//
//   auto checks = load_row_checks(files, types, problems);
//   apply_row_checks(checks, records, context, problems);
#pragma once

#include "engine/predicate/condition.h"
#include "engine/problem.h"
#include "engine/table.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace appraise {

struct RowCheck {
  std::string id;
  std::string title;
  std::string of;
  std::shared_ptr<const Condition> that;
  Severity severity = Severity::blocking;
  std::vector<std::size_t> shows;
  std::vector<std::string> reference;
};

// Pairs of file name and text.
std::vector<RowCheck> load_row_checks(const std::vector<std::pair<std::string, std::string>>& files,
                                      const RecordTypes& types, Problems& problems);

// One check over one batch of the table; true when a row is no longer counted.
bool apply_row_check(const RowCheck& check, Table& table, std::uint32_t batch, const RowContext& context,
                     Problems& problems);

// After reading and before derived columns; in the order of checks, tables and rows.
void apply_row_checks(const std::vector<RowCheck>& checks, Records& records, const RowContext& context,
                      Problems& problems);

} // namespace appraise
