// The schemes of templates/ load over the real catalogue, and their worked examples come out to the last digit.
#include "engine/scheme.h"
#include "engine/scorecard.h"
#include "engine/scoring/rule.h"
#include "engine/settings.h"
#include "tests/unit/sample.h"
#include "tests/unit/score_fixture.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace appraise {
namespace {

namespace fs = std::filesystem;
using score_fixture::shown;

const fs::path kSource = SOURCE_FOLDER;

std::string bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> toml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Scheme scheme_of(const std::string& id) {
  Problems problems;
  const std::string file = "templates/schemes/" + id + ".toml";
  Scheme scheme = Scheme::load(bytes(kSource / file), file, sample::catalogue(), problems);
  EXPECT_TRUE(problems.empty()) << shown(problems);
  return scheme;
}

Number number_of(const std::string& text) {
  const std::size_t slash = text.find('/');
  return *Number::parse(text.substr(0, slash));
}

Value value_of(const Setting& setting) {
  Value value;
  value.state = ValueState::value;
  if (setting.kind == Setting::Kind::number) {
    value.numerator = setting.number;
  } else if (setting.text.find('/') != std::string::npos) {
    value.numerator = number_of(setting.text);
    value.denominator = number_of(setting.text.substr(setting.text.find('/') + 1));
  } else {
    value.state = setting.text == "no cases" ? ValueState::empty : ValueState::unavailable;
  }
  return value;
}

Values values_of(const Scheme& scheme, const Setting& given) {
  Values values;
  values.indicators = scheme.indicators();
  values.slices = scheme.slices();
  values.units = 1;
  values.resize();
  for (const auto& [id, setting] : given.members) {
    const auto known = std::find(values.indicators.begin(), values.indicators.end(), id);
    EXPECT_NE(known, values.indicators.end()) << id << " is no indicator of " << scheme.id;
    if (known == values.indicators.end()) continue;
    if (setting.kind != Setting::Kind::table) {
      values.at(0, values.indicator(id), 0) = value_of(setting);
      continue;
    }
    for (const auto& [slice, one] : setting.members)
      values.at(0, values.indicator(id), values.slice(slice)) = value_of(one);
  }
  return values;
}

std::string text_of(const Setting& setting) {
  return setting.kind == Setting::Kind::number ? setting.number.text() : setting.text;
}

std::string text_of(const ItemResult& result) {
  if (result.state != State::scored) return state_id(result.state);
  return (result.points ? *result.points : *result.key).text();
}

// A roster of one unit that the scheme appraises.
Roster roster_for(const Scheme& scheme) {
  const std::size_t from = scheme.units.find('\'') + 1;
  const std::string level = scheme.units.substr(from, scheme.units.find('\'', from) - from);
  Problems problems;
  return Roster::load("code,name,level,region_group\n1,Unit," + level + ",east\n", "roster.csv", problems);
}

void check(const Setting& example) {
  SCOPED_TRACE(example.find("name")->text);
  const Scheme scheme = scheme_of(example.find("scheme")->text);
  const Values values = values_of(scheme, *example.find("values"));
  const Roster roster = roster_for(scheme);
  Problems problems;
  const Scorecard card = score(scheme, roster, sample::catalogue(), values, problems);
  ASSERT_TRUE(problems.empty()) << shown(problems);
  ASSERT_EQ(card.units.size(), 1u);
  const UnitResult& unit = card.units[0];
  const Setting& expect = *example.find("expect");
  if (const Setting* total = expect.find("total")) {
    EXPECT_EQ(unit.total ? unit.total->text() : state_id(unit.state), text_of(*total));
    EXPECT_EQ(unit.rank.has_value(), unit.total.has_value());
  }
  const Setting none;
  const Setting* items = expect.find("items");
  for (const auto& [id, wanted] : (items == nullptr ? none : *items).members) {
    const Item* item = scheme.item(id);
    ASSERT_NE(item, nullptr) << id;
    EXPECT_EQ(text_of(unit.items[static_cast<std::size_t>(item - scheme.items.data())]), text_of(wanted)) << id;
  }
  const Setting* nodes = expect.find("nodes");
  for (const auto& [id, wanted] : (nodes == nullptr ? none : *nodes).members) {
    const Node* node = scheme.node(id);
    ASSERT_NE(node, nullptr) << id;
    const auto& points = unit.nodes[static_cast<std::size_t>(node - scheme.nodes.data())];
    EXPECT_EQ(points ? points->text() : "", text_of(wanted)) << id;
  }
}

TEST(SchemeExamples, EverySchemeLoads) {
  const auto files = toml_files(kSource / "templates" / "schemes");
  ASSERT_FALSE(files.empty());
  for (const fs::path& path : files) {
    std::string id = fs::relative(path, kSource / "templates" / "schemes").generic_string();
    id.resize(id.size() - 5);
    SCOPED_TRACE(id);
    EXPECT_EQ(scheme_of(id).id, id);
  }
}

TEST(SchemeExamples, ComeOutToTheLastDigit) {
  std::size_t count = 0;
  for (const fs::path& path : toml_files(kSource / "tests" / "examples" / "schemes")) {
    SCOPED_TRACE(path.filename().string());
    Problems problems;
    const Setting file = parse_settings(bytes(path), path.filename().string(), problems);
    ASSERT_TRUE(problems.empty()) << shown(problems);
    for (const Setting& example : file.find("example")->items) {
      check(example);
      ++count;
    }
  }
  EXPECT_GE(count, 10u);
}

// Every scheme has an example, and every item of it stands in one.
TEST(SchemeExamples, LeaveNoItemOut) {
  std::string all;
  for (const fs::path& path : toml_files(kSource / "tests" / "examples" / "schemes"))
    all += bytes(path);
  for (const fs::path& path : toml_files(kSource / "templates" / "schemes")) {
    std::string id = fs::relative(path, kSource / "templates" / "schemes").generic_string();
    id.resize(id.size() - 5);
    EXPECT_NE(all.find("\"" + id + "\""), std::string::npos) << id;
    const Scheme scheme = scheme_of(id);
    if (scheme.gives == "ranks") continue;
    for (const Item& item : scheme.items)
      EXPECT_NE(all.find("items." + item.id), std::string::npos) << item.id;
  }
}

} // namespace
} // namespace appraise
