#include "engine/input/structure.h"

#include "engine/input/gb18030_ranges.h"
#include "engine/input/structure_cursor.h"

#include <algorithm>

namespace appraise {

namespace {

constexpr std::size_t kStretch = 4096; // bytes between two looks at the room for positions

// Room for what the next stretch can give. The vectors keep their size from block to block, so that almost nothing is
// ever filled with zeros.
void make_room(IndexCursor& cursor, CellBlock& block, std::size_t bytes) {
  const auto grow = [](std::vector<std::uint32_t>& to, std::size_t count) {
    if (to.size() < count) to.resize(count);
    return to.data();
  };
  cursor.ends = grow(block.ends, cursor.cells + bytes + 72);
  cursor.starts = grow(block.starts, cursor.rows + bytes + 2);
  cursor.first = grow(block.first, cursor.rows + bytes + 2);
}

struct PlainEnd {
  std::size_t misplaced = Structure::kNone;
  bool open = false;
};

// The state machine: rows from cursor.at, where one begins, until the first row that begins at or behind `until`.
PlainEnd scan_plainly(IndexCursor& cursor, CellBlock& block, std::size_t until) {
  const char* const text = cursor.text;
  const std::size_t size = cursor.size;
  std::size_t at = cursor.at;
  std::size_t room = 0;
  const auto line_end = [&] { return text[at] == '\n' || text[at] == '\r'; };
  const auto step_over = [&] { at += text[at] == '\r' && at + 1 < size && text[at + 1] == '\n' ? 2 : 1; };
  const auto width = [&] { return cursor.by_characters ? gb18030::step({text + at, size - at}) : std::size_t{1}; };
  bool row_begins = true;
  while (at < size && !(row_begins && at >= until)) {
    if (room == 0) {
      room = kStretch;
      make_room(cursor, block, room);
    }
    --room;
    row_begins = false;
    if (text[at] == '"') {
      cursor.quotes = true;
      for (++at;;) {
        if (at >= size) {
          cursor.at = at;
          return {.open = true};
        }
        if (text[at] == '"') {
          if (at + 1 >= size || text[at + 1] != '"') break;
          at += 2;
        } else if (line_end()) {
          cursor.jump(cursor.rows, 1);
          step_over();
        } else {
          cursor.nul |= text[at] == '\0';
          at += width();
        }
      }
      ++at;
      if (at < size && text[at] != cursor.separator && !line_end()) {
        cursor.nul |= text[at] == '\0';
        cursor.at = at;
        return {.misplaced = at};
      }
    }
    while (at < size && text[at] != cursor.separator && !line_end()) {
      cursor.nul |= text[at] == '\0';
      at += width();
    }
    if (at >= size) break;
    cursor.ends[cursor.cells++] = static_cast<std::uint32_t>(at);
    if (line_end()) {
      step_over();
      ++cursor.rows;
      cursor.starts[cursor.rows] = static_cast<std::uint32_t>(at);
      cursor.first[cursor.rows] = static_cast<std::uint32_t>(cursor.cells);
      row_begins = true;
    } else {
      ++at;
    }
  }
  cursor.at = at;
  return {};
}

IndexCursor begin(std::string_view text, Encoding encoding, char separator, CellBlock& block) {
  IndexCursor cursor;
  cursor.text = text.data();
  cursor.size = text.size();
  cursor.separator = separator;
  cursor.by_characters = part_of_characters(separator, encoding);
  cursor.jumps = &block.jumps;
  block.jumps.clear();
  make_room(cursor, block, 0);
  cursor.starts[0] = 0;
  cursor.first[0] = 0;
  return cursor;
}

Structure finish(IndexCursor& cursor, CellBlock& block, const PlainEnd& end, bool last) {
  Structure result;
  result.open = end.open;
  result.misplaced = end.misplaced;
  result.nul = cursor.nul;
  make_room(cursor, block, 1);
  // Behind a CR that ends the text any byte may stand.
  cursor.starts[cursor.rows] = std::min(cursor.starts[cursor.rows], static_cast<std::uint32_t>(cursor.size));
  const bool stopped = end.open || end.misplaced != Structure::kNone;
  if (last && !stopped && cursor.starts[cursor.rows] < cursor.size) {
    // The file's last row needs no line end.
    cursor.ends[cursor.cells++] = static_cast<std::uint32_t>(cursor.size);
    ++cursor.rows;
    cursor.starts[cursor.rows] = static_cast<std::uint32_t>(cursor.size);
    cursor.first[cursor.rows] = static_cast<std::uint32_t>(cursor.cells);
  }
  if (!last && cursor.rows > 0 && cursor.text[cursor.size - 1] == '\r' && cursor.starts[cursor.rows] == cursor.size) {
    --cursor.rows;
    --cursor.cells;
  }
  result.rows = cursor.rows;
  result.next = cursor.starts[cursor.rows];
  block.quotes = cursor.quotes;
  block.ends.resize(cursor.cells);
  block.starts.resize(cursor.rows + 1);
  block.first.resize(cursor.rows + 1);
  return result;
}

} // namespace

bool part_of_characters(char separator, Encoding encoding) {
  const auto c = static_cast<unsigned char>(separator);
  return encoding == Encoding::gb18030 && (gb18030::is_digit(c) || gb18030::is_trail(c));
}

Structure index_cells(std::string_view text, Encoding encoding, char separator, bool last, CellBlock& block) {
  IndexCursor cursor = begin(text, encoding, separator, block);
  if (cursor.by_characters) return index_cells_plainly(text, encoding, separator, last, block);
  PlainEnd end;
  while (cursor.at < cursor.size) {
    make_room(cursor, block, kStretch);
    scan_by_masks(cursor, std::min(cursor.size, cursor.at + kStretch));
    if (!cursor.odd) continue;
    // From the beginning of the row again; the words before the odd one left nothing but what belongs to it.
    const std::size_t behind = std::min(cursor.size, cursor.at + 64);
    const auto unfinished = static_cast<std::uint32_t>(cursor.rows + 1);
    cursor.cells = cursor.first[cursor.rows];
    cursor.at = cursor.starts[cursor.rows];
    while (!block.jumps.empty() && block.jumps.back().first >= unfinished)
      block.jumps.pop_back();
    end = scan_plainly(cursor, block, behind);
    if (end.open || end.misplaced != Structure::kNone) return finish(cursor, block, end, last);
    cursor.odd = false;
    cursor.inside = 0;
    cursor.after_cr = 0;
    cursor.may_open = 1;
    cursor.must_close = 0;
  }
  end.open = cursor.inside != 0;
  return finish(cursor, block, end, last);
}

Structure index_cells_plainly(std::string_view text, Encoding encoding, char separator, bool last, CellBlock& block) {
  IndexCursor cursor = begin(text, encoding, separator, block);
  const PlainEnd end = scan_plainly(cursor, block, text.size());
  return finish(cursor, block, end, last);
}

} // namespace appraise
