#include "engine/plan/type_plan.h"

#include "engine/input/parallel.h"

#include <algorithm>

namespace appraise {

namespace {

const char* name_of(MeasureKeeps kept) {
  switch (kept) {
  case MeasureKeeps::rows: return "rows";
  case MeasureKeeps::sum: return "sums";
  case MeasureKeeps::squares: return "squares";
  case MeasureKeeps::counts: return "histograms";
  case MeasureKeeps::keys: return "keys";
  }
  return "";
}

} // namespace

TypePlan::TypePlan(const Outline& outline, const Job& job, const PlanInput& input)
    : outline_(outline), table_(*job.table), program_(*input.records, outline.side_rows(), input.calendar),
      profile_(input.profile) {
  for (const std::size_t i : job.indicators) {
    for (std::size_t slice = 0; slice < outline.contexts().size(); ++slice)
      add(i, slice);
  }
}

std::size_t TypePlan::counter(Bits bits) {
  const auto [place, is_new] = counter_of_.emplace(bits, counters_.size());
  if (is_new) counters_.push_back(bits);
  return place->second;
}

void TypePlan::leave_out(const std::vector<Blame>& blamed, FigurePlan& figure) {
  for (const Blame& blame : blamed)
    figure.left_out.emplace_back(blame.field, counter(blame.rows));
}

void TypePlan::add(std::size_t i, std::size_t slice) {
  const Indicator& indicator = *outline_.wanted()[i];
  const Measure& measure = *find_measure(indicator.measure);
  const RowContext& context = outline_.contexts()[slice];
  FigurePlan figure{.indicator = i, .slice = slice};
  Bits rows = kAll;
  if (indicator.where != nullptr) {
    const Truths where = program_.truth(*indicator.where, context);
    rows = where.yes;
    leave_out(program_.blame(*indicator.where, context, where.unknown), figure);
  }
  if (measure.needs_value() != MeasureValue::none) rows = add_value(indicator, measure, context, rows, figure);
  figure.rows = counter(rows);
  if (measure.needs_that()) {
    const Truths that = program_.truth(*indicator.that, context);
    figure.met = counter(program_.both(rows, that.yes));
    figure.unknown = counter(program_.both(rows, that.unknown));
  }
  figures_.push_back(std::move(figure));
}

// The rows that have a value; of a date, one within the slice.
Bits TypePlan::add_value(const Indicator& indicator, const Measure& measure, const RowContext& context, Bits rows,
                         FigurePlan& figure) {
  const Condition& value = *indicator.value;
  BankPlan bank;
  bank.kind = measure.keeps();
  Bits missing = kNone;
  if (value.root().kind == Kind::text) {
    bank.text = &value;
    missing = program_.missing_text(value.root());
  } else {
    bank.values = program_.number(value, context);
    missing = program_.missing(bank.values);
  }
  leave_out(program_.blame(value, context, program_.both(rows, missing)), figure);
  bank.rows = program_.without(rows, missing);
  if (measure.needs_value() == MeasureValue::date) {
    bank.rows = program_.both(bank.rows, program_.within(bank.values, context.period));
    bank.values = program_.days_into(bank.values, context.period);
  }
  const auto same = std::find_if(banks_.begin(), banks_.end(), [&](const BankPlan& other) {
    const bool same_text = bank.text == other.text || (bank.text != nullptr && other.text != nullptr &&
                                                       bank.text->root().name == other.text->root().name);
    return bank.kind == other.kind && bank.rows == other.rows && bank.values == other.values && same_text;
  });
  figure.bank = static_cast<std::size_t>(same - banks_.begin());
  if (same == banks_.end()) banks_.push_back(bank);
  return bank.rows;
}

void TypePlan::describe(std::int64_t rows) const {
  if (profile_ == nullptr) return;
  PlanShape shape;
  shape.type = table_.type->id;
  shape.columns.assign(program_.columns().begin(), program_.columns().end());
  shape.steps = program_.steps();
  shape.counters = counters_.size();
  for (const BankPlan& bank : banks_)
    ++shape.banks[name_of(bank.kind)];
  shape.rows = rows;
  profile_->plans.push_back(std::move(shape));
}

Gathered::Gathered(const TypePlan& plan, std::size_t units) : counters(units, plan.counters().size()) {
  for (const BankPlan& bank : plan.banks()) {
    banks.push_back(bank.kind == MeasureKeeps::sum       ? sum_bank(units)
                    : bank.kind == MeasureKeeps::squares ? squares_bank(units)
                    : bank.kind == MeasureKeeps::counts  ? histogram_bank(units)
                                                         : key_bank(units));
  }
}

void Gathered::merge(Gathered& other) {
  counters.merge(other.counters);
  for (std::size_t i = 0; i < banks.size(); ++i)
    banks[i]->merge(*other.banks[i]);
}

void Gathered::take_back(Gathered& other) {
  counters.take_back(other.counters);
  for (std::size_t i = 0; i < banks.size(); ++i)
    banks[i]->take_back(*other.banks[i]);
}

void finish(const TypePlan& plan, Gathered& own, const Roster& roster, int threads, Values& values) {
  const Timed timed(plan.profile(), Stage::figures);
  own.counters.settle();
  const Counters whole = own.counters.with_descendants(roster);
  std::vector<std::unique_ptr<Bank>> whole_banks(own.banks.size());
  for (const FigurePlan& figure : plan.figures()) {
    if (figure.bank == SIZE_MAX || !plan.indicator(figure).with_descendants) continue;
    std::unique_ptr<Bank>& rolled = whole_banks[figure.bank];
    if (rolled == nullptr) rolled = own.banks[figure.bank]->with_descendants(roster);
  }
  in_parallel(static_cast<std::size_t>(values.units), threads, [&](std::size_t at) {
    const auto unit = static_cast<std::int32_t>(at);
    for (const FigurePlan& figure : plan.figures()) {
      const Indicator& indicator = plan.indicator(figure);
      const Counters& counters = indicator.with_descendants ? whole : own.counters;
      const auto& banks = indicator.with_descendants ? whole_banks : own.banks;
      Summary summary{.rows = counters(unit, figure.rows)};
      if (figure.met != SIZE_MAX) {
        summary.met = counters(unit, figure.met);
        summary.unknown = counters(unit, figure.unknown);
      }
      if (figure.bank != SIZE_MAX) banks[figure.bank]->finish(unit, summary);
      Value& value = values.at(unit, figure.indicator, figure.slice);
      find_measure(indicator.measure)->finish(summary, indicator, values.slices[figure.slice], value);
      for (const auto& [field, counter] : figure.left_out) {
        if (const std::int64_t rows = counters(unit, counter); rows != 0) value.left_out[field] += rows;
      }
    }
  });
}

} // namespace appraise
