#include "engine/expression.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

// Here a reference's row is its whole address.
std::string printed(Op op, const std::vector<std::string>& addresses) {
  std::vector<Expr> cells;
  for (const std::string& address : addresses)
    cells.push_back(reference({"t", address, "c"}));
  return print_spreadsheet(
      *apply(op, cells), [](const Ref& ref) { return ref.row; }, [](const std::string& id) { return id; });
}

TEST(SpreadsheetRange, NeighboursBecomeARange) {
  EXPECT_EQ(printed(Op::sum, {"E5", "E6", "E7"}), "SUM(E5:E7)");
  EXPECT_EQ(printed(Op::sum, {"Y5", "Z5", "AA5"}), "SUM(Y5:AA5)");
  EXPECT_EQ(printed(Op::count_numbers, {"'a b'!E5", "'a b'!E6"}), "COUNT('a b'!E5:E6)");
}

TEST(SpreadsheetRange, OthersStandAlone) {
  EXPECT_EQ(printed(Op::sum, {"E5"}), "SUM(E5)");
  EXPECT_EQ(printed(Op::sum, {"E5", "F5", "F6", "H9"}), "SUM(E5:F5,F6,H9)"); // a range runs one way
  EXPECT_EQ(printed(Op::sum, {"E6", "E5"}), "SUM(E6,E5)");
  EXPECT_EQ(printed(Op::sum, {"'a'!E5", "'b'!E6"}), "SUM('a'!E5,'b'!E6)");
  EXPECT_EQ(printed(Op::sum, {"$E$5", "$E$6"}), "SUM($E$5,$E$6)");
  EXPECT_EQ(printed(Op::sum, {"E5:E6", "E7"}), "SUM(E5:E6,E7)");
  EXPECT_EQ(printed(Op::maximum, {"E5", "E6"}), "MAX(E5,E6)");
}

} // namespace
} // namespace appraise
