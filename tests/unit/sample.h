// What tests of the engine stand on: the repository's own declarations, and records pasted as a small table.
#pragma once

#include "engine/indicator.h"
#include "engine/plan.h"
#include "engine/roster.h"
#include "engine/settings.h"
#include "engine/table.h"
#include "indicators/derived/derived.h"

#include <string>
#include <utility>
#include <vector>

namespace appraise::sample {

std::string slurp(const std::string& path); // relative to the repository
// Files below a folder of the repository whose names end so; relative to the repository, sorted.
std::vector<std::string> files_below(const std::string& folder, const std::string& ending);

const RecordTypes& types();
RecordTypes types_of_example(const Setting& example); // with the parameters that a worked example has of its own
const WorkCalendar& calendar();
const std::vector<Clock>& clocks();
const Catalogue& catalogue();

// A declaration as it would stand in indicators/; throws std::runtime_error with the problems.
Catalogue declared(const std::string& id, const std::string& toml, const RecordTypes& with = types());

// What a worked example is about: its own declaration, by the id "example", with those that it calls `others`; or the
// repository's catalogue.
Catalogue of_example(const Setting& example);

Date date(const char* iso);
Slice slice(const char* id, const char* from, const char* to);

using Pasted = std::vector<std::pair<std::string, std::string>>; // record type, table

// Codes that tables mention, each a unit at the top; or a roster CSV whose missing columns are empty.
Roster roster_of(const Pasted& tables, const std::vector<std::string>& further_codes, const std::string& csv = {});
// Heads are field ids, titles, or ids without "_date". Throws std::runtime_error on what it cannot read.
Records records_of(const Pasted& tables, const Roster& roster, std::size_t batch_rows = 4096);

} // namespace appraise::sample
