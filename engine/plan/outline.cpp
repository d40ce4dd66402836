#include "engine/plan/outline.h"

#include "engine/measures/measure.h"

#include <algorithm>
#include <cassert>

namespace appraise {

Outline::Outline(const PlanInput& input) : input_(input), side_rows_(*input.records) {
  for (const std::string& id : input.indicators)
    want(id);
  // What others are made of comes after what was asked for.
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    for (const std::string& id : wanted_[i]->operands)
      want(id);
  }
  for (const Slice& slice : input.slices) {
    contexts_.push_back(
        {input.records, &side_rows_, input.calendar, slice, input.slices.size() > 1 ? input.slices[1] : slice});
  }
  for (const auto& [id, table] : input.records->tables) {
    Job job{&table, {}};
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i]->of == id && find_measure(wanted_[i]->measure)->over_rows()) job.indicators.push_back(i);
    }
    if (!job.indicators.empty()) jobs_.push_back(std::move(job));
  }
}

void Outline::want(const std::string& id) {
  const Indicator* indicator = input_.catalogue->find(id);
  assert(indicator != nullptr && "the scheme's loader and the catalogue's refuse unknown indicators");
  if (std::find(wanted_.begin(), wanted_.end(), indicator) == wanted_.end()) wanted_.push_back(indicator);
}

Values Outline::empty() const {
  Values values;
  for (const Indicator* indicator : wanted_)
    values.indicators.push_back(indicator->id);
  values.slices = input_.slices;
  values.units = input_.roster->size();
  values.resize();
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    const Measure& measure = *find_measure(wanted_[i]->measure);
    for (std::int32_t unit = 0; measure.over_rows() && unit < values.units; ++unit) {
      for (std::size_t slice = 0; slice < contexts_.size(); ++slice)
        measure.finish({}, *wanted_[i], input_.slices[slice], values.at(unit, i, slice));
    }
  }
  return values;
}

void Outline::finish(Values& values, Problems& problems) const {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (wanted_[i]->measure == "measured") measured(i, values, problems);
  }
  std::vector<bool> done(wanted_.size());
  for (std::size_t i = 0; i < wanted_.size(); ++i)
    combine(i, values, done);
}

void Outline::measured(std::size_t i, Values& values, Problems& problems) const {
  for (std::size_t slice = 0; slice < contexts_.size(); ++slice) {
    const auto column = measured_values(*wanted_[i], *input_.records, *input_.roster, contexts_[slice], problems);
    for (std::int32_t unit = 0; unit < values.units; ++unit)
      values.at(unit, i, slice) = column[static_cast<std::size_t>(unit)];
  }
}

void Outline::combine(std::size_t i, Values& values, std::vector<bool>& done) const {
  const Measure& measure = *find_measure(wanted_[i]->measure);
  if (done[i] || !measure.over_figures()) return;
  done[i] = true;
  std::vector<std::size_t> places;
  for (const std::string& id : wanted_[i]->operands) {
    places.push_back(values.indicator(id));
    combine(places.back(), values, done);
  }
  for (std::int32_t unit = 0; unit < values.units; ++unit) {
    for (std::size_t slice = 0; slice < contexts_.size(); ++slice) {
      std::vector<Operand> operands;
      operands.reserve(places.size());
      for (const std::size_t place : places)
        operands.push_back({values.at(unit, place, slice), *wanted_[place]});
      values.at(unit, i, slice) = measure.combine(operands, *wanted_[i], values.slices[slice]);
    }
  }
}

} // namespace appraise
