#include "reports/render/workbook.h"
#include "reports/render/xlsx.h"

#include "engine/problem.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <limits>

namespace appraise {
namespace {

Document two_tables() {
  Document document;
  document.title = "样张";
  document.watermark = "样张";
  for (const char* id : {"a", "b"}) {
    DocTable table;
    table.id = id;
    table.sheet = "同名/表"; // no valid name of a sheet, and twice the same
    table.title = "表";
    table.columns.resize(1);
    table.columns[0].id = "n";
    TableRow row{.id = "r", .cells = {Cell{}}};
    row.cells[0].content = Number(3);
    if (table.id == "b") row.cells[0].formula = reference({"a", "r", "n"});
    table.rows.push_back(row);
    document.tables.push_back(table);
  }
  return document;
}

TEST(Xlsx, SameBytesTwice) {
  EXPECT_TRUE(render_xlsx(two_tables(), {}) == render_xlsx(two_tables(), {}));
}

TEST(Xlsx, LeavesNothingBehind) {
  const auto folder = std::filesystem::temp_directory_path() / "xlsx-leaves-nothing";
  std::filesystem::create_directories(folder);
  render_xlsx(two_tables(), {.temporary_folder = folder.string()});
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
}

TEST(Xlsx, SaysWhereItMayNotWrite) {
  EXPECT_THROW(render_xlsx(two_tables(), {.temporary_folder = "/nowhere"}), Error);
}

TEST(Workbook, RefusesWhatIsNoNumber) {
  Workbook book("");
  Sheet& sheet = book.add_sheet("a");
  EXPECT_THROW(sheet.number(0, 0, std::numeric_limits<double>::quiet_NaN(), {}), Error);
  EXPECT_THROW(sheet.formula(0, 0, "1/0", std::numeric_limits<double>::infinity(), {}), Error);
}

TEST(Workbook, TakesAnyText) {
  Workbook book("");
  Sheet& sheet = book.add_sheet("a");
  sheet.text(0, 0, std::string(100000, 'x'), {});
  sheet.text(1, 0, "\xFF\x01_x0041_=1+1", {});
  EXPECT_FALSE(book.finish().empty());
}

TEST(Workbook, NamesOfSheetsAreValidAndDifferent) {
  Workbook book("");
  EXPECT_EQ(book.add_sheet("a/b").name(), "a b");
  EXPECT_EQ(book.add_sheet("a/b").name(), "a b2");
  const std::string longest =
      book.add_sheet("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五").name();
  EXPECT_EQ(longest.size(), 28u * 3);
}

TEST(Workbook, Addresses) {
  EXPECT_EQ(cell_address(6, 1, false), "B7");
  EXPECT_EQ(cell_address(0, 27, true), "$AB$1");
}

} // namespace
} // namespace appraise
