#include "engine/scoring/rule.h"
#include "reports/build/parts.h"
#include "reports/texts/rule_sentence.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

std::string definition_words(const Indicator& indicator) {
  std::string result = indicator.title;
  if (!indicator.definition.empty()) result += "：" + indicator.definition;
  if (indicator.min_denominator)
    result += said("sheet.indicator minimum", {{"minimum", indicator.min_denominator->text()}});
  return result;
}

class SchemeTable {
public:
  explicit SchemeTable(Building& building) : building_(building) {}

  DocTable build() {
    const Scheme& scheme = building_.scheme();
    table_.id = "scheme";
    table_.sheet = said("sheet.scheme");
    table_.title = fmt::format("{}{}", building_.appraisal.title, said("sheet.scheme"));
    table_.unit = building_.gives_ranks() ? "" : said("sheet.unit", {{"unit", said("sheet.points unit")}});
    table_.columns = {column("seq", said("sheet.sequence"), 5, Role::sequence),
                      column("node", said("sheet.node"), 8, Role::label),
                      column("item", said("sheet.item"), 16, Role::plain),
                      column("points", said("sheet.points"), 7, Role::number),
                      column("rule", said("sheet.rule"), 38, Role::plain),
                      column("indicator", said("sheet.indicator basis"), 34, Role::plain),
                      column("name", said("sheet.parameter"), 14, Role::plain),
                      column("value", said("sheet.parameter value"), 9, Role::input),
                      column("reference", said("sheet.reference"), 26, Role::note)};
    table_.frozen_columns = 3;
    for (std::size_t i = 0; i < scheme.items.size(); ++i)
      add_item(i);
    span_nodes();
    if (building_.gives_ranks()) drop_points();
    if (!building_.gives_ranks()) table_.notes.push_back(said("sheet.scheme note"));
    if (!scheme.note.empty()) table_.notes.push_back(said("sheet.readings", {{"note", scheme.note}}));
    return std::move(table_);
  }

private:
  void add_item(std::size_t index) {
    const Item& item = building_.scheme().items[index];
    const Expr& tree = building_.card.item_trees[index];
    std::vector<Expr> inputs;
    bool points_used = false;
    for (const Expr& parameter : parameters(*tree)) {
      if (parameter->name == "points")
        points_used = true;
      else
        inputs.push_back(parameter);
    }
    const std::size_t rows = std::max<std::size_t>(1, inputs.size());
    const std::string first = inputs.empty() ? item.id : item.id + "/" + inputs.front()->name;
    for (std::size_t i = 0; i < rows; ++i) {
      TableRow row;
      row.id = inputs.empty() ? first : item.id + "/" + inputs[i]->name;
      row.cells = i == 0 ? item_cells(index, points_used) : std::vector<Cell>(6);
      for (Cell& cell : row.cells) {
        if (i == 0) cell.rows = rows;
      }
      add_parameter(row, inputs.empty() ? nullptr : inputs[i]);
      Cell references = i == 0 ? text_cell(joined(item.references, "；"), Role::note) : Cell{};
      if (i == 0) references.rows = rows;
      row.cells.push_back(std::move(references));
      table_.rows.push_back(std::move(row));
    }
    if (points_used) building_.parameter_cells[parameter_ref(item.id, "points")] = {"scheme", first, "points"};
  }

  std::vector<Cell> item_cells(std::size_t index, bool points_used) const {
    const Item& item = building_.scheme().items[index];
    const Node* node = building_.scheme().node(item.node);
    const Indicator& indicator = *building_.card.catalogue->find(item.indicator);
    Cell points = text_cell("", Role::number);
    if (item.points) points = number_cell(*item.points, -1, points_used ? Role::input : Role::number);
    std::string rule = rule_sentence(item, building_.scheme(), *building_.card.catalogue, Language::chinese);
    if (!item.note.empty()) rule += "\n" + item.note;
    return {number_cell(Number(static_cast<std::int64_t>(index) + 1), 0, Role::sequence),
            text_cell(node != nullptr ? node->title
                      : item.bonus    ? said("sheet.bonus")
                                      : "",
                      Role::label),
            text_cell(item.form_number.empty() ? item.title : item.form_number + " " + item.title),
            points,
            text_cell(rule),
            text_cell(definition_words(indicator))};
  }

  void add_parameter(TableRow& row, const Expr& input) {
    if (input == nullptr) {
      row.cells.push_back(Cell{});
      row.cells.push_back(text_cell("", Role::label));
      return;
    }
    row.cells.push_back(text_cell(parameter_title(input->name, Language::chinese)));
    row.cells.push_back(number_cell(input->number, -1, Role::input));
    building_.parameter_cells[input->ref] = {"scheme", row.id, "value"};
  }

  // A scheme that gives ranks has neither points nor parameters to show.
  void drop_points() {
    for (const char* id : {"node", "points", "name", "value"}) {
      const auto at =
          std::find_if(table_.columns.begin(), table_.columns.end(), [&](const TableColumn& c) { return c.id == id; });
      const auto index = at - table_.columns.begin();
      table_.columns.erase(at);
      for (TableRow& row : table_.rows)
        row.cells.erase(row.cells.begin() + index);
    }
    table_.frozen_columns = 2;
  }

  // One tall cell a node instead of its title in each row.
  void span_nodes() {
    constexpr std::size_t kNode = 1;
    std::size_t head = 0;
    for (std::size_t i = 1; i <= table_.rows.size(); ++i) {
      if (i < table_.rows.size()) {
        Cell& cell = table_.rows[i].cells[kNode];
        const bool below = std::holds_alternative<std::monostate>(cell.content);
        if (below || cell.content == table_.rows[head].cells[kNode].content) {
          cell = Cell{};
          continue;
        }
      }
      table_.rows[head].cells[kNode].rows = i - head;
      head = i;
    }
  }

  Building& building_;
  DocTable table_;
};

} // namespace

DocTable build_scheme_table(Building& building) {
  return SchemeTable(building).build();
}

} // namespace appraise
