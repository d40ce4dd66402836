// Workbooks that are refused, cut off or changed, and the two ways of reading compared on XML of every kind.
#include "engine/input/xlsx/sheet.h"
#include "engine/input/xlsx/workbook.h"
#include "tests/unit/workbook_file.h"

#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

using workbooks::BookFile;
using workbooks::kSheetPart;
using workbooks::read_all;
using workbooks::sheet_xml;
using workbooks::ZipEntry;

std::string fault_of(const std::string& bytes, const ReadLimits& limits = {}) {
  const std::string text = read_all(bytes, limits);
  const std::size_t at = text.find("! ");
  return at == std::string::npos ? "none" : text.substr(at + 2, text.size() - at - 3);
}

BookFile small_book() {
  BookFile book;
  book.rows =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>42370</v></c><c r=\"C1\"><f>1+1</f><v>2.5"
      "</v></c></row><row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>子市 &amp; 丑市</t></is></c></row>";
  book.strings = "<si><t>案号</t></si>";
  return book;
}
const std::string kSmall = "1: 案号|2016-01-01|f=2.5\n3: 子市 & 丑市\n";

TEST(XlsxHostile, NoDocumentTypeAnywhere) {
  const std::string type = "<!DOCTYPE x [<!ENTITY a \"b\">]>";
  for (const char* part : {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                           "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml"}) {
    BookFile book = small_book();
    book.parts[part] = type + "<x/>";
    EXPECT_EQ(fault_of(book.bytes()), std::string("xlsx-doctype ") + part);
    book.parts[part] = "<?xml version=\"1.0\"?><!-- " + std::string(9000, ' ') + " -->\n" + type + "<x/>";
    EXPECT_EQ(fault_of(book.bytes()), std::string("xlsx-doctype ") + part);
  }
}

TEST(XlsxHostile, NamesOfEntries) {
  for (const char* name : {"../x", "a/../../x", "xl/..", "/x", "C:/x", "xl\\x", "a\nb", "XL/workbook.xml"}) {
    std::vector<ZipEntry> entries = small_book().entries();
    entries.push_back({.name = name, .bytes = "x"});
    EXPECT_EQ(fault_of(workbooks::zip(entries)), std::string("xlsx-entry-name ") + name);
  }
  std::vector<ZipEntry> entries = small_book().entries();
  entries.push_back({.name = "link", .bytes = "/etc", .attributes = 0120777u << 16});
  EXPECT_EQ(fault_of(workbooks::zip(entries)), "xlsx-entry-name link");
  entries.back() = {.name = "a..b/x", .bytes = "x"};
  EXPECT_EQ(read_all(workbooks::zip(entries)), kSmall);
}

TEST(XlsxHostile, OtherKindsOfFiles) {
  EXPECT_EQ(fault_of("a,b\n"), "file-kind text");
  EXPECT_EQ(fault_of(""), "file-kind text");
  EXPECT_EQ(fault_of(workbooks::zip({{.name = "a.txt", .bytes = "x"}})), "file-kind ZIP");
  EXPECT_EQ(fault_of(workbooks::zip({})), "xlsx-broken ZIP");
  EXPECT_EQ(fault_of(workbooks::zip({{.name = "mimetype", .bytes = "application/vnd.oasis.opendocument.spreadsheet"}})),
            "file-kind ODS");
  EXPECT_EQ(fault_of(workbooks::zip({{.name = "word/document.xml", .bytes = "<x/>"}})), "file-kind DOCX");
  BookFile book = small_book();
  book.parts["_rels/.rels"] =
      "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.bin\"/>"
      "</Relationships>";
  book.parts["xl/workbook.bin"] = "x";
  EXPECT_EQ(fault_of(book.bytes()), "file-kind XLSB");
  std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504 + 1024, '\0');
  compound[30] = 9;
  compound[48] = 1;       // the directory is sector 1; sector 0 is the allocation table
  compound[512 + 4] = -2; // its chain ends
  compound[512 + 5] = compound[512 + 6] = compound[512 + 7] = -1;
  EXPECT_EQ(fault_of(compound), "file-kind XLS");
  std::size_t at = 1024 + 128;
  for (const char c : std::string("EncryptedPackage"))
    compound[at] = c, at += 2;
  EXPECT_EQ(fault_of(compound), "xlsx-encrypted EncryptedPackage");
  std::vector<ZipEntry> entries = small_book().entries();
  for (ZipEntry& entry : entries)
    if (entry.name == kSheetPart) entry.flags = 1;
  EXPECT_EQ(fault_of(workbooks::zip(entries)), std::string("xlsx-encrypted ") + kSheetPart);
}

TEST(XlsxHostile, Sheets) {
  BookFile book = small_book();
  book.sheets = R"(<sheet name="图" sheetId="3" r:id="rId5"/><sheet name="案件" sheetId="1" r:id="rId1"/>)"
                R"(<sheet name="旧" sheetId="2" state="veryHidden" r:id="rId2"/>)";
  book.parts["xl/worksheets/sheet2.xml"] = sheet_xml("<row><c><v>2</v></c></row>");
  book.parts["xl/vbaProject.bin"] = "x";
  book.parts["xl/externalLinks/externalLink1.xml"] = "<x/>";
  const std::string bytes = book.bytes();
  const auto source = memory_source(bytes);
  const XlsxFile file(*source, {});
  ASSERT_EQ(file.fault(), nullptr);
  ASSERT_EQ(file.sheets().size(), 2u);
  EXPECT_EQ(file.sheets()[0].name, "案件");
  EXPECT_FALSE(file.sheets()[0].hidden);
  EXPECT_EQ(file.sheets()[1].name, "旧");
  EXPECT_TRUE(file.sheets()[1].hidden);
  EXPECT_EQ(file.left_alone(), (std::vector<std::string>{"macros", "external links"}));
  for (int again = 0; again < 3; ++again) {
    EXPECT_EQ(workbooks::read_sheet(*file.open(1)), "1: 2\n");
    EXPECT_EQ(workbooks::read_sheet(*file.open(0)), kSmall);
  }
  book.sheets = "";
  EXPECT_EQ(fault_of(book.bytes()), "xlsx-no-sheet xl/workbook.xml");
  book.sheets = R"(<sheet name="图" sheetId="3" r:id="rId9"/>)";
  EXPECT_EQ(fault_of(book.bytes()), "xlsx-broken xl/_rels/workbook.xml.rels");
  book.sheets = R"(<sheet name="案件" sheetId="2" r:id="rId2"/>)";
  book.parts.erase("xl/worksheets/sheet2.xml");
  EXPECT_EQ(fault_of(book.bytes()), "xlsx-broken xl/worksheets/sheet2.xml");
}

TEST(XlsxHostile, EveryLimitIsNamed) {
  const std::string sheet = kSheetPart;
  const auto with = [](auto&& change) {
    ReadLimits limits;
    change(limits);
    return limits;
  };
  BookFile book = small_book();
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.entries = 5; })), "limit-entries 7 5");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.sheets = 0; })), "limit-sheets xl/workbook.xml 0");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.entry_bytes = 700; })).substr(0, 12), "limit-entry ");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.inflated_bytes = 900; })).substr(0, 14),
            "limit-inflate ");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.shared_string_bytes = 9; })),
            "limit-strings xl/sharedStrings.xml 9");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.columns = 2; })), "limit-columns " + sheet + " 2 @1:3");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.cell_bytes = 14; })), "limit-cell " + sheet + " 14 @3:1");
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.row_bytes = 20; })), "limit-row " + sheet + " 20 @1:3");
  book.parts["docProps/core.xml"] = "<x/>";
  book.parts["xl/styles.xml"] = "<a><b><c><d><e><f/></e></d></c></b></a>";
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.xml_depth = 5; })), "limit-depth xl/styles.xml 5");
  book = small_book();
  book.deflated = true;
  book.rows += std::string(8 << 20, ' ');
  EXPECT_EQ(fault_of(book.bytes(), with([](ReadLimits& l) { l.inflate_ratio = 20; })).substr(0, 39),
            "limit-ratio " + sheet + " 20");
  EXPECT_EQ(read_all(book.bytes(), with([](ReadLimits& l) { l.inflate_ratio = 100'000; })), kSmall);
  std::vector<ZipEntry> entries = book.entries(); // a directory that says less than there is
  for (ZipEntry& entry : entries)
    if (entry.name == sheet) entry.says = 1000;
  EXPECT_EQ(fault_of(workbooks::zip(entries)), "xlsx-checksum " + sheet);
  book = small_book();
  book.rows = "<row><c t=\"inlineStr\"><is><t>" + std::string(2 << 20, 'a') + "</t></is></c></row>";
  EXPECT_EQ(fault_of(book.bytes()), "limit-cell " + sheet + " 1048576 @1:1");
  book.rows = "<row><c t=\"str\"><v>" + std::string(20 << 20, 'a') + "</v></c></row>";
  EXPECT_EQ(fault_of(book.bytes()), "limit-cell " + sheet + " 1048576 @1:1");
  book.rows = "<row spans=\"" + std::string(20 << 20, 'a') + "\"><c><v>1</v></c></row>";
  EXPECT_EQ(fault_of(book.bytes()), "limit-cell " + sheet + " 1048576");
}

TEST(XlsxHostile, CutOffAtEveryByte) {
  for (const bool deflated : {false, true}) {
    BookFile book = small_book();
    book.deflated = deflated;
    const std::string bytes = book.bytes();
    EXPECT_EQ(read_all(bytes), kSmall);
    for (std::size_t size = 0; size < bytes.size(); ++size)
      ASSERT_NE(fault_of(bytes.substr(0, size)), "none") << size;
  }
}

// What a changed byte leaves readable must be what stood there: anything else is caught by a checksum.
TEST(XlsxHostile, EveryByteChanged) {
  for (const bool deflated : {false, true}) {
    BookFile book = small_book();
    book.deflated = deflated;
    const std::string bytes = book.bytes();
    std::string changed = bytes;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const int bits : {1, 0x20, 0x80, 0xFF}) {
        changed[at] = static_cast<char>(bytes[at] ^ bits);
        const std::string text = read_all(changed);
        ASSERT_TRUE(text.find("! ") != std::string::npos || text == kSmall) << at << " " << bits << "\n" << text;
      }
      changed[at] = bytes[at];
    }
  }
}

TEST(XlsxHostile, XmlCutOffAtEveryByte) {
  BookFile book = small_book();
  for (const std::string& whole : {sheet_xml(book.rows)})
    for (std::size_t size = 0; size < whole.size(); ++size) {
      book.parts[kSheetPart] = whole.substr(0, size);
      ASSERT_EQ(fault_of(book.bytes()).substr(0, 11), "xlsx-broken") << size;
    }
}

// Every byte of a sheet replaced by every byte that means something in XML: both ways say the same, whatever it is.
TEST(XlsxHostile, BothWaysJudgeAlike) {
  BookFile book;
  book.strings = "<si><t>案号</t></si><si><t>a_x000A_b</t></si>";
  const std::string rows =
      "<row r=\"1\" spans=\"1:3\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" s=\"1\" t=\"s\"><v>1</v></c><c r=\"B1\" "
      "s=\"1\"><v>45000"
      "</v></c><c r=\"C1\"/></row> <row r=\"2\" hidden=\"1\"><c r=\"B2\" t=\"inlineStr\"><is><t "
      "xml:space=\"preserve\"> 案&lt;"
      "</t></is></c><c r=\"C2\" t=\"str\"><f t=\"shared\" si=\"0\">A1]&gt;2</f><v>é_</v></c></row>";
  for (std::size_t at = 0; at < rows.size(); ++at)
    for (const char c : std::string("<>&;\"'/= \n\r]_-!?:.0aArst\x01\x80\xC3\xFF")) {
      std::string changed = rows;
      changed[at] = c;
      book.parts[kSheetPart] = sheet_xml(changed);
      read_all(book.bytes());
      ASSERT_FALSE(HasFailure()) << changed;
    }
}

class Invention {
public:
  explicit Invention(std::uint32_t seed) : random_(seed) {}

  std::string rows(int count) {
    std::string text;
    line_ = 0;
    for (int i = 0; i < count; ++i)
      text += pick({"", "", "", "\n  ", "<!-- x -->"}, i) + row();
    return text;
  }

private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint32_t>(bound)); }
  std::string pick(const std::vector<std::string>& words, int) {
    return words[static_cast<std::size_t>(below(static_cast<int>(words.size())))];
  }

  std::string row() {
    line_ += below(20) == 0 ? 3 : 1;
    column_ = 0;
    const bool numbered = line_ == 1 || below(4) > 0;
    if (!numbered) line_ = told_ + 1;
    told_ = line_;
    std::string text = "<row";
    if (numbered) text += " r=\"" + std::to_string(line_) + "\"";
    text += pick(
        {"", "", " spans=\"1:9\"", " hidden=\"1\"", " x14ac:dyDescent=\"0.2\"", " hidden='true'", " y:z=\"1\""}, 0);
    if (below(15) == 0) return text + "/>";
    text += ">";
    for (int i = below(8); i > 0; --i)
      text += cell();
    return text + pick({"</row>", "</row>", "</row>", "</row >"}, 0);
  }

  std::string cell() {
    column_ += below(6) == 0 ? 2 : 1;
    std::string text = "<c";
    if (below(5) > 0)
      text += " r=\"" + std::string(1, static_cast<char>('A' + column_ - 1)) + std::to_string(told_) + "\"";
    else
      column_ = column_ + 0;
    text += pick({"", " s=\"1\"", " s=\"2\"", " s=\"3\"", " s=\"\"", " s=\"99\"", " cm=\"1\""}, 0);
    switch (below(9)) {
    case 0: return text + "/>";
    case 1: return text + " t=\"s\"><v>" + std::to_string(below(5)) + "</v></c>";
    case 2:
      return text + " t=\"inlineStr\"><is>" + pick({"<t>", "<t xml:space=\"preserve\">", "<r><t>"}, 0) + words() +
             "</t></is></c>";
    case 3: return text + " t=\"inlineStr\"><is><r><rPr><b/></rPr><t>" + words() + "</t></r></is></c>";
    case 4: return text + " t=\"str\"><f>" + words() + "</f><v>" + words() + "</v></c>";
    case 5:
      return text +
             pick({" t=\"b\"><v>1</v></c>", " t=\"e\"><v>#N/A</v></c>", "><f>A1</f></c>", "><v></v></c>", "><v/></c>"},
                  0);
    case 6: return text + "><v><![CDATA[7]]></v></c>";
    default:
      return text + ">" + pick({"<v>", " <v>", "<v >"}, 0) +
             pick({"1", "0.5", "42370", "42370.25", "1E-7", "12.50", "-3", "0.1000000000000001", "x"}, 0) + "</v></c>";
    }
  }

  std::string words() {
    std::string text;
    for (int i = below(6); i > 0; --i)
      text += pick({"案件", "a", " ", "&amp;", "&#26696;", "_x000D_", "_", "]", "]]>", ">", "\n", "\r\n", "&#x;",
                    "\xC3\xA9", "\U00020BB7", "\xED\xA0\x80", "<b/>", std::string(40, 'x')},
                   0);
    return text;
  }

  std::mt19937 random_;
  int line_ = 0;
  int told_ = 0;
  int column_ = 0;
};

TEST(XlsxHostile, BothWaysGiveTheSameOfInventedSheets) {
  int whole = 0;
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    BookFile book;
    book.strings =
        "<si><t>案号</t></si><si><r><t>甲</t></r><r><t> 乙</t></r></si><si><t> c </t></si><si/><si><t>e</t></si>";
    book.rows = Invention(seed).rows(1 + static_cast<int>(seed % 7));
    whole += read_all(book.bytes()).find("! ") == std::string::npos;
    ASSERT_FALSE(HasFailure()) << seed << "\n" << book.rows;
  }
  EXPECT_GT(whole, 90); // else only faults would have been compared
}

// Longer than the buffers, so that elements of all kinds lie across their ends.
TEST(XlsxHostile, AcrossTheEndsOfBuffers) {
  std::string rows;
  std::string expected;
  for (int row = 1; row <= 20000; ++row) {
    const std::string line = std::to_string(row);
    const std::string text(static_cast<std::size_t>(row % 37), 'x');
    rows += "<row r=\"" + line + "\"><c r=\"A" + line + "\" t=\"inlineStr\"><is><t>案" + text +
            "&amp;</t></is></c><c r=\"B" + line + "\" s=\"1\"><v>42370</v></c><c r=\"D" + line + "\"><f>A1</f><v>" +
            line + ".5</v></c></row>";
    expected += line + ": 案" + text + "&|2016-01-01||f=" + line + ".5\n";
  }
  BookFile book;
  for (const bool deflated : {false, true}) {
    book.deflated = deflated;
    book.rows = rows;
    EXPECT_EQ(read_all(book.bytes()), expected);
    book.rows = rows + "<!-- expat alone knows this --><row><c><v>1</v></c></row>";
    EXPECT_EQ(read_all(book.bytes()), expected + "20001: 1\n");
  }
  const std::string bytes = book.bytes();
  const auto source = memory_source(bytes);
  xlsx::Workbook file(*source, {});
  const auto reader = file.open(0, false);
  workbooks::read_sheet(*reader);
  EXPECT_EQ(dynamic_cast<xlsx::SheetBlocks&>(*reader).part().quick_elements(), 20000u * 5); // the rest is expat's
}

} // namespace
} // namespace appraise
