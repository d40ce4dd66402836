#include "reports/build/parts.h"

#include "engine/scoring/rule.h"
#include "reports/build/state_words.h"

#include <algorithm>
#include <fmt/core.h>
#include <set>

namespace appraise {

std::string said(const std::string& id, const Facts& facts) {
  return text(id, Language::chinese, facts);
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!result.empty()) result += separator;
    result += part;
  }
  return result;
}

namespace {

std::string day_words(Date date) {
  return fmt::format("{}年{}月{}日", date.year(), date.month(), date.day());
}

} // namespace

std::string period_words(const Slice& slice) {
  const int year = slice.from.year();
  if (slice.from == Date::of(year, 1, 1) && slice.to == Date::of(year, 12, 31)) return fmt::format("{}年", year);
  return day_words(slice.from) + "至" + day_words(slice.to);
}

std::string slice_words(const Scheme& scheme, const std::string& slice) {
  for (const Slice& candidate : scheme.slices()) {
    if (candidate.id != slice) continue;
    return slice == "period" ? period_words(candidate)
                             : said("sheet.base period", {{"period", period_words(candidate)}});
  }
  return slice;
}

Cell text_cell(std::string text, Role role) {
  Cell cell;
  if (!text.empty()) cell.content = std::move(text);
  cell.role = role;
  return cell;
}

Cell number_cell(Number number, int places, Role role) {
  Cell cell;
  cell.content = std::move(number);
  cell.places = places;
  cell.role = role;
  return cell;
}

Cell formula_cell(Expr formula, int places, Role role) {
  Cell cell;
  cell.formula = std::move(formula);
  cell.places = places;
  cell.role = role;
  return cell;
}

TableColumn column(std::string id, std::string title, double width, Role role) {
  TableColumn result;
  result.id = std::move(id);
  result.title = std::move(title);
  result.width = width;
  result.role = role;
  return result;
}

std::string points_column(const std::string& item_or_node) {
  return "points." + item_or_node;
}

std::string value_row(const std::string& code, const std::string& indicator, const std::string& slice) {
  return code + "/" + indicator + "@" + slice;
}

Shown shown_as(const Indicator& indicator) {
  if (indicator.unit == "%") return {2, true};
  if (indicator.measure == "count" || indicator.measure == "distinct") return {0, false};
  if (indicator.measure == "chi_square_p") return {4, false};
  if (has_denominator(indicator) || indicator.measure == "combination") return {2, false};
  return {-1, false};
}

namespace {

void add_used(const Building& building, std::vector<Used>& used, const Used& wanted) {
  if (std::find(used.begin(), used.end(), wanted) != used.end()) return;
  used.push_back(wanted);
  const Indicator* indicator = building.card.catalogue->find(wanted.indicator);
  if (indicator == nullptr) return;
  const auto& known = building.values().indicators;
  for (const std::string& part : indicator->operands) {
    if (std::find(known.begin(), known.end(), part) != known.end()) add_used(building, used, {part, wanted.slice});
  }
}

} // namespace

std::vector<Used> used_values(const Building& building) {
  std::vector<Used> used;
  for (std::size_t i = 0; i < building.scheme().items.size(); ++i) {
    add_used(building, used, {building.scheme().items[i].indicator, "period"});
    for (const Ref& ref : references(*building.card.item_trees[i])) {
      const std::size_t at = ref.row.rfind('@');
      if (at != std::string::npos) add_used(building, used, {ref.row.substr(0, at), ref.row.substr(at + 1)});
    }
  }
  return used;
}

Expr of_unit(const Building& building, const Expr& tree, std::size_t position) {
  const std::string& code = building.unit(position).code;
  return substitute(tree, [&](const Ref& ref) -> Ref {
    const auto parameter = building.parameter_cells.find(ref);
    if (parameter != building.parameter_cells.end()) return parameter->second;
    if (ref == groups_ref()) return {"summary", "", "group"};
    if (ref == group_ref()) return {"summary", code, "group"};
    if (ref == keys_ref(ref.column)) return {"summary", "", points_column(ref.column)};
    if (ref == points_ref(ref.row)) return {"summary", code, points_column(ref.row)};
    return {"values", code + "/" + ref.row, ref.column};
  });
}

std::vector<std::string> legend(const DocTable& table) {
  std::set<std::string> present;
  bool exact_only = false;
  for (const TableRow& row : table.rows) {
    for (const Cell& cell : row.cells) {
      exact_only = exact_only || cell.exact_only;
      const std::string* words = std::get_if<std::string>(&cell.content);
      const auto id = words == nullptr ? std::nullopt : state_of_words(*words);
      if (id && *id != "scored") present.insert(*id);
    }
  }
  std::vector<std::string> marks;
  marks.reserve(present.size() + 1);
  for (const std::string& id : present)
    marks.push_back(said("mark." + id));
  if (exact_only) marks.push_back(said("mark.exact only"));
  if (marks.empty()) return {};
  return {said("sheet.legend", {{"marks", joined(marks, "；")}})};
}

} // namespace appraise
