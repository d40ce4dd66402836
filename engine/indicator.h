// An indicator: a named measure over records, declared in indicators/<family>/<id>.toml. The engine knows none by name.
//
//   Keys: title, unit ("%" is shown × 100), of (record type), scope ("own" | "with descendants"), where, measure, and
//   by measure:
//     count                          rows that meet `where`
//     sum      value                 Σ value over them; rows whose value is missing are left out, with that reason
//     share    that                  rows that also meet `that` ÷ rows
//     mean     value                 Σ value ÷ rows with a value
//     quantile value, probability    type 7 of the values, exact
//     distinct value                 number of different values (a field)
//     ratio    numerator, denominator (ids of other indicators), per = 1 (a power of ten)
//     measured                       the one record of type `measured` for this indicator, unit and slice; never rolled
//     up
//   better (higher | lower | range | none), date_basis, min_denominator, in_force, tasks, reference, definition.
//   Errors are located in the file: unknown field, unknown category value, types that do not fit, unknown measure.
#pragma once

#include "engine/calendar.h"
#include "engine/number.h"
#include "engine/predicate/condition.h"
#include "engine/problem.h"
#include "engine/table.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace appraise {

struct Indicator {
  std::string id;
  std::string family; // the folder it stands in
  std::string title;
  std::string unit;
  std::string definition;
  std::string of;
  bool with_descendants = true;
  std::string measure;
  std::shared_ptr<const Condition> where; // null: every row
  std::shared_ptr<const Condition> that;
  std::shared_ptr<const Condition> value;
  Number probability;
  std::string numerator;   // ratio
  std::string denominator; // ratio
  Number per = 1;
  std::string better;
  std::string date_basis;
  std::optional<Number> min_denominator;
  Date in_force;
  std::vector<std::int64_t> tasks;
  std::vector<std::string> references;
  Place place;
};

// The whole catalogue; problems of every file in one go. `files` are (path, text) pairs; a file's folder is the family.
struct Catalogue {
  std::vector<Indicator> indicators; // by family, then id
  const Indicator* find(const std::string& id) const;
  std::vector<std::string> ids() const;
  static Catalogue load(const std::vector<std::pair<std::string, std::string>>& files, const RecordTypes& types,
                        Problems& problems);
};

} // namespace appraise
