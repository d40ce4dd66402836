#include "engine/checks/file.h"

#include "engine/input/claims.h"
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
  Profile* profile;
};

// Checks the rows of one part; of the rows themselves it keeps what they are compared by.
class CheckedPart : public BatchSink {
public:
  CheckedPart(const Shared& shared, std::unique_ptr<BatchSink> afterwards)
      : then(std::move(afterwards)), shared_(shared), keys(*shared.task.type, key_hashes),
        claims(*shared.task.type, claim_hashes), problems(shared.checks.size()), began_(now()) {
    table_.type = shared.task.type;
    table_.batches.resize(1);
    table_.sources.resize(1);
    table_.sources[0].file = shared.task.file;
    table_.sources[0].sheet = shared.task.sheet;
  }

  void take(Batch& batch) override {
    const std::int64_t from = now();
    Timed timed(shared_.profile, Stage::keys);
    if (!table_.type->key.empty()) keys.add(batch);
    timed.next(Stage::checks);
    std::swap(table_.batches[0], batch);
    for (const std::uint32_t row : keys.without_key())
      without_key(row);
    for (std::size_t i = 0; i < shared_.checks.size(); ++i) {
      if (shared_.checks[i].of == table_.type->id)
        apply_row_check(shared_.checks[i], table_, 0, shared_.context, problems[i]);
    }
    std::swap(table_.batches[0], batch);
    timed.next(Stage::keys);
    if (table_.type->claim) claims.add(batch); // a faulty row claims nothing
    timed.stop();
    if (then != nullptr) then->take(batch);
    not_reading_ += now() - from;
  }
  void end() override {
    if (then != nullptr) then->end();
    if (shared_.profile != nullptr) shared_.profile->add(Stage::read, now() - began_ - not_reading_);
  }

  std::int64_t uncounted() const { return table_.sources[0].uncounted; }

private:
  std::int64_t now() const { return shared_.profile == nullptr ? 0 : shared_.profile->now(); }
  void without_key(std::uint32_t row) {
    if (table_.batches[0].alive[row] == 0) return; // its own problem says why
    leave_out(table_, {0, row});
    keyless.push_back({.rule = "key-incomplete",
                       .place = place_of(table_, {0, row}),
                       .expected = missing_key_part(*table_.type, table_.batches[0], row),
                       .key = number_of(table_, {0, row})});
  }

public:
  std::unique_ptr<BatchSink> then; // what takes the rows afterwards

private:
  const Shared& shared_;
  Table table_;

public:
  Problems keyless;
  Duplicates::Part keys;
  Duplicates::Part claims;
  std::vector<Problems> problems; // of each check

private:
  std::int64_t began_; // by the profile's clock
  std::int64_t not_reading_ = 0;
};

class CheckedFile : public FileSink {
public:
  CheckedFile(const Shared& shared, FileSink* taker) : problems(shared.checks.size()), shared_(shared), taker_(taker) {}

  std::unique_ptr<BatchSink> part() override {
    return std::make_unique<CheckedPart>(shared_, taker_ == nullptr ? nullptr : taker_->part());
  }

  void join(std::unique_ptr<BatchSink> sink, std::int64_t lines_before) override {
    auto& part = static_cast<CheckedPart&>(*sink);
    uncounted += part.uncounted();
    const auto take = [&](Problems& from, Problems& to) {
      for (Problem& problem : from) {
        problem.place.row += lines_before;
        to.push_back(std::move(problem));
      }
    };
    take(part.keyless, keyless);
    for (std::size_t i = 0; i < problems.size(); ++i)
      take(part.problems[i], problems[i]);
    if (!shared_.task.type->key.empty()) keys.join(std::move(part.keys));
    if (shared_.task.type->claim) claims.join(std::move(part.claims));
    if (taker_ != nullptr) taker_->join(std::move(part.then), lines_before);
  }

  void restart() override {
    if (taker_ != nullptr) taker_->restart();
    keys.clear();
    claims.clear();
    keyless.clear();
    uncounted = 0;
    for (Problems& of_check : problems)
      of_check.clear();
  }

  Problems keyless;
  Duplicates keys;
  Duplicates claims;
  std::vector<Problems> problems;
  std::int64_t uncounted = 0;

private:
  const Shared& shared_;
  FileSink* taker_;
};

// A file read by one thread, hence in one part: its batches in order.
class InOrder : public FileSink {
public:
  std::unique_ptr<BatchSink> part() override { return std::make_unique<Part>(*this); }
  void join(std::unique_ptr<BatchSink>, std::int64_t) override {}

protected:
  virtual void take(const Batch& batch) = 0;

private:
  class Part : public BatchSink {
  public:
    explicit Part(InOrder& whole) : whole_(whole) {}
    void take(Batch& batch) override { whole_.take(batch); }

  private:
    InOrder& whole_;
  };
};

// The second look: what some rows are compared by, in their text.
class SecondLook : public InOrder {
public:
  struct Row {
    std::int64_t row = 0; // of the file, counted from 0
    std::string key;
    std::string number;
    std::int32_t unit = -1;
    std::int64_t first_by = kMissing;
    bool alive = false;
    std::int64_t line = 0;
  };

  SecondLook(const RecordType& type, KeyOf key_of, Duplicates::Suspects& suspects)
      : type_(type), key_of_(key_of), suspects_(suspects) {}

  void join(std::unique_ptr<BatchSink>, std::int64_t lines_before) override {
    for (Row& row : rows)
      row.line += lines_before;
  }
  void restart() override {
    rows.clear();
    next_row_ = 0;
  }
  std::vector<Row> rows;

private:
  void take(const Batch& batch) override {
    const auto number = number_field(type_);
    for (const std::uint32_t at : suspects_.of(batch)) {
      Row& row = rows.emplace_back();
      row.row = next_row_ + at;
      key_of_(type_, batch, at, row.key);
      if (number) row.number = batch.text(*number, at);
      row.unit = batch.units[at];
      if (type_.claim) row.first_by = batch.value(type_.claim->first_by, at);
      row.alive = batch.alive[at] != 0;
      row.line = batch.lines[at];
    }
    next_row_ += static_cast<std::int64_t>(batch.rows());
  }

  const RecordType& type_;
  KeyOf key_of_;
  Duplicates::Suspects& suspects_;
  std::int64_t next_row_ = 0;
};

// What is left to say of a file once its rows are forgotten.
class Verdict {
public:
  Verdict(const FileTask& task, const Roster& roster, const ReadOptions& options, FileResult& result)
      : task_(task), roster_(roster), options_(options), result_(result) {}

  // Keys that are not whole, and such as stand twice; in the order of rows.
  void keys(Problems& keyless, const std::vector<std::uint64_t>& twice) {
    const auto before = static_cast<std::ptrdiff_t>(result_.problems.size());
    for (const Problem& problem : keyless)
      refused_.insert(problem.place.row);
    std::move(keyless.begin(), keyless.end(), std::back_inserter(result_.problems));
    const std::vector<SecondLook::Row> rows = look(key_of, key_hashes, twice);
    std::unordered_map<std::string_view, const SecondLook::Row*> first;
    for (const SecondLook::Row& row : rows) {
      const auto [known, fresh] = first.emplace(row.key, &row);
      if (fresh) continue;
      duplicates_.insert(row.line);
      set_aside_.insert(row.row);
      result_.problems.push_back(duplicate_of(place(row.line), row.number, row.unit >= 0 ? roster_[row.unit].name : "",
                                              place(known->second->line), known->second->number));
      if (row.alive) ++result_.source.uncounted;
    }
    std::stable_sort(result_.problems.begin() + before, result_.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.place.row < b.place.row; });
  }

  // A duplicate is counted nowhere: what the checks say of it is not said twice.
  void checks(std::vector<Problems>& of_checks) {
    for (Problems& of_check : of_checks) {
      for (Problem& problem : of_check) {
        if (duplicates_.count(problem.place.row) == 0) {
          if (problem.severity == Severity::blocking) refused_.insert(problem.place.row);
          result_.problems.push_back(std::move(problem));
        } else if (problem.severity == Severity::blocking) {
          --result_.source.uncounted;
        }
      }
    }
  }

  // Records at two units.
  void claims(const std::vector<std::uint64_t>& twice) {
    std::vector<ClaimRow> rows;
    std::vector<std::int64_t> numbers;
    for (SecondLook::Row& row : look(claim_of, claim_hashes, twice)) {
      if (duplicates_.count(row.line) != 0 || refused_.count(row.line) != 0) continue;
      numbers.push_back(row.row);
      rows.push_back({std::move(row.key), row.unit, row.first_by, std::move(row.number), place(row.line)});
    }
    SetAside set_aside = judge_claims(rows, roster_, ClaimRule::first);
    for (const std::size_t row : set_aside.rows)
      set_aside_.insert(numbers[row]);
    result_.source.uncounted += static_cast<std::int64_t>(set_aside.rows.size());
    std::move(set_aside.problems.begin(), set_aside.problems.end(), std::back_inserter(result_.problems));
  }

  // Rows that the taker has and that do not stand: the file is checked once more, of which the taker gets these.
  void take_back(const Shared& shared, RowTaker& taker) const;

private:
  std::vector<SecondLook::Row> look(KeyOf key_of, Duplicates::HashesOf hashes_of,
                                    const std::vector<std::uint64_t>& twice) const {
    Duplicates::Suspects suspects(*task_.type, hashes_of, twice);
    SecondLook look(*task_.type, key_of, suspects);
    ReadOptions alone = options_;
    alone.threads = 1;
    if (!twice.empty()) read_file(task_, roster_, alone, look);
    return std::move(look.rows);
  }
  Place place(std::int64_t line) const {
    Place where;
    where.file = task_.file;
    where.sheet = result_.source.sheet;
    where.row = line;
    return where;
  }

  const FileTask& task_;
  const Roster& roster_;
  const ReadOptions& options_;
  FileResult& result_;
  std::set<std::int64_t> duplicates_; // lines
  std::set<std::int64_t> refused_;    // lines of rows without a key, or that a check refuses: they claim nothing
  std::set<std::int64_t> set_aside_;  // rows, counted from 0
};

// Passes on, to be taken back, those of the rows that are named.
class TakeBack : public InOrder {
public:
  TakeBack(RowTaker& taker, const std::set<std::int64_t>& rows) : taker_(taker), rows_(rows) {}

  void restart() override {
    taker_.restart_back();
    next_row_ = 0;
  }

private:
  void take(const Batch& batch) override {
    Batch named = batch;
    for (std::size_t row = 0; row < named.rows(); ++row) {
      if (rows_.count(next_row_ + static_cast<std::int64_t>(row)) == 0) named.alive[row] = 0;
    }
    next_row_ += static_cast<std::int64_t>(named.rows());
    if (std::find(named.alive.begin(), named.alive.end(), 1) != named.alive.end()) taker_.take_back(named);
  }

  RowTaker& taker_;
  const std::set<std::int64_t>& rows_;
  std::int64_t next_row_ = 0;
};

void Verdict::take_back(const Shared& shared, RowTaker& taker) const {
  if (set_aside_.empty()) return;
  TakeBack filter(taker, set_aside_);
  CheckedFile again(shared, &filter);
  ReadOptions alone = options_;
  alone.threads = 1;
  read_file(task_, roster_, alone, again);
}

} // namespace

FileResult check_file(const FileTask& task, const Roster& roster, const std::vector<RowCheck>& checks,
                      const RowContext& context, const ReadOptions& options, RowTaker* taker) {
  const Shared shared{.task = task, .checks = checks, .context = context, .profile = options.profile};
  CheckedFile file(shared, taker);
  FileResult result = read_file(task, roster, options, file);
  if (!result.readable) return result;
  result.source.uncounted += file.uncounted;
  const Timed timed(options.profile, Stage::identity);
  Verdict verdict(task, roster, options, result);
  verdict.keys(file.keyless, file.keys.twice(options.threads));
  verdict.checks(file.problems);
  verdict.claims(file.claims.twice(options.threads));
  if (taker != nullptr) verdict.take_back(shared, *taker);
  return result;
}

} // namespace appraise
