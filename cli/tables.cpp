#include "cli/tables.h"

#include "engine/input/heads.h"

#include <algorithm>

namespace appraise::cli {

namespace {

std::size_t fitting(const std::vector<HeadMatch>& matches) {
  return static_cast<std::size_t>(
      std::count_if(matches.begin(), matches.end(), [](const HeadMatch& match) { return !match.field.empty(); }));
}

const RecordType* named_type(const Home& home, const std::string& name) {
  std::vector<std::string> names;
  for (const RecordType& type : home.types.types) {
    if (type.id == name || type.title == name) return &type;
    names.push_back(type.id);
  }
  throw Error(ExitCode::usage,
              Problem{.rule = "record-type-unknown", .found = name, .nearest = nearest_names(name, names)});
}

} // namespace

void add_export_options(CommandLine& line, ExportOptions& options) {
  line.option("--layout", options.layout, "option.layout", "NAME");
  line.option("--type", options.type, "option.type", "TYPE");
  line.option("--sheet", options.sheet, "option.sheet", "NAME");
  line.read_options(options.open);
}

HeadView look_at_heads(const Home& home, const std::string& file, const ExportOptions& options) {
  const std::string& layout = options.layout;
  const auto found = home.layouts.find(layout);
  if (found == home.layouts.end()) {
    std::vector<std::string> names;
    for (const auto& [id, unused] : home.layouts)
      names.push_back(id);
    throw Error(ExitCode::usage,
                Problem{.rule = "layout-unknown", .found = layout, .nearest = nearest_names(layout, names)});
  }
  const RecordType* const only = options.type.empty() ? nullptr : named_type(home, options.type);
  OpenTable table(file, file, options.open);
  const std::size_t named = options.sheet.empty() ? SIZE_MAX : table.sheet(options.sheet);

  HeadView view;
  for (std::size_t i = 0; i < table.sheets().size(); ++i) {
    if (named != SIZE_MAX && i != named) continue;
    Problems problems;
    const std::vector<CsvRow> first = table.first_rows(i, kHeadSearchRows, problems);
    const ExitCode code = OpenTable::exit_code(problems);
    if (!problems.empty()) throw Error(code, std::move(problems));
    if (first.empty()) continue;
    for (const RecordType& candidate : home.types.types) {
      if (only != nullptr && &candidate != only) continue;
      if (found->second.type != "*" && found->second.type != candidate.id) continue;
      Problems ignored;
      const Heads heads = find_heads(first, found->second, candidate, file, ignored);
      auto matches = match_heads(heads.texts, found->second, candidate);
      if (view.type != nullptr && fitting(matches) <= fitting(view.matches)) continue;
      view.type = &candidate;
      view.sheet = table.sheets()[i].name;
      view.line = heads.line;
      view.heads = heads.texts;
      view.matches = std::move(matches);
    }
  }
  if (view.type == nullptr) {
    if (only != nullptr && found->second.type != "*" && found->second.type != only->id) {
      throw Error(ExitCode::usage, Problem{.rule = "layout-other-type", .found = layout, .expected = only->id});
    }
    throw Error(ExitCode::input, Problem{.rule = "file-empty", .place = {.file = file}});
  }
  view.file = file;
  view.encoding = table.workbook() ? "XLSX" : table.form().encoding;
  for (const Field& field : view.type->fields) {
    const bool there = std::any_of(view.matches.begin(), view.matches.end(),
                                   [&](const HeadMatch& match) { return match.field == field.id; });
    const LayoutField* said = found->second.field(field.id);
    const bool always = said != nullptr && !said->always.empty();
    if (field.required && !field.derived && !there && !always) view.missing.push_back(&field);
  }
  return view;
}

FileTask task_of(const Home& home, const HeadView& view, const ExportOptions& options) {
  return {.path = view.file,
          .file = view.file,
          .reporting_date = {},
          .type = view.type,
          .layout = &home.layouts.at(options.layout),
          .sheet = options.sheet,
          .encoding = options.open.encoding,
          .limits = options.open.limits};
}

void stop_if_unreadable(FileResult& result) {
  if (result.readable) return;
  const ExitCode code = OpenTable::exit_code(result.problems);
  throw Error(code, std::move(result.problems));
}

void load_roster(const std::string& file, Case& appraised) {
  const std::string roster = file.empty() ? appraised.home.folder + "/templates/parameters/regions.csv" : file;
  Problems problems;
  appraised.roster = Roster::load(read_bytes(roster), roster, problems);
  if (!problems.empty()) throw Error(ExitCode::input, std::move(problems));
}

} // namespace appraise::cli
