// Scorecard → Document: the five tables, the charts, and what is said about them.
//
//   summary  考核结果汇总表: units in roster order × items under their nodes, node totals, total, ranks
//   groups   分地区排名: by group in order of rank; cells refer to the summary
//   values   指标值: per indicator and slice a row a unit: numerator and denominator are inputs, value and state
//   formulas scheme   考核指标体系及计分规则: items, points, rule in words, parameters one per cell (inputs),
//   references notes    说明 A points cell's formula is its item's tree with the leaves turned into cells of values and
//   scheme; nodes, totals, averages and ranks are formulas too. A scheme that gives ranks has a figure and a rank per
//   item, and no totals. Formulas that doubles would get wrong are marked exact_only and counted in the notes.
//
//   ScorecardDocument built = build_scorecard(appraisal, card, problems, records, {});
#pragma once

#include "engine/appraisal.h"
#include "engine/problem.h"
#include "engine/scorecard.h"
#include "engine/table.h"
#include "reports/document.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace appraise {

// A series of slices (years or months, in order) of some indicators of one unit, for a trend chart.
struct TrendSeries {
  std::string id;
  std::string title;
  std::int32_t unit = 0;
  std::vector<std::string> indicators;
  std::vector<std::string> labels; // one per slice
  Values values;
};

struct ScorecardDocument {
  Document document;
  std::size_t exact_only = 0; // cells written as values because doubles would differ
};

ScorecardDocument build_scorecard(const Appraisal& appraisal, const Scorecard& card, const Problems& problems,
                                  const Records& records, const std::vector<TrendSeries>& trends);

// 演示数据，非考核结果 where units or rows are invented; empty otherwise.
std::string watermark_of(const Appraisal& appraisal);

} // namespace appraise
