#include "reports/build/scorecard.h"

#include "reports/build/parts.h"
#include "reports/build/recalculate.h"

namespace appraise {

std::string watermark_of(const Appraisal& appraisal) {
  return appraisal.demo ? said("sheet.watermark") : "";
}

namespace {

std::string subtitle_of(const Building& building) {
  const Appraisal& appraisal = building.appraisal;
  return joined({said("sheet.period", {{"period", period_words(building.scheme().period)}}),
                 appraisal.status.empty() ? "" : said("sheet.status", {{"status", appraisal.status}}),
                 appraisal.issued ? said("sheet.issued", {{"date", appraisal.issued->text()}}) : "",
                 appraisal.classification},
                "　");
}

} // namespace

ScorecardDocument build_scorecard(const Appraisal& appraisal, const Scorecard& card, const Problems& problems,
                                  const Records& records, const std::vector<TrendSeries>& trends) {
  Building building{appraisal, card, problems, records};
  ScorecardDocument result;
  Document& document = result.document;
  document.title = appraisal.title;
  document.subtitle = subtitle_of(building);
  document.watermark = watermark_of(appraisal);

  // The scheme's sheet comes first to be built: the others refer to its cells.
  DocTable scheme = build_scheme_table(building);
  document.tables.push_back(build_summary_table(building));
  if (!building.scheme().groups.empty() && !building.gives_ranks())
    document.tables.push_back(build_groups_table(building));
  document.tables.push_back(build_values_table(building));
  document.tables.push_back(std::move(scheme));

  fill_results(document);
  result.exact_only = mark_exact_only(document);
  for (DocTable& table : document.tables) {
    for (std::string& mark : legend(table))
      table.notes.push_back(std::move(mark));
  }
  document.tables.push_back(build_notes_table(building, result.exact_only));
  document.charts = build_charts(building, trends);
  return result;
}

} // namespace appraise
