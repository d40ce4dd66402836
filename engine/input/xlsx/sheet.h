// The rows of one sheet.
//
//   SheetBlocks rows(archive, entry, facts, false);
//   while (rows.next(block)) …
#pragma once

#include "engine/input/xlsx/cells.h"
#include "engine/input/xlsx/item_text.h"
#include "engine/input/xlsx/two_ways.h"

#include <string>
#include <string_view>

namespace appraise::xlsx {

// A cell as the quick scanner finds it, before its value is judged.
struct QuickCell {
  CellHead head;
  QuickText value;
  std::string_view item;
  bool has_value = false;
  bool has_item = false;
};

class SheetPart : public TwoWays {
public:
  SheetPart(Archive& archive, Entry& entry, const BookFacts& facts, BlockWriter& writer);
  bool enough() const override { return !in_row_ && writer_.full(); } // rows are never divided

private:
  const char* quick_element(QuickXml& xml, const char* p) override;
  const char* quick_row(QuickXml& xml, const char* p);
  const char* quick_cell(QuickXml& xml, const char* p);
  const char* quick_cell_tag(const char* p, CellHead& cell) const;
  const char* quick_content(QuickXml& xml, const char* p, QuickCell& found);
  std::string_view open_tags() const override;
  std::int64_t line() const override { return writer_.line(); }

  void start_inside(const XmlName& name, const XmlAttributes& attributes) override;
  void end_inside(const XmlName& name) override;
  void text_inside(std::string_view bytes) override;
  bool begin_cell(std::string_view reference, std::string_view type, CellHead& cell);
  bool begin_row(std::string_view number, std::string_view hidden);
  bool end_cell(const CellHead& cell, bool has_value, std::string_view value, bool has_item, std::string_view item);
  bool check(bool went_well) { return went_well || fail(*writer_.fault()); } // takes over the writer's fault

  BlockWriter& writer_;
  CellWriter cells_;
  std::uint64_t cell_bytes_;

  bool in_row_ = false;
  bool row_told_ = false; // expat has been told of a row that the scanner began
  char row_digits_[16] = {};
  std::size_t row_digits_count_ = 0;

  // By expat.
  bool in_cell_ = false;
  bool in_value_ = false;
  bool in_item_ = false;
  bool has_value_ = false;
  bool has_item_ = false;
  CellHead cell_;
  std::string value_;
  ItemText item_;
};

class SheetBlocks : public BlockReader {
public:
  SheetBlocks(Archive& archive, Entry& entry, const BookFacts& facts, bool by_expat);
  bool next(CellBlock& block) override;
  const ReadFault* fault() const override { return part_.fault(); }
  const SheetPart& part() const { return part_; }

private:
  BlockWriter writer_;
  SheetPart part_;
  bool done_ = false;
};

} // namespace appraise::xlsx
