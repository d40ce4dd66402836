#include "engine/input/xlsx/sheet.h"

#include <charconv>

namespace appraise::xlsx {

SheetPart::SheetPart(Archive& archive, Entry& entry, const BookFacts& facts, BlockWriter& writer)
    : TwoWays(archive, entry, "worksheet", "sheetData"), writer_(writer), cells_(writer, facts),
      cell_bytes_(archive.limits().cell_bytes), item_(cell_bytes_) {}

bool SheetPart::begin_row(std::string_view number, std::string_view hidden) {
  if (!check(writer_.begin_row(number, hidden == "1" || hidden == "true"))) return false;
  in_row_ = true;
  const auto digits = std::to_chars(row_digits_, row_digits_ + sizeof row_digits_, writer_.line());
  row_digits_count_ = static_cast<std::size_t>(digits.ptr - row_digits_);
  return true;
}

bool SheetPart::begin_cell(std::string_view reference, std::string_view type, CellHead& cell) {
  cell.column = writer_.column_of(reference);
  if (!check(cell.column >= 0)) return false;
  const auto known = cell_type(type);
  if (!known) return check(writer_.fail("xlsx-broken", cell.column));
  cell.type = *known;
  return true;
}

void SheetPart::start_inside(const XmlName& name, const XmlAttributes& attributes) {
  const std::size_t level = depth();
  if (level > 5) {
    if (in_item_) item_.start(name, attributes);
    return;
  }
  if (!is_sheet_space(name.space)) return;
  if (level == 3 && name.local == "row") {
    if (row_told_)
      row_told_ = false;
    else
      begin_row(attributes("r"), attributes("hidden"));
  } else if (level == 4 && in_row_ && name.local == "c") {
    cell_ = CellHead{.kind = cells_.style(attributes("s"))};
    in_cell_ = begin_cell(attributes("r"), attributes("t"), cell_);
    has_value_ = has_item_ = false;
  } else if (level == 5 && in_cell_) {
    if (name.local == "v") {
      in_value_ = has_value_ = true;
      value_.clear();
    } else if (name.local == "f") {
      cell_.formula = true;
    } else if (name.local == "is") {
      in_item_ = has_item_ = true;
      item_.clear();
    }
  }
}

void SheetPart::text_inside(std::string_view bytes) {
  if (in_item_) {
    if (!item_.text(bytes)) check(writer_.fail("limit-cell", cell_.column, cell_bytes_));
  } else if (in_value_ && depth() == 5) {
    value_ += bytes;
    if (value_.size() > cell_bytes_ * 7 + 64) check(writer_.fail("limit-cell", cell_.column, cell_bytes_));
  }
}

void SheetPart::end_inside(const XmlName& name) {
  const std::size_t level = depth();
  if (level > 5) {
    if (in_item_) item_.end(name);
  } else if (level == 5) {
    in_value_ = in_item_ = false;
  } else if (level == 4 && in_cell_) {
    in_cell_ = false;
    end_cell(cell_, has_value_, value_, has_item_, item_.whole());
  } else if (level == 3 && in_row_) {
    in_row_ = false;
    if (check(writer_.end_row()) && writer_.full()) pause();
  }
}

// <is> counts where there is no <v>, and always in a cell of its type.
bool SheetPart::end_cell(const CellHead& cell, bool has_value, std::string_view value, bool has_item,
                         std::string_view item) {
  if (has_item && (!has_value || cell.type == CellType::inline_text)) return check(cells_.text(cell, item));
  return check(has_value ? cells_.value(cell, value) : cells_.nothing(cell));
}

SheetBlocks::SheetBlocks(Archive& archive, Entry& entry, const BookFacts& facts, bool by_expat)
    : writer_(entry.name, archive.limits()), part_(archive, entry, facts, writer_) {
  if (by_expat) part_.leave_to_expat();
}

bool SheetBlocks::next(CellBlock& block) {
  writer_.begin(block);
  while (!done_ && !part_.enough())
    done_ = !part_.step();
  writer_.finish();
  return !writer_.empty();
}

} // namespace appraise::xlsx
