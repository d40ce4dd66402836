#include "engine/input/utf8_lines.h"

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

} // namespace

bool holds_utf8_line(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  for (const char* at = begin; at < end;) {
    if (end - at >= 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, at, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        at += 8;
        continue;
      }
    }
    // Only what looks like a character of three bytes is looked at again; in GB18030 few places do.
    const auto byte = [&](std::ptrdiff_t i) { return static_cast<unsigned char>(at[i]); };
    if ((byte(0) & 0xF0) == 0xE0 && end - at >= 3 && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80) {
      at = refuse_line(begin, at, end);
      if (at == nullptr) return true;
      continue;
    }
    ++at;
  }
  return false;
}

} // namespace appraise
