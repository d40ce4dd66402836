// Row by row, three-valued: the plain reference.
#include "engine/number.h"
#include "engine/predicate/condition_tree.h"
#include "engine/row_words.h"

#include <algorithm>
#include <fmt/core.h>
#include <numeric>

namespace appraise {

namespace {

using Node = Condition::Node;
__extension__ typedef __int128 Wide;

class Evaluator {
public:
  // `text` and `place` say where a number does not fit.
  Evaluator(const Row& row, const RowContext& context, const std::string& text, const Place& place)
      : row_(row), context_(context), text_(text), place_(place) {}

  Truth truth(const Node& node) const {
    switch (node.op) {
    case NodeOp::field: {
      const std::int64_t value = cell(node);
      return value == kMissing ? Truth::unknown : value != 0 ? Truth::yes : Truth::no;
    }
    case NodeOp::flag: return node.integer != 0 ? Truth::yes : Truth::no;
    case NodeOp::both: {
      const Truth left = truth(*node.children[0]);
      if (left == Truth::no) return Truth::no;
      const Truth right = truth(*node.children[1]);
      return right == Truth::yes ? left : right;
    }
    case NodeOp::either: {
      const Truth left = truth(*node.children[0]);
      if (left == Truth::yes) return Truth::yes;
      const Truth right = truth(*node.children[1]);
      return right == Truth::no ? left : right;
    }
    case NodeOp::negate: {
      const Truth value = truth(*node.children[0]);
      return value == Truth::unknown ? value : value == Truth::yes ? Truth::no : Truth::yes;
    }
    case NodeOp::is_missing: return known(*node.children[0]) ? Truth::no : Truth::yes;
    case NodeOp::in_period: return within(node, context_.period);
    case NodeOp::in_base: return within(node, context_.base);
    case NodeOp::in_list: return in_list(node);
    default: return compare(node);
    }
  }

  // Everything but text: numbers over their scale, dates in days, categories and units as positions, truths as 0 and 1.
  std::int64_t scalar(const Node& node) const {
    switch (node.op) {
    case NodeOp::field: return cell(node);
    case NodeOp::number:
    case NodeOp::date:
    case NodeOp::text: return node.integer;
    case NodeOp::parameter: return in_force(node, context_.period).integer;
    case NodeOp::period_start: return context_.period.from.days;
    case NodeOp::period_end: return context_.period.to.days;
    case NodeOp::minus: {
      const std::int64_t value = scalar(*node.children[0]);
      return value == kMissing ? kMissing : -value;
    }
    case NodeOp::add:
    case NodeOp::subtract:
    case NodeOp::multiply:
    case NodeOp::divide:
    case NodeOp::days:
    case NodeOp::working_days:
    case NodeOp::after: {
      const std::int64_t left = scalar(*node.children[0]);
      const std::int64_t right = scalar(*node.children[1]);
      return left == kMissing || right == kMissing ? kMissing : combine(node, left, right);
    }
    default: {
      const Truth value = truth(node);
      return value == Truth::unknown ? kMissing : static_cast<std::int64_t>(value);
    }
    }
  }

  std::string_view text(const Node& node) const {
    if (node.op == NodeOp::text) return node.text;
    if (node.op == NodeOp::parameter) return in_force(node, context_.period).text;
    const auto [batch, row] = locate(node);
    return batch == nullptr ? std::string_view() : batch->text(node.column, row);
  }

  bool known(const Node& node) const {
    if (node.kind == Kind::text) return node.op != NodeOp::field || !text(node).empty();
    return scalar(node) != kMissing;
  }

  // The first leaf, in reading order, that is missing and keeps this node from being known.
  const Node* blame(const Node& node) const {
    if (node.op == NodeOp::field) return known(node) ? nullptr : &node;
    if (node.op == NodeOp::is_missing) return nullptr;
    if ((node.op == NodeOp::both || node.op == NodeOp::either) && truth(node) != Truth::unknown) return nullptr;
    for (const auto& child : node.children) {
      if (const Node* found = blame(*child)) return found;
    }
    return nullptr;
  }

private:
  // Without the line: what is at hand is the condition, and not its file.
  [[noreturn]] void too_large(const Node& node) const {
    Problem problem = condition_problem("number-too-large", text_, node.offset, place_,
                                        text_.substr(node.offset, node.length), "9.2e18");
    problem.excerpt.clear();
    throw Error(ExitCode::limit, std::move(problem));
  }

  std::int64_t narrow(Wide value, const Node& node) const {
    if (value > INT64_MAX || value <= INT64_MIN) too_large(node);
    return static_cast<std::int64_t>(value);
  }

  std::pair<const Batch*, std::size_t> locate(const Node& node) const {
    if (node.route == Route::own) return {row_.batch, row_.row};
    if (context_.records == nullptr) return {nullptr, 0};
    RowRef ref;
    if (node.route == Route::parent) {
      if (row_.row < row_.batch->via.size()) ref = row_.batch->via[row_.row];
    } else if (context_.side_rows != nullptr) {
      ref = context_.side_rows->find(node.other, static_cast<std::size_t>(row_.batch - row_.table->batches.data()),
                                     row_.row);
    }
    const Table* table = ref.exists() ? context_.records->find(node.other) : nullptr;
    if (table == nullptr) return {nullptr, 0};
    return {&table->batches[ref.batch], ref.row};
  }

  std::int64_t cell(const Node& node) const {
    const auto [batch, row] = locate(node);
    if (batch == nullptr) return kMissing;
    const auto& values = batch->columns[node.column].values;
    return row < values.size() ? values[row] : kMissing; // a derived column that was never filled
  }

  Truth within(const Node& node, const Slice& slice) const {
    const std::int64_t day = scalar(*node.children[0]);
    if (day == kMissing) return Truth::unknown;
    return day >= slice.from.days && day <= slice.to.days ? Truth::yes : Truth::no;
  }

  Truth in_list(const Node& node) const {
    const Node& subject = *node.children[0];
    if (!known(subject)) return Truth::unknown;
    const auto any = [&](const auto& same) {
      return std::any_of(node.children.begin() + 1, node.children.end(),
                         [&](const auto& child) { return same(in_force(*child, context_.period)); });
    };
    if (subject.kind == Kind::text) {
      const std::string_view value = text(subject);
      return any([&](const Node& one) { return one.text == value; }) ? Truth::yes : Truth::no;
    }
    const std::int64_t value = scalar(subject);
    const auto same = [&](const Node& one) { return Wide{value} * one.scale == Wide{one.integer} * subject.scale; };
    return any(same) ? Truth::yes : Truth::no;
  }

  Truth compare(const Node& node) const {
    const Node& left = *node.children[0];
    const Node& right = *node.children[1];
    if (left.kind == Kind::text) {
      const std::string_view a = text(left);
      const std::string_view b = text(right);
      if ((a.empty() && left.op == NodeOp::field) || (b.empty() && right.op == NodeOp::field)) return Truth::unknown;
      return (a == b) == (node.op == NodeOp::equal) ? Truth::yes : Truth::no;
    }
    const std::int64_t a = scalar(left);
    const std::int64_t b = scalar(right);
    if (a == kMissing || b == kMissing) return Truth::unknown;
    const Wide x = Wide{a} * right.scale;
    const Wide y = Wide{b} * left.scale;
    bool holds = false;
    switch (node.op) {
    case NodeOp::equal: holds = x == y; break;
    case NodeOp::unequal: holds = x != y; break;
    case NodeOp::less: holds = x < y; break;
    case NodeOp::less_equal: holds = x <= y; break;
    case NodeOp::greater: holds = x > y; break;
    default: holds = x >= y; break;
    }
    return holds ? Truth::yes : Truth::no;
  }

  std::int64_t combine(const Node& node, std::int64_t left, std::int64_t right) const {
    const std::int64_t left_scale = node.children[0]->scale;
    const std::int64_t right_scale = node.children[1]->scale;
    const auto date = [](std::int64_t days) { return Date{static_cast<std::int32_t>(days)}; };
    switch (node.op) {
    case NodeOp::add:
      return narrow(Wide{left} * (node.scale / left_scale) + Wide{right} * (node.scale / right_scale), node);
    case NodeOp::subtract:
      return narrow(Wide{left} * (node.scale / left_scale) - Wide{right} * (node.scale / right_scale), node);
    case NodeOp::multiply: return narrow(Wide{left} * right, node);
    // left/s ÷ (n/t) = left·t / (s·n), and s·n is this node's scale
    case NodeOp::divide: return narrow(Wide{left} * right_scale, node);
    case NodeOp::days: return right - left;
    case NodeOp::working_days: return context_.calendar->between(date(left), date(right));
    default: break;
    }
    if (right < -100'000 || right > 100'000) too_large(node);
    if (node.step == Step::months) return date(left).add_months(static_cast<int>(right)).days;
    if (node.step == Step::days) return date(left).add_days(right).days;
    return context_.calendar->after(date(left), right).days;
  }

  const Row& row_;
  const RowContext& context_;
  const std::string& text_;
  const Place& place_;
};

} // namespace

bool Condition::refuses_none(const Batch& batch) const {
  if (root_->children.size() != 2) return false;
  const Node& left = *root_->children[0];
  const Node& right = *root_->children[1];
  const auto own = [](const Node& node) {
    return node.op == NodeOp::field && node.route == Route::own && node.kind != Kind::text;
  };
  if (!own(left) || !own(right) || left.scale != right.scale) return false;
  const CellValues& a = batch.columns[left.column].values;
  const CellValues& b = batch.columns[right.column].values;
  if (a.size() != batch.rows() || b.size() != batch.rows()) return false;
  const auto any = [](const CellValues& less, const CellValues& than, bool or_equal) {
    return any_less(less.data(), than.data(), or_equal, less.size());
  };
  switch (root_->op) {
  case NodeOp::less: return !any(b, a, true);
  case NodeOp::less_equal: return !any(b, a, false);
  case NodeOp::greater: return !any(a, b, true);
  case NodeOp::greater_equal: return !any(a, b, false);
  default: return false;
  }
}

const Node& in_force(const Node& node, const Slice& period) {
  if (node.op != NodeOp::parameter) return node;
  const std::vector<ParameterValue>& values = node.parameter->values;
  std::size_t known = 0;
  while (known < values.size() && values[known].from <= period.to)
    ++known;
  if (known > 0) return *node.children[known - 1];
  throw Error(ExitCode::scheme, Problem{.rule = "parameter-not-in-force",
                                        .place = node.parameter->place,
                                        .found = fmt::format("{}, {}", node.name, period.to.text()),
                                        .expected = values.front().from.text()});
}

SideRows::SideRows(const Records& records) {
  for (const auto& [id, table] : records.tables) {
    if (table.type == nullptr || table.type->via.empty()) continue;
    const Table* parent = records.find(table.type->via);
    if (parent == nullptr) continue;
    Index& index = sides_[id];
    for (const Batch& batch : parent->batches) {
      index.rows.emplace_back(batch.rows());
      index.count.emplace_back(batch.rows());
    }
    for (std::size_t b = 0; b < table.batches.size(); ++b) {
      const Batch& batch = table.batches[b];
      for (std::size_t row = 0; row < batch.rows() && row < batch.via.size(); ++row) {
        const RowRef& ref = batch.via[row];
        if (batch.alive[row] == 0 || !ref.exists()) continue;
        std::uint8_t& count = index.count[ref.batch][ref.row];
        if (count < 2) ++count;
        index.rows[ref.batch][ref.row] = {static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(row)};
      }
    }
  }
}

RowRef SideRows::find(const std::string& side_type, std::size_t batch, std::size_t row) const {
  const auto side = sides_.find(side_type);
  if (side == sides_.end() || side->second.count[batch][row] != 1) return {};
  return side->second.rows[batch][row];
}

void SideRows::find_all(const std::string& side_type, std::size_t batch, std::vector<RowRef>& rows) const {
  const auto side = sides_.find(side_type);
  for (std::size_t row = 0; row < rows.size(); ++row)
    rows[row] = side == sides_.end() || side->second.count[batch][row] != 1 ? RowRef() : side->second.rows[batch][row];
}

Condition::Condition(std::string text, Place place, std::unique_ptr<Node> root)
    : text_(std::move(text)), place_(std::move(place)), root_(std::move(root)) {}
Condition::~Condition() = default;

std::shared_ptr<const Condition> Condition::parse(const std::string& text, const RecordType& type,
                                                  const RecordTypes& types, const Place& place, Problems& problems,
                                                  Expect expect) {
  auto root = parse_condition(text, place, problems);
  if (root == nullptr || !check_condition(*root, text, type, types, place, problems)) return nullptr;
  const bool fits = expect == Expect::truth    ? root->kind == Kind::truth
                    : expect == Expect::number ? root->kind == Kind::number
                    : expect == Expect::date   ? root->kind == Kind::date
                                               : root->op == NodeOp::field;
  if (!fits) {
    const char* expected = expect == Expect::truth    ? "truth"
                           : expect == Expect::number ? "number"
                           : expect == Expect::date   ? "date"
                                                      : "field";
    problems.push_back(condition_problem("condition-type", text, root->offset, place, text, expected));
    return nullptr;
  }
  return std::make_shared<const Condition>(text, place, std::move(root));
}

Truth Condition::test(const Row& row, const RowContext& context) const {
  return Evaluator(row, context, text_, place_).truth(*root_);
}
std::int64_t Condition::number(const Row& row, const RowContext& context) const {
  return Evaluator(row, context, text_, place_).scalar(*root_);
}
std::int64_t Condition::scale() const {
  return root_->scale;
}

std::string Condition::value_text(const Row& row, const RowContext& context) const {
  const Evaluator evaluator(row, context, text_, place_);
  if (root_->kind == Kind::text) return std::string(evaluator.text(*root_));
  const std::int64_t value = evaluator.scalar(*root_);
  if (value == kMissing) return {};
  if (root_->kind == Kind::category) return root_->categories[static_cast<std::size_t>(value)].id;
  if (root_->kind == Kind::date) return Date{static_cast<std::int32_t>(value)}.text();
  if (root_->kind == Kind::truth) return value != 0 ? "yes" : "no";
  return Number::ratio(Number(value), Number(root_->scale)).text();
}

namespace {

void collect_parameters(const Node& node, std::vector<std::shared_ptr<const Parameter>>& found) {
  if (node.parameter != nullptr && std::find(found.begin(), found.end(), node.parameter) == found.end()) {
    found.push_back(node.parameter);
  }
  for (const auto& child : node.children)
    collect_parameters(*child, found);
}

} // namespace

std::vector<std::shared_ptr<const Parameter>> Condition::parameters() const {
  std::vector<std::shared_ptr<const Parameter>> found;
  collect_parameters(*root_, found);
  return found;
}

std::string Condition::missing_field(const Row& row, const RowContext& context) const {
  const Evaluator evaluator(row, context, text_, place_);
  if (evaluator.known(*root_)) return {};
  const Node* leaf = evaluator.blame(*root_);
  return leaf == nullptr ? std::string{} : leaf->name;
}

} // namespace appraise
