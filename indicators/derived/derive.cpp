// Which clock a row has, and the columns that follow from it.
#include "indicators/derived/derived.h"

#include <algorithm>

namespace appraise {

namespace {

const std::string kNational = "national";

struct ExcludedTime {
  std::string cause;
  Interval interval;
};

struct CaseFields {
  std::optional<std::size_t> docketed, decided, extension, matter, procedure, outcome, number;
  std::optional<std::size_t> closing, own, publication;
  explicit CaseFields(const RecordType& type)
      : docketed(type.field("docketed_date")), decided(type.field("decided_date")),
        extension(type.field("extension_approved_date")), matter(type.field("case_type")),
        procedure(type.field("procedure")), outcome(type.field("outcome")), number(type.field("case_no")),
        closing(type.field("closing_deadline")), own(type.field("own_closing_deadline")),
        publication(type.field("publication_deadline")) {}
};

std::optional<Date> date_of(const Batch& batch, const std::optional<std::size_t>& field, std::size_t row) {
  if (!field || batch.value(*field, row) == kMissing) return std::nullopt;
  return Date{static_cast<std::int32_t>(batch.value(*field, row))};
}

std::string category_of(const RecordType& type, const Batch& batch, const std::optional<std::size_t>& field,
                        std::size_t row) {
  if (!field || batch.value(*field, row) == kMissing) return {};
  return type.fields[*field].categories[static_cast<std::size_t>(batch.value(*field, row))].id;
}

// [batch][row of the cases] → what is not counted.
using ExcludedRows = std::vector<std::map<std::size_t, std::vector<ExcludedTime>>>;

ExcludedRows excluded_rows(const Records& records, const Table& cases) {
  ExcludedRows result(cases.batches.size());
  const Table* table = records.find("excluded_time");
  if (table == nullptr) return result;
  const auto cause = table->type->field("cause");
  const auto from = table->type->field("from_date");
  const auto to = table->type->field("to_date");
  for (const Batch& batch : table->batches) {
    for (std::size_t row = 0; row < batch.rows() && row < batch.via.size(); ++row) {
      const auto start = date_of(batch, from, row);
      if (batch.alive[row] == 0 || !batch.via[row].exists() || !start) continue;
      const RowRef ref = batch.via[row];
      result[ref.batch][ref.row].push_back(
          {category_of(*table->type, batch, cause, row), {*start, date_of(batch, to, row)}});
    }
  }
  return result;
}

std::string place_of(const Roster& roster, std::int32_t unit) {
  for (; unit >= 0; unit = roster[unit].parent) {
    const auto found = roster[unit].attributes.find("clock_place");
    if (found != roster[unit].attributes.end() && !found->second.empty()) return found->second;
  }
  return kNational;
}

struct Matter {
  std::string sets;
  std::string matter;
  std::string place;
  std::string procedure;
  std::string outcome;
  Date event;
};

// The clock in force on the day of the event; one that names the procedure goes before one that names none.
const Clock* choose(const std::vector<Clock>& clocks, const Matter& row) {
  const Clock* best = nullptr;
  for (const Clock& clock : clocks) {
    if (clock.sets != row.sets || clock.place != row.place) continue;
    if (!clock.matter.empty() && clock.matter != row.matter) continue;
    if (!clock.procedure.empty() && clock.procedure != row.procedure) continue;
    if ((clock.from && row.event < *clock.from) || (clock.to && row.event > *clock.to)) continue;
    if (!clock.outcomes.empty() &&
        std::find(clock.outcomes.begin(), clock.outcomes.end(), row.outcome) == clock.outcomes.end()) {
      continue;
    }
    if (best == nullptr || (best->procedure.empty() && !clock.procedure.empty())) best = &clock;
  }
  return best != nullptr && best->computable ? best : nullptr;
}

class Deriver {
public:
  Deriver(const Records& records, const Roster& roster, const std::vector<Clock>& clocks, const WorkCalendar& calendar,
          Date as_of, const Table& cases, Problems& problems)
      : clocks_(clocks), calendar_(calendar), as_of_(as_of), cases_(cases), fields_(*cases.type),
        excluded_(excluded_rows(records, cases)), problems_(problems) {
    for (std::int32_t unit = 0; unit < roster.size(); ++unit)
      places_.push_back(place_of(roster, unit));
  }

  void fill(std::size_t index, Batch& batch) {
    for (const auto& field : {fields_.closing, fields_.own, fields_.publication}) {
      if (field) batch.columns[*field].values.assign(batch.rows(), kMissing);
    }
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (batch.alive[row] == 0) continue;
      closing(index, batch, row);
      publication(batch, row);
    }
  }

private:
  Matter matter(const Batch& batch, std::size_t row, const char* sets, Date event) const {
    const RecordType& type = *cases_.type;
    return {sets,
            category_of(type, batch, fields_.matter, row),
            kNational,
            category_of(type, batch, fields_.procedure, row),
            category_of(type, batch, fields_.outcome, row),
            event};
  }

  std::vector<Interval> allowed(const Clock& clock, std::size_t index, std::size_t row) const {
    std::vector<Interval> result;
    const auto found = excluded_[index].find(row);
    if (found == excluded_[index].end()) return result;
    for (const ExcludedTime& time : found->second) {
      const bool counts = std::find(clock.excluded.begin(), clock.excluded.end(), time.cause) != clock.excluded.end();
      if (counts) result.push_back(time.interval);
    }
    return result;
  }

  void closing(std::size_t index, Batch& batch, std::size_t row) {
    const auto docketed = date_of(batch, fields_.docketed, row);
    if (!docketed) return;
    Matter asked = matter(batch, row, "closing_deadline", *docketed);
    const Clock* national = choose(clocks_, asked);
    const std::int32_t unit = batch.units[row];
    const Clock* own = national;
    if (unit >= 0 && places_[static_cast<std::size_t>(unit)] != kNational) {
      asked.place = places_[static_cast<std::size_t>(unit)];
      if (const Clock* local = choose(clocks_, asked)) own = local;
    }
    set(batch, row, fields_.closing, national, *docketed, index);
    if (own != national) {
      set(batch, row, fields_.own, own, *docketed, index);
    } else if (fields_.closing && fields_.own) {
      batch.columns[*fields_.own].values[row] = batch.value(*fields_.closing, row);
    }
  }

  void publication(Batch& batch, std::size_t row) {
    const auto decided = date_of(batch, fields_.decided, row);
    if (!decided) return;
    const Clock* clock = choose(clocks_, matter(batch, row, "publication_deadline", *decided));
    if (clock == nullptr || !fields_.publication) return;
    guarded(batch, row, *fields_.publication,
            [&] { return deadline(*clock, *decided, std::nullopt, {}, as_of_, calendar_); });
  }

  void set(Batch& batch, std::size_t row, const std::optional<std::size_t>& field, const Clock* clock, Date event,
           std::size_t index) {
    if (clock == nullptr || !field) return;
    guarded(batch, row, *field, [&] {
      return deadline(*clock, event, date_of(batch, fields_.extension, row), allowed(*clock, index, row), as_of_,
                      calendar_);
    });
  }

  // A date beyond the calendar's years is this row's trouble, not the end of the run.
  template <typename Compute> void guarded(Batch& batch, std::size_t row, std::size_t field, Compute compute) {
    try {
      batch.columns[field].values[row] = compute().days;
    } catch (const Error& error) {
      Problem problem = error.problems().front();
      const Source& source = cases_.sources[batch.source];
      problem.severity = Severity::verify;
      problem.place.file = source.file;
      problem.place.sheet = source.sheet;
      problem.place.row = batch.lines[row];
      problem.place.column_name = cases_.type->fields[field].title;
      if (fields_.number) problem.key = batch.text(*fields_.number, row);
      problems_.push_back(std::move(problem));
    }
  }

  const std::vector<Clock>& clocks_;
  const WorkCalendar& calendar_;
  Date as_of_;
  const Table& cases_;
  CaseFields fields_;
  ExcludedRows excluded_;
  std::vector<std::string> places_;
  Problems& problems_;
};

} // namespace

void derive(Records& records, const Roster& roster, const std::vector<Clock>& clocks, const WorkCalendar& calendar,
            Date as_of, Problems& problems) {
  const auto found = records.tables.find("cases");
  if (found == records.tables.end() || found->second.type == nullptr) return;
  Table& cases = found->second;
  Deriver deriver(records, roster, clocks, calendar, as_of, cases, problems);
  for (std::size_t index = 0; index < cases.batches.size(); ++index)
    deriver.fill(index, cases.batches[index]);
}

} // namespace appraise
