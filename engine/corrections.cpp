#include "engine/corrections.h"

#include <algorithm>
#include <fmt/core.h>
#include <set>

namespace appraise {

namespace {

std::set<std::string> verifiable(const Scheme& scheme) {
  std::set<std::string> result;
  for (const Item& item : scheme.items) {
    if (item.counts.rfind("verified", 0) == 0) result.insert(item.indicator);
  }
  return result;
}

Number hundredths(std::int64_t value) {
  return Number(value) / Number(100);
}

} // namespace

void apply_verified(Values& values, const Records& records, const Scheme& scheme, const Catalogue& catalogue,
                    Problems& problems) {
  const Table* table = records.find("verified");
  if (table == nullptr) return;
  const RecordType& type = *table->type;
  const auto field = [&](std::string_view id) { return *type.field(id); };
  const std::size_t year = field("year");
  const std::size_t indicator = field("indicator");
  const std::size_t numerator = field("numerator");
  const std::size_t denominator = field("denominator");
  const std::size_t reason = field("reason");
  const std::size_t decider = field("decider");
  const std::set<std::string> accepted = verifiable(scheme);

  for (const Batch& batch : table->batches) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (batch.alive[row] == 0 || batch.units[row] < 0) continue;
      if (batch.value(year, row) != scheme.period.to.year()) continue;
      const std::string id(batch.text(indicator, row));
      if (accepted.count(id) == 0) {
        const Source& source = table->sources[batch.source];
        Problem problem;
        problem.rule = "verified-not-used";
        problem.severity = Severity::notice;
        problem.place.file = source.file;
        problem.place.sheet = source.sheet;
        problem.place.row = batch.lines[row];
        problem.found = id;
        problem.nearest = nearest_names(id, {accepted.begin(), accepted.end()});
        problems.push_back(std::move(problem));
        continue;
      }
      if (batch.value(numerator, row) == kMissing) continue;
      const std::string& measure = catalogue.find(id)->measure;
      const bool counts = measure == "count" || measure == "distinct";
      Value& value = values.at(batch.units[row], values.indicator(id), values.slice("period"));
      value.numerator = hundredths(batch.value(numerator, row));
      if (!counts && batch.value(denominator, row) != kMissing)
        value.denominator = hundredths(batch.value(denominator, row));
      value.state = (counts ? value.numerator : value.denominator).is_zero() ? ValueState::empty : ValueState::value;
      value.source = ValueSource::verified;
      value.note = fmt::format("{}（{}）", batch.text(reason, row), batch.text(decider, row));
    }
  }
}

} // namespace appraise
