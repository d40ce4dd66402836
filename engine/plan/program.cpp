#include "engine/plan/program.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

using Node = Condition::Node;
__extension__ typedef __int128 Wide;

std::uint32_t number_of(Bits bits) {
  return static_cast<std::uint32_t>(bits);
}
std::uint32_t number_of(Scalars column) {
  return static_cast<std::uint32_t>(column);
}

// A literal as an integer over another scale; nullopt where it is finer, or does not fit.
std::optional<std::int64_t> over_scale(const Node& literal, std::int64_t scale) {
  const Wide value = Wide{literal.integer} * scale;
  if (value % literal.scale != 0 || value / literal.scale > INT64_MAX || value / literal.scale <= INT64_MIN) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(value / literal.scale);
}

Wide floor_of(Wide value, Wide by) { // by > 0
  return value >= 0 ? value / by : -((-value + by - 1) / by);
}

// What a node stands for in every row, if it is the same in all of them.
std::optional<std::int64_t> constant_of(const Node& node, const RowContext& context) {
  switch (node.op) {
  case NodeOp::number:
  case NodeOp::date:
  case NodeOp::text:
  case NodeOp::flag: return node.integer;
  case NodeOp::parameter: return in_force(node, context.period).integer;
  case NodeOp::period_start: return context.period.from.days;
  case NodeOp::period_end: return context.period.to.days;
  default: return std::nullopt;
  }
}

NodeOp mirrored(NodeOp op) {
  switch (op) {
  case NodeOp::less: return NodeOp::greater;
  case NodeOp::less_equal: return NodeOp::greater_equal;
  case NodeOp::greater: return NodeOp::less;
  case NodeOp::greater_equal: return NodeOp::less_equal;
  default: return op;
  }
}

} // namespace

Program::Program(const Records& records, const SideRows& side_rows, const WorkCalendar* calendar)
    : records_(records), side_rows_(side_rows), calendar_(calendar) {}

std::uint32_t Program::make(Fills fills, const std::string& key, Step step) {
  const auto [place, is_new] = made_.emplace(key, 0);
  if (!is_new) return place->second;
  std::uint32_t& count = fills == Fills::scalars ? scalar_count_ : fills == Fills::bits ? bits_count_ : link_count_;
  step.to = place->second = count++;
  steps_.push_back(std::move(step));
  return place->second;
}

// Bit arithmetic, with what needs no step left out.

Bits Program::both(Bits left, Bits right) {
  if (left == kNone || right == kNone) return kNone;
  if (left == kAll || left == right) return right;
  if (right == kAll) return left;
  const auto [a, b] = std::minmax({number_of(left), number_of(right)});
  return Bits{make(Fills::bits, fmt::format("and {} {}", a, b), {.op = Op::conjunction, .a = a, .b = b})};
}

Bits Program::either(Bits left, Bits right) {
  if (left == kAll || right == kAll) return kAll;
  if (left == kNone || left == right) return right;
  if (right == kNone) return left;
  const auto [a, b] = std::minmax({number_of(left), number_of(right)});
  return Bits{make(Fills::bits, fmt::format("or {} {}", a, b), {.op = Op::disjunction, .a = a, .b = b})};
}

Bits Program::without(Bits left, Bits right) {
  if (left == kNone || left == right || right == kAll) return kNone;
  if (right == kNone) return left;
  const std::uint32_t a = number_of(left);
  const std::uint32_t b = number_of(right);
  return Bits{make(Fills::bits, fmt::format("without {} {}", a, b), {.op = Op::difference, .a = a, .b = b})};
}

Truths Program::inverse(Truths truths) {
  return {without(kAll, either(truths.yes, truths.unknown)), truths.unknown};
}

Bits Program::range(Scalars column, std::int64_t low, std::int64_t high) {
  if (low > high) return kNone;
  const std::uint32_t a = number_of(column);
  return Bits{
      make(Fills::bits, fmt::format("range {} {} {}", a, low, high), {.op = Op::range, .a = a, .x = low, .y = high})};
}

Bits Program::missing(Scalars column) {
  return range(column, kMissing, kMissing);
}

Truths Program::ranged(Scalars column, std::int64_t low, std::int64_t high) {
  return {range(column, std::max(low, kMissing + 1), high), missing(column)};
}

Bits Program::within(Scalars dates, const Slice& slice) {
  return ranged(dates, slice.from.days, slice.to.days).yes;
}

Scalars Program::days_into(Scalars dates, const Slice& slice) {
  const std::uint32_t a = number_of(dates);
  const std::uint32_t b = number_of(constant(slice.from.days));
  return Scalars{
      make(Fills::scalars, fmt::format("add {} {} 1 -1", a, b), {.op = Op::add, .a = a, .b = b, .x = 1, .y = -1})};
}

// `yes` is told of rows of which both columns are known.
Truths Program::known(Scalars left, Scalars right, Bits yes) {
  const Bits unknown = either(missing(left), missing(right));
  return {without(yes, unknown), unknown};
}

// Fields.

std::uint32_t Program::link(const Node& field) {
  return make(Fills::link, fmt::format("link {} {}", static_cast<int>(field.route), field.other),
              {.op = Op::link, .left = &field});
}

std::string Program::text_key(const Node& node) {
  if (node.op == NodeOp::text) return fmt::format("{}'{}'", node.text.size(), node.text);
  columns_.insert(node.name);
  return fmt::format("{}{}.{}", static_cast<int>(node.route), node.other, node.column);
}

Bits Program::missing_text(const Node& field) {
  return Bits{make(Fills::bits, "no text " + text_key(field), {.op = Op::text_missing, .left = &field})};
}

Bits Program::missing_side(const Node& text) {
  return text.op == NodeOp::field ? missing_text(text) : kNone;
}

Bits Program::missing_field(const Node& field, const RowContext& context) {
  return field.kind == Kind::text ? missing_text(field) : missing(scalar_of(field, context));
}

// Integers.

Scalars Program::number(const Condition& condition, const RowContext& context) {
  return scalar_of(condition.root(), context);
}

Scalars Program::constant(std::int64_t value) {
  return Scalars{make(Fills::scalars, fmt::format("constant {}", value), {.op = Op::constant, .x = value})};
}

Scalars Program::scalar_of(const Node& node, const RowContext& context) {
  const auto column = [&](const std::string& key, Step step) {
    return Scalars{make(Fills::scalars, key, std::move(step))};
  };
  if (const auto value = constant_of(node, context)) return constant(*value);
  const auto child = [&](std::size_t i) { return number_of(scalar_of(*node.children[i], context)); };
  const auto sum = [&](std::uint32_t a, std::uint32_t b, std::int64_t x, std::int64_t y) {
    return column(fmt::format("add {} {} {} {}", a, b, x, y), {.op = Op::add, .a = a, .b = b, .x = x, .y = y});
  };
  const auto times = [&](std::uint32_t a, std::int64_t x) {
    return column(fmt::format("scale {} {}", a, x), {.op = Op::scale, .a = a, .x = x});
  };
  const auto two = [&](Op op) {
    const std::uint32_t a = child(0);
    const std::uint32_t b = child(1);
    return column(fmt::format("two {} {} {}", static_cast<int>(op), a, b), {.op = op, .a = a, .b = b});
  };
  switch (node.op) {
  case NodeOp::field: {
    columns_.insert(node.name);
    if (node.route == Route::own) {
      return column(fmt::format("own {}", node.column), {.op = Op::own, .x = static_cast<std::int64_t>(node.column)});
    }
    const std::uint32_t from = link(node);
    return column(fmt::format("joined {} {}", from, node.column), {.op = Op::joined, .a = from, .left = &node});
  }
  case NodeOp::add:
    return sum(child(0), child(1), node.scale / node.children[0]->scale, node.scale / node.children[1]->scale);
  case NodeOp::subtract:
    return sum(child(0), child(1), node.scale / node.children[0]->scale, -(node.scale / node.children[1]->scale));
  case NodeOp::days: return sum(child(1), child(0), 1, -1);
  case NodeOp::multiply: return two(Op::multiply);
  case NodeOp::divide: return times(child(0), node.children[1]->scale);
  case NodeOp::minus: return times(child(0), -1);
  case NodeOp::working_days: return two(Op::working_days);
  case NodeOp::after:
    return two(node.step == appraise::Step::days     ? Op::after_days
               : node.step == appraise::Step::months ? Op::after_months
                                                     : Op::after_working_days);
  default: {
    const Truths truths = truth_of(node, context);
    const std::uint32_t a = number_of(truths.yes);
    const std::uint32_t b = number_of(truths.unknown);
    return column(fmt::format("truth {} {}", a, b), {.op = Op::from_truth, .a = a, .b = b});
  }
  }
}

// Truths.

Truths Program::truth(const Condition& condition, const RowContext& context) {
  return truth_of(condition.root(), context);
}

Truths Program::truth_of(const Node& node, const RowContext& context) {
  const auto child = [&](std::size_t i) { return truth_of(*node.children[i], context); };
  const auto within = [&](const Slice& slice) {
    return ranged(scalar_of(*node.children[0], context), slice.from.days, slice.to.days);
  };
  switch (node.op) {
  case NodeOp::field: {
    const Scalars flag = scalar_of(node, context);
    return {without(without(kAll, range(flag, 0, 0)), missing(flag)), missing(flag)};
  }
  case NodeOp::flag: return {node.integer != 0 ? kAll : kNone, kNone};
  case NodeOp::both: {
    const Truths left = child(0);
    const Truths right = child(1);
    const Bits yes = both(left.yes, right.yes);
    return {yes, without(both(either(left.yes, left.unknown), either(right.yes, right.unknown)), yes)};
  }
  case NodeOp::either: {
    const Truths left = child(0);
    const Truths right = child(1);
    const Bits yes = either(left.yes, right.yes);
    return {yes, without(either(left.unknown, right.unknown), yes)};
  }
  case NodeOp::negate: return inverse(child(0));
  case NodeOp::is_missing: return {missing_field(*node.children[0], context), kNone};
  case NodeOp::in_period: return within(context.period);
  case NodeOp::in_base: return within(context.base);
  case NodeOp::in_list: return in_list(node, context);
  default: return compare(node, context);
  }
}

Truths Program::in_list(const Node& node, const RowContext& context) {
  const Node& subject = in_force(*node.children[0], context.period);
  if (subject.kind == Kind::text) {
    std::vector<std::string> texts;
    std::string key = "text in " + text_key(subject);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& text = in_force(*node.children[i], context.period);
      key += " " + text_key(text);
      texts.push_back(text.text);
    }
    const Bits yes{make(Fills::bits, key, {.op = Op::text_in, .left = &subject, .texts = std::move(texts)})};
    const Bits unknown = missing_side(subject);
    return {without(yes, unknown), unknown}; // a list may name the empty text
  }
  std::vector<std::int64_t> list;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const auto value = over_scale(in_force(*node.children[i], context.period), subject.scale);
    if (value) list.push_back(*value); // one that the subject cannot have is never met
  }
  const Scalars column = scalar_of(subject, context);
  const bool small = std::all_of(list.begin(), list.end(), [](std::int64_t v) { return v >= 0 && v < 64; });
  if (small && list.size() > 1) {
    std::uint64_t set = 0;
    for (const std::int64_t value : list)
      set |= std::uint64_t{1} << value;
    const std::uint32_t a = number_of(column);
    const Bits yes{make(Fills::bits, fmt::format("set {} {}", a, set),
                        {.op = Op::set, .a = a, .x = static_cast<std::int64_t>(set)})};
    return {yes, missing(column)};
  }
  Truths result{kNone, missing(column)};
  for (const std::int64_t value : list)
    result.yes = either(result.yes, ranged(column, value, value).yes);
  return result;
}

Truths Program::compare_texts(const Node& node, const RowContext& context) {
  const Node& left = in_force(*node.children[0], context.period);
  const Node& right = in_force(*node.children[1], context.period);
  const Bits same{make(Fills::bits, "text equal " + text_key(left) + " " + text_key(right),
                       {.op = Op::text_equal, .left = &left, .right = &right})};
  const Bits unknown = either(missing_side(left), missing_side(right));
  const Bits yes = node.op == NodeOp::equal ? same : without(kAll, same);
  return {without(yes, unknown), unknown};
}

Truths Program::compare(const Node& node, const RowContext& context) {
  const Node& left = *node.children[0];
  const Node& right = *node.children[1];
  if (left.kind == Kind::text) return compare_texts(node, context);
  const auto left_constant = constant_of(left, context);
  const auto right_constant = constant_of(right, context);
  if (left_constant.has_value() != right_constant.has_value()) {
    // column / s compared with c / t, in integers: column · t with c · s.
    const bool swapped = left_constant.has_value();
    const Node& side = swapped ? right : left;
    const Wide bound = Wide{swapped ? *left_constant : *right_constant} * side.scale;
    const Wide by = swapped ? left.scale : right.scale;
    const Wide floor = floor_of(bound, by);
    const bool whole = floor * by == bound;
    const auto fit = [](Wide value) {
      return static_cast<std::int64_t>(std::clamp<Wide>(value, INT64_MIN, INT64_MAX));
    };
    const Scalars column = scalar_of(side, context);
    const Bits unknown = missing(column);
    const auto equal_to = [&] {
      return whole && floor <= INT64_MAX && floor > INT64_MIN ? range(column, fit(floor), fit(floor)) : kNone;
    };
    switch (swapped ? mirrored(node.op) : node.op) {
    case NodeOp::equal: return {equal_to(), unknown};
    case NodeOp::unequal: return {without(without(kAll, equal_to()), unknown), unknown};
    case NodeOp::less: return ranged(column, INT64_MIN, fit(whole ? floor - 1 : floor));
    case NodeOp::less_equal: return ranged(column, INT64_MIN, fit(floor));
    case NodeOp::greater: return {floor >= INT64_MAX ? kNone : range(column, fit(floor + 1), INT64_MAX), unknown};
    default: {
      const Wide low = whole ? floor : floor + 1;
      return low > INT64_MAX ? Truths{kNone, unknown} : ranged(column, fit(low), INT64_MAX);
    }
    }
  }
  const Scalars a = scalar_of(left, context);
  const Scalars b = scalar_of(right, context);
  const auto step = [&](Op op, Scalars first, Scalars second, std::int64_t x, std::int64_t y) {
    return Bits{
        make(Fills::bits,
             fmt::format("compare {} {} {} {} {}", static_cast<int>(op), number_of(first), number_of(second), x, y),
             {.op = op, .a = number_of(first), .b = number_of(second), .x = x, .y = y})};
  };
  const std::int64_t x = left.scale == right.scale ? 1 : right.scale;
  const std::int64_t y = left.scale == right.scale ? 1 : left.scale;
  switch (node.op) {
  case NodeOp::equal: return known(a, b, step(Op::equal, a, b, x, y));
  case NodeOp::unequal: return known(a, b, without(kAll, step(Op::equal, a, b, x, y)));
  case NodeOp::less: return known(a, b, step(Op::less, a, b, x, y));
  case NodeOp::less_equal: return known(a, b, without(kAll, step(Op::less, b, a, y, x)));
  case NodeOp::greater: return known(a, b, step(Op::less, b, a, y, x));
  default: return known(a, b, without(kAll, step(Op::less, a, b, x, y)));
  }
}

// Blame.

std::vector<Blame> Program::blame(const Condition& condition, const RowContext& context, Bits rows) {
  std::vector<Blame> result;
  blame_of(condition.root(), context, rows, result);
  return result;
}

void Program::blame_of(const Node& node, const RowContext& context, Bits rows, std::vector<Blame>& result) {
  if (rows == kNone || node.op == NodeOp::is_missing) return;
  if (node.op == NodeOp::field) {
    const Bits blamed = both(rows, missing_field(node, context));
    if (blamed != kNone) result.push_back({node.name, blamed});
    return;
  }
  if (node.op == NodeOp::both || node.op == NodeOp::either) rows = both(rows, truth_of(node, context).unknown);
  for (const auto& child : node.children) {
    const std::size_t before = result.size();
    blame_of(*child, context, rows, result);
    for (std::size_t i = before; i < result.size(); ++i)
      rows = without(rows, result[i].rows);
  }
}

} // namespace appraise
