// From an appraisal file to a scorecard: the way that run, check and explain share.
//
//   load_home    the program's own data: record types, catalogue, layouts, calendar
//   load_clocks  and what derived columns need besides
//   open         appraisal file, scheme and roster, checked together
//   read         the records, derived columns filled
//   compute_all  values (verified ones put in their place) and the scorecard
#pragma once

#include "cli/commands.h"
#include "engine/appraisal.h"
#include "engine/checks/row.h"
#include "engine/input/input.h"
#include "engine/plan.h"
#include "engine/scorecard.h"
#include "indicators/derived/derived.h"
#include "reports/build/run.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace appraise::cli {

struct Home {
  std::string folder;
  RecordTypes types;
  Catalogue catalogue;
  std::map<std::string, Layout> layouts;
  std::vector<RowCheck> checks;
  std::vector<Clock> clocks;
  WorkCalendar calendar;
};

// Everything of one appraisal; the parts point into each other, so it stays where it is made.
struct Case {
  Home home;
  std::string appraisal_path;
  std::string folder;     // where the appraisal file stands
  std::string run_folder; // the run that is looked at again; empty otherwise
  Appraisal appraisal;
  std::string scheme_path;
  std::string roster_path;
  Scheme scheme;
  Roster roster;
  Records records;
  Values values;
  Scorecard scorecard;
  Problems problems; // of rows and files; nothing that ends the run
};

// The folder of the program's data: $APPRAISE_HOME, or ../share/appraise beside the program, or up from it.
std::string find_home(const std::string& program);
void load_home(const Session& session, Home& home);
void load_clocks(Home& home); // after load_home
// `path` is an appraisal file, a folder with appraisal.toml, or a run folder. Of a run folder the appraisal file is
// found by its SHA-256 in the manifest, in the current folder and below; inputs that have changed since are an Error
// (inputs-changed).
void open(const Session& session, const std::string& path, Case& appraised);
void read(const Session& session, Case& appraised);
// The records of appraised.appraisal's inputs, checked row by row.
void read_and_check(const Session& session, Case& appraised);
void compute_all(const Session& session, Case& appraised);
PlanInput plan_input(const Session& session, const Case& appraised);
// What the reports need: trends computed, and every file that was read with its SHA-256.
RunInput run_input(const Session& session, Case& appraised);
// Files under a folder, by name: (path relative to the folder, bytes).
std::vector<std::pair<std::string, std::string>> read_folder(const std::string& folder, const std::string& extension);

} // namespace appraise::cli
