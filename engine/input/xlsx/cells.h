// What the value of a cell means: its type, its style and the shared strings make the text that the block holds.
#pragma once

#include "engine/input/xlsx/block_writer.h"
#include "engine/input/xlsx/number_text.h"
#include "engine/input/xlsx/strings.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace appraise::xlsx {

enum class CellType : std::uint8_t { number, shared, inline_text, text, boolean, error, date };

// The t attribute; none when it is no type.
std::optional<CellType> cell_type(std::string_view name);

// What all sheets of a workbook share.
struct BookFacts {
  bool from_1904 = false;
  std::vector<NumberKind> styles; // by the s attribute
  SharedStrings strings;
};

// A cell while it is read.
struct CellHead {
  std::int64_t column = 0;
  CellType type = CellType::number;
  NumberKind kind = NumberKind::number;
  bool formula = false;
};

class CellWriter {
public:
  CellWriter(BlockWriter& writer, const BookFacts& facts) : writer_(writer), facts_(facts) {}

  // The s attribute; styles that the workbook does not have are plain.
  NumberKind style(std::string_view number) const;

  // Each returns false at a fault. `value` is what stands in <v>, without markup.
  bool value(const CellHead& cell, std::string_view value);
  bool text(const CellHead& cell, std::string_view text); // of <is>, finished
  bool nothing(const CellHead& cell);                     // neither <v> nor <is>

private:
  bool put(const CellHead& cell, std::string_view text);
  bool close(const CellHead& cell, char* end);
  bool shared(const CellHead& cell, std::string_view index);
  bool number(const CellHead& cell, std::string_view value);

  BlockWriter& writer_;
  const BookFacts& facts_;
};

} // namespace appraise::xlsx
