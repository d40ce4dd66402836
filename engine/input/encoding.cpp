#include "engine/input/input.h"
#include "engine/input/unicode.h"
#include "engine/input/utf8_lines.h"

#include <algorithm>
#include <cstring>
#include <fmt/core.h>
#include <iconv.h>

namespace appraise {

namespace {

// Where a byte stands, as the user sees it: line, and column of the table (commas outside quotes) for files of one byte
// units.
Place place_of_byte(std::string_view bytes, std::size_t at, const std::string& file) {
  Place place{.file = file, .row = 1, .column = 1, .byte = static_cast<std::int64_t>(at)};
  bool quoted = false;
  for (std::size_t i = 0; i < at; ++i) {
    const char c = bytes[i];
    if (c == '"') quoted = !quoted;
    if (c == '\n' || (c == '\r' && (i + 1 >= bytes.size() || bytes[i + 1] != '\n'))) {
      ++place.row;
      if (!quoted) place.column = 1;
    } else if (c == ',' && !quoted) {
      ++place.column;
    }
  }
  return place;
}

std::string hex(std::string_view bytes) {
  std::string result;
  for (const char c : bytes) {
    result += fmt::format("{}{:02X}", result.empty() ? "" : " ", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return result;
}

std::optional<Decoded> refuse(const char* rule, std::string_view bytes, std::size_t at, const std::string& file,
                              Problems& problems) {
  problems.push_back({.rule = rule,
                      .place = place_of_byte(bytes, at, file),
                      .found = hex(bytes.substr(at, 4)),
                      .expected = "UTF-8 | GB18030 | UTF-16"});
  return std::nullopt;
}

// The offset of the first byte that strict GB18030 refuses, npos when there is none; `text` takes the UTF-8.
std::size_t from_gb18030(std::string_view bytes, std::string& text) {
  const iconv_t failed = reinterpret_cast<iconv_t>(-1); // NOLINT(performance-no-int-to-ptr): iconv's own word for it
  struct Closer {
    iconv_t handle;
    ~Closer() { iconv_close(handle); }
  };
  const iconv_t handle = iconv_open("UTF-8", "GB18030");
  if (handle == failed) {
    throw Error(ExitCode::internal, Problem{.rule = "encoding-unsupported", .found = "GB18030"});
  }
  const Closer converter{handle};
  text.resize(bytes.size() * 2 + 16); // two bytes become three at most, four become four
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  char* out = text.data();
  std::size_t out_left = text.size();
  const std::size_t result = iconv(converter.handle, &in, &in_left, &out, &out_left);
  text.resize(text.size() - out_left);
  return result == static_cast<std::size_t>(-1) ? bytes.size() - in_left : std::string_view::npos;
}

// The offset of the first line that is surely UTF-8; npos when there is none.
std::size_t first_utf8_line(std::string_view bytes) {
  Utf8Lines lines;
  lines.add(bytes);
  lines.finish();
  return lines.first() == Utf8Lines::npos ? std::string_view::npos : static_cast<std::size_t>(lines.first());
}

std::optional<Decoded> decode_utf16(std::string_view bytes, bool big_endian, const std::string& file,
                                    Problems& problems) {
  Decoded result{.text = {}, .encoding = big_endian ? "UTF-16BE" : "UTF-16LE"};
  result.text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(big_endian ? first << 8 | second : second << 8 | first);
  };
  const auto broken = [&](std::size_t at) -> std::optional<Decoded> {
    Place place = place_of_byte(result.text, result.text.size(), file);
    place.byte = static_cast<std::int64_t>(at);
    problems.push_back(
        {.rule = "bytes-broken", .place = place, .found = hex(bytes.substr(at, 4)), .expected = result.encoding});
    return std::nullopt;
  };
  for (std::size_t i = 2; i < bytes.size(); i += 2) {
    if (i + 1 >= bytes.size()) return broken(i);
    char32_t c = unit(i);
    if (c >= 0xD800 && c < 0xE000) {
      if (c >= 0xDC00 || i + 3 >= bytes.size()) return broken(i);
      const char32_t low = unit(i + 2);
      if (low < 0xDC00 || low > 0xDFFF) return broken(i);
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    append_utf8(result.text, c);
  }
  return result;
}

} // namespace

std::optional<Decoded> decode(const std::string& bytes, const std::string& file, Problems& problems) {
  std::optional<Decoded> result;
  if (bytes.compare(0, 2, "\xFF\xFE") == 0) {
    result = decode_utf16(bytes, false, file, problems);
  } else if (bytes.compare(0, 2, "\xFE\xFF") == 0) {
    result = decode_utf16(bytes, true, file, problems);
  } else if (bytes.compare(0, 3, "\xEF\xBB\xBF") == 0) {
    const std::size_t bad = invalid_utf8(std::string_view(bytes).substr(3));
    if (bad != std::string_view::npos) return refuse("bytes-broken", bytes, bad + 3, file, problems);
    result = Decoded{bytes.substr(3), "UTF-8 BOM"};
  } else {
    const std::size_t bad = invalid_utf8(bytes);
    if (bad == std::string_view::npos) {
      result = Decoded{bytes, "UTF-8"};
    } else {
      // GB18030 would read most UTF-8 as other characters without a complaint, so a file of both is told by its lines.
      const std::size_t utf8_line = first_utf8_line(bytes);
      result = Decoded{{}, "GB18030"};
      const std::size_t bad_gb = from_gb18030(bytes, result->text);
      if (utf8_line != std::string_view::npos) {
        if (utf8_line > bad) return refuse("bytes-mixed", bytes, utf8_line, file, problems);
        std::string line_text;
        const std::size_t start = bytes.find_last_of("\r\n", bad);
        const std::size_t from = start == std::string::npos ? 0 : start + 1;
        const std::string_view line = std::string_view(bytes).substr(from, bytes.find_first_of("\r\n", bad) - from);
        const bool other = from_gb18030(line, line_text) == std::string_view::npos;
        return refuse(other ? "bytes-mixed" : "bytes-broken", bytes, bad, file, problems);
      }
      if (bad_gb != std::string_view::npos) return refuse("bytes-broken", bytes, bad_gb, file, problems);
    }
  }
  if (result && result->text.find_first_not_of(" \t\r\n") == std::string::npos) {
    problems.push_back({.rule = "file-empty", .place = {.file = file}});
    return std::nullopt;
  }
  return result;
}

} // namespace appraise
