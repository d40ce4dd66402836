#include "engine/input/units.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

Roster roster() {
  Problems problems;
  return Roster::load("code,name,short_name,level,parent_code,region_group,other_codes\n"
                      "150000,内蒙古自治区,内蒙古,province,,,\n"
                      "220000,吉林省,吉林,province,,,\n"
                      "220200,吉林市,吉林,prefecture,220000,,\n"
                      "610000,陕西省,陕西,province,,,\n"
                      "630200,海东市,海东,prefecture,,,632100 海东地区\n"
                      "540400,林芝市,林芝,prefecture,,,542600 林芝地区/540401\n",
                      "roster.csv", problems);
}

TEST(Units, WrittenAsTheRosterHasIt) {
  const Roster units = roster();
  for (const char* cell : {"150000", "内蒙古自治区", "内蒙古", " 内蒙古 "}) {
    const UnitMatch match = match_unit(cell, units, nullptr);
    EXPECT_EQ(match.unit, 0) << cell;
    EXPECT_EQ(match.note, nullptr) << cell;
  }
  EXPECT_EQ(match_unit("　", units, nullptr).rule, nullptr);
  EXPECT_EQ(match_unit("　", units, nullptr).unit, -1);
}

TEST(Units, OtherFormsAreNoted) {
  const Roster units = roster();
  for (const char* cell : {"內蒙古", "內蒙古自治區", "内 蒙 古", "\u200B内蒙古", "１５００００"}) {
    const UnitMatch match = match_unit(cell, units, nullptr);
    EXPECT_EQ(match.unit, 0) << cell;
    EXPECT_STREQ(match.note, "unit-form") << cell;
    EXPECT_EQ(match.expected, "150000 内蒙古自治区") << cell;
  }
  LayoutField field;
  field.spellings = {{"内蒙", "150000"}, {"未知", "999999"}};
  EXPECT_EQ(match_unit("内蒙", units, &field).unit, 0);
  EXPECT_STREQ(match_unit("内蒙", units, nullptr).rule, "unit-unknown");
  EXPECT_STREQ(match_unit("未知", units, &field).rule, "unit-unknown");
}

TEST(Units, CodesOfAnotherYearNameTheCodeOfTheYear) {
  const Roster units = roster();
  for (const char* cell : {"632100", "海东地区", "632100 海东地区"}) {
    const UnitMatch match = match_unit(cell, units, nullptr);
    EXPECT_STREQ(match.rule, "unit-of-other-year") << cell;
    EXPECT_EQ(match.expected, "630200 海东市") << cell;
  }
  EXPECT_EQ(match_unit("540401", units, nullptr).expected, "540400 林芝市");
}

TEST(Units, NothingIsGuessed) {
  const Roster units = roster();
  EXPECT_STREQ(match_unit("吉林", units, nullptr).rule, "unit-unknown"); // two units have this short name
  const UnitMatch match = match_unit("内蒙古自冶区", units, nullptr);
  EXPECT_STREQ(match.rule, "unit-unknown");
  ASSERT_FALSE(match.nearest.empty());
  EXPECT_EQ(match.nearest.front(), "内蒙古自治区");
}

} // namespace
} // namespace appraise
