#include "engine/measures/measure.h"
#include "engine/scoring/rule.h"
#include "reports/build/parts.h"
#include "reports/build/state_words.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

// Whether figures of separate units may be added: rows are counted once each, and both sides of a share or a mean add
// up.
bool adds_up(const Indicator& indicator) {
  const std::string& measure = indicator.measure;
  return measure == "count" || measure == "sum" || measure == "share" || measure == "mean";
}

class ValuesTable {
public:
  explicit ValuesTable(const Building& building) : building_(building) {}

  DocTable build() {
    table_.id = "values";
    table_.sheet = said("sheet.values");
    table_.title = fmt::format("{}{}", building_.appraisal.title, said("sheet.values"));
    table_.columns = {column("seq", said("sheet.sequence"), 5, Role::sequence),
                      column("code", said("sheet.code"), 8, Role::label),
                      column("name", said("sheet.name"), 12, Role::label),
                      column("indicator", said("sheet.indicator"), 30, Role::plain),
                      column("slice", said("sheet.slice"), 15, Role::label),
                      column("numerator", said("sheet.numerator"), 10, Role::input),
                      column("denominator", said("sheet.denominator"), 10, Role::input),
                      column("value", said("sheet.value"), 10, Role::number),
                      column("unit", said("sheet.figure unit"), 8, Role::state),
                      column("state", said("sheet.state"), 9, Role::state),
                      column("basis", said("sheet.date basis"), 10, Role::label),
                      column("source", said("sheet.source"), 16, Role::note)};
    table_.frozen_columns = 3;
    table_.autofilter = true;
    for (const Used& used : used_values(building_))
      add_block(used);
    table_.notes.push_back(said("sheet.values note"));
    return std::move(table_);
  }

private:
  void add_block(const Used& used) {
    indicator_ = building_.card.catalogue->find(used.indicator);
    slice_ = used.slice;
    std::vector<std::string> rows;
    bool complete = true;
    for (std::size_t i = 0; i < building_.card.units.size(); ++i) {
      const Value& value =
          building_.values().at(building_.card.units[i].unit, building_.values().indicator(used.indicator),
                                building_.values().slice(used.slice));
      complete = complete && value.state != ValueState::unavailable;
      add_unit(building_.unit(i), value);
      rows.push_back(table_.rows.back().id);
    }
    if (complete && rows.size() > 1 && adds_up(*indicator_)) add_sum(rows);
  }

  Expr cell(const std::string& row, const std::string& id, int places = 0) const {
    return reference({"values", row, id}, places);
  }

  // Every row begins and ends alike.
  TableRow started(const std::string& id, std::vector<Cell> first) const {
    TableRow row;
    row.id = id;
    row.cells = std::move(first);
    row.cells.push_back(text_cell(indicator_->title));
    row.cells.push_back(text_cell(slice_words(building_.scheme(), slice_), Role::label));
    return row;
  }
  void finish(TableRow row, const Expr& state, const std::optional<std::string>& state_now, std::string source) {
    const std::string id = row.id;
    const Shown shown = shown_as(*indicator_);
    Cell value =
        formula_cell(choose(text_is("scored", cell(id, "state")), figure_of(id), state_text("scored")), shown.places);
    value.percent = shown.percent;
    row.cells.push_back(std::move(value));
    row.cells.push_back(text_cell(indicator_->unit, Role::state));
    // The state of a row of sums is not known before the sums are: it is filled in with them.
    Cell state_cell = text_cell("", Role::state);
    if (state_now) state_cell.content = *state_now;
    state_cell.formula = state;
    row.cells.push_back(std::move(state_cell));
    row.cells.push_back(text_cell(indicator_->date_basis, Role::label));
    row.cells.push_back(text_cell(std::move(source), Role::note));
    table_.rows.push_back(std::move(row));
  }

  // numerator × per ÷ denominator, of this row's cells.
  Expr figure_of(const std::string& row) const {
    return substitute(figure(*indicator_, slice_), [&](const Ref& ref) -> Ref { return {"values", row, ref.column}; });
  }

  void add_unit(const Unit& unit, const Value& value) {
    const std::string id = value_row(unit.code, indicator_->id, slice_);
    TableRow row = started(id, {number_cell(Number(++sequence_), 0, Role::sequence), text_cell(unit.code, Role::label),
                                text_cell(unit.name, Role::label)});
    const bool available = value.state != ValueState::unavailable;
    row.cells.push_back(side(unit, value, available, true));
    row.cells.push_back(side(unit, value, available, false));
    finish(std::move(row), state_of_row(id, value), state_now(value), source_of(value));
  }

  // The numerator or the denominator: an input, or for a ratio the other indicator's own cell.
  Cell side(const Unit& unit, const Value& value, bool available, bool numerator) const {
    if (!numerator && !has_denominator(*indicator_)) return text_cell(said("sheet.none"), Role::state);
    Cell result = text_cell("", Role::input);
    const bool valued = value.state == ValueState::value;
    const Number number = numerator ? value.numerator : value.denominator;
    // An empty value has no figures worth the name: both sides are nought.
    if (available) result = number_cell(valued ? number : Number(0), side_places(numerator), Role::input);
    const std::string& part = numerator ? indicator_->numerator : indicator_->denominator;
    if (indicator_->measure != "ratio" || !available || part.empty()) return result;
    const Indicator* other = building_.card.catalogue->find(part);
    if (other == nullptr || has_denominator(*other) || !(other->per == Number(1))) return result;
    const Value& theirs = building_.values().at(*building_.card.roster->find(unit.code),
                                                building_.values().indicator(part), building_.values().slice(slice_));
    const bool theirs_valued = theirs.state == ValueState::value;
    if ((theirs_valued ? theirs.numerator : Number(0)) != std::get<Number>(result.content)) return result;
    result.formula = cell(value_row(unit.code, part, slice_), "numerator", 2);
    result.role = Role::number;
    return result;
  }

  // Counts of rows are whole; sums, quantiles and measured figures have the decimals that they need.
  int side_places(bool numerator) const {
    const std::string& measure = indicator_->measure;
    const bool rows = numerator ? measure == "count" || measure == "distinct" || measure == "share"
                                : find_measure(measure)->over() == MeasureOver::rows;
    return rows ? 0 : -1;
  }

  std::string state_now(const Value& value) const {
    if (value.state == ValueState::empty) return state_words("no cases");
    return value.state == ValueState::unavailable ? state_words(building_.scheme().unavailable_state) : "";
  }

  // No cases where nothing stands in the denominator, or in the numerator of a count. A source that gives nothing has
  // an empty numerator: whoever fills it in makes it a value. Where the sheet does not hold what decides (the rows
  // behind a quantile, a sum of nought over rows), the state is a text.
  Expr state_of_row(const std::string& id, const Value& value) const {
    const Expr scored = state_text("scored");
    const bool quotient = has_denominator(*indicator_) && indicator_->measure != "measured";
    if (value.state == ValueState::unavailable || indicator_->measure == "measured") {
      if (value.state == ValueState::empty) return nullptr;
      return choose(apply(Op::is_number, {cell(id, "numerator", 2)}), scored,
                    state_text(building_.scheme().unavailable_state));
    }
    const std::string& measure = indicator_->measure;
    if (!quotient && measure != "count" && measure != "distinct" && measure != "sum") return nullptr;
    const Number base = quotient ? value.denominator : value.numerator;
    if (value.state == ValueState::value && base.is_zero()) return nullptr;
    return choose(apply(Op::equal, {cell(id, quotient ? "denominator" : "numerator", 2), constant(0)}),
                  state_text("no cases"), scored);
  }

  static std::string source_of(const Value& value) {
    static const char* const kIds[] = {"rows", "warehouse", "measured", "self", "verified"};
    const std::string source = said(std::string("source.") + kIds[static_cast<int>(value.source)]);
    return value.note.empty() ? source : source + "：" + note_words(value.note, Language::chinese);
  }

  void add_sum(const std::vector<std::string>& rows) {
    const auto sum = [&](const std::string& side) {
      std::vector<Expr> cells;
      cells.reserve(rows.size());
      for (const std::string& row : rows)
        cells.push_back(cell(row, side, 2));
      return formula_cell(apply(Op::sum, std::move(cells)), side_places(side == "numerator"), Role::number);
    };
    const std::string id = value_row("sum", indicator_->id, slice_);
    TableRow row = started(id, {Cell{}, Cell{}, text_cell(said("sheet.sum"), Role::label)});
    row.role = Role::total;
    row.cells.push_back(sum("numerator"));
    row.cells.push_back(has_denominator(*indicator_) ? sum("denominator") : text_cell(said("sheet.none"), Role::state));
    const Expr base = cell(id, has_denominator(*indicator_) ? "denominator" : "numerator", 2);
    finish(std::move(row), choose(apply(Op::equal, {base, constant(0)}), state_text("no cases"), state_text("scored")),
           std::nullopt, "");
  }

  const Building& building_;
  DocTable table_;
  const Indicator* indicator_ = nullptr;
  std::string slice_;
  std::int64_t sequence_ = 0;
};

} // namespace

DocTable build_values_table(const Building& building) {
  return ValuesTable(building).build();
}

} // namespace appraise
