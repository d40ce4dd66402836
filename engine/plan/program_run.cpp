// The steps of a program over one batch.
#include "engine/plan/program.h"
#include "engine/row_words.h"

#include <algorithm>

namespace appraise {

namespace {

using Node = Condition::Node;
__extension__ typedef __int128 Wide;

// Thrown inside Program::run only: a row has a number that is too large.
struct BeyondReach {};

std::int64_t narrow(Wide value) {
  if (value > INT64_MAX || value <= INT64_MIN) throw BeyondReach();
  return static_cast<std::int64_t>(value);
}

} // namespace

struct Program::Run {
  const Program& program;
  const Table& table;
  const Batch& batch;
  Workspace& space;

  const std::int64_t* in(std::uint32_t column) const { return space.scalars_[column]; }
  const std::uint64_t* bits(std::uint32_t row) const { return space.bits_[row].data(); }
  std::int64_t* out(const Step& step) const {
    CellValues& kept = space.kept_[step.to];
    kept.resize(space.rows_);
    space.scalars_[step.to] = kept.data();
    return kept.data();
  }

  std::string_view text(const Node& node, std::size_t row) const {
    if (node.op == NodeOp::text) return node.text;
    return program.text(node, table, batch, row);
  }

  // value(…) of every row in which the columns that the step takes are known.
  template <typename Value> void each(const Step& step, const Value& value) const {
    std::int64_t* const to = out(step);
    const std::int64_t* const a = in(step.a);
    for (std::size_t row = 0; row < space.rows_; ++row)
      to[row] = a[row] == kMissing ? kMissing : reached(row, [&] { return value(a[row]); });
  }
  template <typename Value> void each_two(const Step& step, const Value& value) const {
    std::int64_t* const to = out(step);
    const std::int64_t* const a = in(step.a);
    const std::int64_t* const b = in(step.b);
    for (std::size_t row = 0; row < space.rows_; ++row)
      to[row] =
          a[row] == kMissing || b[row] == kMissing ? kMissing : reached(row, [&] { return value(a[row], b[row]); });
  }
  template <typename Value> std::int64_t reached(std::size_t row, const Value& value) const {
    try {
      return value();
    } catch (const BeyondReach&) {
    } catch (const Error&) { // a date beyond the calendar
    }
    space.odd_[row / 64] |= std::uint64_t{1} << (row % 64);
    return kMissing;
  }
  // a·x + b·y
  void add(const Step& step) const {
    if (step.x == 1 && step.y == 1 && sums(in(step.a), in(step.b), false, space.rows_, out(step))) return;
    if (step.x == 1 && step.y == -1 && sums(in(step.a), in(step.b), true, space.rows_, out(step))) return;
    each_two(step, [&](std::int64_t a, std::int64_t b) { return narrow(Wide{a} * step.x + Wide{b} * step.y); });
  }
  template <typename Test> void each_bit(const Step& step, const Test& test) const {
    std::uint64_t* const to = space.bits_[step.to].data();
    for (std::size_t row = 0; row < space.rows_; row += 64) {
      std::uint64_t word = 0;
      for (std::size_t i = 0; i < 64 && row + i < space.rows_; ++i)
        word |= std::uint64_t{test(row + i)} << i;
      to[row / 64] = word;
    }
  }
  template <typename Combine> void each_word(const Step& step, const Combine& combine) const {
    std::uint64_t* const to = space.bits_[step.to].data();
    const std::uint64_t* const a = bits(step.a);
    const std::uint64_t* const b = bits(step.b);
    for (std::size_t word = 0, words = words_for(space.rows_); word < words; ++word)
      to[word] = combine(a[word], b[word]);
  }

  void own(const Step& step) const {
    const CellValues& values = batch.columns[static_cast<std::size_t>(step.x)].values;
    if (values.size() >= space.rows_) {
      space.scalars_[step.to] = values.data();
    } else { // a derived column that was never filled
      std::fill_n(out(step), space.rows_, kMissing);
    }
  }

  void link(const Step& step) const {
    std::vector<RowRef>& refs = space.links_[step.to];
    refs.assign(space.rows_, RowRef());
    if (step.left->route == Route::parent) {
      std::copy_n(batch.via.begin(), std::min(batch.via.size(), space.rows_), refs.begin());
    } else {
      const auto at = static_cast<std::size_t>(&batch - table.batches.data());
      program.side_rows_.find_all(step.left->other, at, refs);
    }
  }

  void joined(const Step& step) const {
    std::int64_t* const to = out(step);
    const std::vector<RowRef>& refs = space.links_[step.a];
    const Table* const other = program.records_.find(step.left->other);
    for (std::size_t row = 0; row < space.rows_; ++row) {
      to[row] = kMissing;
      if (other == nullptr || !refs[row].exists()) continue;
      const CellValues& values = other->batches[refs[row].batch].columns[step.left->column].values;
      if (refs[row].row < values.size()) to[row] = values[refs[row].row];
    }
  }

  std::int64_t after(Op op, std::int64_t day, std::int64_t count) const {
    if (count < -100'000 || count > 100'000) throw BeyondReach();
    const Date from{static_cast<std::int32_t>(day)};
    if (op == Op::after_months) return from.add_months(static_cast<int>(count)).days;
    if (op == Op::after_days) return from.add_days(count).days;
    return program.calendar_->after(from, count).days;
  }

  // Compares with the multipliers of different scales.
  template <typename Compare> void scaled(const Step& step, const Compare& compare) const {
    const std::int64_t* const a = in(step.a);
    const std::int64_t* const b = in(step.b);
    each_bit(step, [&](std::size_t row) { return compare(Wide{a[row]} * step.x, Wide{b[row]} * step.y); });
  }

  void take(const Step& step) const {
    std::uint64_t* const to = step.op >= Op::range ? space.bits_[step.to].data() : nullptr;
    const bool same_scale = step.x == 1 && step.y == 1;
    switch (step.op) {
    case Op::own: return own(step);
    case Op::link: return link(step);
    case Op::joined: return joined(step);
    case Op::constant: std::fill_n(out(step), space.rows_, step.x); return;
    case Op::add: return add(step);
    case Op::multiply: return each_two(step, [](std::int64_t a, std::int64_t b) { return narrow(Wide{a} * b); });
    case Op::scale: return each(step, [&](std::int64_t a) { return narrow(Wide{a} * step.x); });
    case Op::working_days:
      return each_two(step, [&](std::int64_t a, std::int64_t b) {
        return program.calendar_->between(Date{static_cast<std::int32_t>(a)}, Date{static_cast<std::int32_t>(b)});
      });
    case Op::after_days:
    case Op::after_months:
    case Op::after_working_days:
      return each_two(step, [&](std::int64_t a, std::int64_t b) { return after(step.op, a, b); });
    case Op::from_truth: {
      std::int64_t* const column = out(step);
      for (std::size_t row = 0; row < space.rows_; ++row) {
        const auto bit = [&](std::uint32_t of) { return bits(of)[row / 64] >> (row % 64) & 1; };
        column[row] = bit(step.b) != 0 ? kMissing : static_cast<std::int64_t>(bit(step.a));
      }
      return;
    }
    case Op::range: return in_range(in(step.a), space.rows_, step.x, step.y, to);
    case Op::set: return in_set(in(step.a), space.rows_, static_cast<std::uint64_t>(step.x), to);
    case Op::less:
      if (same_scale) return less(in(step.a), in(step.b), space.rows_, to);
      return scaled(step, [](Wide a, Wide b) { return a < b; });
    case Op::equal:
      if (same_scale) return equal(in(step.a), in(step.b), space.rows_, to);
      return scaled(step, [](Wide a, Wide b) { return a == b; });
    case Op::text_equal:
      return each_bit(step, [&](std::size_t row) { return text(*step.left, row) == text(*step.right, row); });
    case Op::text_in:
      return each_bit(step, [&](std::size_t row) {
        return std::find(step.texts.begin(), step.texts.end(), text(*step.left, row)) != step.texts.end();
      });
    case Op::text_missing:
      if (step.left->route == Route::own) {
        const TextColumn& texts = batch.columns[step.left->column].texts;
        return each_bit(step, [&](std::size_t row) { return texts[row].empty(); });
      }
      return each_bit(step, [&](std::size_t row) { return text(*step.left, row).empty(); });
    case Op::conjunction: return each_word(step, [](std::uint64_t a, std::uint64_t b) { return a & b; });
    case Op::disjunction: return each_word(step, [](std::uint64_t a, std::uint64_t b) { return a | b; });
    case Op::difference: return each_word(step, [](std::uint64_t a, std::uint64_t b) { return a & ~b; });
    }
  }
};

void Program::run(const Table& table, const Batch& batch, Workspace& space) const {
  space.rows_ = batch.rows();
  space.scalars_.resize(scalar_count_);
  space.kept_.resize(scalar_count_);
  space.links_.resize(link_count_);
  space.bits_.resize(bits_count_);
  const std::size_t words = words_for(space.rows_);
  for (auto& bits : space.bits_)
    bits.resize(words);
  std::fill(space.bits_[0].begin(), space.bits_[0].end(), 0);
  std::fill(space.bits_[1].begin(), space.bits_[1].end(), ~std::uint64_t{0});
  space.odd_.assign(words, 0);
  const Run run{*this, table, batch, space};
  for (const Step& step : steps_)
    run.take(step);
}

std::string_view Program::text(const Node& field, const Table& table, const Batch& batch, std::size_t row) const {
  if (field.route == Route::own) return batch.text(field.column, row);
  RowRef ref;
  if (field.route == Route::parent) {
    if (row < batch.via.size()) ref = batch.via[row];
  } else {
    ref = side_rows_.find(field.other, static_cast<std::size_t>(&batch - table.batches.data()), row);
  }
  const Table* const other = ref.exists() ? records_.find(field.other) : nullptr;
  return other == nullptr ? std::string_view() : other->batches[ref.batch].text(field.column, ref.row);
}

} // namespace appraise
