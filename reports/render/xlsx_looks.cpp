#include "reports/render/xlsx_looks.h"

#include "reports/render/plain_text.h"

#include <fmt/core.h>

namespace appraise {

namespace {

struct Look {
  Align align;
  bool bold;
  bool wrap;
  std::uint32_t color;
  std::int64_t fill;
};

// Told apart by weight and shade, so that a grey print keeps them apart; colour only adds to it.
Look look_of(Role role) {
  switch (role) {
  case Role::plain: return {Align::left, false, true, 0x000000, -1};
  case Role::head: return {Align::center, true, true, 0x000000, 0xE8EDF3};
  case Role::label: return {Align::center, false, true, 0x000000, -1};
  case Role::number: return {Align::right, false, false, 0x000000, -1};
  case Role::input: return {Align::right, false, false, 0x1F3864, 0xFFF6D6};
  case Role::total: return {Align::right, false, false, 0x000000, 0xF3F3F3};
  case Role::rank: return {Align::center, false, false, 0x000000, -1};
  case Role::state: return {Align::center, false, true, 0x595959, -1};
  case Role::note: return {Align::left, false, true, 0x404040, -1};
  case Role::sequence: return {Align::center, false, false, 0x595959, -1};
  }
  return {Align::left, false, false, 0x000000, -1};
}

std::string number_format(const Cell& cell) {
  std::string format = cell.role == Role::rank || cell.role == Role::sequence ? "0" : "#,##0";
  if (cell.percent) format = "0";
  if (cell.places < 0) {
    if (!cell.exact_only) return cell.percent ? "0.######%" : "";
    return "General\"*\"";
  }
  if (cell.places > 0) format += "." + std::string(static_cast<std::size_t>(cell.places), '0');
  if (cell.percent) format += "%";
  if (cell.exact_only) format += "\"*\"";
  return format;
}

void add_lines(Format& format, const Edges& edges) {
  constexpr std::uint32_t kInner = 0xA6A6A6;
  format.inner_color = kInner;
  format.top = edges.first_row ? Line::medium : Line::thin;
  format.bottom = edges.last_row ? Line::medium : Line::thin;
  format.left = edges.first_column ? Line::none : Line::thin;
  format.right = edges.last_column ? Line::none : Line::thin;
}

} // namespace

Format title_format(const XlsxOptions& options) {
  return {.font = options.head_font, .size = 16, .bold = true, .wrap = true, .align = Align::center};
}

Format subtitle_format(const XlsxOptions& options, Align align) {
  return {.font = options.body_font, .size = kBodySize, .align = align, .color = 0x404040};
}

Format head_format(const XlsxOptions& options, const Edges& edges) {
  const Look look = look_of(Role::head);
  Format format{.font = options.head_font,
                .size = kBodySize,
                .bold = look.bold,
                .wrap = look.wrap,
                .align = look.align,
                .color = look.color,
                .fill = look.fill};
  add_lines(format, edges);
  return format;
}

Format note_format(const XlsxOptions& options) {
  return {.font = options.body_font, .size = kNoteSize, .wrap = true, .top_aligned = true, .color = 0x404040};
}

Format cell_format(const XlsxOptions& options, const Cell& cell, const TableColumn& column, const TableRow& row,
                   const Edges& edges) {
  const bool text = std::holds_alternative<std::string>(cell.content);
  Role role = cell.role == Role::plain ? column.role : cell.role;
  Look look = look_of(role);
  if (row.role == Role::total) {
    look.bold = true;
    look.fill = look_of(Role::total).fill;
  }
  // A state stands in the narrow column of the numbers that it replaces: three characters in one line, four in two.
  const bool replaces = text && (role == Role::number || role == Role::total);
  const bool short_state = replaces && display_width(std::get<std::string>(cell.content)) <= 6;
  if (replaces) look = {Align::center, false, !short_state, 0x595959, look.fill};
  Format format{.font = options.body_font,
                .size = kBodySize,
                .bold = look.bold,
                .wrap = look.wrap,
                .shrink = short_state,
                .align = look.align,
                .indented = look.align == Align::left && look.wrap,
                .color = look.color,
                .fill = look.fill};
  add_lines(format, edges);
  if (std::holds_alternative<Number>(cell.content) || cell.formula) format.number = number_format(cell);
  return format;
}

std::string shown_number(const Cell& cell) {
  const Number* number = std::get_if<Number>(&cell.content);
  if (number == nullptr) return {};
  const Number shown = cell.percent ? *number * Number(100) : *number;
  std::string text;
  if (cell.places >= 0) {
    text = shown.decimal(cell.places);
  } else {
    text = shown.text();
    if (text.find('/') != std::string::npos || text.size() > 12) text = shown.decimal(6);
  }
  const std::size_t point = text.find('.');
  const std::size_t digits = (point == std::string::npos ? text.size() : point) - (text.front() == '-' ? 1 : 0);
  if (cell.places >= 0 && cell.role != Role::rank && cell.role != Role::sequence && digits > 3) {
    text.append((digits - 1) / 3, ','); // only the width matters
  }
  if (cell.percent) text += "%";
  if (cell.exact_only) text += "*";
  return text;
}

} // namespace appraise
