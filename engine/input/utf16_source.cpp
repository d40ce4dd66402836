#include "engine/input/csv_blocks.h"
#include "engine/input/unicode.h"
#include "engine/problem.h"

#include <algorithm>
#include <cstring>
#include <fmt/core.h>
#include <mutex>

namespace appraise {

namespace {

constexpr std::size_t kChunk = 64 << 10;

// Where a byte stands, as the user sees it.
struct TextPlace {
  std::int64_t line = 1;
  std::int64_t column = 1;
  bool quoted = false;
  char before = '\0';

  void step(char c) {
    if (c == '"') quoted = !quoted;
    if (c == '\r' || (c == '\n' && before != '\r')) {
      ++line;
      if (!quoted) column = 1;
    } else if (c == ',' && !quoted) {
      ++column;
    }
    before = c;
  }
};

class Utf16Source : public ByteSource {
public:
  Utf16Source(const ByteSource& source, bool big_endian) : source_(source), big_endian_(big_endian) { rewind(); }

  std::uint64_t size() const override { return source_.size() / 2 * 3 + 3; }

  std::size_t read(std::uint64_t offset, char* to, std::size_t count) const override {
    const std::lock_guard hold(mutex_);
    if (offset < text_begins_) rewind();
    std::size_t done = 0;
    while (done < count) {
      if (offset + done < text_begins_ + text_.size()) {
        const auto from = static_cast<std::size_t>(offset + done - text_begins_);
        const std::size_t some = std::min(count - done, text_.size() - from);
        std::memcpy(to + done, text_.data() + from, some);
        done += some;
      } else if (!convert()) {
        break;
      }
    }
    return done;
  }

private:
  void rewind() const {
    const unsigned char mark[2] = {static_cast<unsigned char>(big_endian_ ? 0xFE : 0xFF),
                                   static_cast<unsigned char>(big_endian_ ? 0xFF : 0xFE)};
    unsigned char first[2] = {};
    const bool bom = source_.read(0, reinterpret_cast<char*>(first), 2) == 2 && std::memcmp(first, mark, 2) == 0;
    next_ = bom ? 2 : 0;
    text_begins_ = 0;
    text_.clear();
  }

  // The next stretch of text in place of the last; false at the end.
  bool convert() const {
    text_begins_ += text_.size();
    text_.clear();
    unsigned char units[kChunk];
    const std::size_t got = source_.read(next_, reinterpret_cast<char*>(units), kChunk);
    const bool last = got < kChunk;
    const auto unit = [&](std::size_t at) {
      return static_cast<char32_t>(big_endian_ ? units[at] << 8 | units[at + 1] : units[at + 1] << 8 | units[at]);
    };
    std::size_t at = 0;
    while (at + 2 <= got) {
      char32_t c = unit(at);
      std::size_t length = 2;
      if (c >= 0xD800 && c < 0xE000) {
        if (at + 4 > got && !last) break; // the other half comes with the next stretch
        const char32_t low = at + 4 <= got ? unit(at + 2) : 0;
        if (c >= 0xDC00 || low < 0xDC00 || low > 0xDFFF) refuse(next_ + at);
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        length = 4;
      }
      if (c < 0x80) {
        text_ += static_cast<char>(c);
      } else {
        append_utf8(text_, c);
      }
      at += length;
    }
    if (last && at < got) refuse(next_ + at);
    next_ += at;
    return at > 0;
  }

  // Throws. What was converted before in this stretch is enough to tell where: the rest is converted once more.
  [[noreturn]] void refuse(std::uint64_t byte) const {
    TextPlace place;
    const std::string tail = text_;
    const std::uint64_t tail_begins = text_begins_;
    rewind();
    while (text_begins_ + text_.size() < tail_begins && convert()) {
      for (const char c : text_)
        place.step(c);
    }
    for (const char c : tail)
      place.step(c);
    unsigned char bytes[4] = {};
    const std::size_t count = source_.read(byte, reinterpret_cast<char*>(bytes), 4);
    std::string found;
    for (std::size_t i = 0; i < count; ++i)
      found += fmt::format("{}{:02X}", i == 0 ? "" : " ", bytes[i]);
    throw Error(ExitCode::input,
                Problem{.rule = "bytes-broken",
                        .place = {.row = place.line, .column = place.column, .byte = static_cast<std::int64_t>(byte)},
                        .found = found,
                        .expected = big_endian_ ? "UTF-16BE" : "UTF-16LE"});
  }

  const ByteSource& source_;
  bool big_endian_;
  mutable std::mutex mutex_;
  mutable std::uint64_t next_ = 0;        // in the file: what is converted next
  mutable std::uint64_t text_begins_ = 0; // where text_ stands in the whole text
  mutable std::string text_;
};

} // namespace

std::unique_ptr<ByteSource> utf16_source(const ByteSource& source, bool big_endian) {
  return std::make_unique<Utf16Source>(source, big_endian);
}

} // namespace appraise
