#include "reports/build/recalculate.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

// One row: inputs a and b, points = a ÷ b rounded to two places, twice = points + points.
Document one_row(const char* a, const char* b, const char* points, const char* twice) {
  DocTable table;
  table.id = "t";
  table.columns.resize(4);
  TableRow row;
  row.id = "r";
  row.cells.resize(4);
  const char* ids[] = {"a", "b", "points", "twice"};
  const char* contents[] = {a, b, points, twice};
  for (std::size_t i = 0; i < 4; ++i) {
    table.columns[i].id = ids[i];
    if (*contents[i] != '\0') row.cells[i].content = *Number::parse(contents[i]);
  }
  const auto cell = [](const char* id, int places = 0) { return reference({"t", "r", id}, places); };
  row.cells[2].formula = round_to(apply(Op::divide, {cell("a"), cell("b")}), 2, 1);
  row.cells[3].formula = round_to(apply(Op::sum, {cell("points", 2), cell("points", 2)}), 2, 1);
  table.rows.push_back(row);
  Document document;
  document.tables.push_back(table);
  return document;
}

TEST(Recalculate, FillsWhatHasNoResultInAnyOrder) {
  Document document = one_row("1", "8", "", "");
  std::swap(document.tables[0].rows[0].cells[2], document.tables[0].rows[0].cells[3]);
  std::swap(document.tables[0].columns[2], document.tables[0].columns[3]);
  fill_results(document);
  EXPECT_EQ(std::get<Number>(document.tables[0].rows[0].cells[3].content), *Number::parse("0.13"));
  EXPECT_EQ(std::get<Number>(document.tables[0].rows[0].cells[2].content), *Number::parse("0.26"));
}

TEST(Recalculate, FormulasThatDoublesGetRightStayFormulas) {
  Document document = one_row("201", "200", "1.01", "2.02"); // 1.005: a half at the second place
  EXPECT_EQ(mark_exact_only(document), 0u);
}

// 100·a/b = 0.4999999999999, which rounds to 0; with nine guard digits it is taken for the half, and would round to 1.
TEST(Recalculate, WhatDoublesGetWrongBecomesAValueAndCountsOnce) {
  Document document = one_row("4999999999999", "1000000000000000", "0", "0");
  EXPECT_EQ(mark_exact_only(document), 1u);
  EXPECT_TRUE(document.tables[0].rows[0].cells[2].exact_only);
  EXPECT_FALSE(document.tables[0].rows[0].cells[3].exact_only); // it stands on the value
}

TEST(Recalculate, AWrongCachedResultIsSeen) {
  Document document = one_row("1", "8", "0.12", "0.24");
  EXPECT_EQ(mark_exact_only(document), 1u);
}

} // namespace
} // namespace appraise
