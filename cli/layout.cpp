// appraise layout check FILE: how each head was matched, and lines to paste for those that were not.
#include "cli/tables.h"

#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace {

struct Options {
  std::string file;
  ExportOptions reading;
};

std::string lines_to_paste(const Session& session, const HeadView& view) {
  std::string lines;
  for (const HeadMatch& match : view.matches) {
    if (!match.field.empty() || match.ignored || match.head.empty()) continue;
    const RecordType& type = *view.type;
    std::string field = "…";
    if (!match.nearest.empty()) {
      for (const Field& candidate : type.fields) {
        if (candidate.title == match.nearest.front() || candidate.id == match.nearest.front()) field = candidate.id;
      }
    }
    lines += fmt::format("\n[[field]]\nfield = \"{}\"\nheads = [\"{}\"]\n", field, match.head);
  }
  return lines.empty() ? lines : "\n" + say(session, "help.layout.paste") + "\n" + lines;
}

int check(const Session& session, const Options& options) {
  Home home;
  load_home(session, home);
  const HeadView view = look_at_heads(home, options.file, options.reading);
  std::string result = say(session, "help.layout.head",
                           {{"file", view.file + (view.sheet.empty() ? "" : " › " + view.sheet)},
                            {"encoding", view.encoding},
                            {"type", view.type->title},
                            {"id", view.type->id}}) +
                       "\n";
  bool unknown = false;
  for (const HeadMatch& match : view.matches) {
    std::string verdict;
    if (match.ignored) {
      verdict = say(session, "help.layout.ignored");
    } else if (match.head.empty()) {
      continue;
    } else if (match.field.empty()) {
      unknown = true;
      verdict = say(session, "help.layout.unknown");
      for (std::size_t i = 0; i < match.nearest.size(); ++i) {
        verdict += (i == 0 ? say(session, "help.layout.nearest") : "、") + match.nearest[i];
      }
    } else {
      verdict = match.field + (match.loose ? say(session, "help.layout.loose") : "");
    }
    result += fmt::format("  {:>3}  {:<24} {}\n", column_letters(match.column), match.head, verdict);
  }
  for (const Field* field : view.missing) {
    result += say(session, "help.layout.missing", {{"field", field->id}, {"title", field->title}}) + "\n";
  }
  result += lines_to_paste(session, view);
  print(result);
  return static_cast<int>(unknown || !view.missing.empty() ? ExitCode::findings : ExitCode::ok);
}

} // namespace

Action add_layout(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  CommandLine check_line = line.subcommand("check", "help.layout.check");
  check_line.argument("FILE", options->file, "option.file");
  add_export_options(check_line, options->reading);
  return [options, &session] { return check(session, *options); };
}

} // namespace appraise::cli
