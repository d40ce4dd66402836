#include "engine/checks/file.h"

#include "engine/input/duplicates.h"
#include "engine/input/identity.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace appraise {

namespace {

// What is common to the parts of the file.
struct Shared {
  const FileTask& task;
  const std::vector<RowCheck>& checks;
  const RowContext& context;
};

// Checks the rows of one part; of the rows themselves it keeps their keys.
class CheckedPart : public BatchSink {
public:
  explicit CheckedPart(const Shared& shared)
      : shared_(shared), keys(*shared.task.type), problems(shared.checks.size()) {
    table_.type = shared.task.type;
    table_.batches.resize(1);
    table_.sources.resize(1);
    table_.sources[0].file = shared.task.file;
    table_.sources[0].sheet = shared.task.sheet;
  }

  void take(Batch& batch) override {
    if (!table_.type->key.empty()) keys.add(batch);
    std::swap(table_.batches[0], batch);
    for (std::size_t i = 0; i < shared_.checks.size(); ++i) {
      if (shared_.checks[i].of == table_.type->id)
        apply_row_check(shared_.checks[i], table_, 0, shared_.context, problems[i]);
    }
    std::swap(table_.batches[0], batch);
  }
  void end() override { keys.end(); }

  std::int64_t uncounted() const { return table_.sources[0].uncounted; }

private:
  const Shared& shared_;
  Table table_;

public:
  Duplicates::Part keys;
  std::vector<Problems> problems; // of each check
};

class CheckedFile : public FileSink {
public:
  explicit CheckedFile(const Shared& shared) : problems(shared.checks.size()), shared_(shared) {}

  std::unique_ptr<BatchSink> part() override { return std::make_unique<CheckedPart>(shared_); }

  void join(std::unique_ptr<BatchSink> sink, std::int64_t lines_before) override {
    auto& part = static_cast<CheckedPart&>(*sink);
    uncounted += part.uncounted();
    for (std::size_t i = 0; i < problems.size(); ++i) {
      for (Problem& problem : part.problems[i]) {
        problem.place.row += lines_before;
        problems[i].push_back(std::move(problem));
      }
    }
    if (!shared_.task.type->key.empty()) keys.join(std::move(part.keys));
  }

  void restart() override {
    keys.clear();
    uncounted = 0;
    for (Problems& of_check : problems)
      of_check.clear();
  }

  Duplicates keys;
  std::vector<Problems> problems;
  std::int64_t uncounted = 0;

private:
  const Shared& shared_;
};

// The second look: the keys of some rows, in their text.
class SecondLook : public FileSink {
public:
  struct Row {
    std::string key;
    std::string number;
    std::int32_t unit = -1;
    bool complete = false;
    bool alive = false;
    std::int64_t line = 0;
  };

  SecondLook(const RecordType& type, const std::vector<std::int64_t>& wanted) : type_(type), wanted_(wanted) {}

  class Part : public BatchSink {
  public:
    explicit Part(SecondLook& look) : look_(look) {}
    void take(Batch& batch) override { look_.take(batch); }

  private:
    SecondLook& look_;
  };

  std::unique_ptr<BatchSink> part() override { return std::make_unique<Part>(*this); }
  void join(std::unique_ptr<BatchSink>, std::int64_t lines_before) override {
    for (Row& row : rows)
      row.line += lines_before; // one part, since one thread reads
  }
  void restart() override {
    rows.clear();
    next_row_ = 0;
  }
  std::vector<Row> rows;

private:
  void take(const Batch& batch) {
    const auto number = number_field(type_);
    const std::int64_t end = next_row_ + static_cast<std::int64_t>(batch.rows());
    while (rows.size() < wanted_.size() && wanted_[rows.size()] < end) {
      const auto at = static_cast<std::size_t>(wanted_[rows.size()] - next_row_);
      Row& row = rows.emplace_back();
      row.complete = key_of(type_, batch, at, row.key);
      if (number) row.number = batch.text(*number, at);
      row.unit = batch.units[at];
      row.alive = batch.alive[at] != 0;
      row.line = batch.lines[at];
    }
    next_row_ = end;
  }

  const RecordType& type_;
  const std::vector<std::int64_t>& wanted_;
  std::int64_t next_row_ = 0;
};

} // namespace

FileResult check_file(const FileTask& task, const Roster& roster, const std::vector<RowCheck>& checks,
                      const RowContext& context, const ReadOptions& options) {
  const Shared shared{.task = task, .checks = checks, .context = context};
  CheckedFile file(shared);
  FileResult result = read_file(task, roster, options, file);
  if (!result.readable) return result;
  result.source.uncounted += file.uncounted;

  const std::vector<std::int64_t> suspects = file.keys.suspects(options.threads);
  std::set<std::int64_t> duplicates; // lines
  if (!suspects.empty()) {
    SecondLook look(*task.type, suspects);
    ReadOptions alone = options;
    alone.threads = 1;
    read_file(task, roster, alone, look);
    std::unordered_map<std::string, const SecondLook::Row*> first;
    for (const SecondLook::Row& row : look.rows) {
      if (!row.complete) continue;
      const auto [known, fresh] = first.emplace(row.key, &row);
      if (fresh) continue;
      const auto place = [&](std::int64_t line) {
        Place where;
        where.file = task.file;
        where.sheet = result.source.sheet;
        where.row = line;
        return where;
      };
      duplicates.insert(row.line);
      result.problems.push_back(duplicate_of(place(row.line), row.number, row.unit >= 0 ? roster[row.unit].name : "",
                                             place(known->second->line), known->second->number));
      if (row.alive) ++result.source.uncounted;
    }
  }
  // A duplicate is counted nowhere: what the checks say of it is not said twice.
  for (std::size_t i = 0; i < checks.size(); ++i) {
    for (Problem& problem : file.problems[i]) {
      if (duplicates.count(problem.place.row) == 0) {
        result.problems.push_back(std::move(problem));
      } else if (problem.severity == Severity::blocking) {
        --result.source.uncounted;
      }
    }
  }
  return result;
}

} // namespace appraise
