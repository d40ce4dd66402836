#include "engine/digest.h"
#include "engine/input/identity.h"
#include "engine/input/parallel.h"
#include "engine/input/reader.h"

#include <algorithm>

namespace appraise {

namespace {

// The files of all inputs in the order of results.
std::vector<FileTask> list_files(Appraisal appraisal, const std::string& folder, const RecordTypes& types,
                                 const std::map<std::string, Layout>& layouts, const Layout& plain,
                                 Problems& problems) {
  const bool resolved = std::any_of(appraisal.inputs.begin(), appraisal.inputs.end(),
                                    [](const Input& input) { return !input.files.empty(); });
  if (!resolved) resolve_files(appraisal, folder, problems);
  std::vector<FileTask> tasks;
  for (const Input& input : appraisal.inputs) {
    const RecordType* type = types.find(input.type);
    if (type == nullptr) {
      std::vector<std::string> names;
      for (const RecordType& known : types.types)
        names.push_back(known.id);
      problems.push_back({.rule = "record-type-unknown",
                          .place = input.place,
                          .found = input.type,
                          .nearest = nearest_names(input.type, names)});
      continue;
    }
    const Layout* layout = &plain;
    if (!input.layout.empty()) {
      const auto found = layouts.find(input.layout);
      if (found == layouts.end() || (found->second.type != input.type && found->second.type != "*")) {
        std::vector<std::string> names;
        for (const auto& [id, known] : layouts) {
          if (known.type == input.type || known.type == "*") names.push_back(id);
        }
        problems.push_back({.rule = found == layouts.end() ? "layout-unknown" : "layout-other-type",
                            .place = input.place,
                            .found = input.layout,
                            .expected = input.type,
                            .nearest = names});
        continue;
      }
      layout = &found->second;
    }
    for (const std::string& file : input.files) {
      const bool absolute = !file.empty() && file.front() == '/';
      std::string path = absolute || folder.empty() ? std::string() : folder + "/";
      path += file;
      tasks.push_back({.path = std::move(path),
                       .file = file,
                       .reporting_date = input.reporting_date,
                       .type = type,
                       .layout = layout});
    }
  }
  return tasks;
}

} // namespace

Records read_records(const Appraisal& appraisal, const std::string& folder, const RecordTypes& types,
                     const std::map<std::string, Layout>& layouts, const Roster& roster, const ReadOptions& options,
                     Problems& problems) {
  const std::size_t before = problems.size();
  const Layout plain;
  const std::vector<FileTask> tasks = list_files(appraisal, folder, types, layouts, plain, problems);
  bool readable = problems.size() == before;
  std::vector<FileResult> results(tasks.size());
  std::vector<BatchKeeper> kept(tasks.size());
  const bool many = tasks.size() > 1; // then each file is read by one thread
  const ReadOptions each{.batch_rows = options.batch_rows, .threads = many ? 1 : options.threads};
  in_parallel(tasks.size(), options.threads, [&](std::size_t i) {
    const Timed timed(options.profile, Stage::read);
    results[i] = read_file(tasks[i], roster, each, kept[i]);
    if (results[i].readable) results[i].source.sha256 = sha256_of(read_bytes(tasks[i].path));
  });

  Records records;
  for (const RecordType& type : types.types)
    records.tables[type.id].type = &type;
  for (std::size_t i = 0; i < results.size(); ++i) {
    FileResult& result = results[i];
    readable = readable && result.readable;
    problems.insert(problems.end(), result.problems.begin(), result.problems.end());
    Table& table = records.tables[tasks[i].type->id];
    for (Batch& batch : kept[i].batches) {
      batch.source = static_cast<std::uint32_t>(table.sources.size());
      table.batches.push_back(std::move(batch));
    }
    table.sources.push_back(std::move(result.source));
  }
  if (!readable) throw Error(ExitCode::input, std::move(problems));

  const Timed timed(options.profile, Stage::identity);
  std::map<std::string, RecordIndex> indexes;
  for (const RecordType& type : types.types)
    indexes[type.id].build(records.tables[type.id], roster, problems);
  for (const RecordType& type : types.types) {
    if (type.via.empty()) continue;
    indexes[type.via].attach(records.tables[type.id], records.tables[type.via], problems);
  }
  return records;
}

} // namespace appraise
