#include "engine/input/structure.h"
#include "engine/input/utf8_lines.h"

#include "engine/input/unicode.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

namespace appraise {
namespace {

// The rule as it is written down, line after line.
std::size_t slowly(std::string_view bytes) {
  for (std::size_t start = 0; start <= bytes.size();) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n", start), bytes.size());
    const std::string_view line = bytes.substr(start, end - start);
    int characters = 0;
    for (const char c : line)
      characters += (static_cast<unsigned char>(c) & 0xF0) == 0xE0 ? 1 : 0;
    if (characters >= 2 && invalid_utf8(line) == std::string_view::npos) return start;
    start = end + 1;
  }
  return std::string_view::npos;
}

std::uint64_t in_pieces(std::string_view bytes, std::size_t piece) {
  Utf8Lines lines;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    if (!lines.add(bytes.substr(at, piece))) break;
  }
  lines.finish();
  return lines.first();
}

TEST(Utf8Lines, TellsWhatOnlyUtf8CanBe) {
  EXPECT_TRUE(holds_utf8_line("a,b\n案件,c"));
  EXPECT_FALSE(holds_utf8_line("a,b\n案,c\n件"));           // one character a line is too few
  EXPECT_FALSE(holds_utf8_line("\xB0\xB8\xBC\xFE,1\r\n2")); // 案件 in GB18030
  EXPECT_FALSE(holds_utf8_line("案件\xFF\nplain"));
  EXPECT_TRUE(holds_utf8_line("\xB0\xB8\r案件\r"));
  EXPECT_EQ(in_pieces("\xB0\xB8\r案件\r", 1), 3u);
}

CellBlock block_of(const std::string& bytes) {
  static std::string text; // the block is a view of it
  text = bytes + std::string(CellBlock::kPadding, '\xFF');
  CellBlock block;
  block.text = std::string_view(text).substr(0, bytes.size());
  const Structure found = index_cells_plainly(block.text, Encoding::gb18030, ',', true, block);
  block.starts.resize(found.rows);
  return block;
}

TEST(Utf8Lines, EveryWayAgreesOnRandomBytes) {
  std::mt19937 random(7);
  const std::string parts[] = {
      "案", "件",           "a",          ",",       "\n", "\r\n", "\r", "\xB0", "\xB8", "\xE0\x80", "\xF0\x9F\x98\x80",
      "é",  "\xED\xA0\x80", "0123456789", "\xEF\xBC"};
  for (int i = 0; i < 3000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 24; n > 0; --n)
      bytes += parts[random() % std::size(parts)];
    const std::size_t expected = slowly(bytes);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{64}}) {
      ASSERT_EQ(in_pieces(bytes, piece), expected == std::string_view::npos ? Utf8Lines::npos : expected);
    }
    ASSERT_EQ(holds_utf8_line(bytes), expected != std::string_view::npos);
    ASSERT_EQ(holds_utf8_line(block_of(bytes)), expected != std::string_view::npos);
    // Rows that are several lines.
    const std::string quoted = "a,\"" + bytes + "\"\n" + bytes;
    ASSERT_EQ(holds_utf8_line(block_of(quoted)), slowly(quoted) != std::string_view::npos);
  }
}

} // namespace
} // namespace appraise
