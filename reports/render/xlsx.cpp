#include "reports/render/xlsx.h"

#include "reports/render/plain_text.h"
#include "reports/render/workbook.h"
#include "reports/render/xlsx_looks.h"
#include "reports/texts.h"

#include <algorithm>
#include <fmt/core.h>
#include <map>

namespace appraise {

namespace {

// Measured on the fonts that stand in where those named are missing: tall lines, wide digits.
constexpr double kLineHeight = 1.5; // of the size
constexpr double kHalfWidth = 0.6;  // of the size
constexpr double kPadding = 4;      // points
constexpr double kIndent = 9;       // points

double points_for(double characters, double size) {
  return characters * size * kHalfWidth + kPadding;
}
// Columns of half width that fit: Chinese characters are as wide as they are tall.
double characters_in(double points, double size) {
  return (points - kPadding / 2) / (size * 0.5);
}

// Where a table stands on its sheet.
struct Place {
  const DocTable* table = nullptr;
  Sheet* sheet = nullptr;
  std::uint32_t first_head = 2;
  std::uint32_t last_head = 2;
  std::map<std::string, std::uint32_t> rows;
  std::map<std::string, std::uint32_t> columns;
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::uint32_t last_ranked = 0; // the last row that is no total: columns of keys end there
  std::vector<double> widths;    // points
};

class Renderer {
public:
  Renderer(const Document& document, const XlsxOptions& options)
      : document_(document), options_(options), book_(options.temporary_folder) {}

  std::string render() {
    book_.title(document_.title, document_.subtitle);
    for (const DocTable& table : document_.tables)
      places_[table.id] = place(table);
    for (const DocTable& table : document_.tables)
      write(places_[table.id]);
    return book_.finish();
  }

private:
  Place place(const DocTable& table) {
    Place result;
    result.table = &table;
    result.sheet = &book_.add_sheet(table.sheet);
    const bool grouped =
        std::any_of(table.columns.begin(), table.columns.end(), [](const TableColumn& c) { return !c.over.empty(); });
    result.last_head = result.first_head + (grouped ? 1 : 0);
    result.first_row = result.last_head + 1;
    result.last_row = result.last_head;
    for (const TableRow& row : table.rows) {
      result.rows[row.id] = ++result.last_row;
      if (row.role != Role::total) result.last_ranked = result.last_row;
    }
    for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
      result.columns[table.columns[i].id] = i;
      result.widths.push_back(width(table, i));
    }
    return result;
  }

  double width(const DocTable& table, std::size_t index) const {
    const TableColumn& column = table.columns[index];
    double points = points_for(column.width, kBodySize);
    for (const TableRow& row : table.rows) {
      const auto characters = static_cast<double>(display_width(shown_number(row.cells[index])));
      points = std::max(points, points_for(characters, kBodySize));
    }
    return points;
  }

  std::string address(const Place& from, const Ref& ref) const {
    const Place& to = places_.at(ref.table);
    const std::uint32_t column = to.columns.at(ref.column);
    std::string result;
    if (ref.row.empty()) {
      result = cell_address(to.first_row, column, true) + ":" + cell_address(to.last_ranked, column, true);
    } else {
      result = cell_address(to.rows.at(ref.row), column, to.sheet != from.sheet);
    }
    return to.sheet == from.sheet ? result : "'" + to.sheet->name() + "'!" + result;
  }

  void write(const Place& place) {
    const DocTable& table = *place.table;
    const auto last_column = static_cast<std::uint32_t>(table.columns.size()) - 1;
    for (std::uint32_t i = 0; i <= last_column; ++i)
      place.sheet->column_width(i, place.widths[i]);
    write_title(place, last_column);
    write_heads(place);
    write_rows(place);
    const std::uint32_t end = write_notes(place, last_column);
    place.sheet->freeze(place.first_row, static_cast<std::uint32_t>(table.frozen_columns));
    if (table.autofilter && !table.rows.empty()) place.sheet->filter(place.last_head, place.last_row, last_column);
    place.sheet->print_setup(place.first_head, place.last_head, end, last_column, document_.watermark,
                             text("sheet.page footer", Language::chinese));
  }

  void write_title(const Place& place, std::uint32_t last_column) {
    Sheet& sheet = *place.sheet;
    const DocTable& table = *place.table;
    const std::string title =
        document_.watermark.empty() ? table.title : fmt::format("{}\n（{}）", table.title, document_.watermark);
    const Format format = title_format(options_);
    sheet.merge(0, 0, 0, last_column, title, format);
    const auto lines = static_cast<double>(wrapped_lines(title, characters_in(total_width(place), format.size)));
    sheet.row_height(0, lines * format.size * kLineHeight + 8);
    // The unit takes the last columns, as many as it needs.
    std::uint32_t split = last_column;
    const double wanted = points_for(static_cast<double>(display_width(table.unit)), kBodySize);
    for (double room = place.widths[split]; room < wanted && split > 1; room += place.widths[split])
      --split;
    const bool both = split > 0;
    sheet.merge(1, 0, 1, both ? split - 1 : 0, document_.subtitle, subtitle_format(options_, Align::left));
    if (both) sheet.merge(1, split, 1, last_column, table.unit, subtitle_format(options_, Align::right));
    sheet.row_height(1, kBodySize * kLineHeight + 4);
  }

  double total_width(const Place& place) const {
    double sum = 0;
    for (double width : place.widths)
      sum += width;
    return sum;
  }

  void write_heads(const Place& place) {
    Sheet& sheet = *place.sheet;
    const auto& columns = place.table->columns;
    const bool grouped = place.last_head > place.first_head;
    std::size_t lines = 1;
    double over_lines = 1;
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      const std::string title =
          columns[i].unit.empty() ? columns[i].title : fmt::format("{}\n（{}）", columns[i].title, columns[i].unit);
      std::size_t needed = wrapped_lines(title, characters_in(place.widths[i], kBodySize));
      const bool spans = grouped && columns[i].over.empty();
      if (spans && needed > 1) --needed; // it has both rows
      lines = std::max(lines, needed);
      sheet.merge(spans ? place.first_head : place.last_head, i, place.last_head, i, title,
                  head_format(options_, {i == 0, i + 1 == columns.size(), spans || !grouped, false}));
    }
    for (std::uint32_t i = 0; grouped && i < columns.size();) {
      std::uint32_t end = i;
      double width = 0;
      for (; end < columns.size() && columns[end].over == columns[i].over; ++end)
        width += place.widths[end];
      if (!columns[i].over.empty()) {
        sheet.merge(place.first_head, i, place.first_head, end - 1, columns[i].over,
                    head_format(options_, {i == 0, end == columns.size(), true, false}));
        over_lines =
            std::max(over_lines, static_cast<double>(wrapped_lines(columns[i].over, characters_in(width, kBodySize))));
      }
      i = end;
    }
    if (grouped) sheet.row_height(place.first_head, over_lines * kBodySize * kLineHeight + 4);
    sheet.row_height(place.last_head, static_cast<double>(lines) * kBodySize * kLineHeight + 6);
  }

  void write_rows(const Place& place) {
    const DocTable& table = *place.table;
    const bool tall = std::any_of(table.rows.begin(), table.rows.end(), [](const TableRow& row) {
      return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) { return cell.rows > 1; });
    });
    const std::size_t count = table.rows.size();
    std::vector<double> heights(count, kBodySize * kLineHeight + 4);
    std::vector<std::vector<bool>> covered(count, std::vector<bool>(table.columns.size()));
    for (std::size_t row = 0; row < count; ++row) {
      for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
        if (covered[row][i]) continue;
        const Cell& cell = table.rows[row].cells[i];
        const std::size_t end = std::min(count, row + cell.rows);
        for (std::size_t below = row + 1; below < end; ++below)
          covered[below][i] = true;
        Format format = cell_format(options_, cell, table.columns[i], table.rows[row],
                                    {i == 0, i + 1 == table.columns.size(), false, end == count});
        format.top_aligned = tall; // so that no text is cut where a page ends within a tall cell
        write_cell(place, place.first_row + static_cast<std::uint32_t>(row), i, cell, format);
        if (cell.rows == 1) heights[row] = std::max(heights[row], needed_height(place, i, cell, format));
      }
    }
    share_tall_cells(place, heights);
    for (std::size_t row = 0; row < count; ++row)
      place.sheet->row_height(place.first_row + static_cast<std::uint32_t>(row), heights[row]);
  }

  // Rows under a cell that spans them are made taller, all alike, until its text fits.
  void share_tall_cells(const Place& place, std::vector<double>& heights) const {
    const DocTable& table = *place.table;
    for (std::size_t row = 0; row < heights.size(); ++row) {
      for (std::uint32_t i = 0; i < table.columns.size(); ++i) {
        const Cell& cell = table.rows[row].cells[i];
        if (cell.rows == 1) continue;
        const std::size_t end = std::min(heights.size(), row + cell.rows);
        double present = 0;
        for (std::size_t j = row; j < end; ++j)
          present += heights[j];
        const Format format = cell_format(options_, cell, table.columns[i], table.rows[row], {});
        const double missing = needed_height(place, i, cell, format) - present;
        for (std::size_t j = row; missing > 0 && j < end; ++j)
          heights[j] += missing / static_cast<double>(end - row);
      }
    }
  }

  double needed_height(const Place& place, std::uint32_t column, const Cell& cell, const Format& format) const {
    const std::string* text = std::get_if<std::string>(&cell.content);
    if (text == nullptr || !format.wrap) return 0;
    const double width = place.widths[column] - (format.indented ? kIndent : 0);
    const auto lines = static_cast<double>(wrapped_lines(*text, characters_in(width, format.size)));
    return lines * format.size * kLineHeight + 4;
  }

  void write_cell(const Place& place, std::uint32_t row, std::uint32_t column, const Cell& cell, const Format& format) {
    Sheet& sheet = *place.sheet;
    if (!cell.link.empty()) write_link(place, row, column, cell, format);
    const std::string* words = std::get_if<std::string>(&cell.content);
    const Number* number = std::get_if<Number>(&cell.content);
    if (cell.rows > 1) {
      const auto last = row + static_cast<std::uint32_t>(cell.rows) - 1;
      sheet.merge(row, column, last, column, words != nullptr ? *words : "", format);
      if (number != nullptr) sheet.number(row, column, number->to_double(), format);
    } else if (cell.formula && !cell.exact_only) {
      const std::string formula = print_spreadsheet(
          *guarded(cell.formula), [&](const Ref& ref) { return address(place, ref); },
          [](const std::string& id) { return text("state." + id, Language::chinese); });
      if (number != nullptr)
        sheet.formula(row, column, formula, number->to_double(), format);
      else
        sheet.formula(row, column, formula, words != nullptr ? *words : "", format);
    } else if (number != nullptr) {
      sheet.number(row, column, number->to_double(), format);
    } else {
      sheet.text(row, column, words != nullptr ? *words : "", format);
    }
    if (!cell.comment.empty()) sheet.comment(row, column, cell.comment);
  }

  void write_link(const Place& place, std::uint32_t row, std::uint32_t column, const Cell& cell, const Format& format) {
    // Row ids may hold slashes; table and column ids may not.
    const std::size_t first = cell.link.find('/');
    const std::size_t last = cell.link.rfind('/');
    const auto to = places_.find(cell.link.substr(0, first));
    if (to == places_.end() || last <= first) return;
    const auto to_row = to->second.rows.find(cell.link.substr(first + 1, last - first - 1));
    const auto to_column = to->second.columns.find(cell.link.substr(last + 1));
    if (to_row == to->second.rows.end() || to_column == to->second.columns.end()) return;
    place.sheet->link(row, column, to->second.sheet->name(), cell_address(to_row->second, to_column->second, false),
                      format);
  }

  std::uint32_t write_notes(const Place& place, std::uint32_t last_column) {
    const Format format = note_format(options_);
    std::uint32_t row = place.last_row;
    for (const std::string& note : place.table->notes) {
      ++row;
      place.sheet->merge(row, 0, row, last_column, note, format);
      const auto lines = static_cast<double>(wrapped_lines(note, characters_in(total_width(place), format.size)));
      place.sheet->row_height(row, lines * format.size * kLineHeight + 3);
    }
    return row;
  }

  const Document& document_;
  const XlsxOptions& options_;
  Workbook book_;
  std::map<std::string, Place> places_;
};

} // namespace

std::string render_xlsx(const Document& document, const XlsxOptions& options) {
  return Renderer(document, options).render();
}

} // namespace appraise
