// The machine's side of a run folder. Numbers that are points or figures are texts: a decimal ("2.1") or a fraction
// ("47/52"), so that nothing is lost in a double. Keys stand in a fixed order; each file has a schema_version and, on
// demonstrations, a notice.
//
//   scorecard.json  per unit: code, name, group, points, rank; items with state, numerator, denominator, value, points
//   values.json     slices, and every unit × indicator × slice with its state, numerator, denominator, value, rows
//   behind it, rows
//                   left out by reason, source; inputs with rows read, not counted and replaced
//   manifest.json   SHA-256 of inputs and outputs, versions, relative paths, cells written as values
#pragma once

#include "engine/appraisal.h"
#include "engine/scorecard.h"
#include "engine/statistics/over_units.h"
#include "engine/table.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace appraise {

std::string scorecard_json(const Appraisal& appraisal, const Scorecard& card, const std::string& notice);
// `problems` tell the rows that cannot be counted from those that a later snapshot replaces.
std::string values_json(const Appraisal& appraisal, const Scorecard& card, const Records& records,
                        const Problems& problems, const std::string& notice);

// Statistics over the units of one level, by indicator; empty: not asked for.
struct OverUnits {
  std::string level;
  std::vector<UnitStatistics> of_indicator;
};
// What `measure --json` prints: of one file its rows, its values as in values.json, and the statistics. Those are
// numbers, the shortest that give the same double, and null where there is none.
std::string file_values_json(const Source& source, const Values& values, const Roster& roster,
                             const Catalogue& catalogue, const OverUnits& over);

struct ManifestFile {
  std::string path; // relative: inputs to the appraisal file, outputs to the run folder
  std::string role; // "appraisal", "scheme", "roster", a record type …; empty for outputs
  std::string sha256;
};

struct Manifest {
  std::string title;
  std::string notice;
  std::string scheme;
  std::vector<ManifestFile> inputs;
  std::vector<ManifestFile> outputs;
  std::vector<std::pair<std::string, std::string>> versions; // program, fonts, libraries
  std::vector<std::pair<std::string, std::size_t>> counts;   // exact_only_cells, problems …
};

std::string manifest_json(const Manifest& manifest);

} // namespace appraise
