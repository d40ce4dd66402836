// appraise explain RUN --unit CODE --item ID: the rule in words, the numbers put in, and file, row and number of each
// record counted or left out. The rows are found by reading the inputs again.
#include "cli/pipeline.h"
#include "engine/scoring/rule.h"
#include "reports/build/state_words.h"
#include "reports/texts/rule_sentence.h"

#include <algorithm>
#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace {

struct Options {
  std::string path;
  std::string unit;
  std::string item;
};

std::string shown(const Number& number) {
  const std::string exact = number.text();
  return exact.find('/') == std::string::npos ? exact : exact + " ≈ " + number.decimal(6);
}

std::size_t find_unit(const Case& appraised, const std::string& wanted) {
  const auto index = appraised.roster.find(wanted);
  const auto& units = appraised.scorecard.units;
  for (std::size_t i = 0; index && i < units.size(); ++i) {
    if (units[i].unit == *index) return i;
  }
  std::vector<std::string> names;
  for (const UnitResult& unit : units) {
    names.push_back(appraised.roster[unit.unit].code);
    names.push_back(appraised.roster[unit.unit].name);
  }
  throw Error(ExitCode::usage,
              Problem{.rule = "unit-not-appraised", .found = wanted, .nearest = nearest_names(wanted, names)});
}

std::size_t find_item(const Scheme& scheme, const std::string& wanted) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < scheme.items.size(); ++i) {
    const Item& item = scheme.items[i];
    if (item.id == wanted || item.title == wanted || (!item.form_number.empty() && item.form_number == wanted))
      return i;
    names.push_back(item.id);
    names.push_back(item.title);
  }
  throw Error(ExitCode::usage,
              Problem{.rule = "item-unknown", .found = wanted, .nearest = nearest_names(wanted, names)});
}

std::string slice_name(const Session& session, const Slice& slice) {
  return say(session, slice.id == "period" ? "help.slice.period" : "help.slice.base") + " " + slice.from.text() + ".." +
         slice.to.text();
}

std::string value_line(const Session& session, const Indicator& indicator, const Slice& slice, const Value& value) {
  const std::string title = indicator.title;
  if (value.state != ValueState::value) {
    const std::string state = value.state == ValueState::empty ? "state.no cases" : "state.not reported";
    return say(session, "help.explain.state",
               {{"indicator", title}, {"slice", slice_name(session, slice)}, {"state", say(session, state)}});
  }
  const Number figure = value.numerator * indicator.per / value.denominator;
  const bool percent = indicator.unit == "%";
  const Facts facts{{"indicator", title},
                    {"slice", slice_name(session, slice)},
                    {"numerator", shown(value.numerator)},
                    {"denominator", shown(value.denominator)},
                    {"value", percent ? (figure * Number(100)).decimal(2) : shown(figure)},
                    {"unit", indicator.unit}};
  return say(session, has_denominator(indicator) ? "help.explain.value" : "help.explain.count", facts);
}

std::string row_line(const Session& session, const TracedRow& traced) {
  const Table& table = *traced.row.table;
  const Batch& batch = *traced.row.batch;
  const Source& source = table.sources[batch.source];
  std::string number;
  if (!table.type->via_field.empty()) {
    number = batch.text(*table.type->field(table.type->via_field), traced.row.row);
  } else {
    for (const KeyPart& part : table.type->key) {
      if (!part.year && table.type->fields[part.fields.front()].type == FieldType::text) {
        number = batch.text(part.fields.front(), traced.row.row);
      }
    }
  }
  constexpr const char* kVerdicts[] = {"verdict.met", "verdict.not_met", "verdict.unknown_that",
                                       "verdict.left_out_missing"};
  std::string verdict = say(session, kVerdicts[static_cast<std::size_t>(traced.verdict)]);
  if (!traced.missing_field.empty()) {
    const auto field = table.type->field(traced.missing_field);
    verdict += say(session, "help.explain.missing",
                   {{"field", field ? table.type->fields[*field].title : traced.missing_field}});
  }
  const std::string place = source.sheet.empty() ? source.file : source.file + " › " + source.sheet;
  return fmt::format("  {}:{}  {}  {}\n", place, batch.lines[traced.row.row], number, verdict);
}

// One indicator on one slice: its figure, its definition, its rows. What is made of other figures is told through them.
std::string evidence(const Session& session, const Case& appraised, std::int32_t unit, const std::string& id,
                     const Slice& slice) {
  const Indicator& indicator = *appraised.home.catalogue.find(id);
  const Values& values = appraised.values;
  const Value& value = values.at(unit, values.indicator(id), values.slice(slice.id));
  std::string result = value_line(session, indicator, slice, value) + "\n";
  result += say(session, "help.explain.definition", {{"definition", indicator.definition}}) + "\n";
  if (indicator.where) result += say(session, "help.explain.condition", {{"where", indicator.where->words()}}) + "\n";
  if (indicator.that) result += say(session, "help.explain.that", {{"that", indicator.that->words()}}) + "\n";
  if (indicator.combination) {
    const auto title = [&](const Ref& ref) { return appraised.home.catalogue.find(ref.row)->title; };
    result += say(session, "help.explain.formula", {{"formula", print_words(*indicator.combination, title)}}) + "\n";
  }
  if (!value.note.empty())
    result += say(session, "help.explain.source", {{"note", note_words(value.note, session.language)}}) + "\n";
  for (const std::string& part : indicator.operands)
    result += "\n" + evidence(session, appraised, unit, part, slice);
  if (!indicator.operands.empty()) return result;
  std::string rows;
  std::int64_t count = 0;
  trace(plan_input(session, appraised), unit, id, slice, [&](const TracedRow& traced) {
    if (traced.verdict == Verdict::outside) return;
    rows += row_line(session, traced);
    ++count;
  });
  return result + say(session, "help.explain.rows", {{"count", std::to_string(count)}}) + "\n" + rows;
}

// 274（调处专利纠纷 分子）
std::string number_put_in(const Session& session, const Case& appraised, const Ref& ref, const Result& value) {
  std::string name = ref.row;
  if (ref.table == "value") {
    const Indicator* indicator = appraised.home.catalogue.find(ref.row.substr(0, ref.row.find('@')));
    if (indicator != nullptr) name = indicator->title;
    if (ref.row.find("@base") != std::string::npos) name += " " + say(session, "help.slice.base");
  }
  if (has_text("leaf." + ref.column)) name += " " + say(session, "leaf." + ref.column);
  const auto* number = std::get_if<Number>(&value);
  return number == nullptr ? name : say(session, "leaf.put in", {{"number", number->text()}, {"name", name}});
}

int explain(const Session& session, const Options& options) {
  auto appraised = std::make_unique<Case>();
  open(session, options.path, *appraised);
  read(session, *appraised);
  compute_all(session, *appraised);
  const Scorecard& card = appraised->scorecard;
  const std::size_t position = find_unit(*appraised, options.unit);
  const std::size_t item_index = find_item(appraised->scheme, options.item);
  const UnitResult& unit = card.units[position];
  const Item& item = appraised->scheme.items[item_index];
  const ItemResult& result = unit.items[item_index];

  std::string output = say(session, "help.explain.title",
                           {{"unit", appraised->roster[unit.unit].name},
                            {"code", appraised->roster[unit.unit].code},
                            {"item", (item.form_number.empty() ? "" : item.form_number + " ") + item.title}}) +
                       "\n";
  output += say(session, "help.explain.rule",
                {{"rule", rule_sentence(item, appraised->scheme, appraised->home.catalogue, session.language)}}) +
            "\n";
  std::string references;
  for (const std::string& reference : item.references)
    references += (references.empty() ? "" : "；") + reference;
  output += say(session, "help.explain.reference", {{"reference", references}}) + "\n";
  if (result.points) {
    output += say(session, "help.explain.points", {{"points", result.points->text()}}) + "\n";
  } else if (result.state != State::scored) {
    output += say(session, "help.explain.points", {{"points", say(session, "state." + state_id(result.state))}}) + "\n";
  }
  const Lookup lookup = lookup_of(card, position);
  const auto word = [&](const std::string& id) { return has_text(id) ? say(session, id) : id; };
  const auto put_in = [&](const Ref& ref) { return number_put_in(session, *appraised, ref, lookup.cell(ref)); };
  if (const Expr& tree = card.item_trees[item_index]; tree && result.points) {
    output +=
        say(session, "help.explain.formula", {{"formula", print_words(*taken(tree, lookup), put_in, word)}}) + "\n";
  }
  std::vector<std::string> needed = item.indicators();
  for (const std::string& id : needed) {
    for (const Slice& slice : appraised->scheme.slices()) {
      if (slice.id != "period" && item.scoring.rule != "growth") continue;
      output += "\n" + evidence(session, *appraised, unit.unit, id, slice);
    }
  }
  print(output);
  return 0;
}

} // namespace

Action add_explain(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("RUN", options->path, "option.run-folder");
  line.required("--unit", options->unit, "option.unit", "CODE");
  line.required("--item", options->item, "option.item", "ID");
  return [options, &session] { return explain(session, *options); };
}

} // namespace appraise::cli
