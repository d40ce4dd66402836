#include "engine/input/reader.h"

#include "engine/input/heads.h"
#include "engine/input/open_table.h"
#include "engine/input/parallel.h"
#include "engine/input/rows.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

namespace appraise {

namespace {

// A part is a share of what is left: large ones first, since each has its cost, and small ones last, so that the
// threads end together.
constexpr std::uint64_t kLeastPart = 2u << 20;
constexpr std::uint64_t kPartsLeft = 2; // for each thread

class KeptPart : public BatchSink {
public:
  void take(Batch& batch) override { batches.push_back(std::move(batch)); }
  std::vector<Batch> batches;
};

// One part of a file while it is read.
struct PartWork {
  FilePart span;
  std::unique_ptr<BatchSink> sink;
  std::unique_ptr<RowReader> rows;
  std::optional<ReadFault> fault;
  std::uint64_t end = 0;
  std::int64_t lines = 0;
};

bool contradicts(const ReadFault& fault) {
  return fault.rule == "bytes-contradict" || fault.rule == "bytes-mixed";
}

class FileReader {
public:
  FileReader(const FileTask& task, const Roster& roster, const ReadOptions& options, FileSink& sink, FileResult& result)
      : task_(task), roster_(roster), options_(options), sink_(sink), result_(result),
        table_(task.path, task.file, {.encoding = task.encoding, .limits = task.limits}) {}

  void read() {
    if (table_.workbook()) {
      read_workbook();
      return;
    }
    while (true) {
      const std::optional<ReadFault> fault = read_text();
      result_.source.encoding = table_.form().encoding;
      if (!fault) return;
      Problems told;
      const bool again = table_.begin_again(*fault, 0, told);
      const bool other_encoding = again || told.front().rule.compare(0, 6, "bytes-") == 0;
      if (other_encoding) result_.problems.clear(); // they are of characters that do not stand there
      result_.problems.insert(result_.problems.end(), told.begin(), told.end());
      if (!again) return;
      sink_.restart();
    }
  }

private:
  std::optional<ReadFault> read_text() {
    if (!find_table(0)) return std::nullopt;
    const bool utf16 = table_.form().encoding.compare(0, 6, "UTF-16") == 0; // which is read from front to back
    const int threads = utf16 ? 1 : options_.threads;
    std::vector<PartWork> parts = cut(threads);
    std::vector<bool> read(parts.size());
    std::atomic<bool> contradicted{false};
    std::mutex mutex; // of the sink, of what was learnt, and of all that joining knows
    learnt_.clear();  // it was of bytes in another encoding
    Joining joining = begin_joining();
    in_parallel(parts.size(), threads, [&](std::size_t i) {
      if (contradicted) return;
      {
        const std::lock_guard lock(mutex);
        begin(parts[i]);
      }
      KnownSpellings known = read_part(parts[i], i == 0);
      if (parts[i].fault && contradicts(*parts[i].fault)) contradicted = true;
      const std::lock_guard lock(mutex);
      learnt_.push_back(std::move(known));
      read[i] = true;
      // In the order of the file, and as soon as may be: what a part has gathered is not kept beside all others'.
      while (!contradicted && joining.next < parts.size() && read[joining.next])
        join(parts[joining.next], joining, [&](PartWork& part) { learnt_.push_back(read_part(part, false)); });
    });
    if (contradicted) { // parts that are joined are void
      result_.source.rows = result_.source.uncounted = 0;
      for (const PartWork& part : parts) {
        if (part.fault && contradicts(*part.fault)) return part.fault;
      }
    }
    return end_joining(joining);
  }

  void read_workbook() {
    const auto sheet = find_sheet();
    if (!sheet) return;
    PartWork part;
    begin(part);
    const auto reader = table_.open(*sheet);
    CellBlock block;
    while (reader->next(block)) {
      std::size_t from = 0;
      while (from < block.rows() && block.line(from) <= heads_.line)
        ++from;
      part.rows->read(block, from);
    }
    part.rows->finish();
    part.sink->end();
    if (reader->fault() != nullptr) part.fault = *reader->fault();
    Joining joining = begin_joining();
    join(part, joining, {});
    const auto fault = end_joining(joining);
    if (fault) table_.begin_again(*fault, *sheet, result_.problems);
  }

  // The sheet that the user names, else the first whose heads fit, a hidden one only where no other does. What is wrong
  // with the heads is told of the first sheet when none fits.
  std::optional<std::size_t> find_sheet() {
    const std::vector<XlsxSheet>& sheets = table_.sheets();
    std::vector<std::size_t> order;
    if (!task_.sheet.empty()) {
      order.push_back(table_.sheet(task_.sheet));
    } else {
      for (const bool hidden : {false, true}) {
        for (std::size_t i = 0; i < sheets.size(); ++i) {
          if (sheets[i].hidden == hidden) order.push_back(i);
        }
      }
    }
    const Problems before = result_.problems;
    Problems of_first;
    for (const std::size_t sheet : order) {
      result_.problems = before;
      task_.sheet = sheets[sheet].name;
      if (find_table(sheet) && heads_.usable) return sheet;
      if (of_first.empty()) of_first = result_.problems;
    }
    result_.problems = of_first;
    return std::nullopt;
  }

  // The heads among the first rows.
  bool find_table(std::size_t sheet) {
    const std::size_t before = result_.problems.size();
    const std::vector<CsvRow> first = table_.first_rows(sheet, kHeadSearchRows, result_.problems);
    if (first.empty()) {
      if (result_.problems.size() == before) {
        result_.problems.push_back({.rule = "file-empty", .place = {.file = task_.file}});
      }
      return false;
    }
    heads_ = find_heads(first, *task_.layout, *task_.type, task_.file, result_.problems);
    return true;
  }

  std::vector<PartWork> cut(int threads) const {
    std::vector<PartWork> parts;
    const ByteSource& bytes = table_.bytes();
    std::uint64_t from = table_.form().first_byte;
    const std::uint64_t size = bytes.size();
    while (threads > 1 && size - from > kLeastPart * 3 / 2) {
      const std::uint64_t share = (size - from) / (kPartsLeft * static_cast<std::uint64_t>(threads));
      const std::uint64_t to = likely_row_start(bytes, table_.form(), from + std::max(share, kLeastPart));
      if (to >= size) break;
      parts.emplace_back().span = {from, to};
      from = to;
    }
    parts.emplace_back().span = {from, size};
    return parts;
  }

  void begin(PartWork& part) {
    part.sink = sink_.part();
    part.fault.reset();
    BatchSink* const sink = part.sink.get();
    KnownSpellings known;
    if (!learnt_.empty()) {
      known = std::move(learnt_.back());
      learnt_.pop_back();
    }
    part.rows = std::make_unique<RowReader>(
        task_, roster_, heads_, options_.batch_rows, [sink](Batch& batch) { sink->take(batch); }, std::move(known));
  }

  // What was learnt of the file's spellings.
  KnownSpellings read_part(PartWork& part, bool first) const {
    CsvBlocks reader(table_.bytes(), table_.form(), part.span, task_.limits);
    CellBlock block;
    const std::int64_t above = table_.form().first_line - 1;
    while (reader.next(block)) {
      if (table_.mixed(block)) {
        part.fault.emplace();
        part.fault->rule = "bytes-mixed";
        return {};
      }
      std::size_t from = 0;
      while (first && from < block.rows() && above + block.line(from) <= heads_.line)
        ++from;
      if (heads_.usable) part.rows->read(block, from);
    }
    KnownSpellings known = part.rows->finish();
    part.sink->end();
    if (reader.fault() != nullptr) part.fault = *reader.fault();
    part.end = reader.end();
    part.lines = reader.lines();
    return known;
  }

  // How far the parts are joined.
  struct Joining {
    std::size_t next = 0;
    std::int64_t lines = 0;             // before the next part
    std::optional<std::uint64_t> end{}; // of the part before it
    std::optional<ReadFault> fault{};   // where the record behind it begins is not known
  };

  Joining begin_joining() const { return {.lines = table_.workbook() ? 0 : table_.form().first_line - 1}; }

  // The next part; `again` reads one whose cut was wrong.
  void join(PartWork& part, Joining& joining, const std::function<void(PartWork&)>& again) {
    ++joining.next;
    if (joining.fault) return;
    if (joining.end && part.span.from != *joining.end) { // the cut was inside a cell
      part.span.from = *joining.end;
      begin(part);
      if (part.span.from < part.span.to) {
        again(part);
      } else {
        part.end = part.span.from;
        part.lines = 0;
      }
    }
    add(*part.rows, joining.lines);
    sink_.join(std::move(part.sink), joining.lines);
    part.rows.reset();
    if (part.fault) {
      joining.fault = part.fault;
      if (joining.fault->line > 0) joining.fault->line += joining.lines;
    }
    joining.end = part.end;
    joining.lines += part.lines;
  }

  std::optional<ReadFault> end_joining(const Joining& joining) {
    if (joining.fault) return joining.fault;
    result_.readable = heads_.usable;
    result_.source.sheet = task_.sheet;
    notice("rows-hidden", hidden_);
    notice("formula-results", formulas_);
    if (!heads_.usable || result_.source.rows > 0) return std::nullopt;
    Problem& notice = result_.problems.emplace_back();
    notice.rule = "no-records";
    notice.severity = Severity::notice;
    notice.place.file = task_.file;
    notice.place.sheet = task_.sheet;
    notice.place.row = heads_.line;
    return std::nullopt;
  }

  void add(RowReader& rows, std::int64_t lines) {
    hidden_ += rows.hidden();
    formulas_ += rows.formulas();
    result_.source.rows += rows.rows();
    result_.source.uncounted += rows.uncounted();
    for (Problem& problem : rows.problems()) {
      problem.place.row += lines;
      result_.problems.push_back(std::move(problem));
    }
  }

  void notice(const char* rule, std::int64_t count) {
    if (count == 0) return;
    Problem& problem = result_.problems.emplace_back();
    problem.rule = rule;
    problem.severity = Severity::notice;
    problem.place.file = task_.file;
    problem.place.sheet = task_.sheet;
    problem.found = std::to_string(count);
  }

  FileTask task_;
  const Roster& roster_;
  const ReadOptions& options_;
  FileSink& sink_;
  FileResult& result_;
  OpenTable table_;
  Heads heads_;
  std::vector<KnownSpellings> learnt_; // by parts that are read, for those to come
  std::int64_t hidden_ = 0;
  std::int64_t formulas_ = 0;
};

} // namespace

std::unique_ptr<BatchSink> BatchKeeper::part() {
  return std::make_unique<KeptPart>();
}

void BatchKeeper::join(std::unique_ptr<BatchSink> part, std::int64_t lines_before) {
  for (Batch& batch : static_cast<KeptPart&>(*part).batches) {
    for (std::int64_t& line : batch.lines)
      line += lines_before;
    batches.push_back(std::move(batch));
  }
}

std::optional<std::size_t> number_field(const RecordType& type) {
  if (!type.via_field.empty()) return type.field(type.via_field);
  for (auto part = type.key.rbegin(); part != type.key.rend(); ++part) {
    if (!part->year && part->fields.size() == 1 && type.fields[part->fields[0]].type == FieldType::text) {
      return part->fields[0];
    }
  }
  return std::nullopt;
}

FileResult read_file(const FileTask& task, const Roster& roster, const ReadOptions& options, FileSink& sink) {
  FileResult result;
  result.source.file = task.file;
  result.source.reporting_date = task.reporting_date;
  try {
    FileReader(task, roster, options, sink, result).read();
  } catch (const Error& error) {
    for (Problem problem : error.problems()) {
      problem.place.file = task.file;
      result.problems.push_back(std::move(problem));
    }
  }
  if (!result.readable) sink.restart();
  return result;
}

} // namespace appraise
