// One file of one record type → batches, with every cell typed or its problem located.
//
//   A text file is cut into parts that threads read side by side; each part has a sink of its own, and the sinks are
//   joined in the order of the file, so that nothing depends on threads. A cut is where a row most likely begins; it is
//   proved by the part before it, which says where its last row ended, and a part that was cut wrongly is read again.
//   Bytes that contradict the encoding make the whole file begin again in the next one (restart).
//
//   Problems: those of encodings and tables (input.h), of heads (heads.h) and of rows (rows.h).
//
//   RecordsSink sink;
//   FileResult result = read_file(task, roster, {.batch_rows = 4096, .threads = 2}, sink);
#pragma once

#include "engine/input/grid.h"
#include "engine/input/input.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace appraise {

struct FileTask {
  std::string path; // to open
  std::string file; // as named
  Date reporting_date;
  const RecordType* type = nullptr;
  const Layout* layout = nullptr;
  std::string sheet{};    // of a workbook; empty: the one whose heads fit
  std::string encoding{}; // that the user names; empty: found
  ReadLimits limits{};
  std::vector<std::size_t> unread{}; // text fields whose texts nobody looks at: they are checked, and not kept
};

// What takes the batches of one part of a file, on one thread, in the order of rows.
class BatchSink {
public:
  virtual ~BatchSink() = default;
  virtual void take(Batch& batch) = 0; // may move from it; lines count from the beginning of the part
  virtual void end() {}                // no more rows: still on the part's own thread
};

class FileSink {
public:
  virtual ~FileSink() = default;
  virtual std::unique_ptr<BatchSink> part() = 0; // not at the same time as another call
  // In the order of the file; `lines_before` physical lines stand before the part.
  virtual void join(std::unique_ptr<BatchSink> part, std::int64_t lines_before) = 0;
  virtual void restart() = 0; // all that was joined is void
};

// Keeps every batch.
class BatchKeeper : public FileSink {
public:
  std::unique_ptr<BatchSink> part() override;
  void join(std::unique_ptr<BatchSink> part, std::int64_t lines_before) override;
  void restart() override { batches.clear(); }
  std::vector<Batch> batches;
};

struct FileResult {
  bool readable = false; // as a table; if not, `problems` say why
  Source source;         // without sha256
  Problems problems;
};

FileResult read_file(const FileTask& task, const Roster& roster, const ReadOptions& options, FileSink& sink);

// The column that holds a record's own number, for messages: the text part of the key, or the number of the record that
// a side record belongs to; nullopt when there is none.
std::optional<std::size_t> number_field(const RecordType& type);

} // namespace appraise
