#include "cli/tables.h"

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

HeadView look_at_heads(const Home& home, const std::string& file, const std::string& layout, const std::string& type) {
  Problems problems;
  const auto decoded = decode(read_bytes(file), file, problems);
  std::vector<CsvRow> rows;
  if (decoded) rows = split_csv(decoded->text, file, problems);
  if (rows.empty()) {
    if (problems.empty()) problems.push_back({.rule = "file-empty", .place = {.file = file}});
    throw Error(ExitCode::input, std::move(problems));
  }
  const auto found = home.layouts.find(layout);
  if (found == home.layouts.end()) {
    std::vector<std::string> names;
    for (const auto& [id, unused] : home.layouts)
      names.push_back(id);
    throw Error(ExitCode::usage,
                Problem{.rule = "layout-unknown", .found = layout, .nearest = nearest_names(layout, names)});
  }

  HeadView view;
  view.file = file;
  view.encoding = decoded->encoding;
  view.heads = rows.front().fields;
  for (const RecordType& candidate : home.types.types) {
    if (!type.empty() && &candidate != named_type(home, type)) continue;
    auto matches = match_heads(view.heads, found->second, candidate);
    if (view.type == nullptr || fitting(matches) > fitting(view.matches)) {
      view.type = &candidate;
      view.matches = std::move(matches);
    }
  }
  for (const Field& field : view.type->fields) {
    const bool there = std::any_of(view.matches.begin(), view.matches.end(),
                                   [&](const HeadMatch& match) { return match.field == field.id; });
    if (field.required && !field.derived && !there) view.missing.push_back(&field);
  }
  return view;
}

} // namespace appraise::cli
