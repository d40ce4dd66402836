// appraise indicators list|show ID: what each indicator counts, in words and as SQL, and what it rests on.
#include "cli/pipeline.h"
#include "reports/render/indicator_json.h"

#include <array>
#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace {

struct Options {
  std::string id;
  bool json = false;
};

// A line of `show`: its name in a column of its own, nothing where there is nothing to say.
std::string line(const Session& session, const char* name, const std::string& value) {
  if (value.empty()) return {};
  const std::string said = say(session, std::string("help.indicators.") + name);
  return say(session, "help.indicators.line", {{"name", said}, {"value", value}}) + "\n";
}

std::string in_sql(const Session& session, const char* name, const std::shared_ptr<const Condition>& condition) {
  static constexpr std::array<std::pair<const char*, SqlDialect>, 3> kDialects = {
      {{"PostgreSQL", SqlDialect::postgresql}, {"ClickHouse", SqlDialect::clickhouse}, {"SQLite", SqlDialect::sqlite}}};
  if (condition == nullptr) return {};
  std::string result = "\n" + line(session, name, condition->words());
  for (const auto& parameter : condition->parameters()) {
    for (const ParameterValue& value : parameter->values) {
      result += say(session, "help.indicators.parameter",
                    {{"name", parameter->id},
                     {"value", value.text + parameter->unit},
                     {"from", value.from.text()},
                     {"reference", value.reference}}) +
                "\n";
    }
  }
  for (const auto& [title, dialect] : kDialects)
    result += fmt::format("  {:<10}  {}\n", title, condition->sql(dialect));
  return result;
}

std::string in_words(const Session& session, const Indicator& indicator) {
  const char* const between = session.language == Language::chinese ? "；" : "; ";
  const auto joined = [&](const auto& parts, const auto& text_of) {
    std::string result;
    for (const auto& part : parts)
      result += (result.empty() ? "" : between) + text_of(part);
    return result;
  };
  std::string result = fmt::format("{}  {}\n", indicator.id, indicator.title);
  result += line(session, "definition", indicator.definition);
  result += line(session, "measure", say(session, "measure." + indicator.measure));
  result += line(session, "unit", indicator.unit);
  result += line(session, "of", indicator.of);
  if (!indicator.numerator.empty()) {
    result += line(session, "numerator", indicator.numerator);
    result += line(session, "denominator", indicator.denominator);
    if (indicator.per != Number(1)) result += line(session, "per", indicator.per.text());
  } else {
    result +=
        line(session, "scope",
             say(session, indicator.with_descendants ? "help.indicators.with-descendants" : "help.indicators.own"));
  }
  if (indicator.measure == "quantile") result += line(session, "probability", indicator.probability.text());
  result += line(session, "better", say(session, "help.indicators.better-" + indicator.better));
  result += line(session, "date-basis", indicator.date_basis);
  if (indicator.min_denominator) result += line(session, "min-denominator", indicator.min_denominator->text());
  result += line(session, "in-force", indicator.in_force.text());
  result += line(session, "tasks", joined(indicator.tasks, [](std::int64_t task) { return std::to_string(task); }));
  result += line(session, "reference", joined(indicator.references, [](const std::string& text) { return text; }));
  result += line(session, "file", indicator.place.file);
  result += in_sql(session, "where", indicator.where);
  result += in_sql(session, "that", indicator.that);
  result += in_sql(session, "value", indicator.value);
  return result;
}

int list(const Session& session, const Options& options) {
  Home home;
  load_home(session, home);
  if (options.json) {
    print(indicators_json(home.catalogue.indicators));
    return 0;
  }
  std::string result;
  std::string family;
  for (const Indicator& indicator : home.catalogue.indicators) {
    if (indicator.family != family) result += (family.empty() ? "" : "\n") + indicator.family + "\n";
    family = indicator.family;
    result += fmt::format("  {:<36}  {}\n", indicator.id, indicator.title);
  }
  print(result);
  return 0;
}

int show(const Session& session, const Options& options) {
  Home home;
  load_home(session, home);
  const Indicator* indicator = home.catalogue.find(options.id);
  if (indicator == nullptr) {
    throw Error(ExitCode::usage, Problem{.rule = "indicator-unknown",
                                         .found = options.id,
                                         .nearest = nearest_names(options.id, home.catalogue.ids())});
  }
  print(options.json ? indicator_json(*indicator) : in_words(session, *indicator));
  return 0;
}

} // namespace

Action add_indicators(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  CommandLine list_line = line.subcommand("list", "help.indicators.list");
  list_line.flag("--json", options->json, "option.indicators.json");
  CommandLine show_line = line.subcommand("show", "help.indicators.show");
  show_line.argument("ID", options->id, "option.indicator");
  show_line.flag("--json", options->json, "option.indicators.json");
  return
      [options, list_line, &session] { return list_line.chosen() ? list(session, *options) : show(session, *options); };
}

} // namespace appraise::cli
