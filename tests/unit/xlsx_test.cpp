#include "engine/input/xlsx/sheet.h"
#include "engine/input/xlsx/workbook.h"
#include "tests/unit/workbook_file.h"

#include <cstring>
#include <gtest/gtest.h>

namespace appraise {
namespace {

using workbooks::BookFile;
using workbooks::kSheetPart;
using workbooks::read_all;
using workbooks::sheet_xml;

std::string read_rows(const std::string& rows, const std::string& strings = "") {
  BookFile book;
  book.rows = rows;
  book.strings = strings;
  return read_all(book.bytes());
}

// The text of one cell, without the line.
std::string read_cell(const std::string& cell) {
  std::string text = read_rows("<row>" + cell + "</row>");
  if (text.empty()) return "";
  EXPECT_EQ(text.substr(0, 3), "1: ") << text;
  return text.substr(3, text.size() - 4);
}

std::string read_number(const std::string& number) {
  return read_cell("<c><v>" + number + "</v></c>");
}

std::string inline_text(const std::string& text) {
  return read_cell("<c t=\"inlineStr\"><is>" + text + "</is></c>");
}

TEST(Xlsx, TextsInAllTheirForms) {
  const std::string strings =
      "<si><t>案号</t></si><si><r><rPr><b/></rPr><t>甲</t></r><r><t xml:space=\"preserve\"> 乙</t></r>"
      "</si><si><t>課</t><rPh sb=\"0\" eb=\"1\"><t>か</t></rPh><phoneticPr fontId=\"1\"/></si>"
      "<si/><si><t/></si><si><t>子</t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si>";
  EXPECT_EQ(
      read_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\">"
                "<v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c><c r=\"E1\" t=\"s\"><v>4</v></c><c r=\"F1\" t=\"s\">"
                "<v>5</v></c></row>",
                strings),
      "1: 案号|甲 乙|課|||子\n");
  EXPECT_EQ(inline_text("<t>a</t>"), "a");
  EXPECT_EQ(inline_text("<r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r>"), "ab");
  EXPECT_EQ(read_cell("<c t=\"str\"><v> a </v></c>"), " a ");
  EXPECT_EQ(read_cell("<c t=\"inlineStr\"><v>a</v></c>"), "a");
}

TEST(Xlsx, WhiteSpaceGoesUnlessItIsKept) {
  EXPECT_EQ(inline_text("<t>\n a  b\t</t>"), "a  b");
  EXPECT_EQ(inline_text("<t xml:space=\"preserve\"> a </t>"), " a ");
  EXPECT_EQ(inline_text("<t>&#x20;a&#9;</t>"), "a");
  EXPECT_EQ(inline_text("<t>\u3000a</t>"), "\u3000a"); // not white space of XML
  EXPECT_EQ(inline_text("<t>  </t>"), "");
}

TEST(Xlsx, ReferencesAndEscapes) {
  EXPECT_EQ(inline_text("<t>&lt;&amp;&gt;&quot;&apos;&#26696;&#x1F600;</t>"), "<&>\"'案\U0001F600");
  EXPECT_EQ(inline_text("<t>a\r\nb\rc</t>"), "a\nb\nc");
  EXPECT_EQ(inline_text("<t>a_x000D_\nb</t>"), "a\r\nb");
  EXPECT_EQ(inline_text("<t>_x005F_x000D_</t>"), "_x000D_");
  EXPECT_EQ(inline_text("<t>_x6848__xD83D__xDE00_</t>"), "案\U0001F600");
  EXPECT_EQ(inline_text("<t>_xD83D_ _x00 _x0000_ _xzzzz_ _</t>"), "_xD83D_ _x00 _x0000_ _xzzzz_ _");
  EXPECT_EQ(read_cell("<c t=\"str\"><v>a_x0009_b&amp;c</v></c>"), "a\tb&c");
  EXPECT_EQ(read_rows("<row><c t=\"str\"><v>&nbsp;</v></c></row>"),
            std::string("! xlsx-broken ") + kSheetPart + " @1:0\n");
}

TEST(Xlsx, PlacesOfCells) {
  EXPECT_EQ(read_rows("<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"D3\"><v>2</v></c></row><row r=\"4\"/><row r=\"9\" "
                      "hidden=\"1\"><c r=\"A9\"><v>3</v></c><c r=\"C9\" s=\"1\"/></row>"),
            "3: |1||2\n9h: 3\n");
  EXPECT_EQ(
      read_rows("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r=\"5\"><c r=\"C5\"><v>3</v></c><c><v>4</v></c>"
                "</row><row><c><v>5</v></c></row>"),
      "1: 1||2\n5: ||3|4\n6: 5\n");
  EXPECT_EQ(
      read_rows("<row r=\"1\"><c r=\"AA1\"><v>27</v></c><c r=\"C1\"><v>3</v></c><c r=\"A1\" t=\"e\"><v>#N/A</v></c>"
                "</row>"),
      "1: e=#N/A||3||||||||||||||||||||||||27\n");
}

TEST(Xlsx, CellsAndRowsThatCannotBeAreBroken) {
  const std::string part = std::string(" ") + kSheetPart;
  EXPECT_EQ(read_rows("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>1</v></c></row>"),
            "2: 1\n! xlsx-broken" + part + " @2:0\n");
  EXPECT_EQ(read_rows("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>"),
            "! xlsx-broken" + part + " @2:2\n");
  EXPECT_EQ(read_rows("<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>"), "! xlsx-broken" + part + " @2:1\n");
  EXPECT_EQ(read_rows("<row r=\"x\"/>"), "! xlsx-broken" + part + "\n");
  EXPECT_EQ(read_rows("<row r=\"1048577\"/>"), "! xlsx-broken" + part + "\n");
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>"), "! limit-columns" + part + " 16384 @1:16385\n");
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>", "<si/>"),
            "! xlsx-broken" + part + " @1:1\n");
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A1\" t=\"z\"><v>1</v></c></row>"), "! xlsx-broken" + part + " @1:1\n");
}

TEST(Xlsx, TypesAndFormulas) {
  EXPECT_EQ(
      read_rows("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#DIV/0!</v></c><c t=\"n\"><v>7</v>"
                "</c><c t=\"d\"><v>2016-02-29T08:30:00Z</v></c><c t=\"d\"><v>2016-02-29</v></c><c t=\"d\">"
                "<v>T08:30</v></c><c t=\"d\"><v>2016-02-30</v></c></row>"),
      "1: TRUE|FALSE|e=#DIV/0!|7|2016-02-29 08:30:00|2016-02-29|08:30:00|2016-02-30\n");
  EXPECT_EQ(
      read_rows("<row><c><f>A1+1</f><v>2</v></c><c><f>A1&gt;1</f></c><c><f>A1</f><v/></c><c t=\"str\"><f>A1</f>"
                "<v></v></c><c t=\"e\"><f t=\"shared\" si=\"0\"/><v>#REF!</v></c><c t=\"str\"><f>A1</f><v>x</v></c>"
                "</row>"),
      "1: f=2|u=|u=|f=|e=#REF!|f=x\n");
}

TEST(Xlsx, NumbersKeepFifteenDigitsAndNoExponent) {
  const std::vector<std::pair<const char*, const char*>> numbers = {
      {"0", "0"},
      {"-0", "0"},
      {"42", "42"},
      {"1.50", "1.5"},
      {"2.0", "2"},
      {" 7 ", "7"},
      {"+7", "7"},
      {"007", "7"},
      {"0.1", "0.1"},
      {"-0.25", "-0.25"},
      {"0.30000000000000004", "0.3"},
      {"1234567.8899999999", "1234567.89"},
      {"123456789012345", "123456789012345"},
      {"123456789012345678", "123456789012346000"},
      {"-99999999999999999", "-100000000000000000"},
      {"5.1010119900101E+17", "510101199001010000"},
      {"1E20", "100000000000000000000"},
      {"1e21", "1e+21"},
      {"1E-4", "0.0001"},
      {"1.25E-9", "0.00000000125"},
      {"0.00000000125", "0.00000000125"},
      {"0.000000000125", "1.25e-10"},
      {"9.99999999999999999E20", "1e+21"},
      {"NAN", "NAN"},
      {"1e999", "1e999"},
      {"1.2.3", "1.2.3"},
      {"一", "一"},
      {"1&#50;", "12"},
  };
  for (const auto& [written, text] : numbers)
    EXPECT_EQ(read_number(written), text) << written;
}

std::string read_styled(const std::string& style, const std::string& number, const std::string& formats = "",
                        const std::string& properties = "") {
  BookFile book;
  book.formats = formats;
  book.properties = properties;
  book.rows = "<row r=\"1\"><c r=\"A1\" s=\"" + style + "\"><v>" + number + "</v></c></row>";
  const std::string text = read_all(book.bytes());
  return text.substr(3, text.size() - 4);
}

TEST(Xlsx, DatesAndTimes) { // styles: 1 a date, 2 with time, 3 time alone, 4 elapsed
  EXPECT_EQ(read_styled("1", "42370"), "2016-01-01");
  EXPECT_EQ(read_styled("1", "61"), "1900-03-01");
  for (const char* early : {"60", "59", "1", "0", "0.5", "-1", "60.5"})
    EXPECT_EQ(read_styled("1", early), early);
  EXPECT_EQ(read_styled("1", "2958465"), "9999-12-31");
  EXPECT_EQ(read_styled("1", "2958466"), "2958466");
  EXPECT_EQ(read_styled("2", "42370.5"), "2016-01-01 12:00:00");
  EXPECT_EQ(read_styled("2", "42370"), "2016-01-01");
  EXPECT_EQ(read_styled("1", "42370.999999"), "2016-01-02"); // 86399.9136 s
  EXPECT_EQ(read_styled("2", "42370.99999"), "2016-01-01 23:59:59");
  EXPECT_EQ(read_styled("3", "0.75"), "18:00:00");
  EXPECT_EQ(read_styled("3", "0"), "00:00:00");
  EXPECT_EQ(read_styled("3", "42370.75"), "2016-01-01 18:00:00");
  EXPECT_EQ(read_styled("3", "1.75"), "1.75");
  EXPECT_EQ(read_styled("4", "1.75"), "1.75");
  EXPECT_EQ(read_styled("1", "not yet"), "not yet");
  EXPECT_EQ(read_styled("9", "42370"), "42370"); // no such style
  const std::string from_1904 = "date1904=\"1\"";
  EXPECT_EQ(read_styled("1", "0", "", from_1904), "1904-01-01");
  EXPECT_EQ(read_styled("1", "40908", "", from_1904), "2016-01-01");
  EXPECT_EQ(read_styled("3", "0.75", "", from_1904), "18:00:00");
  EXPECT_EQ(read_styled("1", "2957003.5", "", from_1904), "9999-12-31 12:00:00");
  const std::string own = "<numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>";
  EXPECT_EQ(read_styled("5", "42370", own), "2016-01-01");
}

TEST(Xlsx, FormatsThatAreDates) {
  using xlsx::kind_of_format;
  using xlsx::NumberKind;
  for (const char* code : {"yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\";@", "yyyy年m月", "[$-804]yyyy/m/d h:mm", "mmm-yy",
                           "d", "[$-411]ge.m.d", "[DBNum1][$-804]m\"月\"", "M/D/YY", "mm", "dddd", "[Red]yyyy;0"})
    EXPECT_EQ(kind_of_format(code), NumberKind::date) << code;
  for (const char* code : {"h:mm", "hh:mm:ss AM/PM", "mm:ss.0", "[$-F400]h:mm:ss", "上午/下午h\"时\"mm\"分\"", "ss"})
    EXPECT_EQ(kind_of_format(code), NumberKind::time) << code;
  for (const char* code : {"General",  "general",   "G/通用格式", "0.00",    "#,##0.00_);[Red]\\(#,##0.00\\)",
                           "0.00E+00", "##0.0e-0",  "0\"days\"",  "[h]:mm",  "[mm]:ss",
                           "[SS]",     "@",         "\"yyyy",     "\\y0",    "_d0",
                           "*m0",      "[Yellow]0", "0;yyyy",     "[$€-d]0", "",
                           "[h"})
    EXPECT_EQ(kind_of_format(code), NumberKind::number) << code;
  // 14 to 22, 27 to 36, 45 to 47, 50 to 58; 46 is elapsed time.
  for (int id = 0; id < 200; ++id) {
    const bool date =
        (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 || (id >= 50 && id <= 58);
    EXPECT_EQ(xlsx::kind_of_builtin(id) != NumberKind::number, date) << id;
  }
}

TEST(Xlsx, EveryDayOfTwoCenturies) {
  const int months[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int serial = 61;
  char room[xlsx::kNumberRoom];
  for (int year = 1900; year <= 2100; ++year)
    for (int month = 1; month <= 12; ++month) {
      const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      const int days = months[month - 1] + (month == 2 && leap ? 1 : 0);
      for (int day = 1; day <= days; ++day) {
        if (year == 1900 && month < 3) continue;
        char date[32];
        std::snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, day);
        for (const std::string& text : {std::to_string(serial), std::to_string(serial) + ".0"}) {
          const char* end = xlsx::put_serial(text, xlsx::NumberKind::date, false, room);
          ASSERT_EQ(std::string(room, static_cast<std::size_t>(end - room)), date);
        }
        if (serial >= 1462) {
          const char* end = xlsx::put_serial(std::to_string(serial - 1462), xlsx::NumberKind::date, true, room);
          ASSERT_EQ(std::string(room, static_cast<std::size_t>(end - room)), date);
        }
        const char* end = xlsx::put_iso_date(date, room);
        ASSERT_EQ(std::string(room, static_cast<std::size_t>(end - room)), date);
        ++serial;
      }
    }
  EXPECT_EQ(serial, 73415 + 1); // behind 2100-12-31
}

TEST(Xlsx, NamespacesPrefixesAndEncodings) {
  const std::string expected = "1: 案|2\n";
  const std::string plain =
      sheet_xml("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>案</t></is></c><c r=\"B1\"><v>2</v></c>"
                "</row>");
  BookFile book;
  const auto with = [&](const std::string& xml) {
    book.parts[kSheetPart] = xml;
    return read_all(book.bytes());
  };
  EXPECT_EQ(with(plain), expected);
  std::string strict = plain;
  strict.replace(strict.find(workbooks::kMain), std::strlen(workbooks::kMain),
                 "http://purl.oclc.org/ooxml/spreadsheetml/main");
  EXPECT_EQ(with(strict), expected);
  EXPECT_EQ(
      with("<x:worksheet xmlns:x=\"" + std::string(workbooks::kMain) +
           "\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>案</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row>"
           "</x:sheetData></x:worksheet>"),
      expected);
  std::string wide = "\xFF\xFE";
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] == '\xE6')
      wide += "\x48\x68", i += 2; // 案
    else
      wide += plain[i], wide += '\0';
  }
  const std::size_t declaration = wide.find(std::string("?\0>\0", 4)) + 4;
  EXPECT_EQ(with("\xFF\xFE" + wide.substr(declaration)), expected);
  EXPECT_EQ(with("\xEF\xBB\xBF" + plain), expected);
  EXPECT_EQ(with("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet xmlns=\"" + std::string(workbooks::kMain) +
                 "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xE9</v></c></row></sheetData></worksheet>"),
            "1: é\n");
  EXPECT_EQ(with("<worksheet><sheetData/></worksheet>"), "");
  EXPECT_EQ(with("<chartsheet xmlns=\"" + std::string(workbooks::kMain) + "\"/>"),
            std::string("! xlsx-broken ") + kSheetPart + "\n");
}

} // namespace
} // namespace appraise
