// The values of a file as JSON, letter by letter.
#include "reports/render/json.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>

namespace appraise {
namespace {

const std::string kHead = "title = \"x\"\nunit = \"x\"\nbetter = \"none\"\nin_force = 2011-01-01\nreference = [\"x\"]\n"
                          "of = \"cases\"\nscope = \"own\"\n";

Source some_source() {
  Source source;
  source.file = "a.csv";
  source.rows = 4;
  source.uncounted = 1;
  return source;
}

TEST(ValuesJson, WritesEachValueWithItsStateAndReasons) {
  const Catalogue catalogue =
      sample::declared("closed", kHead + "measure = \"share\"\nthat = \"not (closed_date is missing)\"\n");
  const Roster roster = sample::roster_of({}, {}, "code, level\n\"1 \"\"2\"\"\", city\n3, city\n4, city\n");
  Values values;
  values.indicators = {"closed"};
  values.slices = {sample::slice("period", "2016-01-01", "2016-12-31")};
  values.units = 3;
  values.resize();
  Value& share = values.at(0, 0, 0);
  share.state = ValueState::value;
  share.numerator = 1;
  share.denominator = 3;
  share.counted = 3;
  share.unknown = 1;
  share.left_out = {{"case_type", 2}, {"closed_date", 1}};
  Value& whole = values.at(1, 0, 0);
  whole.state = ValueState::value;
  whole.numerator = *Number::parse("-2.50");
  values.at(2, 0, 0).state = ValueState::unavailable;
  values.at(2, 0, 0).note = "not\n\"told\"";
  EXPECT_EQ(file_values_json(some_source(), values, roster, catalogue, {}), R"({
 "schema_version": 1,
 "file": "a.csv",
 "rows": 4,
 "not_counted": 1,
 "slices": [
  {
   "id": "period",
   "from": "2016-01-01",
   "to": "2016-12-31"
  }
 ],
 "values": [
  {
   "unit": "1 \"2\"",
   "indicator": "closed",
   "slice": "period",
   "state": "value",
   "numerator": "1",
   "denominator": "3",
   "value": "1/3",
   "counted": 3,
   "unknown": 1,
   "left_out": {
    "case_type": 2,
    "closed_date": 1
   },
   "source": "rows"
  },
  {
   "unit": "3",
   "indicator": "closed",
   "slice": "period",
   "state": "value",
   "numerator": "-2.5",
   "denominator": "1",
   "value": "-2.5",
   "counted": 0,
   "unknown": 0,
   "left_out": {},
   "source": "rows"
  },
  {
   "unit": "4",
   "indicator": "closed",
   "slice": "period",
   "state": "unavailable",
   "numerator": null,
   "denominator": null,
   "value": null,
   "counted": 0,
   "unknown": 0,
   "left_out": {},
   "source": "rows",
   "note": "not\n\"told\""
  }
 ]
}
)");
}

TEST(ValuesJson, HoldsStatisticsAndNoValue) {
  Values values;
  values.indicators = {"closed"};
  UnitStatistics none;
  none.without = 2;
  const std::string json = file_values_json(
      some_source(), values, Roster(), sample::declared("closed", kHead + "measure = \"count\"\n"), {"city", {none}});
  EXPECT_NE(json.find(R"( "slices": [],
 "statistics": [
  {
   "indicator": "closed",
   "level": "city",
   "units": 0,
   "without": 2,
   "mean": null,
   "sigma": null,
   "skewness": null,
   "kurtosis": null,
   "minimum": null,
   "lower_quartile": null,
   "median": null,
   "upper_quartile": null,
   "maximum": null
  }
 ],
 "values": []
}
)"),
            std::string::npos)
      << json;
}

} // namespace
} // namespace appraise
