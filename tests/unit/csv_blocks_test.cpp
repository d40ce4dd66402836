// The reference is CsvScanner, which reads one text character by character.
#include "engine/input/csv.h"
#include "engine/input/csv_blocks.h"
#include "engine/input/gb18030.h"
#include "engine/input/unicode.h"
#include "engine/problem.h"
#include "tests/unit/targets.h"

#include <gtest/gtest.h>
#include <iterator>
#include <random>

namespace appraise {
namespace {

struct Row {
  std::int64_t line = 0;
  std::vector<std::string> cells;
  bool operator==(const Row& other) const { return line == other.line && cells == other.cells; }
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.line << ": ";
  for (const std::string& cell : row.cells)
    *out << ::testing::PrintToString(cell) << " | ";
}

struct Reading {
  std::vector<Row> rows;
  ReadFault fault; // without a rule: none
  std::uint64_t end = 0;
  std::int64_t lines = 0;
};

Reading read_part(const ByteSource& source, const TextForm& form, FilePart part, std::size_t buffer,
                  const ReadLimits& limits = {}) {
  Reading result;
  CsvBlocks reader(source, form, part, limits, buffer);
  CellBlock block;
  std::string copy;
  while (reader.next(block)) {
    EXPECT_GT(block.rows(), 0u);
    EXPECT_EQ(reader.fault(), nullptr);
    for (std::size_t row = 0; row < block.rows(); ++row) {
      Row& one = result.rows.emplace_back();
      one.line = block.line(row);
      for (std::size_t column = 0; column < block.width(row); ++column)
        one.cells.emplace_back(plain(block, row, column, copy));
    }
  }
  if (reader.fault() != nullptr) result.fault = *reader.fault();
  result.end = reader.end();
  result.lines = reader.lines();
  return result;
}

Reading read_text(const std::string& text, const std::string& encoding, std::size_t buffer,
                  const ReadLimits& limits = {}) {
  const auto source = memory_source(text);
  const TextForm form = text_form(*source, encoding);
  return read_part(*source, form, {form.first_byte, source->size()}, buffer, limits);
}

std::int64_t line_ends(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    count += text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) ? 1 : 0;
  return count;
}

// The same by the reference. The text has no sep= line and no BOM.
Reading reference(const std::string& text, bool gb18030) {
  Reading result;
  const std::size_t bad = gb18030 ? invalid_gb18030(text) : invalid_utf8(text);
  const std::size_t nul = text.find('\0');
  const std::size_t end = std::min({bad, nul, text.size()});
  // The separator is told from all of the text; behind `end` nothing else is looked at.
  const char separator = CsvScanner(text).separator();
  const std::string head = std::string("sep=") + separator + "\n";
  const std::string sound = head + text.substr(0, end);
  CsvScanner scanner(sound);
  CsvRecord record;
  const auto told = [&](const char* rule, std::int64_t line, std::int64_t column) {
    result.fault = {.rule = rule, .line = line, .column = column, .byte = -1, .found = {}, .expected = {}};
  };
  while (scanner.next(record)) {
    if (record.fault == CsvRecord::Fault::quote_misplaced) {
      told("quote-misplaced", record.fault_line - 1, record.fault_column);
      return result;
    }
    if (record.fault == CsvRecord::Fault::quote_unterminated) {
      if (end == text.size()) told("quote-unterminated", record.fault_line - 1, record.fault_column);
      break;
    }
    Row row{record.line - 1, {}};
    for (const std::string_view cell : record.cells) {
      std::string& one = row.cells.emplace_back();
      if (gb18030) {
        append_gb18030(cell, one);
      } else {
        one = cell;
      }
    }
    result.rows.push_back(row);
  }
  if (end == text.size()) return result;
  // The fault stands in the row that a further character would belong to.
  const std::string one_more = sound + "x";
  CsvScanner further(one_more);
  std::size_t records = 0;
  for (CsvRecord each; further.next(each); ++records)
    record = each;
  if (result.rows.size() == records) result.rows.pop_back();
  if (end == bad) {
    told("bytes-contradict", 1 + line_ends(text.substr(0, end)), static_cast<std::int64_t>(record.cells.size()));
  } else {
    told("nul-byte", record.line - 1, static_cast<std::int64_t>(record.cells.size()));
  }
  result.fault.byte = static_cast<std::int64_t>(end);
  return result;
}

class Texts {
public:
  explicit Texts(unsigned seed) : random_(seed) {}
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  // Cells of any kind, in quotes where they need it; sometimes bytes that fit nowhere.
  std::string text(bool gb18030) {
    const unsigned hostile = below(3); // 0: only what a program writes
    const char separator = ",,,;\t"[below(5)];
    const char* const ends[] = {"\n", "\r\n", "\r"};
    const unsigned style = below(4);
    std::string result;
    for (unsigned row = below(12); row > 0; --row) {
      for (unsigned cells = below(5) + 1; cells > 0; --cells) {
        result += cell(gb18030, separator, hostile > 0);
        if (cells > 1) result += separator;
      }
      result += ends[style < 3 ? style : below(3)];
    }
    if (below(2) && !result.empty()) result.pop_back();
    if (hostile == 2) {
      const std::string kinds("\"\r\n,;a\0\xFF\xB0", 9);
      for (unsigned n = below(4); n > 0 && !result.empty(); --n)
        result.insert(below(static_cast<unsigned>(result.size())), 1, kinds[below(9)]);
    }
    return result;
  }

private:
  std::string cell(bool gb18030, char separator, bool hostile) {
    std::string content;
    for (unsigned n = below(4); n > 0; --n) {
      switch (below(9)) {
      case 0: content += gb18030 ? "\xB0\xB8\xBC\xFE" : "案件"; break;
      case 1: content += gb18030 ? "\x95\x34\xB2\x35\x8C\x5C" : "𠮷é"; break;
      case 2: content += '"'; break;
      case 3: content += "\n"; break;
      case 4: content += "\r\n"; break;
      case 5: content += separator; break;
      case 6: content += std::string(below(90), 'y'); break;
      case 7: content += "\r"; break;
      default: content += "2017-01-02"; break;
      }
    }
    if (hostile && below(6) == 0) content += "\"";
    if (content.find_first_of(std::string("\"\r\n,;\t") + separator) == std::string::npos && below(4) > 0)
      return content;
    if (hostile && below(12) == 0) return content;
    std::string quoted = "\"";
    for (const char c : content) {
      quoted += c;
      if (c == '"') quoted += c;
    }
    return quoted + "\"";
  }

  std::mt19937_64 random_;
};

void expect_equal(const Reading& got, const Reading& wanted) {
  ASSERT_EQ(got.fault.rule, wanted.fault.rule);
  ASSERT_EQ(got.rows, wanted.rows);
  ASSERT_EQ(got.fault.line, wanted.fault.line);
  ASSERT_EQ(got.fault.column, wanted.fault.column);
  if (wanted.fault.byte >= 0) {
    ASSERT_EQ(got.fault.byte, wanted.fault.byte);
  }
}

constexpr std::size_t kBuffers[] = {1, 2, 3, 5, 7, 11, 16, 31, 63, 64, 65, 100, 127, 128, 200, 333, 512, 1024, 262144};

TEST(CsvBlocks, RandomTextsOnEveryTargetInEveryBuffer) {
  unsigned seed = 1;
  for_every_target([&] {
    Texts texts(++seed);
    for (int i = 0; i < 400; ++i) {
      const bool gb18030 = texts.below(3) == 0;
      const std::string text = texts.text(gb18030);
      const Reading wanted = reference(text, gb18030);
      for (const std::size_t buffer : kBuffers) {
        SCOPED_TRACE(::testing::PrintToString(text) + " buffer " + std::to_string(buffer));
        const Reading got = read_text(text, gb18030 ? "GB18030" : "UTF-8", buffer);
        ASSERT_NO_FATAL_FAILURE(expect_equal(got, wanted));
        if (got.fault.rule.empty()) {
          ASSERT_EQ(got.end, text.size());
          ASSERT_EQ(got.lines, line_ends(text) + (text.empty() || text.back() == '\n' || text.back() == '\r' ? 0 : 1));
        }
      }
    }
  });
}

// Limits are seen at the same byte, however the text is cut.
TEST(CsvBlocks, LimitsDoNotDependOnTheBuffer) {
  Texts texts(99);
  std::size_t limited = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::string text = texts.text(false);
    const ReadLimits limits{
        .cell_bytes = 10 + texts.below(60), .row_bytes = 40 + texts.below(160), .columns = 2 + texts.below(5)};
    const Reading wanted = read_text(text, "UTF-8", 1 << 18, limits);
    limited += wanted.fault.rule.compare(0, 6, "limit-") == 0 ? 1 : 0;
    for (const std::size_t buffer : kBuffers) {
      SCOPED_TRACE(::testing::PrintToString(text) + " buffer " + std::to_string(buffer));
      const Reading got = read_text(text, "UTF-8", buffer, limits);
      ASSERT_NO_FATAL_FAILURE(expect_equal(got, wanted));
      ASSERT_EQ(got.fault.byte, wanted.fault.byte);
      ASSERT_EQ(got.fault.found, wanted.fault.found);
    }
  }
  EXPECT_GT(limited, 300u);
}

// Parts that begin at guessed rows, read as threads would: a part that was cut wrongly is read again from where the one
// before it ended. Together they are the whole.
TEST(CsvBlocks, PartsGiveTheWhole) {
  Texts texts(5);
  int wrong = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string text;
    for (int n = 0; n < 4; ++n)
      text += texts.text(false);
    const auto source = memory_source(text);
    const TextForm form = text_form(*source, "");
    const Reading whole = read_part(*source, form, {form.first_byte, text.size()}, 1024);
    const unsigned count = 2 + texts.below(6);
    std::vector<std::uint64_t> cuts = {form.first_byte};
    for (unsigned k = 1; k < count; ++k)
      cuts.push_back(std::max(cuts.back(), likely_row_start(*source, form, text.size() * k / count)));
    cuts.push_back(text.size());
    Reading together;
    std::uint64_t from = form.first_byte;
    for (unsigned k = 0; k < count && together.fault.rule.empty(); ++k) {
      wrong += from != cuts[k] ? 1 : 0;
      const Reading part = read_part(*source, form, {from, cuts[k + 1]}, 64);
      for (Row row : part.rows) {
        row.line += together.lines;
        together.rows.push_back(row);
      }
      together.fault = part.fault;
      if (!part.fault.rule.empty()) together.fault.line += together.lines;
      together.lines += part.lines;
      from = std::max(from, part.end);
    }
    SCOPED_TRACE(::testing::PrintToString(text));
    ASSERT_NO_FATAL_FAILURE(expect_equal(together, whole));
  }
  EXPECT_GT(wrong, 0); // that guesses can be wrong is tested too
}

std::string cell_of(const std::string& text, const std::string& encoding = "") {
  return ::testing::PrintToString(read_text(text, encoding, 64).rows);
}

ReadFault fault_of(const std::string& text, const std::string& encoding = "", const ReadLimits& limits = {}) {
  return read_text(text, encoding, 64, limits).fault;
}

TEST(CsvBlocks, FaultsHaveTheirPlace) {
  ReadFault fault = fault_of("案号,单位\n甲甲,\"乙\n,\",\xFF\n");
  EXPECT_EQ(fault.rule, "bytes-contradict");
  EXPECT_EQ(fault.line, 3);
  EXPECT_EQ(fault.column, 3);
  EXPECT_EQ(fault.byte, 29);
  EXPECT_EQ(fault.found, "FF 0A");

  fault = fault_of("a,b\n\"x\ny\",\"2\n3,4\n");
  EXPECT_EQ(fault.rule, "quote-unterminated");
  EXPECT_EQ(fault.line, 3); // where it opens
  EXPECT_EQ(fault.column, 2);
  EXPECT_EQ(fault.byte, 10);

  fault = fault_of("a,b\n\"1\"x,2\n");
  EXPECT_EQ(fault.rule, "quote-misplaced");
  EXPECT_EQ(fault.line, 2);
  EXPECT_EQ(fault.column, 1);
  EXPECT_EQ(fault.byte, 7);

  fault = fault_of(std::string("a,b\n1,2\0,3\n", 11));
  EXPECT_EQ(fault.rule, "nul-byte");
  EXPECT_EQ(fault.line, 2);
  EXPECT_EQ(fault.column, 2);
  EXPECT_EQ(fault.byte, 7);

  fault = fault_of("a,b\n1,22222\n", "", {.cell_bytes = 4});
  EXPECT_EQ(fault.rule, "limit-cell");
  EXPECT_EQ(fault.line, 2);
  EXPECT_EQ(fault.column, 2);
  EXPECT_EQ(fault.expected, "4");
  EXPECT_EQ(fault_of("a,b\n1,2222\n", "", {.cell_bytes = 4}).rule, "");

  fault = fault_of("a,b\n1,2,3\n", "", {.columns = 2});
  EXPECT_EQ(fault.rule, "limit-columns");
  EXPECT_EQ(fault.line, 2);
  EXPECT_EQ(fault.column, 3);

  fault = fault_of("a,b\r\n1234,5678\r\n", "", {.row_bytes = 8});
  EXPECT_EQ(fault.rule, "limit-row");
  EXPECT_EQ(fault.line, 2);
  EXPECT_EQ(fault_of("a,b\r\n1234,5678\r\n", "", {.row_bytes = 9}).rule, "");
}

TEST(CsvBlocks, RowsBeforeAFaultAreGiven) {
  const Reading got = read_text("a,b\n1,2\n\"x\"y,4\n5,6\n", "", 1 << 18);
  EXPECT_EQ(got.rows.size(), 2u);
  EXPECT_EQ(got.fault.rule, "quote-misplaced");
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
