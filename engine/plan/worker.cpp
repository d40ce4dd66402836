#include "engine/plan/worker.h"

#include "engine/hash.h"
#include "engine/plan/observe.h"
#include "engine/row_words.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <map>
#include <set>

namespace appraise {

static_assert(TextColumn::kPadding >= kHashedAtOnce);

void Worker::take(const Batch& batch) {
  Timed timed(plan_.profile(), Stage::program);
  plan_.program().run(plan_.table(), batch, space_);
  live_.assign(words_for(batch.rows()), 0);
  const std::uint8_t* const alive = batch.alive.data();
  const std::int32_t* const units = batch.units.data();
  for (std::size_t row = 0, rows = batch.rows(); row < rows; ++row)
    live_.data()[row / 64] |= std::uint64_t{static_cast<bool>((alive[row] != 0) & (units[row] >= 0))} << (row % 64);
  for (std::size_t word = 0; word < live_.size(); ++word) {
    for (std::uint64_t odd = space_.odd()[word] & live_[word]; odd != 0; odd &= odd - 1)
      take_odd(batch, word * 64 + static_cast<std::size_t>(std::countr_zero(odd)));
    live_[word] &= ~space_.odd()[word];
  }
  columns_.clear();
  for (const Bits bits : plan_.counters())
    columns_.push_back(space_.bits(bits));
  timed.next(Stage::counters);
  gathered_.counters.add(columns_, live_.data(), batch.units.data(), batch.rows());
  timed.next(Stage::banks);
  for (std::size_t i = 0; i < plan_.banks().size(); ++i)
    take_values(plan_.banks()[i], batch, *gathered_.banks[i]);
}

void Worker::take_values(const BankPlan& plan, const Batch& batch, Bank& bank) {
  rows_.resize(live_.size());
  for (std::size_t word = 0; word < live_.size(); ++word)
    rows_[word] = space_.bits(plan.rows)[word] & live_[word];
  BankRows rows{rows_.data(), rows_.size(), batch.units.data(), nullptr};
  if (plan.text == nullptr) {
    rows.values = space_.scalars(plan.values);
  } else {
    hash_texts(plan.text->root(), batch);
    rows.values = keys_.data();
  }
  bank.add(rows);
}

void Worker::hash_texts(const Condition::Node& field, const Batch& batch) {
  keys_.resize(batch.rows());
  const auto each = [&](const auto& hash_of) {
    for (std::size_t word = 0; word < rows_.size(); ++word) {
      for (std::uint64_t rest = rows_[word]; rest != 0; rest &= rest - 1) {
        const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        keys_[row] = static_cast<std::int64_t>(hash_of(row));
      }
    }
  };
  if (field.route == Route::own) {
    const TextColumn& texts = batch.columns[field.column].texts;
    each([text = texts.all().data(), ends = texts.ends()](std::size_t row) {
      const std::uint32_t begin = row == 0 ? 0 : ends[row - 1];
      return padded_text_hash(text + begin, ends[row] - begin);
    });
  } else {
    each([&](std::size_t row) { return text_hash(plan_.program().text(field, plan_.table(), batch, row)); });
  }
}

// A row with a number that does not fit, or a date beyond the calendar: every figure asks it, as its condition is
// written. Counters and banks that figures share take it once.
void Worker::take_odd(const Batch& batch, std::size_t r) {
  const Row row{&plan_.table(), &batch, r};
  std::set<std::size_t> counters;
  std::map<std::size_t, std::int64_t> values;
  for (const FigurePlan& figure : plan_.figures()) {
    const Indicator& indicator = plan_.indicator(figure);
    const RowContext& context = plan_.outline().contexts()[figure.slice];
    const Measure& measure = *find_measure(indicator.measure);
    const Observed seen = observe(indicator, measure, row, context);
    if (seen.verdict == Verdict::outside) continue;
    if (seen.verdict == Verdict::left_out_missing) {
      const std::string field = reason(indicator, row, context);
      const auto named = std::find_if(figure.left_out.begin(), figure.left_out.end(),
                                      [&](const auto& left_out) { return left_out.first == field; });
      assert(named != figure.left_out.end());
      counters.insert(named->second);
      continue;
    }
    counters.insert(figure.rows);
    if (figure.met != SIZE_MAX && seen.observation.that == Truth::yes) counters.insert(figure.met);
    if (figure.met != SIZE_MAX && seen.observation.that == Truth::unknown) counters.insert(figure.unknown);
    if (figure.bank == SIZE_MAX) continue;
    values[figure.bank] = measure.needs_value() != MeasureValue::text  ? seen.observation.value
                          : plan_.banks()[figure.bank].text != nullptr ? static_cast<std::int64_t>(text_hash(seen.text))
                                                                       : indicator.value->number(row, context);
  }
  for (const std::size_t counter : counters)
    gathered_.counters.add(batch.units[r], counter, 1);
  for (const auto& [bank, value] : values)
    gathered_.banks[bank]->add(batch.units[r], value);
}

} // namespace appraise
