// The figure that a record of type `measured` holds, for this indicator, unit and slice. It is never rolled up.
//
//   Fields of the type: indicator, unit, from_date, to_date, value (hundredths), source, note. No record: unavailable,
//   without a note; where nobody handed in a single record of the type: empty, as with every measure. Two: problem
//   measured-twice, and unavailable with that id as its note.
#include "engine/measures/list.h"

#include <algorithm>

namespace appraise {

namespace {

class Measured : public Measure {
public:
  std::string name() const override { return "measured"; }
  bool over_rows() const override { return false; }
};

std::string cell_text(const Row& row, const char* name) {
  const auto field = row.table->type->field(name);
  if (!field) return {};
  const Field& declared = row.table->type->fields[*field];
  if (declared.type == FieldType::text) return std::string(row.batch->text(*field, row.row));
  const std::int64_t value = row.batch->value(*field, row.row);
  if (value == kMissing || declared.type != FieldType::category) return {};
  return declared.categories[static_cast<std::size_t>(value)].id;
}

std::int64_t cell(const Row& row, const char* name) {
  const auto field = row.table->type->field(name);
  return field ? row.batch->value(*field, row.row) : kMissing;
}

} // namespace

const Measure& measured_measure() {
  static const Measured measure;
  return measure;
}

bool is_measured_row(const Indicator& indicator, const Row& row, const RowContext& context) {
  return row.batch->alive[row.row] != 0 && cell_text(row, "indicator") == indicator.id &&
         cell(row, "from_date") == context.period.from.days && cell(row, "to_date") == context.period.to.days &&
         (indicator.where == nullptr || indicator.where->test(row, context) == Truth::yes);
}

namespace {

bool any_record(const Table& table) {
  return std::any_of(table.batches.begin(), table.batches.end(), [](const Batch& batch) { return batch.rows() > 0; });
}

} // namespace

std::vector<Value> measured_values(const Indicator& indicator, const Records& records, const Roster& roster,
                                   const RowContext& context, Problems& problems) {
  Value none;
  none.state = ValueState::unavailable;
  none.source = ValueSource::measured;
  const Table* table = records.find(indicator.of);
  if (table != nullptr && !any_record(*table)) none.state = ValueState::empty;
  std::vector<Value> values(static_cast<std::size_t>(roster.size()), none);
  std::vector<int> found(values.size());
  if (table == nullptr) return values;
  for (const Batch& batch : table->batches) {
    for (std::size_t i = 0; i < batch.rows(); ++i) {
      const Row row{table, &batch, i};
      if (batch.units[i] < 0 || !is_measured_row(indicator, row, context)) continue;
      const auto unit = static_cast<std::size_t>(batch.units[i]);
      Value& value = values[unit];
      if (++found[unit] > 1) {
        value = none;
        value.note = "measured-twice";
        const Source& source = table->sources[batch.source];
        Problem problem;
        problem.rule = "measured-twice";
        problem.place.file = source.file;
        problem.place.sheet = source.sheet;
        problem.place.row = batch.lines[i];
        problem.found = indicator.id;
        problem.key = roster[batch.units[i]].code;
        problems.push_back(std::move(problem));
        continue;
      }
      const std::int64_t hundredths = cell(row, "value");
      const std::string from = cell_text(row, "source");
      const std::string note = cell_text(row, "note");
      value.note = from;
      if (!from.empty() && !note.empty()) value.note += "；";
      value.note += note;
      if (hundredths == kMissing) continue;
      value.state = ValueState::value;
      value.numerator = Number::ratio(hundredths, 100);
      value.counted = 1;
    }
  }
  return values;
}

} // namespace appraise
