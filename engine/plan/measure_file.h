// The indicators over one export of one record type by itself, however large: its rows are read, checked, counted and
// forgotten. Of a row that does not stand in the end (a duplicate, a record that another unit had first) what was
// counted is taken back.
//
//   FileValues found = measure_file(task, checks, input, {.threads = 2});
//   found.values.at(unit, indicator, slice), found.file.problems
//
//   Memory: what check_file keeps, counters and banks; nothing of a row beside. Every cell is checked, also of columns
//   that no indicator asks for: which rows count does not depend on which indicators are wanted. Texts that nobody
//   looks at are not kept.
#pragma once

#include "engine/checks/file.h"
#include "engine/plan.h"

namespace appraise {

// Whether an indicator asks for nothing but the columns of an export of its type and one period: no other record type,
// no derived column, no base, no source; a type whose records name their unit. One that is made of others: all of them.
bool measured_alone(const Indicator& indicator, const Catalogue& catalogue, const RecordTypes& types);
// The record type that its rows, or those of all that it is made of, are of; empty where there are several.
std::string record_type_of(const Indicator& indicator, const Catalogue& catalogue);

struct FileValues {
  FileResult file;
  Values values; // empty where the file cannot be read
};

// input.records is not looked at. The indicators are measured_alone and of the task's type.
FileValues measure_file(FileTask task, const std::vector<RowCheck>& checks, PlanInput input,
                        const ReadOptions& options);

} // namespace appraise
