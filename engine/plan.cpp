#include "engine/plan.h"

#include "engine/measures/measure.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <exception>
#include <thread>

namespace appraise {

namespace {

// What one indicator has seen of one unit in one slice.
struct Cell {
  std::unique_ptr<MeasureState> state;
  std::map<std::string, std::int64_t> left_out;

  void merge(const Cell& other, const Measure& measure, const Indicator& indicator) {
    if (other.state != nullptr) {
      if (state == nullptr) state = measure.start(indicator);
      state->merge(*other.state);
    }
    for (const auto& [field, rows] : other.left_out)
      left_out[field] += rows;
  }
};

// One record type, and the indicators over it.
struct Job {
  const Table* table = nullptr;
  std::vector<std::size_t> indicators; // positions among the wanted
};

// Whether a row's value is there, and what a measure takes from it.
struct Observed {
  Verdict verdict = Verdict::outside;
  Observation observation;
  std::string text;
};

Observed observe(const Indicator& indicator, const Measure& measure, const Row& row, const RowContext& context) {
  Observed result;
  if (indicator.where != nullptr) {
    const Truth inside = indicator.where->test(row, context);
    if (inside == Truth::no) return result;
    if (inside == Truth::unknown) {
      result.verdict = Verdict::left_out_missing;
      return result;
    }
  }
  result.verdict = Verdict::met;
  if (measure.needs_that()) {
    result.observation.that = indicator.that->test(row, context);
    if (result.observation.that == Truth::no) result.verdict = Verdict::not_met;
    if (result.observation.that == Truth::unknown) result.verdict = Verdict::unknown_that;
  }
  bool missing = false;
  if (measure.needs_value() == MeasureValue::number) {
    result.observation.value = indicator.value->number(row, context);
    missing = result.observation.value == kMissing;
  } else if (measure.needs_value() == MeasureValue::text) {
    result.text = indicator.value->value_text(row, context);
    missing = result.text.empty();
  }
  if (missing) result.verdict = Verdict::left_out_missing;
  return result;
}

// The field to name for a row that is left out, or whose `that` is unknown.
std::string reason(const Indicator& indicator, const Row& row, const RowContext& context) {
  for (const auto* condition : {&indicator.where, &indicator.that, &indicator.value}) {
    if (*condition == nullptr) continue;
    std::string field = (*condition)->missing_field(row, context);
    if (!field.empty()) return field;
  }
  return {};
}

class Plan {
public:
  explicit Plan(const PlanInput& input) : input_(input), side_rows_(*input.records) {
    for (const std::string& id : input.indicators)
      want(id);
    // What ratios need comes after what was asked for.
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i]->measure != "ratio") continue;
      want(wanted_[i]->numerator);
      want(wanted_[i]->denominator);
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

  Values run(Problems& problems) {
    Values values;
    for (const Indicator* indicator : wanted_)
      values.indicators.push_back(indicator->id);
    values.slices = input_.slices;
    values.units = input_.roster->size();
    values.resize();
    finish_rows(gather(), values);
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i]->measure == "measured") measured(i, values, problems);
    }
    std::vector<bool> done(wanted_.size());
    for (std::size_t i = 0; i < wanted_.size(); ++i)
      ratio(i, values, done);
    return values;
  }

private:
  void want(const std::string& id) {
    const Indicator* indicator = input_.catalogue->find(id);
    assert(indicator != nullptr && "the scheme's loader and the catalogue's refuse unknown indicators");
    if (std::find(wanted_.begin(), wanted_.end(), indicator) == wanted_.end()) wanted_.push_back(indicator);
  }

  std::size_t units() const { return static_cast<std::size_t>(input_.roster->size()); }
  std::size_t place(std::size_t indicator, std::size_t slice, std::size_t unit) const {
    return (indicator * contexts_.size() + slice) * units() + unit;
  }
  std::vector<Cell> cells() const { return std::vector<Cell>(wanted_.size() * contexts_.size() * units()); }

  // Threads take batches as they come; their states are merged in the order of threads. States are integers, so the
  // split shows nowhere.
  std::vector<Cell> gather() const {
    std::vector<std::pair<const Job*, const Batch*>> work;
    for (const Job& job : jobs_) {
      for (const Batch& batch : job.table->batches)
        work.emplace_back(&job, &batch);
    }
    const auto threads =
        std::clamp<std::size_t>(static_cast<std::size_t>(std::max(input_.threads, 1)), 1, work.size() + 1);
    std::vector<std::vector<Cell>> parts(threads);
    std::vector<std::exception_ptr> failures(work.size());
    std::atomic<std::size_t> next = 0;
    const auto labour = [&](std::size_t thread) {
      parts[thread] = cells();
      for (std::size_t i = next++; i < work.size(); i = next++) {
        try {
          scan(*work[i].first, *work[i].second, parts[thread]);
        } catch (...) {
          failures[i] = std::current_exception();
        }
      }
    };
    std::vector<std::thread> others;
    for (std::size_t thread = 1; thread < threads; ++thread)
      others.emplace_back(labour, thread);
    labour(0);
    for (std::thread& other : others)
      other.join();
    for (const std::exception_ptr& failure : failures) {
      if (failure != nullptr) std::rethrow_exception(failure);
    }
    for (std::size_t thread = 1; thread < threads; ++thread) {
      for (std::size_t i = 0; i < wanted_.size(); ++i) {
        for (std::size_t at = place(i, 0, 0); at < place(i + 1, 0, 0); ++at) {
          parts[0][at].merge(parts[thread][at], *find_measure(wanted_[i]->measure), *wanted_[i]);
        }
      }
    }
    return std::move(parts[0]);
  }

  void scan(const Job& job, const Batch& batch, std::vector<Cell>& part) const {
    for (const std::size_t i : job.indicators) {
      const Indicator& indicator = *wanted_[i];
      const Measure& measure = *find_measure(indicator.measure);
      for (std::size_t slice = 0; slice < contexts_.size(); ++slice) {
        const RowContext& context = contexts_[slice];
        for (std::size_t r = 0; r < batch.rows(); ++r) {
          if (batch.alive[r] == 0 || batch.units[r] < 0) continue;
          const Row row{job.table, &batch, r};
          Observed seen = observe(indicator, measure, row, context);
          if (seen.verdict == Verdict::outside) continue;
          Cell& cell = part[place(i, slice, static_cast<std::size_t>(batch.units[r]))];
          if (seen.verdict == Verdict::left_out_missing) {
            ++cell.left_out[reason(indicator, row, context)];
            continue;
          }
          if (cell.state == nullptr) cell.state = measure.start(indicator);
          seen.observation.text = seen.text;
          cell.state->add(seen.observation);
        }
      }
    }
  }

  void finish_rows(const std::vector<Cell>& own, Values& values) const {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const Indicator& indicator = *wanted_[i];
      const Measure& measure = *find_measure(indicator.measure);
      if (!measure.over_rows()) continue;
      for (std::size_t slice = 0; slice < contexts_.size(); ++slice) {
        std::vector<Cell> whole(units());
        for (std::int32_t unit = 0; unit < input_.roster->size(); ++unit) {
          const Cell& cell = own[place(i, slice, static_cast<std::size_t>(unit))];
          if (cell.state == nullptr && cell.left_out.empty()) continue;
          if (!indicator.with_descendants) {
            whole[static_cast<std::size_t>(unit)].merge(cell, measure, indicator);
            continue;
          }
          for (const std::int32_t above : input_.roster->path(unit)) {
            whole[static_cast<std::size_t>(above)].merge(cell, measure, indicator);
          }
        }
        for (std::int32_t unit = 0; unit < input_.roster->size(); ++unit) {
          Cell& cell = whole[static_cast<std::size_t>(unit)];
          Value& value = values.at(unit, i, slice);
          if (cell.state == nullptr) cell.state = measure.start(indicator);
          cell.state->finish(value);
          value.left_out = std::move(cell.left_out);
        }
      }
    }
  }

  void measured(std::size_t i, Values& values, Problems& problems) const {
    for (std::size_t slice = 0; slice < contexts_.size(); ++slice) {
      const auto column = measured_values(*wanted_[i], *input_.records, *input_.roster, contexts_[slice], problems);
      for (std::int32_t unit = 0; unit < values.units; ++unit) {
        values.at(unit, i, slice) = column[static_cast<std::size_t>(unit)];
      }
    }
  }

  void ratio(std::size_t i, Values& values, std::vector<bool>& done) const {
    if (done[i] || wanted_[i]->measure != "ratio") return;
    done[i] = true;
    const std::size_t above = values.indicator(wanted_[i]->numerator);
    const std::size_t below = values.indicator(wanted_[i]->denominator);
    ratio(above, values, done);
    ratio(below, values, done);
    for (std::int32_t unit = 0; unit < values.units; ++unit) {
      for (std::size_t slice = 0; slice < contexts_.size(); ++slice) {
        values.at(unit, i, slice) =
            ratio_of(values.at(unit, above, slice), *wanted_[above], values.at(unit, below, slice), *wanted_[below]);
      }
    }
  }

  const PlanInput& input_;
  SideRows side_rows_;
  std::vector<const Indicator*> wanted_;
  std::vector<RowContext> contexts_;
  std::vector<Job> jobs_;
};

class Tracer {
public:
  Tracer(const PlanInput& input, std::int32_t unit, const Slice& slice)
      : input_(input), unit_(unit), side_rows_(*input.records) {
    context_ = {input.records, &side_rows_, input.calendar, slice, input.slices.size() > 1 ? input.slices[1] : slice};
  }

  std::vector<TracedRow> rows(const std::string& id) const {
    const Indicator* indicator = input_.catalogue->find(id);
    assert(indicator != nullptr);
    if (indicator->measure == "ratio") return of_ratio(*indicator);
    std::vector<TracedRow> result;
    const Table* table = input_.records->find(indicator->of);
    if (table == nullptr) return result;
    const Measure& measure = *find_measure(indicator->measure);
    for (const Batch& batch : table->batches) {
      for (std::size_t r = 0; r < batch.rows(); ++r) {
        if (batch.alive[r] == 0 || !concerns(batch.units[r], indicator->with_descendants)) continue;
        TracedRow traced{{table, &batch, r}, Verdict::outside, {}};
        if (measure.over_rows()) {
          traced.verdict = observe(*indicator, measure, traced.row, context_).verdict;
        } else if (is_measured_row(*indicator, traced.row, context_)) {
          traced.verdict = Verdict::met;
        }
        if (traced.verdict == Verdict::left_out_missing || traced.verdict == Verdict::unknown_that) {
          traced.missing_field = reason(*indicator, traced.row, context_);
        }
        result.push_back(std::move(traced));
      }
    }
    return result;
  }

private:
  bool concerns(std::int32_t unit, bool with_descendants) const {
    if (unit < 0) return false;
    if (!with_descendants) return unit == unit_;
    for (std::int32_t at = unit; at >= 0; at = (*input_.roster)[at].parent) {
      if (at == unit_) return true;
    }
    return false;
  }

  // Rows of the numerator as they are; rows that only the denominator counts are not met. A row of both comes once.
  std::vector<TracedRow> of_ratio(const Indicator& indicator) const {
    std::vector<TracedRow> result = rows(indicator.numerator);
    std::map<std::pair<const Batch*, std::size_t>, std::size_t> places;
    for (std::size_t i = 0; i < result.size(); ++i)
      places[{result[i].row.batch, result[i].row.row}] = i;
    for (TracedRow& traced : rows(indicator.denominator)) {
      if (traced.verdict == Verdict::met) traced.verdict = Verdict::not_met;
      const auto found = places.find({traced.row.batch, traced.row.row});
      if (found == places.end()) {
        result.push_back(std::move(traced));
      } else if (traced.verdict < result[found->second].verdict) {
        result[found->second] = std::move(traced);
      }
    }
    return result;
  }

  const PlanInput& input_;
  std::int32_t unit_;
  SideRows side_rows_;
  RowContext context_;
};

} // namespace

Values compute(const PlanInput& input, Problems& problems) {
  return Plan(input).run(problems);
}

void trace(const PlanInput& input, std::int32_t unit, const std::string& indicator, const Slice& slice,
           const std::function<void(const TracedRow&)>& each) {
  for (const TracedRow& row : Tracer(input, unit, slice).rows(indicator))
    each(row);
}

} // namespace appraise
