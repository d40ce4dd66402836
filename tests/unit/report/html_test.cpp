#include "reports/render/html.h"

#include "reports/render/plain_text.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

Cell words(const std::string& text, Role role = Role::plain) {
  Cell cell;
  cell.content = text;
  cell.role = role;
  return cell;
}

Document nasty() {
  Document document;
  document.title = "<script>alert(1)</script> & \"x\"";
  document.watermark = "样张";
  DocTable table;
  table.id = "t";
  table.sheet = "表";
  table.title = "一表";
  table.columns.resize(2);
  table.columns[0].id = "name";
  table.columns[0].role = Role::label;
  table.columns[1].id = "n";
  table.columns[1].over = "上";
  table.columns[1].role = Role::number;
  TableRow row{.id = "r", .cells = {words("<img src=x onerror=alert(1)>", Role::label), Cell{}}};
  row.cells[1].content = *Number::parse("1234567.5");
  row.cells[1].places = 2;
  row.cells[1].link = "t/r/name";
  table.rows.push_back(row);
  table.rows.push_back({.id = "sum", .cells = {words("合计", Role::label), Cell{}}, .role = Role::total});
  document.tables.push_back(table);
  return document;
}

std::string page() {
  return render_html(nasty(), R"({"a":"</script><!--"})", [](const Chart&) { return std::string(); });
}

TEST(Html, EscapesEverythingThatComesFromData) {
  const std::string html = page();
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;img src=x onerror=alert(1)&gt;"), std::string::npos);
  EXPECT_NE(html.find("{\"a\":\"\\u003c/script>\\u003c!--\"}"), std::string::npos);
}

TEST(Html, AsksNothingOfTheNetwork) {
  const std::string html = page();
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  EXPECT_EQ(html.find("http:"), std::string::npos);
  EXPECT_EQ(html.find("https:"), std::string::npos);
  EXPECT_EQ(html.find("url("), std::string::npos);
}

TEST(Html, TablesAreSemantic) {
  const std::string html = page();
  for (const char* part : {"<caption>", "<thead>", "<tfoot>", "scope=\"col\"", "scope=\"colgroup\"", "scope=\"row\"",
                           "lang=\"zh-CN\"", "<a href=\"#t-r\">1,234,567.50</a>", "样张"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
}

TEST(PlainText, WidthsAndLines) {
  EXPECT_EQ(display_width("合计12"), 6u);
  EXPECT_EQ(wrapped_lines("一二三四五", 4), 3u);
  EXPECT_EQ(wrapped_lines("a\nb", 10), 2u);
}

TEST(PlainText, BrokenBytesAreSeen) {
  EXPECT_EQ(sound_text("a\xFF"
                       "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(sound_text("a\x01"
                       "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(sound_text("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); // a surrogate
  EXPECT_EQ(sound_text("\xE4\xB8"), "\xEF\xBF\xBD\xEF\xBF\xBD");                 // cut in the middle
  EXPECT_EQ(sound_text("𠮷\t甲"), "𠮷\t甲");
}

} // namespace
} // namespace appraise
