// Lines that cannot reasonably be anything but UTF-8: the whole line is valid, with at least two characters of three
// bytes, so that four characters of GB18030 would have to fall into place by accident. GB18030 reads most of them as
// other characters without a complaint, so a file that holds both encodings is told by its lines.
//
//   Utf8Lines lines;
//   lines.add(bytes);              // as often as there is more; a line may be cut anywhere
//   lines.finish();
//   lines.first();                 // offset of the first such line among all bytes added; npos: none
#pragma once

#include "engine/input/grid.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace appraise {

class Utf8Lines {
public:
  static constexpr std::uint64_t npos = UINT64_MAX;

  // False as soon as a line was found: more is not needed.
  bool add(std::string_view bytes);
  void finish(); // the last line may have no end
  std::uint64_t first() const { return found_; }

private:
  void end_line(std::uint64_t next);

  std::uint64_t at_ = 0;   // bytes added
  std::uint64_t line_ = 0; // where the line begins
  std::uint64_t found_ = npos;
  bool valid_ = true;     // of the line until here
  int need_ = 0;          // bytes of the character that are still to come
  unsigned least_ = 0x80; // of the next of them
  unsigned greatest_ = 0xBF;
  bool long_ = false;       // the character has three bytes
  int long_characters_ = 0; // of the line
};

// Whether the text holds such a line, told fast where it does not: for text that is read as GB18030.
bool holds_utf8_line(std::string_view text);
// The same of a block's text, faster still, since it is known where its rows begin.
bool holds_utf8_line(const CellBlock& block);

} // namespace appraise
