#include "engine/input/reader.h"

#include "engine/input/csv_blocks.h"
#include "engine/input/heads.h"
#include "engine/input/parallel.h"
#include "engine/input/rows.h"
#include "engine/input/unicode.h"
#include "engine/input/xlsx.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>

namespace appraise {

namespace {

constexpr std::size_t kHeadSearchRows = 10;
constexpr std::uint64_t kPartBytes = 8u << 20; // small enough for threads to end together, large beside its cost

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

class FileReader {
public:
  FileReader(const FileTask& task, const Roster& roster, const ReadOptions& options, FileSink& sink, FileResult& result)
      : task_(task), roster_(roster), options_(options), sink_(sink), result_(result) {}

  void read_text(const ByteSource& file) {
    form_ = text_form(file, task_.encoding);
    if (form_.encoding == "UTF-16LE" || form_.encoding == "UTF-16BE") {
      const auto utf8 = utf16_source(file, form_.encoding == "UTF-16BE");
      const std::string encoding = form_.encoding;
      form_ = text_form(*utf8, "UTF-8");
      form_.encoding = encoding;
      read_in_form(*utf8, 1);
      return;
    }
    if (read_in_form(file, options_.threads)) return;
    if (form_.encoding == "UTF-8" && task_.encoding.empty()) {
      form_ = text_form(file, "GB18030");
      result_.problems.clear();
      sink_.restart();
      if (read_in_form(file, options_.threads)) return;
    }
    decode(read_bytes(task_.path), task_.file,
           result_.problems); // says which bytes, and whether two encodings are mixed
  }

  void read_workbook(const ByteSource& file) {
    const XlsxFile book(file, task_.limits);
    if (book.fault() != nullptr) {
      report(*book.fault(), 0);
      return;
    }
    const auto sheet = find_sheet(book);
    if (!sheet) return;
    PartWork part;
    begin(part);
    const auto reader = book.open(*sheet);
    CellBlock block;
    while (reader->next(block)) {
      std::size_t from = 0;
      while (from < block.rows() && block.line(from) <= heads_.line)
        ++from;
      part.rows->read(block, from);
    }
    part.rows->finish();
    if (reader->fault() != nullptr) part.fault = *reader->fault();
    std::vector<PartWork> parts;
    parts.push_back(std::move(part));
    join(parts, {});
  }

private:
  // False when the bytes contradict the encoding.
  bool read_in_form(const ByteSource& file, int threads) {
    result_.source.encoding = form_.encoding;
    {
      CsvBlocks preview(file, form_, {form_.first_byte, file.size()}, task_.limits);
      if (!find_table(preview)) {
        if (preview.fault() == nullptr) return true;
        if (preview.fault()->rule == "bytes-contradict") return false;
        report(*preview.fault(), form_.first_line - 1);
        return true;
      }
    }
    std::vector<PartWork> parts = cut(file, threads);
    std::atomic<bool> contradicted{false};
    for (PartWork& part : parts)
      begin(part);
    in_parallel(parts.size(), threads, [&](std::size_t i) {
      if (!contradicted) read_part(file, parts[i], i == 0);
      if (parts[i].fault && parts[i].fault->rule == "bytes-contradict") contradicted = true;
    });
    if (contradicted) return false;
    join(parts, [&](PartWork& part) { read_part(file, part, false); });
    return true;
  }

  // The sheet that the user names, else the first whose heads fit, a hidden one only where no other does. What is wrong
  // with the heads is told of the first sheet when none fits.
  std::optional<std::size_t> find_sheet(const XlsxFile& book) {
    const std::vector<XlsxSheet>& sheets = book.sheets();
    std::vector<std::size_t> order;
    std::vector<std::string> names;
    for (const bool hidden : {false, true}) {
      for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (sheets[i].hidden == hidden && (task_.sheet.empty() || sheets[i].name == task_.sheet)) order.push_back(i);
      }
    }
    if (order.empty()) {
      for (const XlsxSheet& sheet : sheets)
        names.push_back(sheet.name);
      Problem& problem = result_.problems.emplace_back();
      problem.rule = "sheet-unknown";
      problem.place.file = task_.file;
      problem.found = task_.sheet;
      problem.nearest = names;
      return std::nullopt;
    }
    const Problems before = result_.problems;
    Problems of_first;
    for (const std::size_t sheet : order) {
      result_.problems = before;
      task_.sheet = sheets[sheet].name;
      const auto preview = book.open(sheet);
      const bool found = find_table(*preview);
      if (preview->fault() != nullptr) {
        report(*preview->fault(), 0);
        return std::nullopt;
      }
      if (found && heads_.usable) return sheet;
      if (of_first.empty()) of_first = result_.problems;
    }
    result_.problems = of_first;
    return std::nullopt;
  }

  // The first rows, and the heads among them.
  bool find_table(BlockReader& reader) {
    CellBlock block;
    std::vector<CsvRow> first;
    std::string copy;
    while (first.size() < kHeadSearchRows && reader.next(block)) {
      for (std::size_t row = 0; row < block.rows() && first.size() < kHeadSearchRows; ++row) {
        if (block.width(row) == 1 && block.raw(row, 0).empty()) continue;
        CsvRow& taken = first.emplace_back();
        taken.line = form_.first_line - 1 + block.line(row);
        for (std::size_t column = 0; column < block.width(row); ++column)
          taken.fields.emplace_back(plain(block, row, column, copy));
      }
    }
    if (reader.fault() != nullptr && first.size() < kHeadSearchRows) return false;
    if (first.empty()) {
      result_.problems.push_back({.rule = "file-empty", .place = {.file = task_.file}});
      return false;
    }
    heads_ = find_heads(first, *task_.layout, *task_.type, task_.file, result_.problems);
    return true;
  }

  std::vector<PartWork> cut(const ByteSource& file, int threads) const {
    std::vector<PartWork> parts;
    std::uint64_t from = form_.first_byte;
    const std::uint64_t size = file.size();
    while (threads > 1 && size - from > kPartBytes * 3 / 2) {
      const std::uint64_t to = likely_row_start(file, form_, from + kPartBytes);
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
    part.rows = std::make_unique<RowReader>(task_, roster_, heads_, options_.batch_rows,
                                            [sink](Batch& batch) { sink->take(batch); });
  }

  void read_part(const ByteSource& file, PartWork& part, bool first) const {
    CsvBlocks reader(file, form_, part.span, task_.limits);
    CellBlock block;
    while (reader.next(block)) {
      std::size_t from = 0;
      while (first && from < block.rows() && form_.first_line - 1 + block.line(from) <= heads_.line)
        ++from;
      if (heads_.usable) part.rows->read(block, from);
    }
    part.rows->finish();
    if (reader.fault() != nullptr) part.fault = *reader.fault();
    part.end = reader.end();
    part.lines = reader.lines();
  }

  // `again` reads a part whose cut was wrong.
  void join(std::vector<PartWork>& parts, const std::function<void(PartWork&)>& again) {
    std::int64_t lines = form_.first_line - 1;
    bool whole = heads_.usable;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      PartWork& part = parts[i];
      if (i > 0 && part.span.from != parts[i - 1].end) { // the cut was inside a cell
        part.span.from = parts[i - 1].end;
        begin(part);
        if (part.span.from < part.span.to) {
          again(part);
        } else {
          part.end = part.span.from;
          part.lines = 0;
        }
      }
      add(*part.rows, lines);
      sink_.join(std::move(part.sink), lines);
      part.rows.reset();
      if (part.fault) {
        report(*part.fault, lines);
        whole = false;
        break; // where the next record begins is not known
      }
      lines += part.lines;
    }
    result_.readable = whole;
    result_.source.sheet = task_.sheet;
    notice("rows-hidden", hidden_);
    notice("formula-results", formulas_);
    if (!whole || result_.source.rows > 0) return;
    Problem& notice = result_.problems.emplace_back();
    notice.rule = "no-records";
    notice.severity = Severity::notice;
    notice.place.file = task_.file;
    notice.place.row = heads_.line;
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

  void report(const ReadFault& fault, std::int64_t lines) {
    Problem& problem = result_.problems.emplace_back();
    problem.rule = fault.rule;
    problem.place.file = task_.file;
    problem.place.sheet = task_.sheet;
    problem.place.row = fault.line == 0 ? 0 : fault.line + lines;
    problem.place.column = fault.column;
    problem.place.byte = fault.byte;
    problem.found = fault.found;
    problem.expected = fault.expected;
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
  TextForm form_;
  Heads heads_;
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
    const auto file = open_file(task.path);
    FileReader reader(task, roster, options, sink, result);
    if (file_kind(*file) == FileKind::text) {
      reader.read_text(*file);
    } else {
      reader.read_workbook(*file);
    }
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
