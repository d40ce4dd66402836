#include "engine/input/utf8_lines.h"

#include "engine/input/unicode.h"

#include <algorithm>
#include <cstring>

namespace appraise {

void Utf8Lines::end_line(std::uint64_t next) {
  if (valid_ && need_ == 0 && long_characters_ >= 2 && found_ == npos) found_ = line_;
  line_ = next;
  valid_ = true;
  need_ = 0;
  long_characters_ = 0;
}

bool Utf8Lines::add(std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
    ++at_;
    if (byte == '\n' || byte == '\r') {
      end_line(at_);
      if (found_ != npos) return false;
    } else if (!valid_) {
      continue;
    } else if (need_ > 0) {
      valid_ = byte >= least_ && byte <= greatest_;
      least_ = 0x80;
      greatest_ = 0xBF;
      if (--need_ == 0 && long_) ++long_characters_;
    } else if (byte >= 0x80) {
      valid_ = byte >= 0xC2 && byte <= 0xF4;
      need_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
      long_ = need_ == 2;
      least_ = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
      greatest_ = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    }
  }
  return true;
}

void Utf8Lines::finish() {
  end_line(at_);
}

namespace {

bool ends_line(char c) {
  return c == '\n' || c == '\r';
}

// The end of the line that holds the byte, when that line is none of UTF-8; nullptr when it is one.
const char* refuse_line(const char* begin, const char* at, const char* end) {
  const char* from = at;
  while (from > begin && !ends_line(from[-1]))
    --from;
  const char* to = at;
  while (to < end && !ends_line(*to))
    ++to;
  Utf8Lines line;
  line.add({from, static_cast<std::size_t>(to - from)});
  line.finish();
  return line.first() == Utf8Lines::npos ? to : nullptr;
}

// The end of the line that holds a place, asked for at growing places. Both kinds of line end are looked for once only.
class LineEnds {
public:
  explicit LineEnds(const char* end) : end_(end) {}
  const char* behind(const char* at) {
    if (feed_ == nullptr || feed_ < at) feed_ = find(at, '\n');
    if (carriage_ == nullptr || carriage_ < at) carriage_ = find(at, '\r');
    return std::min(feed_, carriage_);
  }

private:
  const char* find(const char* at, char c) const {
    const void* const found = std::memchr(at, c, static_cast<std::size_t>(end_ - at));
    return found == nullptr ? end_ : static_cast<const char*>(found);
  }
  const char* end_;
  const char* feed_ = nullptr;
  const char* carriage_ = nullptr;
};

// The length of what looks like a character of UTF-8 beyond ASCII; 0 when it looks like none.
std::ptrdiff_t character_length(const char* at, const char* end) {
  const auto lead = static_cast<unsigned char>(*at);
  const std::ptrdiff_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length > end - at) return 0;
  for (std::ptrdiff_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(at[i]) & 0xC0) != 0x80) return 0;
  }
  return length;
}

} // namespace

// In GB18030 the first character beyond ASCII hardly ever looks like one of UTF-8, and the line is done with. Only
// where a character of three bytes seems to stand is the whole line looked at.
bool holds_utf8_line(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  LineEnds lines(end);
  for (const char* at = begin; at < end;) {
    if (end - at >= 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, at, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        at += 8;
        continue;
      }
    }
    if (static_cast<unsigned char>(*at) < 0x80) {
      ++at;
      continue;
    }
    const std::ptrdiff_t length = character_length(at, end);
    if (length == 0) {
      at = lines.behind(at);
    } else if (length == 3) {
      at = refuse_line(begin, at, end);
      if (at == nullptr) return true;
    } else {
      at += length;
    }
  }
  return false;
}

namespace {

// Two bytes tell it, of whatever character; false proves nothing. Without a branch: the characters differ from row to
// row. Behind the end there is room to read.
bool surely_no_utf8(const char* at, const char* end) {
  const auto first = static_cast<unsigned char>(at[0]);
  const auto second = static_cast<unsigned char>(at[1]);
  return (at < end) & (first >= 0x80) & ((first < 0xC2) | (first > 0xF4) | ((second & 0xC0) != 0x80));
}

} // namespace

// A line is none of UTF-8 when a cell begins with what is no character of it: behind a separator one would begin in
// either encoding. The column where that was so last is looked at first.
bool holds_utf8_line(const CellBlock& block) {
  const char* const text = block.text.data();
  const std::uint32_t* const ends = block.ends.data();
  auto jump = block.jumps.begin();
  std::size_t column = 1;
  for (std::size_t row = 0; row < block.rows(); ++row) {
    const std::size_t first = block.first[row];
    const std::size_t width = block.first[row + 1] - first;
    const char* const begin = text + block.starts[row];
    const char* const end = row + 1 < block.rows() ? text + block.starts[row + 1] : text + block.text.size();
    const bool several = jump != block.jumps.end() && jump->first == row + 1; // lines: there are some within quotes
    if (several) {
      ++jump;
    } else {
      if (column < width && surely_no_utf8(text + ends[first + column - 1] + 1, end)) continue;
      const char* const beyond = beyond_ascii(begin, end);
      if (beyond == end) continue;
      if (surely_no_utf8(beyond, end)) {
        const auto before = static_cast<std::uint32_t>(beyond - text - 1); // the end of a cell, perhaps
        const auto found = std::lower_bound(ends + first, ends + first + width, before);
        if (found != ends + first + width && *found == before)
          column = static_cast<std::size_t>(found - ends) - first + 1;
        continue;
      }
    }
    if (holds_utf8_line({begin, static_cast<std::size_t>(end - begin)})) return true;
  }
  return false;
}

} // namespace appraise
