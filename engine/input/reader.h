// One file of one record type → batches, with every cell typed or its problem located.
//
//   A row with a blocking problem stays in its batch with alive = 0 and is counted in Source::uncounted; totals and
//   notes below the table are named (row-not-data) and are no records. Problems of rows: row-ragged, value-missing,
//   impossible-date, date-form, date-serial, not-a-number, number-*, flag-unknown, category-unknown, unit-unknown,
//   head-empty; date-implausible is for verification only.
#pragma once

#include "engine/input/input.h"

#include <string>
#include <vector>

namespace appraise {

struct FileTask {
  std::string path; // to open
  std::string file; // as named
  Date reporting_date;
  const RecordType* type = nullptr;
  const Layout* layout = nullptr;
};

struct FileResult {
  bool readable = false; // as a table; if not, `problems` say why
  Source source;
  std::vector<Batch> batches;
  Problems problems;
};

FileResult read_file(const FileTask& task, const Roster& roster, std::size_t batch_rows);

// The column that holds a record's own number, for messages: the text part of the key, or the number of the record that
// a side record belongs to; nullopt when there is none.
std::optional<std::size_t> number_field(const RecordType& type);

} // namespace appraise
