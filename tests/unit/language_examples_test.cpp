// Every operator of the condition language stands in worked examples of tests/examples/language: over rows of which it
// knows all operands, and over rows of which each of them, and no other, is missing.
#include "engine/predicate/condition_tree.h"
#include "tests/unit/worked_example.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

namespace appraise {
namespace {

using Node = Condition::Node;

struct Operator {
  std::string name;
  std::size_t operands = 0; // that a row may lack: literals never are
};

// No default: whoever adds an operator adds it here.
Operator operator_of(const Node& node) {
  switch (node.op) {
  case NodeOp::field: return {"a field"};
  case NodeOp::number: return {"a number"};
  case NodeOp::date: return {"a date"};
  case NodeOp::text: return {"a text"};
  case NodeOp::flag: return {"yes, no"};
  case NodeOp::parameter: return {"a parameter"};
  case NodeOp::period_start: return {"period_start"};
  case NodeOp::period_end: return {"period_end"};
  case NodeOp::equal: return {"=", 2};
  case NodeOp::unequal: return {"!=", 2};
  case NodeOp::less: return {"<", 2};
  case NodeOp::less_equal: return {"<=", 2};
  case NodeOp::greater: return {">", 2};
  case NodeOp::greater_equal: return {">=", 2};
  case NodeOp::in_list: return {"in (…)", 1};
  case NodeOp::in_period: return {"in period", 1};
  case NodeOp::in_base: return {"in base", 1};
  case NodeOp::is_missing: return {"is missing", 1};
  case NodeOp::both: return {"and", 2};
  case NodeOp::either: return {"or", 2};
  case NodeOp::negate: return {"not", 1};
  case NodeOp::add: return {"+", 2};
  case NodeOp::subtract: return {"a - b", 2};
  case NodeOp::multiply: return {"*", 2};
  case NodeOp::divide: return {"/", 1};
  case NodeOp::minus: return {"-a", 1};
  case NodeOp::days: return {"days", 2};
  case NodeOp::working_days: return {"working_days", 2};
  case NodeOp::after:
    return {node.step == Step::days     ? "after days"
            : node.step == Step::months ? "after months"
                                        : "after working days",
            2};
  }
  return {};
}

std::map<std::string, std::size_t> every_operator() {
  std::map<std::string, std::size_t> result;
  for (int op = 0; op <= static_cast<int>(NodeOp::after); ++op) {
    for (const Step step : {Step::days, Step::months, Step::working_days}) {
      Node node;
      node.op = static_cast<NodeOp>(op);
      node.step = step;
      const Operator found = operator_of(node);
      result[found.name] = found.operands;
    }
  }
  return result;
}

// Operator and which of its operands alone is missing: its position from 1, or 0 where all are known.
using Shown = std::set<std::pair<std::string, std::size_t>>;

class Rows {
public:
  explicit Rows(const Setting& example)
      : types_(sample::types_of_example(example)), slices_(sample::slices_of_example(example)) {
    const sample::Pasted tables = sample::tables_of_example(example);
    const Roster roster = sample::roster_of_example(example, tables);
    records_ = sample::records_of(tables, roster);
    sides_ = SideRows(records_);
    context_ = {&records_, &sides_, &sample::calendar(), slices_.front(), slices_.back()};
  }

  void look_at(const Indicator& indicator, Shown& shown) {
    type_ = types_.find(indicator.of);
    table_ = records_.find(indicator.of);
    if (table_ != nullptr && indicator.where != nullptr) walk(*indicator.where, indicator.where->root(), shown);
  }

private:
  void walk(const Condition& whole, const Node& node, Shown& shown) {
    const Operator found = operator_of(node);
    std::vector<std::shared_ptr<const Condition>> operands;
    for (std::size_t i = 0; i < found.operands; ++i) {
      const Node& operand = *node.children[i];
      operands.push_back(against_itself(whole.text().substr(operand.offset, operand.length)));
      walk(whole, operand, shown);
    }
    for (const Batch& batch : table_->batches) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (const auto missing = only_one_missing(operands, {table_, &batch, row})) shown.emplace(found.name, *missing);
      }
    }
  }

  // Whatever it is, it equals itself unless it is missing.
  std::shared_ptr<const Condition> against_itself(const std::string& operand) const {
    Problems problems;
    auto condition =
        Condition::parse("(" + operand + ") = (" + operand + ")", *type_, types_, {.file = operand}, problems);
    EXPECT_NE(condition, nullptr) << operand;
    return condition;
  }

  std::optional<std::size_t> only_one_missing(const std::vector<std::shared_ptr<const Condition>>& operands,
                                              const Row& row) const {
    std::size_t missing = 0;
    for (std::size_t i = 0; i < operands.size(); ++i) {
      if (operands[i] == nullptr || operands[i]->test(row, context_) != Truth::unknown) continue;
      if (missing > 0) return std::nullopt;
      missing = i + 1;
    }
    return missing;
  }

  RecordTypes types_;
  std::vector<Slice> slices_;
  Records records_;
  SideRows sides_;
  RowContext context_;
  const RecordType* type_ = nullptr;
  const Table* table_ = nullptr;
};

TEST(LanguageExamples, ShowEveryOperatorWithEachOperandMissing) {
  Shown shown;
  for (const std::string& file : sample::files_below("tests/examples/language", ".toml")) {
    Problems problems;
    const Setting tree = parse_settings(sample::slurp(file), file, problems);
    for (const Setting& example : tree.find("example")->items) {
      const Catalogue catalogue = sample::of_example(example);
      Rows(example).look_at(*catalogue.find("example"), shown);
    }
  }
  for (const auto& [name, operands] : every_operator()) {
    for (std::size_t missing = 0; missing <= operands; ++missing)
      EXPECT_EQ(shown.count({name, missing}), 1u)
          << name << (missing == 0 ? ", all operands known" : ", operand " + std::to_string(missing) + " missing");
  }
}

} // namespace
} // namespace appraise
