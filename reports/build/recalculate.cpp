#include "reports/build/recalculate.h"

#include "engine/problem.h"
#include "reports/build/state_words.h"

#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

namespace appraise {

namespace {

constexpr RoundModel kModels[] = {RoundModel::half_added, RoundModel::exact_binary, RoundModel::fifteen_digits};

struct TablePlace {
  DocTable* table = nullptr;
  std::unordered_map<std::string, std::size_t> rows;
  std::unordered_map<std::string, std::size_t> columns;
};

// The cells of a document by the names that formulas use.
class Grid {
public:
  explicit Grid(Document& document) {
    for (DocTable& table : document.tables) {
      TablePlace& place = tables_[table.id];
      place.table = &table;
      for (std::size_t i = 0; i < table.rows.size(); ++i)
        place.rows[table.rows[i].id] = i;
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        place.columns[table.columns[i].id] = i;
    }
  }

  Cell& cell(const Ref& ref) {
    TablePlace& place = table(ref.table);
    const auto row = place.rows.find(ref.row);
    if (row == place.rows.end()) unknown(ref);
    return place.table->rows[row->second].cells[column(ref)];
  }
  // A column of keys or groups: the rows that are no totals.
  template <typename Visit> void each_in_column(const Ref& ref, const Visit& visit) {
    const std::size_t index = column(ref);
    for (TableRow& row : table(ref.table).table->rows) {
      if (row.role != Role::total) visit(row.cells[index]);
    }
  }

private:
  [[noreturn]] static void unknown(const Ref& ref) {
    throw Error(ExitCode::internal,
                Problem{.rule = "expression-broken", .found = ref.table + "/" + ref.row + "/" + ref.column});
  }
  TablePlace& table(const std::string& id) {
    const auto found = tables_.find(id);
    if (found == tables_.end()) unknown({id, "", ""});
    return found->second;
  }
  std::size_t column(const Ref& ref) {
    const auto& columns = table(ref.table).columns;
    const auto found = columns.find(ref.column);
    if (found == columns.end()) unknown(ref);
    return found->second;
  }

  std::map<std::string, TablePlace> tables_;
};

std::string words_of(const Cell& cell) {
  const std::string* words = std::get_if<std::string>(&cell.content);
  return words == nullptr ? "" : *words;
}

std::string id_or_words(const std::string& words) {
  return state_of_words(words).value_or(words);
}

Ref own_group(const Expression& tree, const Ref& groups) {
  // The cell of this row's group is the second child of the rank that asks for it.
  if (tree.op == Op::rank && tree.children.size() > 1 && tree.group == groups) return tree.children[1]->ref;
  for (const Expr& child : tree.children) {
    Ref found = own_group(*child, groups);
    if (!found.table.empty()) return found;
  }
  return {};
}

class Filler {
public:
  explicit Filler(Grid& grid) : grid_(grid) {}

  void fill(Cell& cell) {
    if (!cell.formula || !std::holds_alternative<std::monostate>(cell.content)) return;
    const Result result = evaluate(*cell.formula, lookup(*cell.formula));
    if (const Number* number = std::get_if<Number>(&result))
      cell.content = *number;
    else if (const std::string* id = std::get_if<std::string>(&result))
      cell.content = state_words(*id);
  }

private:
  Result result_of(Cell& cell) {
    fill(cell);
    if (const Number* number = std::get_if<Number>(&cell.content)) return *number;
    return id_or_words(words_of(cell));
  }

  Lookup lookup(const Expression& tree) {
    Lookup lookup;
    lookup.cell = [this](const Ref& ref) { return result_of(grid_.cell(ref)); };
    lookup.column = [this](const Ref& keys) {
      std::vector<Result> column;
      grid_.each_in_column(keys, [&](Cell& cell) { column.push_back(result_of(cell)); });
      return column;
    };
    lookup.groups = [this](const Ref& groups) {
      std::vector<std::string> column;
      grid_.each_in_column(groups, [&](Cell& cell) { column.push_back(words_of(cell)); });
      return column;
    };
    lookup.group = [this, &tree](const Ref& groups) { return words_of(grid_.cell(own_group(tree, groups))); };
    return lookup;
  }

  Grid& grid_;
};

class Marker {
public:
  explicit Marker(Grid& grid) : grid_(grid) {}

  std::size_t marked() const { return marked_; }

  void check(Cell& cell) {
    if (!cell.formula || seen_.count(&cell) > 0) return;
    Doubles& doubles = seen_[&cell];
    const Expr tree = guarded(cell.formula);
    const bool decisive = is_decisive(*cell.formula);
    for (std::size_t model = 0; model < std::size(kModels); ++model) {
      doubles[model] = evaluate_doubles(*tree, lookup(*cell.formula, model), kModels[model]);
      if (!agrees(*doubles[model], cell, decisive)) cell.exact_only = true;
    }
    if (!cell.exact_only) return;
    ++marked_;
    for (auto& result : doubles)
      result = exact(cell);
  }

private:
  using Doubles = std::array<std::optional<DoubleResult>, std::size(kModels)>;

  static DoubleResult exact(const Cell& cell) {
    if (const Number* number = std::get_if<Number>(&cell.content)) return number->to_double();
    return id_or_words(words_of(cell));
  }

  // What is rounded or counted decides points and ranks; the branches of a choice decide as they stand.
  static bool is_decisive(const Expression& tree) {
    if (tree.op == Op::choose) return is_decisive(*tree.children[1]) || is_decisive(*tree.children[2]);
    return tree.op == Op::round || tree.op == Op::rank || tree.op == Op::floor || tree.op == Op::count_numbers;
  }

  static bool agrees(const DoubleResult& found, const Cell& cell, bool decisive) {
    const DoubleResult wanted = exact(cell);
    if (found.index() != wanted.index()) return false;
    const double* number = std::get_if<double>(&found);
    if (number == nullptr || decisive) return found == wanted;
    const double expected = std::get<double>(wanted);
    return std::fabs(*number - expected) <= std::ldexp(std::fabs(expected), -50);
  }

  DoubleResult result_of(Cell& cell, std::size_t model) {
    check(cell);
    const auto found = seen_.find(&cell);
    if (found == seen_.end()) return exact(cell);
    return *found->second[model];
  }

  DoubleLookup lookup(const Expression& tree, std::size_t model) {
    DoubleLookup lookup;
    lookup.cell = [this, model](const Ref& ref) { return result_of(grid_.cell(ref), model); };
    lookup.column = [this, model](const Ref& keys) {
      std::vector<DoubleResult> column;
      grid_.each_in_column(keys, [&](Cell& cell) { column.push_back(result_of(cell, model)); });
      return column;
    };
    lookup.groups = [this](const Ref& groups) {
      std::vector<std::string> column;
      grid_.each_in_column(groups, [&](Cell& cell) { column.push_back(words_of(cell)); });
      return column;
    };
    lookup.group = [this, &tree](const Ref& groups) { return words_of(grid_.cell(own_group(tree, groups))); };
    return lookup;
  }

  Grid& grid_;
  std::map<const Cell*, Doubles> seen_;
  std::size_t marked_ = 0;
};

template <typename Visit> void each_cell(Document& document, const Visit& visit) {
  for (DocTable& table : document.tables) {
    for (TableRow& row : table.rows) {
      for (Cell& cell : row.cells)
        visit(cell);
    }
  }
}

} // namespace

void fill_results(Document& document) {
  Grid grid(document);
  Filler filler(grid);
  each_cell(document, [&](Cell& cell) { filler.fill(cell); });
}

std::size_t mark_exact_only(Document& document) {
  Grid grid(document);
  Marker marker(grid);
  each_cell(document, [&](Cell& cell) { marker.check(cell); });
  return marker.marked();
}

} // namespace appraise
