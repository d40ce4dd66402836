// appraise indicators list|show ID: what each indicator counts, in words and as SQL, what it rests on, and its worked
// examples.
#include "cli/pipeline.h"
#include "engine/measures/measure.h"
#include "engine/worked_examples.h"
#include "reports/render/indicator_json.h"

#include <array>
#include <filesystem>
#include <fmt/core.h>
#include <memory>
#include <sstream>
#include <system_error>

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

template <typename Print> std::string dialects(const Print& print_in) {
  static constexpr std::array<std::pair<const char*, SqlDialect>, 3> kDialects = {
      {{"PostgreSQL", SqlDialect::postgresql}, {"ClickHouse", SqlDialect::clickhouse}, {"SQLite", SqlDialect::sqlite}}};
  std::string result;
  for (const auto& [title, dialect] : kDialects) {
    const std::string text = print_in(dialect);
    if (!text.empty()) result += fmt::format("  {:<10}  {}\n", title, text);
  }
  return result;
}

std::string in_sql(const Session& session, const char* name, const std::shared_ptr<const Condition>& condition) {
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
  return result + dialects([&](SqlDialect dialect) { return condition->sql(dialect); });
}

std::string aggregate(const Session& session, const Indicator& indicator) {
  const Measure& measure = *find_measure(indicator.measure);
  const std::string texts = dialects([&](SqlDialect dialect) { return measure.sql(indicator, dialect); });
  if (texts.empty()) return {};
  return "\n" + line(session, "aggregate", say(session, "help.indicators.of-each-unit")) + texts;
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
  result += line(session, "numerator", indicator.numerator);
  result += line(session, "denominator", indicator.denominator);
  result += line(session, "expression", indicator.expression);
  if (indicator.per != Number(1)) result += line(session, "per", indicator.per.text());
  if (indicator.operands.empty()) {
    result +=
        line(session, "scope",
             say(session, indicator.with_descendants ? "help.indicators.with-descendants" : "help.indicators.own"));
  }
  if (indicator.measure == "quantile") result += line(session, "probability", indicator.probability.text());
  if (!indicator.by.empty()) result += line(session, "by", say(session, "help.indicators.by-" + indicator.by));
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
  result += aggregate(session, indicator);
  return result;
}

std::string examples_file(const std::string& id) {
  return "tests/examples/indicators/" + id + ".toml";
}

// None where the indicator has no file of them; one that is there and cannot be read is an Error.
std::vector<WorkedExample> examples_of(const Session& session, const std::string& id) {
  namespace fs = std::filesystem;
  const fs::path path = fs::path(session.home) / examples_file(id);
  std::error_code unknown;
  if (fs::status(path, unknown).type() == fs::file_type::not_found) return {};
  Problems problems;
  std::vector<WorkedExample> examples = worked_examples(read_bytes(path.string()), examples_file(id), problems);
  if (!problems.empty()) throw Error(ExitCode::scheme, std::move(problems));
  return examples;
}

std::string as_written(const Session& session, const std::string& id, const std::vector<WorkedExample>& examples) {
  if (examples.empty()) return {};
  std::string result = "\n" + line(session, "examples", examples_file(id));
  for (const WorkedExample& example : examples) {
    result += "\n";
    std::istringstream lines(example.text);
    for (std::string text; std::getline(lines, text);)
      result += text.empty() ? "\n" : "    " + text + "\n";
  }
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
  const std::vector<WorkedExample> examples = examples_of(session, indicator->id);
  print(options.json ? indicator_json(*indicator, examples)
                     : in_words(session, *indicator) + as_written(session, indicator->id, examples));
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
