// What the builders of the scorecard's tables share.
#pragma once

#include "reports/build/scorecard.h"
#include "reports/texts.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace appraise {

struct Building {
  const Appraisal& appraisal;
  const Scorecard& card;
  const Problems& problems;
  const Records& records;

  const Scheme& scheme() const { return *card.scheme; }
  const Values& values() const { return *card.values; }
  const Unit& unit(std::size_t position) const { return (*card.roster)[card.units[position].unit]; }
  bool gives_ranks() const { return scheme().gives == "ranks"; }
  // Where each parameter of the scheme has its cell; filled by build_scheme_table.
  std::map<Ref, Ref> parameter_cells{};
};

// The texts of sheets, in Chinese.
std::string said(const std::string& id, const Facts& facts = {});
std::string joined(const std::vector<std::string>& parts, const std::string& separator);
std::string period_words(const Slice& slice); // 2016年, or 2016年1月1日至2016年6月30日
std::string slice_words(const Scheme& scheme, const std::string& slice);

Cell text_cell(std::string text, Role role = Role::plain);
Cell number_cell(Number number, int places, Role role = Role::number);
Cell formula_cell(Expr formula, int places, Role role = Role::number);
TableColumn column(std::string id, std::string title, double width, Role role = Role::plain);

// Ids of rows and columns.
std::string points_column(const std::string& item_or_node); // "total" for the whole
std::string value_row(const std::string& code, const std::string& indicator, const std::string& slice);

// How the figures of an indicator are shown.
struct Shown {
  int places = 0;
  bool percent = false;
};
Shown shown_as(const Indicator& indicator);

// Which indicators and slices the scheme's trees use, in the order of the items, with the parts of ratios.
struct Used {
  std::string indicator;
  std::string slice;
  friend auto operator<=>(const Used&, const Used&) = default;
};
std::vector<Used> used_values(const Building& building);

// A tree of the scheme, of one unit, with its leaves turned into cells.
Expr of_unit(const Building& building, const Expr& tree, std::size_t position);

DocTable build_summary_table(const Building& building);
DocTable build_groups_table(const Building& building);
DocTable build_values_table(const Building& building);
DocTable build_scheme_table(Building& building);
DocTable build_notes_table(const Building& building, std::size_t exact_only);
std::vector<Chart> build_charts(const Building& building, const std::vector<TrendSeries>& trends);

// The legend of the states that stand in a table, and other marks.
std::vector<std::string> legend(const DocTable& table);

} // namespace appraise
