// The appraisal file: which scheme, period, roster and inputs make one run.
//
//   title, name (of the run folder), scheme (path), roster (path), status (初评 | 复核 | 终定), classification, issued
//   (date), demo (true: units or rows are invented), units, [period] from, to; [[trend]]; [[input]] type, layout, files
//   (globs, relative to this file), reporting_date. Paths are relative to the appraisal file, then to the program's own
//   templates/. Problems: toml-syntax, unknown-key, missing-key, file-missing, period-differs.
#pragma once

#include "engine/calendar.h"
#include "engine/problem.h"
#include "engine/values.h"

#include <optional>
#include <string>
#include <vector>

namespace appraise {

struct Input {
  std::string type;
  std::string layout;
  std::vector<std::string> files; // relative to the appraisal file, as resolved and sorted
  std::vector<std::string> patterns;
  Date reporting_date;
  Place place;
};

// A chart of one unit over time: each indicator is computed on every year or month of the span.
struct Trend {
  std::string id;
  std::string title;
  std::string unit; // code
  std::string by;   // "year" | "month"
  Date from;
  Date to;
  std::vector<std::string> indicators;
};

struct Appraisal {
  std::string title;
  std::string name;
  std::string scheme;
  std::string roster;
  std::string status;
  std::string classification;
  std::string units; // further condition on the roster, beside the scheme's
  std::optional<Date> issued;
  bool demo = false;
  Slice period;
  std::vector<Input> inputs;
  std::vector<Trend> trends;
  std::string file;

  static Appraisal load(const std::string& text, const std::string& file, Problems& problems);
};

} // namespace appraise
