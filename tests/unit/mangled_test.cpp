// A small CSV file and a small workbook, cut off at every byte, and with every byte changed: a fault with a name and a
// place, or all of it. Never a part as if it were the whole.
#include "engine/input/csv_blocks.h"
#include "engine/input/xlsx.h"
#include "tests/fuzz/blocks.h"
#include "tests/fuzz/workbook.h"

#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <iterator>

namespace appraise {
namespace {

using fuzz::Reading;

// Each way of mangling: cut off before every byte; every byte with one bit, its highest bit, all bits turned, or a
// quote.
void each_mangled(const std::string& whole, const std::function<void(const std::string&, const std::string&)>& use) {
  for (std::size_t i = 0; i < whole.size(); ++i) {
    use(whole.substr(0, i), "cut off at " + std::to_string(i));
    for (const char other :
         {static_cast<char>(whole[i] ^ 1), static_cast<char>(whole[i] ^ '\x80'), static_cast<char>(~whole[i]), '"'}) {
      if (other == whole[i]) continue;
      std::string changed = whole;
      changed[i] = other;
      use(changed, "byte " + std::to_string(i) + " is " + std::to_string(static_cast<unsigned char>(other)));
    }
  }
}

Reading read_csv(const std::string& bytes, const std::string& encoding, std::size_t buffer) {
  const auto source = memory_source(bytes);
  const TextForm form = text_form(*source, encoding);
  CsvBlocks blocks(*source, form, {form.first_byte, source->size()}, ReadLimits{}, buffer);
  return fuzz::read_all(blocks);
}

TEST(Mangled, Csv) {
  const std::string utf8 = "案号,当事人\r\n\"A,1\",甲公司\r\n\"多\n行\",\"说\"\"话\"\"\"\r\n3,\r\n";
  const std::string gb18030 =
      "\xB0\xB8\xBA\xC5,\xB5\xB1\r\n\"A,1\",\xBC\xD7\r\n\"\xB6\xE0\n\xD0\xD0\",\x95\x32\x82\x36\r\n3,\r\n";
  for (const auto& [text, encoding] : {std::pair(utf8, "UTF-8"), std::pair(gb18030, "GB18030")}) {
    ASSERT_FALSE(read_csv(text, encoding, 1 << 16).fault) << encoding;
    std::size_t faults = 0;
    std::size_t inputs = 0;
    each_mangled(text, [&, name = encoding](const std::string& bytes, const std::string& how) {
      const Reading reading = read_csv(bytes, name, 1 << 16);
      EXPECT_EQ(reading, read_csv(bytes, name, 16)) << name << ", " << how << ": a small buffer gives something else";
      ++inputs;
      if (!reading.fault) return;
      ++faults;
      const ReadFault& fault = *reading.fault;
      EXPECT_TRUE(fault.rule == "bytes-contradict" || fault.rule == "nul-byte" || fault.rule == "quote-unterminated" ||
                  fault.rule == "quote-misplaced")
          << name << ", " << how << ": " << fault.rule;
      EXPECT_TRUE(fault.line >= 1 && fault.line <= 6) << name << ", " << how << ": line " << fault.line;
      EXPECT_TRUE(fault.byte >= 0 && fault.byte <= static_cast<std::int64_t>(bytes.size())) << name << ", " << how;
    });
    EXPECT_GT(faults, inputs / 10) << encoding;
    EXPECT_LT(faults, inputs) << encoding;
  }
}

struct BookReading {
  std::string fault; // its rule
  std::vector<std::string> names;
  std::vector<Reading> sheets;
  bool operator==(const BookReading& other) const { return names == other.names && sheets == other.sheets; }
};

BookReading read_book(const std::string& bytes) {
  BookReading result;
  const auto source = memory_source(bytes);
  if (file_kind(*source) != FileKind::zip) {
    result.fault = "file-kind";
    return result;
  }
  const XlsxFile file(*source, ReadLimits{});
  if (file.fault() != nullptr) {
    result.fault = file.fault()->rule;
    EXPECT_FALSE(result.fault.empty());
    return result;
  }
  for (std::size_t i = 0; i < file.sheets().size(); ++i) {
    result.names.push_back(file.sheets()[i].name);
    result.sheets.push_back(fuzz::read_all(*file.open(i)));
    if (result.sheets.back().fault) result.fault = result.sheets.back().fault->rule;
  }
  return result;
}

void all_or_fault(const std::string& whole) {
  const BookReading expected = read_book(whole);
  ASSERT_EQ(expected.fault, "");
  std::size_t faults = 0;
  std::size_t inputs = 0;
  each_mangled(whole, [&](const std::string& bytes, const std::string& how) {
    const BookReading reading = read_book(bytes);
    ++inputs;
    if (!reading.fault.empty()) {
      ++faults;
    } else {
      EXPECT_EQ(reading, expected) << how << ": something else, and no fault";
    }
  });
  EXPECT_GT(faults, inputs / 2);
}

TEST(Mangled, StoredWorkbook) {
  all_or_fault(fuzz::workbook_of({}));
}

TEST(Mangled, DeflatedWorkbook) {
  std::ifstream file(SOURCE_FOLDER "/tests/fuzz/seeds/xlsx/shared.xlsx", std::ios::binary);
  all_or_fault({std::istreambuf_iterator<char>(file), {}});
}

} // namespace

// What gtest says of two readings that differ.
namespace fuzz {
void PrintTo(const Reading& reading, std::ostream* out) {
  *out << reading.rows.size() << " rows";
  if (reading.fault) *out << ", " << reading.fault->rule << " at line " << reading.fault->line;
}
} // namespace fuzz
} // namespace appraise
