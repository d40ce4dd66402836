#include "engine/scoring/rule.h"
#include "reports/build/parts.h"
#include "reports/build/state_words.h"
#include "reports/render/plain_text.h"

#include <algorithm>
#include <fmt/core.h>

namespace appraise {

namespace {

// As wide as the largest points with their places; a state's text is broken in two lines.
double points_width(const std::optional<Number>& largest, int places) {
  const int digits = largest ? std::max(1, largest->integer_digits()) : 4;
  return std::max(4.5, static_cast<double>(digits + (places > 0 ? places + 1 : 0)));
}

std::string with_points(const std::string& title, const std::optional<Number>& points) {
  return points ? fmt::format("{}\n{}", title, said("sheet.points short", {{"points", points->text()}})) : title;
}

class Summary {
public:
  explicit Summary(const Building& building) : building_(building), scheme_(building.scheme()) {}

  DocTable build() {
    table_.id = "summary";
    table_.sheet = said("sheet.summary");
    table_.title = fmt::format("{}{}", building_.appraisal.title, said("sheet.summary"));
    table_.unit = building_.gives_ranks() ? "" : said("sheet.unit", {{"unit", said("sheet.points unit")}});
    add_unit_columns();
    if (building_.gives_ranks())
      add_rank_columns();
    else
      add_points_columns();
    for (std::size_t i = 0; i < building_.card.units.size(); ++i)
      add_row(i);
    if (!building_.gives_ranks() && building_.card.units.size() > 1) add_average();
    return std::move(table_);
  }

private:
  // Each column is added with a function that gives its cell for a unit.
  using Fill = std::function<Cell(std::size_t)>;
  void add(TableColumn column, Fill fill) {
    table_.columns.push_back(std::move(column));
    fills_.push_back(std::move(fill));
  }

  void add_unit_columns() {
    add(column("seq", said("sheet.sequence"), 3, Role::sequence),
        [](std::size_t i) { return number_cell(Number(static_cast<std::int64_t>(i) + 1), 0, Role::sequence); });
    add(column("code", said("sheet.code"), 6.4, Role::label),
        [this](std::size_t i) { return text_cell(building_.unit(i).code, Role::label); });
    add(column("name", said("sheet.name"), name_width(), Role::label),
        [this](std::size_t i) { return text_cell(building_.unit(i).name, Role::label); });
    table_.frozen_columns = 3;
    if (scheme_.groups.empty()) return;
    add(column("group", said("sheet.group"), 5, Role::label),
        [this](std::size_t i) { return text_cell(group_of(scheme_, building_.unit(i)), Role::label); });
  }

  double name_width() const {
    double width = 4;
    for (std::size_t i = 0; i < building_.card.units.size(); ++i)
      width = std::max(width, static_cast<double>(display_width(building_.unit(i).name)));
    return std::min(width, 16.0);
  }

  void add_points_columns() {
    for (const Node& node : scheme_.nodes) {
      const std::string over = with_points_inline(node.title, node.points);
      for (const Item* item : scheme_.items_of(node.id))
        add_item(*item, over);
      add_node(node, over);
    }
    for (const Item& item : scheme_.items) {
      if (item.node.empty()) add_item(item, item.bonus && !scheme_.nodes.empty() ? said("sheet.bonus") : "");
    }
    add_total();
  }

  static std::string with_points_inline(const std::string& title, const std::optional<Number>& points) {
    return points ? said("sheet.node head", {{"title", title}, {"points", points->text()}}) : title;
  }

  void add_item(const Item& item, const std::string& over) {
    const auto index = static_cast<std::size_t>(&item - scheme_.items.data());
    const std::string title =
        item.form_number.empty() ? item.title : fmt::format("{} {}", item.form_number, item.title);
    TableColumn head = column(points_column(item.id), with_points(title, item.points),
                              points_width(item.points, scheme_.places), Role::number);
    head.over = over;
    add(std::move(head), [this, index, &item](std::size_t i) {
      const ItemResult& result = building_.card.units[i].items[index];
      Cell cell = result_cell(result.points, state_id(result.state), Role::number);
      cell.formula = of_unit(building_, building_.card.item_trees[index], i);
      cell.link = "values/" + value_row(building_.unit(i).code, item.indicator, "period") + "/value";
      return cell;
    });
  }

  void add_node(const Node& node, const std::string& over) {
    const auto index = static_cast<std::size_t>(&node - scheme_.nodes.data());
    TableColumn head =
        column(points_column(node.id), said("sheet.subtotal"), points_width(node.points, scheme_.places), Role::total);
    head.over = over;
    add(std::move(head), [this, index](std::size_t i) {
      Cell cell = result_cell(building_.card.units[i].nodes[index], "", Role::total);
      cell.formula = of_unit(building_, building_.card.node_trees[index], i);
      return cell;
    });
  }

  void add_total() {
    add(column(points_column("total"), said("sheet.total"), points_width(largest_total(), scheme_.places), Role::total),
        [this](std::size_t i) {
          const UnitResult& unit = building_.card.units[i];
          Cell cell = result_cell(unit.total, state_id(unit.state), Role::total);
          cell.formula = of_unit(building_, building_.card.total_tree, i);
          return cell;
        });
    add(column("rank", said("sheet.rank"), 3, Role::rank),
        [this](std::size_t i) { return rank_cell(rank_expression("total", false), building_.card.units[i].rank, i); });
    if (scheme_.groups.empty()) return;
    add(column("rank_in_group", said("sheet.rank in group"), 3, Role::rank), [this](std::size_t i) {
      return group_rank_cell(rank_expression("total", true), building_.card.units[i].rank_in_group, i);
    });
  }

  std::optional<Number> largest_total() const {
    std::optional<Number> largest = scheme_.points;
    for (const UnitResult& unit : building_.card.units) {
      if (unit.total && (!largest || *unit.total > *largest)) largest = *unit.total;
    }
    return largest;
  }

  void add_rank_columns() {
    for (std::size_t index = 0; index < scheme_.items.size(); ++index) {
      const Item& item = scheme_.items[index];
      const Indicator& indicator = *building_.card.catalogue->find(item.indicator);
      const std::string over =
          indicator.unit.empty() ? item.title : fmt::format("{}（{}）", item.title, indicator.unit);
      add_figure(index, item, indicator, over);
      add_item_rank(index, item, over, false);
      if (!scheme_.groups.empty()) add_item_rank(index, item, over, true);
    }
  }

  void add_figure(std::size_t index, const Item& item, const Indicator& indicator, const std::string& over) {
    const Shown shown = shown_as(indicator);
    // The key of a measure that is better when lower is its negative: it stands beside the figure.
    const bool lower = indicator.better == "lower";
    TableColumn figure =
        column(lower ? "figure." + item.id : points_column(item.id), said("sheet.figure"), 8, Role::number);
    figure.over = over;
    const auto fill = [this, index, shown, &item](std::size_t i) {
      Cell cell;
      cell.places = shown.places;
      cell.percent = shown.percent;
      cell.role = Role::number;
      cell.link = "values/" + value_row(building_.unit(i).code, item.indicator, "period") + "/value";
      cell.formula = of_unit(building_, building_.card.item_trees[index], i);
      const ItemResult& result = building_.card.units[i].items[index];
      if (result.key)
        cell.content = *result.key;
      else if (result.state != State::scored)
        cell.content = state_words(state_id(result.state));
      return cell;
    };
    if (!lower) return add(std::move(figure), fill);
    add(std::move(figure), [fill, this, &item](std::size_t i) {
      Cell cell = fill(i);
      cell.content = {};
      cell.formula = reference({"values", value_row(building_.unit(i).code, item.indicator, "period"), "value"}, 6);
      return cell;
    });
    TableColumn key = column(points_column(item.id), said("sheet.key"), 8, Role::number);
    key.over = over;
    add(std::move(key), fill);
  }

  void add_item_rank(std::size_t index, const Item& item, const std::string& over, bool in_group) {
    TableColumn head = column((in_group ? "rank_in_group." : "rank.") + item.id,
                              said(in_group ? "sheet.rank in group" : "sheet.rank"), 5, Role::rank);
    head.over = over;
    add(std::move(head), [this, index, in_group, &item](std::size_t i) {
      const ItemResult& result = building_.card.units[i].items[index];
      return in_group ? group_rank_cell(rank_expression(item.id, true), result.rank_in_group, i)
                      : rank_cell(rank_expression(item.id, false), result.rank, i);
    });
  }

  // A state is said once, in the column of the points; the ranks of such a unit are blank.
  Cell rank_cell(const Expr& tree, const std::optional<int>& rank, std::size_t position) {
    Cell cell;
    cell.places = 0;
    cell.role = Role::rank;
    const Expr& number = tree->children[0];
    cell.formula = of_unit(building_, choose(number, tree->children[1], state_text("scored")), position);
    if (rank) cell.content = Number(*rank);
    return cell;
  }

  // Without a group there is no rank in it, and a blank criterion would count wrongly.
  Cell group_rank_cell(const Expr& tree, const std::optional<int>& rank, std::size_t position) {
    if (group_of(scheme_, building_.unit(position)).empty()) return text_cell("", Role::rank);
    return rank_cell(tree, rank, position);
  }

  Cell result_cell(const std::optional<Number>& points, const std::string& state, Role role) const {
    Cell cell;
    cell.places = scheme_.places_named ? scheme_.places : -1;
    cell.role = role;
    if (points)
      cell.content = *points;
    else if (!state.empty())
      cell.content = state_words(state);
    return cell;
  }

  void add_row(std::size_t position) {
    TableRow row;
    row.id = building_.unit(position).code;
    for (const Fill& fill : fills_)
      row.cells.push_back(fill(position));
    table_.rows.push_back(std::move(row));
  }

  // Points of units are not added up: the average is what can be compared.
  void add_average() {
    TableRow row;
    row.id = "average";
    row.role = Role::total;
    for (const TableColumn& column : table_.columns) {
      Cell cell;
      if (column.id == "name") cell = text_cell(said("sheet.average"), Role::label);
      if (column.role == Role::number || column.role == Role::total) {
        std::vector<Expr> cells;
        for (const TableRow& unit : table_.rows)
          cells.push_back(reference({"summary", unit.id, column.id}, 6));
        const Expr count = apply(Op::count_numbers, cells);
        const Expr mean = apply(Op::divide, {apply(Op::sum, cells), count});
        cell = formula_cell(choose(apply(Op::equal, {count, constant(0)}), state_text("scored"),
                                   round_to(mean, scheme_.places, 6, scheme_.mode)),
                            scheme_.places_named ? scheme_.places : 2, column.role);
      }
      row.cells.push_back(std::move(cell));
    }
    table_.rows.push_back(std::move(row));
  }

  const Building& building_;
  const Scheme& scheme_;
  DocTable table_;
  std::vector<Fill> fills_;
};

} // namespace

DocTable build_summary_table(const Building& building) {
  return Summary(building).build();
}

DocTable build_groups_table(const Building& building) {
  const Scheme& scheme = building.scheme();
  DocTable table;
  table.id = "groups";
  table.sheet = said("sheet.groups");
  table.title = fmt::format("{}{}", building.appraisal.title, said("sheet.groups"));
  table.unit = said("sheet.unit", {{"unit", said("sheet.points unit")}});
  table.columns = {column("group", said("sheet.group"), 10, Role::label),
                   column("rank_in_group", said("sheet.rank in group"), 10, Role::rank),
                   column("code", said("sheet.code"), 10, Role::label),
                   column("name", said("sheet.name"), 20, Role::label)};
  for (const Node& node : scheme.nodes)
    table.columns.push_back(column(node.id, node.title, 10, Role::number));
  table.columns.push_back(column("total", said("sheet.total"), 10, Role::total));
  table.columns.push_back(column("rank", said("sheet.rank"), 10, Role::rank));
  table.frozen_columns = 4;

  std::vector<std::string> groups; // in the roster's order
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < building.card.units.size(); ++i) {
    const std::string group = group_of(scheme, building.unit(i));
    if (members[group].empty()) groups.push_back(group);
    members[group].push_back(i);
  }
  const int places = scheme.places_named ? scheme.places : -1;
  for (const std::string& group : groups) {
    auto& units = members[group];
    const auto order = [&](std::size_t i) { return building.card.units[i].rank_in_group.value_or(INT32_MAX); };
    std::stable_sort(units.begin(), units.end(), [&](std::size_t a, std::size_t b) { return order(a) < order(b); });
    for (std::size_t i : units) {
      const std::string& code = building.unit(i).code;
      const auto summary = [&](const std::string& id, int shown, Role role) {
        return formula_cell(reference({"summary", code, id}, 6), shown, role);
      };
      TableRow row;
      row.id = code;
      row.cells.push_back(text_cell(group, Role::label));
      row.cells.push_back(summary("rank_in_group", 0, Role::rank));
      row.cells.push_back(text_cell(code, Role::label));
      row.cells.push_back(text_cell(building.unit(i).name, Role::label));
      for (const Node& node : scheme.nodes)
        row.cells.push_back(summary(points_column(node.id), places, Role::number));
      row.cells.push_back(summary(points_column("total"), places, Role::total));
      row.cells.push_back(summary("rank", 0, Role::rank));
      table.rows.push_back(std::move(row));
    }
  }
  table.notes.push_back(said("sheet.groups note"));
  return table;
}

} // namespace appraise
