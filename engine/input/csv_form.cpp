// What a CSV file is before it is read: its encoding and separator, and where its rows may be cut into parts.
#include "engine/input/csv.h"
#include "engine/input/csv_blocks.h"
#include "engine/input/structure.h"

#include <algorithm>
#include <map>

namespace appraise {

namespace {

constexpr std::size_t kHeadLimit = 1 << 20;   // of a first line that is looked at for its separator
constexpr std::size_t kWindow = 64 << 10;     // in which a row's beginning is looked for
constexpr std::size_t kWindowLimit = 4 << 20; // beyond it a file is not cut
constexpr std::size_t kRowsToTell = 64;       // by which two readings of a window are told apart

std::string bytes_at(const ByteSource& source, std::uint64_t offset, std::size_t count) {
  std::string bytes(count, '\0');
  bytes.resize(source.read(offset, bytes.data(), count));
  return bytes;
}

void tell_separator(const ByteSource& source, TextForm& form) {
  CsvHead head;
  for (std::size_t count = 4096;; count *= 4) {
    const std::string text = bytes_at(source, form.first_byte, count);
    head = csv_head(text);
    if (head.settled || text.size() < count || count >= kHeadLimit) break;
  }
  form.separator = head.separator;
  form.separator_said = head.skip > 0;
  form.first_byte += head.skip;
  if (form.separator_said) form.first_line = 2;
}

// `before` is what the text is taken to go on from: nothing (a cell begins), x (within a cell), " (within quotes).
Structure index_from(char before, const std::string& text, const TextForm& form, CellBlock& block, std::string& copy) {
  copy.clear();
  if (before != '\0') copy += before;
  copy += text;
  const std::size_t size = copy.size();
  copy.resize(size + CellBlock::kPadding);
  return index_cells(std::string_view(copy).substr(0, size), form.bytes, form.separator, false, block);
}

// The width that most rows at the beginning have.
std::size_t usual_width(const ByteSource& source, const TextForm& form) {
  CellBlock block;
  std::string copy;
  const Structure found = index_from('\0', bytes_at(source, form.first_byte, kWindow), form, block, copy);
  std::map<std::size_t, std::size_t> rows;
  for (std::size_t row = 0; row < found.rows; ++row)
    ++rows[block.width(row)];
  std::size_t width = 0;
  std::size_t most = 0;
  for (const auto& [each, count] : rows) {
    if (count > most) {
      width = each;
      most = count;
    }
  }
  return width;
}

} // namespace

TextForm text_form(const ByteSource& source, const std::string& forced) {
  TextForm form;
  const std::string first = bytes_at(source, 0, 4);
  const auto begins = [&](std::string_view mark) { return first.compare(0, mark.size(), mark) == 0; };
  const auto may_be = [&](const char* encoding) { return forced.empty() || forced == encoding; };
  if (may_be("UTF-8") && begins("\xEF\xBB\xBF")) {
    form.encoding = "UTF-8 BOM";
    form.first_byte = 3;
  } else if (forced == "UTF-16LE" || (forced.empty() && begins("\xFF\xFE"))) {
    form.encoding = "UTF-16LE";
  } else if (forced == "UTF-16BE" || (forced.empty() && begins("\xFE\xFF"))) {
    form.encoding = "UTF-16BE";
  } else if (may_be("GB18030") && begins("\x84\x31\x95\x33")) { // U+FEFF
    form.encoding = "GB18030";
    form.first_byte = 4;
  } else if (!forced.empty()) {
    form.encoding = forced;
  }
  if (form.encoding == "GB18030") form.bytes = Encoding::gb18030;
  if (form.encoding.compare(0, 6, "UTF-16") == 0) {
    tell_separator(*utf16_source(source, form.encoding == "UTF-16BE"), form);
  } else {
    tell_separator(source, form);
  }
  return form;
}

std::uint64_t likely_row_start(const ByteSource& source, const TextForm& form, std::uint64_t offset) {
  if (offset <= form.first_byte) return form.first_byte;
  const std::size_t width = usual_width(source, form);
  CellBlock block;
  std::string copy;
  for (std::size_t window = kWindow; window <= kWindowLimit; window *= 4) {
    // From one byte before: when a line ends there, a row begins right here.
    const std::string text = bytes_at(source, offset - 1, window);
    std::size_t most = 0;
    std::uint64_t best = 0;
    for (const char before : {'x', '"', '\0'}) {
      const Structure found = index_from(before, text, form, block, copy);
      if (found.rows == 0) continue;
      std::size_t usual = 1; // that a row begins at all is better than nothing
      for (std::size_t row = 1; row < std::min(found.rows, kRowsToTell); ++row)
        usual += block.width(row) == width ? 2 : 0;
      if (usual <= most) continue;
      most = usual;
      best = offset - 1 + block.starts[1] - (before == '\0' ? 0 : 1);
    }
    if (most > 0) return best;
    if (text.size() < window) break;
  }
  return source.size();
}

} // namespace appraise
