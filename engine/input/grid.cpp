#include "engine/input/grid.h"

#include "engine/input/gb18030.h"

#include <algorithm>

namespace appraise {

std::int64_t CellBlock::line(std::size_t row) const {
  const auto behind = std::upper_bound(jumps.begin(), jumps.end(), row,
                                       [](std::size_t wanted, const auto& jump) { return wanted < jump.first; });
  const std::int64_t more = behind == jumps.begin() ? 0 : std::prev(behind)->second;
  return first_line + static_cast<std::int64_t>(row) + more;
}

void CellBlock::lines(std::size_t from, std::size_t to, std::int64_t* out) const {
  auto jump = std::upper_bound(jumps.begin(), jumps.end(), from,
                               [](std::size_t wanted, const auto& at) { return wanted < at.first; });
  while (from < to) {
    const std::size_t until = jump == jumps.end() ? to : std::min<std::size_t>(to, jump->first);
    std::int64_t line =
        first_line + static_cast<std::int64_t>(from) + (jump == jumps.begin() ? 0 : std::prev(jump)->second);
    for (; from < until; ++from)
      *out++ = line++;
    if (jump != jumps.end()) ++jump;
  }
}

void CellBlock::clear() {
  text = {};
  ends.clear();
  starts.clear();
  first.clear();
  jumps.clear();
  marks.clear();
  hidden.clear();
}

std::string_view plain(const CellBlock& block, std::size_t row, std::size_t column, std::string& copy) {
  std::string_view cell = block.raw(row, column);
  if (block.quotes && cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
    cell = cell.substr(1, cell.size() - 2);
    if (cell.find('"') != std::string_view::npos) {
      copy.clear();
      for (std::size_t i = 0; i < cell.size(); ++i) {
        copy += cell[i];
        if (cell[i] == '"') ++i;
      }
      cell = copy;
    }
  }
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (block.encoding == Encoding::utf8 || std::all_of(cell.begin(), cell.end(), is_ascii)) return cell;
  std::string text;
  append_gb18030(cell, text);
  copy = std::move(text);
  return copy;
}

} // namespace appraise
