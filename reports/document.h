// A document: tables, charts and text whose cells have a value, a state, a role, a link and perhaps an expression;
// never a colour and never a cell address. What is said is said once, here; each renderer writes it in its own format.
//
//   Tables, rows and columns have ids; a formula's references are those ids (Ref{table, row, column}), and a renderer
//   turns them into addresses. A cell with a formula always carries its cached content as well.
#pragma once

#include "engine/expression.h"
#include "engine/number.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace appraise {

enum class Role {
  plain,
  head,
  label,
  number,
  input /* may be changed by the reader */,
  total,
  rank,
  state,
  note,
  sequence
};

using Content = std::variant<std::monostate, std::string, Number>;

struct Cell {
  Content content;
  int places = -1;      // decimals shown; -1: as many as the number needs (at most 6)
  bool percent = false; // shown × 100 with %
  Role role = Role::plain;
  Expr formula;            // null: none; leaves refer to cells by id
  bool exact_only = false; // doubles would differ: written as a value, marked and counted
  std::string link;        // "table/row/column" of another cell
  std::size_t rows = 1;    // the cell spans so many rows downwards; the cells that it covers are left empty
  std::string comment;
};

struct TableColumn {
  std::string id;
  std::string title;
  std::string over; // a head above that spans the neighbours with the same text
  std::string unit;
  double width = 10; // in characters of half width
  Role role = Role::plain;
};

struct TableRow {
  std::string id;
  std::vector<Cell> cells; // one per column
  Role role = Role::plain;
};

struct DocTable {
  std::string id;
  std::string title; // of the sheet's head: what, where, when
  std::string sheet; // name of the sheet
  std::string unit;  // 单位, when all cells share one
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
  std::size_t frozen_columns = 0;
  bool autofilter = false;
  std::vector<std::string> notes; // below the table: legend of marks, sources
};

struct Mark { // a known fault of a series, said beside the point
  std::string at;
  std::string text;
};

struct Series {
  std::string name;
  std::vector<std::optional<Number>> values; // one per label of the chart
  std::optional<int> places = std::nullopt;  // heat table: its own decimals, where the columns differ
  bool percent = false;                      // heat table, with places
};

struct Chart {
  enum class Kind { ranked_bars, stacked_bars, heat_table, trend };
  Kind kind = Kind::ranked_bars;
  std::string id; // also the file's name
  std::string title;
  std::string unit;
  std::vector<std::string> labels;                   // units, or years
  std::vector<Series> series;                        // heat table: one per item
  std::vector<std::string> states;                   // per label: a state's text instead of a bar, or ""
  std::vector<std::vector<std::string>> cell_states; // heat table: [series][label] state's text, or ""
  std::vector<Number> maxima; // heat table: the points of each item, for the shade; empty: by the column's largest
  int places = 2;
  bool percent = false;
  std::vector<Mark> marks;
  std::string source;
  std::vector<std::string> notes;
  std::string alternative; // the message in words, for those who cannot see it
  std::string highlight;   // the label to be singled out (the reader's own unit); empty: none
};

struct Paragraph {
  std::string text;
  Role role = Role::plain;
};

struct Document {
  std::string title;
  std::string subtitle;  // period, status, date of issue
  std::string watermark; // 演示数据，非考核结果 on demonstrations; empty otherwise
  std::vector<Paragraph> paragraphs;
  std::vector<DocTable> tables;
  std::vector<Chart> charts;

  const DocTable* table(const std::string& id) const;
};

} // namespace appraise
