// Everything that a run folder holds, as paths and bytes; writing it is run_folder's.
//
//   scorecards.xlsx, report.html, charts/<id>.svg|.png|.pdf, values.json, scorecard.json, problems.csv, and
//   manifest.json, which names the others with their SHA-256. Same inputs, fonts and versions: same bytes.
//
//   write_run_folder(folder, render_run(input), force);
#pragma once

#include "reports/build/scorecard.h"
#include "reports/render/json.h"
#include "reports/run_folder.h"

#include <string>
#include <vector>

namespace appraise {

struct RunInput {
  const Appraisal& appraisal;
  const Scorecard& card;
  const Problems& problems;
  const Records& records;
  std::vector<TrendSeries> trends{};
  // What was read besides the records: appraisal file, scheme, roster, parameters, layouts; with paths relative to the
  // appraisal file or to the program's templates. The records' own files are added from `records`.
  std::vector<ManifestFile> files{};
  std::string temporary_folder{}; // empty: TMPDIR
};

FileSet render_run(const RunInput& input);

// problems.csv: rule, severity, file, sheet, row, column letters, column name, number of the record, found, expected,
// message.
std::string problems_csv(const Problems& problems);

} // namespace appraise
