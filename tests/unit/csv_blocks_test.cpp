// The reference is CsvScanner, which reads one text character by character.
#include "engine/input/csv.h"
#include "engine/input/csv_blocks.h"
#include "engine/input/gb18030.h"
#include "engine/input/unicode.h"
#include "tests/unit/csv_reading.h"
#include "tests/unit/targets.h"

#include <gtest/gtest.h>
#include <iterator>
#include <random>

namespace appraise {
namespace {

using namespace csv_reading;

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

} // namespace
} // namespace appraise
