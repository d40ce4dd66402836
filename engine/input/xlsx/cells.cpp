#include "engine/input/xlsx/cells.h"

#include "engine/input/xlsx/text.h"

#include <cstring>

namespace appraise::xlsx {

std::optional<CellType> cell_type(std::string_view name) {
  if (name == "s") return CellType::shared;
  if (name == "n" || name.empty()) return CellType::number;
  if (name == "inlineStr") return CellType::inline_text;
  if (name == "str") return CellType::text;
  if (name == "b") return CellType::boolean;
  if (name == "e") return CellType::error;
  if (name == "d") return CellType::date;
  return std::nullopt;
}

NumberKind CellWriter::style(std::string_view number) const {
  std::size_t index = 0;
  for (const char c : number) {
    if (c < '0' || c > '9' || index > facts_.styles.size()) return NumberKind::number;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index < facts_.styles.size() ? facts_.styles.data()[index] : NumberKind::number;
}

bool CellWriter::close(const CellHead& cell, char* end) {
  if (cell.type == CellType::error) return writer_.close_cell(end, CellMark::Kind::error);
  if (cell.formula) return writer_.close_cell(end, CellMark::Kind::formula);
  return writer_.close_cell(end);
}

bool CellWriter::put(const CellHead& cell, std::string_view text) {
  char* to = writer_.open_cell(cell.column, text.size());
  if (to == nullptr) return false;
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return close(cell, to + text.size());
}

bool CellWriter::text(const CellHead& cell, std::string_view text) {
  if (text.empty() && !cell.formula) return true;
  return put(cell, text);
}

bool CellWriter::nothing(const CellHead& cell) {
  if (!cell.formula) return true;
  char* to = writer_.open_cell(cell.column, 0);
  return to != nullptr && writer_.close_cell(to, CellMark::Kind::formula_unsolved);
}

bool CellWriter::shared(const CellHead& cell, std::string_view index) {
  std::uint64_t at = 0;
  for (const char c : index) {
    if (c < '0' || c > '9' || at > facts_.strings.size()) return writer_.fail("xlsx-broken", cell.column);
    at = at * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (at >= facts_.strings.size()) return writer_.fail("xlsx-broken", cell.column);
  return text(cell, facts_.strings.at(static_cast<std::size_t>(at)));
}

bool CellWriter::number(const CellHead& cell, std::string_view value) {
  char* to = writer_.open_cell(cell.column, kNumberRoom);
  if (to == nullptr) return false;
  char* end = cell.type == CellType::date       ? put_iso_date(value, to)
              : cell.kind != NumberKind::number ? put_serial(value, cell.kind, facts_.from_1904, to)
                                                : put_number(value, to);
  if (end != nullptr) return close(cell, end);
  writer_.close_cell(to); // not a number after all: the text as it stands
  return put(cell, value);
}

bool CellWriter::value(const CellHead& cell, std::string_view value) {
  if (value.empty()) {
    // A formula whose result is the empty text says so by its type; another without a value was never computed.
    return cell.type == CellType::text || cell.type == CellType::inline_text ? text(cell, value) : nothing(cell);
  }
  switch (cell.type) {
  case CellType::number:
  case CellType::date: return number(cell, value);
  case CellType::shared: return shared(cell, value);
  case CellType::boolean:
    if (value == "1" || value == "true") return put(cell, "TRUE");
    if (value == "0" || value == "false") return put(cell, "FALSE");
    return put(cell, value);
  case CellType::error: return put(cell, value);
  case CellType::text:
  case CellType::inline_text: break;
  }
  if (value.find('_') == std::string_view::npos) return put(cell, value);
  char* to = writer_.open_cell(cell.column, value.size());
  if (to == nullptr) return false;
  std::memcpy(to, value.data(), value.size());
  return close(cell, finish_text(to, to + value.size(), true));
}

} // namespace appraise::xlsx
