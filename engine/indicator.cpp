#include "engine/indicator.h"

#include "engine/measures/measure.h"
#include "engine/settings.h"

#include <algorithm>
#include <map>
#include <set>

namespace appraise {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else if (c != '\r') {
      lines.back() += c;
    }
  }
  return lines;
}

std::string after_columns(const std::string& line, std::int64_t columns) {
  std::size_t at = 0;
  for (; columns > 0 && at < line.size(); --columns) {
    ++at;
    while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80)
      ++at;
  }
  return line.substr(at);
}

// Where the text between the quotes begins: TOML drops a newline right after the opening of a text of several lines.
Place text_start(const Setting& setting, const std::vector<std::string>& lines) {
  Place place = setting.place;
  if (place.row < 1 || place.row > static_cast<std::int64_t>(lines.size())) return place;
  const std::string rest = after_columns(lines[static_cast<std::size_t>(place.row - 1)], place.column - 1);
  if (rest.rfind("\"\"\"", 0) != 0 && rest.rfind("'''", 0) != 0) {
    place.column += 1;
  } else if (rest.size() > 3) {
    place.column += 3;
  } else {
    place.row += 1;
    place.column = 1;
  }
  return place;
}

class Loader {
public:
  Loader(const RecordTypes& types, Problems& problems) : types_(types), problems_(problems) {}

  void load(const std::string& file, const std::string& text, Catalogue& catalogue) {
    const std::size_t before = problems_.size();
    const Setting tree = parse_settings(text, file, problems_);
    if (problems_.size() > before) return;
    lines_ = lines_of(text);
    Reader reader(tree, problems_);
    Indicator indicator;
    const std::size_t slash = file.rfind('/');
    const std::size_t start = slash == std::string::npos ? 0 : slash + 1;
    indicator.id = file.substr(start, file.rfind(".toml") - start);
    if (slash != std::string::npos) {
      const std::string folder = file.substr(0, slash);
      indicator.family = folder.substr(folder.rfind('/') + 1);
    }
    indicator.place.file = file;
    describe(reader, indicator);
    measure(reader, indicator);
    reader.finish();
    if (catalogue.find(indicator.id) != nullptr) {
      problems_.push_back({.rule = "indicator-twice",
                           .place = indicator.place,
                           .found = indicator.id,
                           .expected = catalogue.find(indicator.id)->place.file});
      return;
    }
    catalogue.indicators.push_back(std::move(indicator));
  }

  // When all are loaded.
  void check_operands(const Catalogue& catalogue) const {
    for (Problem problem : named_) {
      if (catalogue.find(problem.found) != nullptr) continue;
      problem.nearest = nearest_names(problem.found, catalogue.ids());
      problems_.push_back(std::move(problem));
    }
  }

private:
  void describe(Reader& reader, Indicator& indicator) {
    indicator.title = reader.text("title");
    indicator.unit = reader.text("unit");
    indicator.definition = reader.text("definition", "");
    indicator.better = reader.one_of("better", {"higher", "lower", "range", "none"});
    indicator.date_basis = reader.text("date_basis", "");
    indicator.min_denominator = reader.number("min_denominator");
    if (const Setting* date = reader.required("in_force", Setting::Kind::date)) indicator.in_force = date->date;
    for (const Number& task : reader.numbers("tasks")) {
      if (task.is_integer()) indicator.tasks.push_back(task.to_integer());
    }
    indicator.references = reader.texts("reference");
    const Setting* reference = reader.table().find("reference");
    if (reference == nullptr || (reference->kind == Setting::Kind::list && reference->items.empty())) {
      reader.problem("reference", "missing-key", "reference", "text");
    }
  }

  void measure(Reader& reader, Indicator& indicator) {
    std::vector<std::string> names;
    for (const Measure* known : measures())
      names.push_back(known->name());
    indicator.measure = reader.one_of("measure", names);
    const Measure* found = find_measure(indicator.measure);
    if (found == nullptr) { // its keys cannot be judged
      for (const auto& [key, setting] : reader.table().members)
        reader.has(key);
      return;
    }
    if (found->over_figures()) return figures(reader, indicator);
    const bool rows = found->over_rows();
    indicator.of = rows ? reader.text("of") : reader.text("of", "measured");
    if (rows) indicator.with_descendants = reader.one_of("scope", {"own", "with descendants"}) != "own";
    if (!rows) indicator.with_descendants = false;
    const RecordType* type = types_.find(indicator.of);
    if (type == nullptr && !indicator.of.empty()) {
      std::vector<std::string> ids;
      for (const RecordType& known : types_.types)
        ids.push_back(known.id);
      reader.problem("of", "indicator-record-type", indicator.of, {}, nearest_names(indicator.of, ids));
    }
    indicator.where = condition(reader, "where", type, Condition::Expect::truth, false);
    if (found->needs_that()) indicator.that = condition(reader, "that", type, Condition::Expect::truth, true);
    if (found->needs_value() != MeasureValue::none) {
      const auto expect = found->needs_value() == MeasureValue::number ? Condition::Expect::number
                          : found->needs_value() == MeasureValue::date ? Condition::Expect::date
                                                                       : Condition::Expect::any_field;
      indicator.value = condition(reader, "value", type, expect, true);
    }
    if (found->needs_value() == MeasureValue::date) indicator.by = reader.one_of("by", {"month", "day"}, "month");
    if (indicator.measure == "quantile") probability(reader, indicator);
  }

  void figures(Reader& reader, Indicator& indicator) {
    if (indicator.measure == "combination") return combination(reader, indicator);
    indicator.numerator = operand(reader, "numerator", indicator);
    indicator.denominator = operand(reader, "denominator", indicator);
    if (indicator.measure != "ratio") return;
    if (const auto per = reader.number("per")) indicator.per = *per;
    if (!power_of_ten(indicator.per)) reader.problem("per", "wrong-type", indicator.per.text(), "1, 10, 100 …");
  }

  std::string operand(Reader& reader, const char* key, Indicator& indicator) {
    const Setting* setting = reader.required(key, Setting::Kind::text);
    if (setting == nullptr) return {};
    named_.push_back(
        {.rule = "indicator-unknown", .place = setting->place, .found = setting->text, .excerpt = setting->excerpt});
    indicator.operands.push_back(setting->text);
    return setting->text;
  }

  void combination(Reader& reader, Indicator& indicator) {
    const Setting* setting = reader.required("expression", Setting::Kind::text);
    if (setting == nullptr) return;
    indicator.expression = setting->text;
    const std::size_t before = problems_.size();
    const std::size_t named_before = named_.size();
    indicator.combination = parse_combination(setting->text, text_start(*setting, lines_), problems_, named_);
    quote(problems_, before);
    quote(named_, named_before);
    if (indicator.combination == nullptr) return;
    for (const Ref& ref : references(*indicator.combination))
      indicator.operands.push_back(ref.row);
  }

  void probability(Reader& reader, Indicator& indicator) {
    const Setting* setting = reader.required("probability", Setting::Kind::number);
    if (setting == nullptr) return;
    indicator.probability = setting->number;
    if (setting->number < Number(0) || setting->number > Number(1)) {
      reader.problem("probability", "number-range", setting->number.text(), "0 … 1");
    }
  }

  static bool power_of_ten(const Number& per) {
    for (int exponent = 0; exponent <= 9; ++exponent) {
      if (per == Number::power_of_ten(exponent)) return true;
    }
    return false;
  }

  std::shared_ptr<const Condition> condition(Reader& reader, const char* key, const RecordType* type,
                                             Condition::Expect expect, bool required) {
    const Setting* setting =
        required ? reader.required(key, Setting::Kind::text) : reader.optional(key, Setting::Kind::text);
    if (setting == nullptr || type == nullptr) return nullptr;
    const std::size_t before = problems_.size();
    auto parsed = Condition::parse(setting->text, *type, types_, text_start(*setting, lines_), problems_, expect);
    quote(problems_, before);
    return parsed;
  }

  // The caret stands under the file's own line.
  void quote(Problems& problems, std::size_t from) const {
    for (std::size_t i = from; i < problems.size(); ++i) {
      const std::int64_t row = problems[i].place.row;
      if (row >= 1 && row <= static_cast<std::int64_t>(lines_.size())) {
        problems[i].excerpt = lines_[static_cast<std::size_t>(row - 1)];
      }
    }
  }

  const RecordTypes& types_;
  Problems& problems_;
  Problems named_; // of each indicator that another names: what is to be said if there is none
  std::vector<std::string> lines_;
};

// Indicators that rest on themselves, each circle once.
class Circles {
public:
  Circles(const Catalogue& catalogue, Problems& problems) : catalogue_(catalogue), problems_(problems) {}

  void visit(const Indicator& indicator) {
    if (done_.count(indicator.id) > 0) return;
    const auto open = std::find(path_.begin(), path_.end(), indicator.id);
    if (open != path_.end()) {
      std::string circle;
      for (auto id = open; id != path_.end(); ++id)
        circle += *id + " → ";
      circle += indicator.id;
      if (!told_.insert(circle).second) return; // numerator and denominator may be the same
      problems_.push_back({.rule = "indicator-circle", .place = indicator.place, .found = std::move(circle)});
      return;
    }
    path_.push_back(indicator.id);
    for (const std::string& id : indicator.operands) {
      if (const Indicator* next = catalogue_.find(id)) visit(*next);
    }
    path_.pop_back();
    done_.insert(indicator.id);
  }

private:
  const Catalogue& catalogue_;
  Problems& problems_;
  std::vector<std::string> path_;
  std::set<std::string> done_;
  std::set<std::string> told_;
};

} // namespace

const Indicator* Catalogue::find(const std::string& id) const {
  const auto found = std::find_if(indicators.begin(), indicators.end(),
                                  [&](const Indicator& indicator) { return indicator.id == id; });
  return found == indicators.end() ? nullptr : &*found;
}

std::vector<std::string> Catalogue::ids() const {
  std::vector<std::string> result;
  for (const Indicator& indicator : indicators)
    result.push_back(indicator.id);
  return result;
}

Catalogue Catalogue::load(const std::vector<std::pair<std::string, std::string>>& files, const RecordTypes& types,
                          Problems& problems) {
  Catalogue catalogue;
  Loader loader(types, problems);
  auto sorted = files;
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [file, text] : sorted)
    loader.load(file, text, catalogue);
  std::stable_sort(
      catalogue.indicators.begin(), catalogue.indicators.end(),
      [](const Indicator& a, const Indicator& b) { return std::tie(a.family, a.id) < std::tie(b.family, b.id); });
  loader.check_operands(catalogue);
  Circles circles(catalogue, problems);
  for (const Indicator& indicator : catalogue.indicators)
    circles.visit(indicator);
  return catalogue;
}

} // namespace appraise
