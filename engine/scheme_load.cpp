#include "engine/scheme.h"
#include "engine/scheme_checks.h"
#include "engine/scheme_units.h"
#include "engine/scoring/rule.h"

namespace appraise {

namespace {

constexpr int kMostPlaces = 6; // more would leave the guard of a rounding in a sheet too few digits

// "…/schemes/<family>/<year>.toml" → "<family>/<year>"
std::string id_of(const std::string& file) {
  std::string id = file;
  if (id.size() > 5 && id.compare(id.size() - 5, 5, ".toml") == 0) id.resize(id.size() - 5);
  const std::size_t last = id.find_last_of('/');
  if (last == std::string::npos || last == 0) return id;
  const std::size_t before = id.find_last_of('/', last - 1);
  return before == std::string::npos ? id : id.substr(before + 1);
}

Slice slice(const Setting& table, std::string id, Problems& problems) {
  Reader reader(table, problems);
  Slice result;
  result.id = std::move(id);
  const Setting* from = reader.required("from", Setting::Kind::date);
  const Setting* to = reader.required("to", Setting::Kind::date);
  reader.finish();
  if (from != nullptr) result.from = from->date;
  if (to != nullptr) result.to = to->date;
  if (from != nullptr && to != nullptr && to->date < from->date) {
    reader.problem("to", "period-reversed", to->date.text(), from->date.text());
  }
  return result;
}

void rounding(Reader& reader, Scheme& scheme) {
  const Setting* table = reader.optional("rounding", Setting::Kind::table);
  if (table == nullptr) return;
  Reader own(*table, reader.problems());
  own.one_of("at", {"item"}, "item");
  if (const auto places = own.number("places")) {
    if (places->is_integer() && places->sign() >= 0 && *places <= Number(kMostPlaces)) {
      scheme.places = static_cast<int>(places->to_integer());
      scheme.places_named = true;
    } else {
      own.problem("places", "number-range", places->text(), "0 … " + std::to_string(kMostPlaces));
    }
  }
  if (own.one_of("mode", {"half up", "half even"}, "half up") == "half even") scheme.mode = Rounding::half_even;
  own.finish();
}

// Points and other figures that must not be negative.
std::optional<Number> amount(Reader& reader, const std::string& name) {
  std::optional<Number> result = reader.number(name);
  if (result && result->sign() <= 0) reader.problem(name, "number-range", result->text(), "> 0");
  return result;
}

Node read_node(const Setting& table, Problems& problems) {
  Reader reader(table, problems);
  Node result;
  result.place = table.place;
  result.id = reader.text("id");
  result.title = reader.text("title");
  result.points = amount(reader, "points");
  reader.finish();
  return result;
}

void scoring(Reader& reader, Item& item) {
  const Setting* table = reader.required("scoring", Setting::Kind::table);
  if (table == nullptr) return;
  Reader own(*table, reader.problems());
  const Setting* name = own.required("rule", Setting::Kind::text);
  if (name == nullptr) return;
  const ScoringRule* rule = find_scoring_rule(name->text);
  if (rule == nullptr) {
    std::vector<std::string> names;
    for (const ScoringRule* known : scoring_rules())
      names.push_back(known->name());
    own.problem("rule", "rule-unknown", name->text, {}, nearest_names(name->text, names));
    return;
  }
  item.scoring = rule->check(own, item);
  item.scoring.rule = name->text;
  item.scoring.places["rule"] = name->place;
  own.finish();
}

void tasks(Reader& reader, Item& item) {
  for (const Number& task : reader.numbers("tasks")) {
    if (task.is_integer()) {
      item.tasks.push_back(task.to_integer());
    } else {
      reader.problem("tasks", "number-range", task.text(), "1, 2, 3 …");
    }
  }
}

struct Defaults {
  std::string when_empty;
  std::string when_unavailable;
};

Item read_item(const Setting& table, const Defaults& defaults, const Scheme& scheme, Problems& problems) {
  Reader reader(table, problems);
  Item result;
  result.place = table.place;
  result.id = reader.text("id");
  result.node = reader.text("node", "");
  result.title = reader.text("title");
  result.indicator = reader.text("indicator");
  result.points = amount(reader, "points");
  result.bonus = reader.flag("bonus", false);
  result.form_number = reader.text("form_number", "");
  result.note = reader.text("note", "");
  result.counts = reader.one_of("counts", {"rows", "verified, else rows"}, "rows");
  result.references = reader.texts("reference");
  tasks(reader, result);
  const bool ranks = scheme.gives == "ranks";
  result.when_empty = reader.one_of("when_empty", {"zero", "full", "not assessed"},
                                    ranks && defaults.when_empty.empty() ? "zero" : defaults.when_empty);
  result.provided = reader.texts("provided");
  result.when_unavailable = reader.one_of("when_unavailable", {"zero", "not assessed"}, defaults.when_unavailable);
  result.min_denominator = amount(reader, "min_denominator");
  result.when_too_few =
      reader.one_of("when_too_few", {"zero", "not assessed"}, result.min_denominator ? std::string{} : "zero");
  scoring(reader, result);
  reader.finish();
  return result;
}

} // namespace

Scheme Scheme::load(const std::string& text, const std::string& file, const Catalogue& catalogue, Problems& problems) {
  const std::size_t before = problems.size();
  const Setting root = parse_settings(text, file, problems);
  Scheme scheme;
  scheme.file = file;
  scheme.id = id_of(file);
  if (problems.size() > before) return scheme;

  Reader reader(root, problems);
  scheme.title = reader.text("title");
  scheme.example = reader.flag("example", false);
  scheme.units = reader.text("units", "");
  if (!parse_units(scheme.units)) {
    reader.problem("units", "units-condition", scheme.units, "level = '…' and parent = '…'");
  }
  scheme.groups = reader.text("groups", "");
  scheme.gives = reader.one_of("gives", {"points", "ranks"}, "points");
  scheme.points = amount(reader, "points");
  rounding(reader, scheme);
  scheme.ties = reader.one_of("ties", {"same rank, next skipped"}, "same rank, next skipped");
  if (reader.one_of("claimed_twice", {"first", "none"}, "first") == "none") scheme.claimed_twice = ClaimRule::none;
  scheme.references = reader.texts("reference");
  scheme.note = reader.text("note", "");
  Defaults defaults;
  if (reader.has("when_empty")) defaults.when_empty = reader.one_of("when_empty", {"zero", "full", "not assessed"});
  defaults.when_unavailable = reader.one_of("when_unavailable", {"zero", "not assessed"}, "zero");
  scheme.unavailable_state = reader.one_of("when_unavailable_state", {"not reported", "not in source"}, "not reported");
  if (const Setting* period = reader.required("period", Setting::Kind::table)) {
    scheme.period = slice(*period, "period", problems);
  }
  for (const Setting* base : reader.tables("base")) {
    scheme.bases.push_back(slice(*base, "base" + std::to_string(scheme.bases.size() + 1), problems));
  }
  const std::vector<const Setting*> nodes = reader.tables("node");
  for (const Setting* table : nodes)
    scheme.nodes.push_back(read_node(*table, problems));
  const std::vector<const Setting*> items = reader.tables("item");
  if (items.empty()) reader.required("item", Setting::Kind::list);
  for (const Setting* table : items)
    scheme.items.push_back(read_item(*table, defaults, scheme, problems));
  reader.finish();
  check_scheme(scheme, {root, nodes, items}, catalogue, problems);
  return scheme;
}

} // namespace appraise
