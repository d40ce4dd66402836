// appraise init DIR --year Y: an appraisal file, a roster, a copy of a scheme and empty exports with the right heads.
#include "cli/pipeline.h"
#include "reports/run_folder.h"

#include <filesystem>
#include <fmt/core.h>
#include <memory>

namespace appraise::cli {

namespace fs = std::filesystem;

namespace {

struct Options {
  std::string folder;
  int year = 0;
  std::string scheme = "province/2016";
};

// The scheme's own year and the year before move with it: in the title, the period and the base. References keep their
// years.
std::string moved_to_year(const std::string& scheme, int from_year, int to_year) {
  const auto movable = [](std::string_view line) {
    const std::string_view key = line.substr(0, line.find_first_of(" ="));
    return key == "title" || key == "from" || key == "to";
  };
  std::string result;
  bool in_period = false;
  for (std::size_t start = 0; start < scheme.size();) {
    const std::size_t end = std::min(scheme.find('\n', start), scheme.size());
    std::string line = scheme.substr(start, end - start);
    if (!line.empty() && line[0] == '[') in_period = line == "[period]" || line == "[[base]]";
    if (movable(line) && (in_period || start < scheme.find("\n["))) {
      for (int back = 1; back >= 0; --back) {
        const std::string old_year = std::to_string(from_year - back);
        const std::size_t at = line.find(old_year);
        if (at != std::string::npos) {
          line.replace(at, old_year.size(), std::to_string(to_year - back));
          break;
        }
      }
    }
    result += line + "\n";
    start = end + 1;
  }
  return result;
}

// The country's units that a scheme appraises: provinces, and for a scheme of cities also those below them.
std::string roster_for(const Scheme& scheme, const std::string& regions) {
  const bool cities = scheme.units.find("'city'") != std::string::npos;
  std::string result;
  for (std::size_t start = 0; start < regions.size();) {
    const std::size_t end = std::min(regions.find('\n', start), regions.size());
    std::string line = regions.substr(start, end - start);
    bool wanted =
        start == 0 || line.find(",country,") != std::string::npos || line.find(",province,") != std::string::npos;
    for (const std::string level : {",prefecture,", ",municipality_district,", ",direct_county,"}) {
      const std::size_t at = line.find(level);
      if (!cities || at == std::string::npos) continue;
      line.replace(at, level.size(), ",city,");
      wanted = true;
    }
    if (wanted) result += line + "\n";
    start = end + 1;
  }
  return result;
}

std::string csv_field(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string result = "\"";
  for (char c : field)
    result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

constexpr const char* kBom = "\xEF\xBB\xBF";

std::string heads_of(const RecordType& type) {
  std::string line;
  for (const Field& field : type.fields) {
    if (!field.derived) line += (line.empty() ? "" : ",") + csv_field(field.title);
  }
  return kBom + line + "\r\n";
}

std::string columns_explained(const Session& session, const RecordTypes& types) {
  std::string result = kBom + say(session, "help.init.columns") + "\r\n";
  for (const RecordType& type : types.types) {
    if (type.id == "roster") continue;
    for (const Field& field : type.fields) {
      if (field.derived) continue;
      std::string values;
      for (const Category& category : field.categories)
        values += (values.empty() ? "" : "、") + category.title;
      const std::string kind = "field-type." + std::to_string(static_cast<int>(field.type));
      result += fmt::format("exports/{}.csv,{},{},{},{},{},{}\r\n", type.id, csv_field(field.title), field.id,
                            say(session, kind), field.required ? say(session, "help.yes") : "", csv_field(values),
                            csv_field(field.meaning));
    }
  }
  return result;
}

std::string appraisal_file(const Session& session, const Options& options, const std::string& title,
                           const Scheme& scheme, const RecordTypes& types) {
  const int moved = options.year - scheme.period.to.year();
  const Date from = scheme.period.from.add_months(12 * moved);
  const Date to = scheme.period.to.add_months(12 * moved);
  std::string result =
      fmt::format("# {}\ntitle  = \"{}\"\nname   = \"{}\"\nscheme = \"scheme.toml\"\nroster = \"roster.csv\"\n"
                  "status = \"初评\"\nperiod = {{ from = {}, to = {} }}\n",
                  say(session, "help.init.appraisal"), title, options.year, from.text(), to.text());
  for (const RecordType& type : types.types) {
    result += fmt::format("\n[[input]]\ntype           = \"{}\" # {}\nlayout         = \"standard\"\nfiles          = "
                          "[\"exports/{}.csv\"]\nreporting_date = {}\n",
                          type.id, type.title, type.id, to.add_months(1).text());
  }
  return result;
}

int init(const Session& session, const Options& options) {
  Home home;
  load_home(session, home);
  const std::string scheme_file = home.folder + "/templates/schemes/" + options.scheme + ".toml";
  if (!fs::exists(scheme_file)) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : read_folder(home.folder + "/templates/schemes", ".toml")) {
      names.push_back(name.substr(0, name.size() - std::string(".toml").size()));
    }
    throw Error(
        ExitCode::usage,
        Problem{.rule = "scheme-unknown", .found = options.scheme, .nearest = nearest_names(options.scheme, names)});
  }
  const std::string text = read_bytes(scheme_file);
  Problems problems;
  const Scheme scheme = Scheme::load(text, scheme_file, home.catalogue, problems);
  if (!problems.empty()) throw Error(ExitCode::scheme, std::move(problems));
  const std::string moved = moved_to_year(text, scheme.period.to.year(), options.year);
  const Scheme moved_scheme = Scheme::load(moved, "scheme.toml", home.catalogue, problems);
  if (!problems.empty()) throw Error(ExitCode::scheme, std::move(problems));

  FileSet files;
  files["appraisal.toml"] = appraisal_file(session, options, moved_scheme.title, scheme, home.types);
  files["scheme.toml"] = moved;
  files["roster.csv"] = roster_for(moved_scheme, read_bytes(home.folder + "/templates/parameters/regions.csv"));
  files["columns.csv"] = columns_explained(session, home.types);
  for (const RecordType& type : home.types.types)
    files["exports/" + type.id + ".csv"] = heads_of(type);
  write_run_folder(options.folder, files, false);
  if (!session.quiet) {
    print(say(session, "help.init.done", {{"folder", options.folder}, {"count", std::to_string(files.size())}}) + "\n");
  }
  return 0;
}

} // namespace

Action add_init(CommandLine& line, Session& session) {
  auto options = std::make_shared<Options>();
  line.argument("DIR", options->folder, "option.init.folder");
  line.required_year("--year", options->year, "option.year");
  line.option("--scheme", options->scheme, "option.scheme", "NAME");
  return [options, &session] { return init(session, *options); };
}

} // namespace appraise::cli
