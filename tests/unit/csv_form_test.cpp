// Separators, encodings, UTF-16, and sizes that no file has.
#include "engine/input/csv.h"
#include "engine/input/gb18030.h"
#include "engine/problem.h"
#include "tests/unit/csv_reading.h"

namespace appraise {
namespace {

using namespace csv_reading;

std::string cell_of(const std::string& text, const std::string& encoding = "") {
  return ::testing::PrintToString(read_text(text, encoding, 64).rows);
}

TEST(CsvBlocks, Separators) {
  const std::string expected = cell_of("a,b\n1,2\n");
  EXPECT_EQ(cell_of("a;b\n1;2\n"), expected);
  EXPECT_EQ(cell_of("a\tb\n1\t2\n"), expected);
  EXPECT_EQ(cell_of("a\tb\r1\t2\r"), expected);
  for (const char* text : {"sep=;\r\na;b\r\n1;2\r\n", "\xEF\xBB\xBFsep=|\na|b\n1|2"}) {
    const auto source = memory_source(text);
    const TextForm form = text_form(*source, "");
    EXPECT_TRUE(form.separator_said);
    EXPECT_EQ(form.first_line, 2);
    EXPECT_EQ(cell_of(text), expected);
  }
  EXPECT_EQ(CsvScanner("\"a,b\";c\n").separator(), ';'); // a comma in quotes separates nothing
  EXPECT_EQ(CsvScanner("\"a\nb\"\tc,d\n").separator(), ',');
  EXPECT_EQ(CsvScanner("a\n1;2\n").separator(), ',');
  const std::string wide = std::string(9000, 'x') + ";b\n";
  EXPECT_EQ(text_form(*memory_source(wide), "").separator, ';');
}

// The second bytes of 稊 and 竱 are | in GB18030, and those of four bytes are digits.
TEST(CsvBlocks, SeparatorsThatEndCharacters) {
  const std::string text = "sep=|\n\xB6\x7C|\"\xB8\x7C|\"|b\n1|\xB6\x7C\xFF\n";
  for (const std::size_t buffer : kBuffers) {
    const Reading got = read_text(text, "GB18030", buffer);
    ASSERT_EQ(got.rows.size(), 1u);
    std::string first;
    append_gb18030("\xB6\x7C", first);
    std::string second;
    append_gb18030("\xB8\x7C|", second);
    EXPECT_EQ(got.rows[0].cells, (std::vector<std::string>{first, second, "b"}));
    EXPECT_EQ(got.fault.rule, "bytes-contradict");
    EXPECT_EQ(got.fault.line, 2);
    EXPECT_EQ(got.fault.column, 2);
  }
}

TEST(CsvBlocks, FormOfEachEncoding) {
  const auto form = [](const std::string& bytes, const std::string& forced) {
    return text_form(*memory_source(bytes), forced);
  };
  EXPECT_EQ(form("a", "").encoding, "UTF-8");
  EXPECT_EQ(form("\xEF\xBB\xBF"
                 "a",
                 "")
                .encoding,
            "UTF-8 BOM");
  EXPECT_EQ(form("\xEF\xBB\xBF"
                 "a",
                 "")
                .first_byte,
            3u);
  EXPECT_EQ(form(std::string("\xFF\xFE\x61\x00", 4), "").encoding, "UTF-16LE");
  EXPECT_EQ(form("\xFE\xFF", "").encoding, "UTF-16BE");
  EXPECT_EQ(form("a", "GB18030").bytes, Encoding::gb18030);
  EXPECT_EQ(form("\x84\x31\x95\x33"
                 "a",
                 "")
                .encoding,
            "GB18030");
  EXPECT_EQ(form("\x84\x31\x95\x33"
                 "a",
                 "")
                .first_byte,
            4u);
  EXPECT_EQ(form(std::string("\x61\x00", 2), "UTF-16LE").encoding, "UTF-16LE");
}

std::string utf16(const std::u16string& text, bool big_endian) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST(CsvBlocks, Utf16) {
  std::u16string text = u"\uFEFF案号;\U00020BB7\r\n";
  for (int i = 0; i < 40000; ++i)
    text += u"案\U00020BB7;1\r\n"; // more than one stretch, pairs across its border
  for (const bool big_endian : {false, true}) {
    const std::string bytes = utf16(text, big_endian);
    const auto file = memory_source(bytes);
    const TextForm form = text_form(*file, "");
    EXPECT_EQ(form.encoding, big_endian ? "UTF-16BE" : "UTF-16LE");
    EXPECT_EQ(form.separator, ';');
    const auto source = utf16_source(*file, big_endian);
    const Reading got = read_part(*source, form, {form.first_byte, source->size()}, 1000);
    ASSERT_EQ(got.rows.size(), 40001u);
    EXPECT_EQ(got.rows[0].cells, (std::vector<std::string>{"案号", "𠮷"}));
    EXPECT_EQ(got.rows[40000].cells, (std::vector<std::string>{"案𠮷", "1"}));
    EXPECT_EQ(got.rows[40000].line, 40001);
  }
}

TEST(CsvBlocks, BrokenUtf16) {
  const auto problem = [](const std::string& bytes) {
    const auto file = memory_source(bytes);
    const auto source = utf16_source(*file, false);
    try {
      read_part(*source, TextForm(), {0, source->size()}, 64);
    } catch (const Error& error) {
      return error.problems().at(0);
    }
    return Problem{};
  };
  Problem broken = problem(utf16(u"\uFEFFa,b\n1,", false) + "x");
  EXPECT_EQ(broken.rule, "bytes-broken");
  EXPECT_EQ(broken.place.byte, 14);
  EXPECT_EQ(broken.place.row, 2);
  EXPECT_EQ(broken.place.column, 2);
  broken = problem(utf16(std::u16string(u"a\n") + std::u16string(1, 0xD842) + u"b", false)); // half a pair
  EXPECT_EQ(broken.rule, "bytes-broken");
  EXPECT_EQ(broken.place.byte, 4);
  EXPECT_EQ(broken.found, "42 D8 62 00");
}

// A source that makes its bytes and counts what is asked for.
class Endless : public ByteSource {
public:
  explicit Endless(char fill) : fill_(fill) {}
  std::uint64_t size() const override { return 4ull << 30; }
  std::size_t read(std::uint64_t offset, char* to, std::size_t count) const override {
    read_bytes = std::max(read_bytes, offset + count);
    std::fill(to, to + count, fill_);
    if (offset == 0 && count > 1) to[0] = '"';
    return count;
  }
  mutable std::uint64_t read_bytes = 0;

private:
  char fill_;
};

TEST(CsvBlocks, GiantCellsAndRowsAreRefusedEarly) {
  const Endless cell('x');
  Reading got = read_part(cell, TextForm(), {0, cell.size()}, 256 << 10);
  EXPECT_EQ(got.fault.rule, "limit-cell");
  EXPECT_LE(cell.read_bytes, 4u << 20);

  ReadLimits limits;
  limits.cell_bytes = 1 << 30;
  const Endless row('y');
  got = read_part(row, TextForm(), {0, row.size()}, 256 << 10, limits);
  EXPECT_EQ(got.fault.rule, "limit-row");
  EXPECT_LE(row.read_bytes, (16u << 20) + 4096);

  TextForm commas;
  commas.separator = 'z';
  const Endless columns('z');
  got = read_part(columns, commas, {1, columns.size()}, 256 << 10);
  EXPECT_EQ(got.fault.rule, "limit-columns");
}

} // namespace
} // namespace appraise
