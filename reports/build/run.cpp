#include "reports/build/run.h"

#include "engine/digest.h"
#include "reports/render/chart.h"
#include "reports/render/csv.h"
#include "reports/render/html.h"
#include "reports/render/xlsx.h"
#include "reports/texts.h"
#include "reports/versions.h"

#include <algorithm>
#include <map>

namespace appraise {

namespace {

std::string positive(std::int64_t number) {
  return number > 0 ? std::to_string(number) : "";
}

const char* severity_id(Severity severity) {
  switch (severity) {
  case Severity::blocking: return "severity.blocking";
  case Severity::verify: return "severity.verify";
  case Severity::notice: return "severity.notice";
  }
  return "";
}

void add_charts(FileSet& files, std::map<std::string, std::string>& pictures, const Document& document) {
  for (const Chart& chart : document.charts) {
    pictures[chart.id] = render_svg(chart, document.watermark);
    files["charts/" + chart.id + ".svg"] = pictures[chart.id];
    files["charts/" + chart.id + ".png"] = render_png(chart, document.watermark);
    files["charts/" + chart.id + ".pdf"] = render_pdf(chart, document.watermark);
  }
}

Manifest manifest_of(const RunInput& input, const FileSet& files, std::size_t exact_only) {
  Manifest manifest;
  manifest.title = input.appraisal.title;
  manifest.notice = watermark_of(input.appraisal);
  manifest.scheme = input.card.scheme->id;
  manifest.inputs = input.files;
  std::int64_t rows = 0;
  std::int64_t uncounted = 0;
  std::int64_t replaced = 0;
  for (const auto& [type, table] : input.records.tables) {
    for (const Source& source : table.sources) {
      manifest.inputs.push_back({source.file, type, source.sha256});
      rows += source.rows;
      uncounted += source.uncounted;
      replaced += source.replaced;
    }
  }
  for (const auto& [path, bytes] : files)
    manifest.outputs.push_back({path, "", sha256_of(bytes)});
  manifest.versions = versions();
  manifest.counts = {{"units", input.card.units.size()},
                     {"rows", static_cast<std::size_t>(rows)},
                     {"rows_not_counted", static_cast<std::size_t>(uncounted)},
                     {"rows_replaced", static_cast<std::size_t>(replaced)},
                     {"problems", input.problems.size()},
                     {"exact_only_cells", exact_only}};
  return manifest;
}

} // namespace

std::string problems_csv(const Problems& problems) {
  const auto said = [](const std::string& id) { return text(id, Language::chinese); };
  std::vector<std::string> head;
  for (const char* id :
       {"problems.rule", "problems.severity", "problems.file", "problems.sheet", "problems.row", "problems.column",
        "problems.column name", "problems.key", "problems.found", "problems.expected", "problems.message"}) {
    head.push_back(said(id));
  }
  std::vector<std::vector<std::string>> rows;
  for (const Problem& problem : problems) {
    const Place& place = problem.place;
    rows.push_back({problem.rule, said(severity_id(problem.severity)), place.file, place.sheet, positive(place.row),
                    place.column > 0 ? column_letters(place.column) : "", place.column_name, problem.key, problem.found,
                    problem.expected, message_line(problem, Language::chinese)});
  }
  return render_csv(head, rows).bytes;
}

FileSet render_run(const RunInput& input) {
  const ScorecardDocument built =
      build_scorecard(input.appraisal, input.card, input.problems, input.records, input.trends);
  const Document& document = built.document;

  FileSet files;
  std::map<std::string, std::string> pictures;
  add_charts(files, pictures, document);
  files["scorecards.xlsx"] = render_xlsx(document, {.temporary_folder = input.temporary_folder});
  const std::string scorecard = scorecard_json(input.appraisal, input.card, document.watermark);
  files["scorecard.json"] = scorecard;
  files["values.json"] = values_json(input.appraisal, input.card, input.records, input.problems, document.watermark);
  files["report.html"] = render_html(document, scorecard, [&](const Chart& chart) { return pictures.at(chart.id); });
  files["problems.csv"] = problems_csv(input.problems);
  files["manifest.json"] = manifest_json(manifest_of(input, files, built.exact_only));
  return files;
}

} // namespace appraise
