#include "engine/plan/measure_file.h"

#include "engine/plan/worker.h"

#include <algorithm>
#include <memory>
#include <set>

namespace appraise {

namespace {

using Node = Condition::Node;

bool own_columns_alone(const Node& node, const RecordType& type) {
  if (node.op == NodeOp::field && (node.route != Route::own || type.fields[node.column].derived)) return false;
  if (node.op == NodeOp::in_base) return false;
  return std::all_of(node.children.begin(), node.children.end(),
                     [&](const auto& child) { return own_columns_alone(*child, type); });
}

// Takes the fields that a condition asks for out of `unread`.
void read(const Condition* condition, std::set<std::size_t>& unread) {
  const auto each = [&](const auto& self, const Node& node) -> void {
    if (node.op == NodeOp::field && node.route == Route::own) unread.erase(node.column);
    for (const auto& child : node.children)
      self(self, *child);
  };
  if (condition != nullptr) each(each, condition->root());
}

// Texts that neither the indicators nor the checks, keys and messages look at.
std::vector<std::size_t> unread_texts(const RecordType& type, const std::vector<RowCheck>& checks,
                                      const Outline& outline) {
  std::set<std::size_t> unread;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (type.fields[i].type == FieldType::text) unread.insert(i);
  }
  for (const Indicator* indicator : outline.wanted()) {
    for (const auto& condition : {indicator->where, indicator->that, indicator->value})
      read(condition.get(), unread);
  }
  for (const RowCheck& check : checks) {
    if (check.of != type.id) continue;
    read(check.that.get(), unread);
    for (const std::size_t field : check.shows)
      unread.erase(field);
  }
  const auto read_parts = [&](const std::vector<KeyPart>& parts) {
    for (const KeyPart& part : parts) {
      for (const std::size_t field : part.fields)
        unread.erase(field);
    }
  };
  read_parts(type.key);
  if (type.claim) read_parts(type.claim->same);
  return {unread.begin(), unread.end()};
}

class MeasuredPart : public BatchSink {
public:
  MeasuredPart(const TypePlan& plan, std::size_t units) : worker(plan, units) {}
  void take(Batch& batch) override { worker.take(batch); }
  Worker worker;
};

class MeasuredFile : public RowTaker {
public:
  MeasuredFile(const TypePlan& plan, std::size_t units)
      : plan_(plan), units_(units), gathered_(plan, units), back_(std::make_unique<Worker>(plan, units)) {}

  std::unique_ptr<BatchSink> part() override { return std::make_unique<MeasuredPart>(plan_, units_); }
  void join(std::unique_ptr<BatchSink> part, std::int64_t) override {
    const Timed timed(plan_.profile(), Stage::figures);
    gathered_.merge(static_cast<MeasuredPart&>(*part).worker.gathered());
  }
  void restart() override { gathered_ = Gathered(plan_, units_); }
  void take_back(const Batch& batch) override { back_->take(batch); }
  void restart_back() override { back_ = std::make_unique<Worker>(plan_, units_); }

  Gathered& whole() {
    gathered_.take_back(back_->gathered());
    return gathered_;
  }

private:
  const TypePlan& plan_;
  std::size_t units_;
  Gathered gathered_;
  std::unique_ptr<Worker> back_;
};

} // namespace

std::string record_type_of(const Indicator& indicator, const Catalogue& catalogue) {
  std::string result = indicator.of;
  for (const std::string& id : indicator.operands) {
    const std::string of = record_type_of(*catalogue.find(id), catalogue);
    if (of.empty() || (!result.empty() && of != result)) return {};
    result = of;
  }
  return result;
}

bool measured_alone(const Indicator& indicator, const Catalogue& catalogue, const RecordTypes& types) {
  if (!indicator.operands.empty()) {
    return !record_type_of(indicator, catalogue).empty() &&
           std::all_of(indicator.operands.begin(), indicator.operands.end(),
                       [&](const std::string& id) { return measured_alone(*catalogue.find(id), catalogue, types); });
  }
  const RecordType* type = types.find(indicator.of);
  if (type == nullptr || !type->via.empty() || !find_measure(indicator.measure)->over_rows()) return false;
  const auto alone = [&](const std::shared_ptr<const Condition>& condition) {
    return condition == nullptr || own_columns_alone(condition->root(), *type);
  };
  return alone(indicator.where) && alone(indicator.that) && alone(indicator.value);
}

FileValues measure_file(FileTask task, const std::vector<RowCheck>& checks, PlanInput input,
                        const ReadOptions& options) {
  Records records; // no rows: they stream by
  records.tables[task.type->id].type = task.type;
  input.records = &records;
  const Outline outline(input);
  FileValues result;
  result.values = outline.empty();
  RowContext context;
  context.calendar = input.calendar;
  if (outline.jobs().empty()) {
    result.file = check_file(task, *input.roster, checks, context, options);
    return result;
  }
  task.unread = unread_texts(*task.type, checks, outline);
  const TypePlan plan(outline, outline.jobs().front(), input);
  MeasuredFile sink(plan, outline.units());
  result.file = check_file(task, *input.roster, checks, context, options, &sink);
  if (!result.file.readable) return result;
  plan.describe(result.file.source.rows);
  finish(plan, sink.whole(), *input.roster, options.threads, result.values);
  outline.finish(result.values, result.file.problems);
  return result;
}

} // namespace appraise
