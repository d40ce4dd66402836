#include "reports/build/recalculate.h"
#include "reports/build/run.h"
#include "reports/build/scorecard.h"
#include "reports/build/state_words.h"
#include "reports/render/xlsx.h"
#include "reports/texts.h"
#include "tests/unit/report/sample_scorecard.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>
#include <map>
#include <regex>

namespace appraise {
namespace {

using samples::sample_scorecard;

ScorecardDocument built(const samples::Sample& sample) {
  return build_scorecard(sample.appraisal, sample.card, sample.problems, sample.records, {});
}

std::string shown(const Content& content) {
  if (const Number* number = std::get_if<Number>(&content)) return number->text();
  const std::string* words = std::get_if<std::string>(&content);
  return words == nullptr ? "" : *words;
}

// Every cell with a formula, computed exactly from the input cells of the sheets alone.
std::map<std::string, std::string> recalculated(Document document) {
  for (DocTable& table : document.tables) {
    for (TableRow& row : table.rows) {
      for (Cell& cell : row.cells) {
        if (cell.formula) cell.content = std::monostate{};
      }
    }
  }
  fill_results(document);
  std::map<std::string, std::string> cells;
  for (const DocTable& table : document.tables) {
    for (const TableRow& row : table.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i)
        cells[table.id + "/" + row.id + "/" + table.columns[i].id] = shown(row.cells[i].content);
    }
  }
  return cells;
}

class EveryScheme : public ::testing::TestWithParam<const char*> {};

// The sheet's formulas and input cells alone give what the scorecard says: points, states, totals and ranks.
TEST_P(EveryScheme, FormulasGiveTheScorecard) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const auto sample = sample_scorecard(GetParam(), seed);
    const Document document = built(*sample).document;
    const auto cells = recalculated(document);
    const DocTable& summary = *document.table("summary");
    for (const UnitResult& unit : sample->card.units) {
      const std::string row = "summary/" + sample->roster[unit.unit].code + "/";
      for (std::size_t i = 0; i < unit.items.size(); ++i) {
        const ItemResult& item = unit.items[i];
        const std::string& id = sample->scheme.items[i].id;
        const auto& number = sample->scheme.gives == "ranks" ? item.key : item.points;
        EXPECT_EQ(cells.at(row + "points." + id), number ? number->text() : state_words(state_id(item.state)))
            << row << id;
        if (sample->scheme.gives == "ranks") {
          EXPECT_EQ(cells.at(row + "rank." + id), item.rank ? std::to_string(*item.rank) : "") << row << id;
        }
      }
      if (sample->scheme.gives == "ranks") continue;
      EXPECT_EQ(cells.at(row + "points.total"), unit.total ? unit.total->text() : state_words(state_id(unit.state)));
      EXPECT_EQ(cells.at(row + "rank"), unit.rank ? std::to_string(*unit.rank) : "");
      if (!sample->scheme.groups.empty()) {
        EXPECT_EQ(cells.at(row + "rank_in_group"), unit.rank_in_group ? std::to_string(*unit.rank_in_group) : "");
      }
    }
    EXPECT_EQ(summary.columns.front().id, "seq");
  }
}

TEST_P(EveryScheme, CachedContentIsWhatTheFormulasGive) {
  const auto sample = sample_scorecard(GetParam(), 7);
  const Document document = built(*sample).document;
  const auto cells = recalculated(document);
  for (const DocTable& table : document.tables) {
    for (const TableRow& row : table.rows) {
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string id = table.id + "/" + row.id + "/" + table.columns[i].id;
        EXPECT_EQ(cells.at(id), shown(row.cells[i].content)) << id;
      }
    }
  }
}

TEST_P(EveryScheme, DoublesAgreeWithExactArithmetic) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    EXPECT_EQ(built(*sample_scorecard(GetParam(), seed)).exact_only, 0u) << seed;
}

TEST_P(EveryScheme, EveryTableIsRectangularAndItsRowsHaveNamesOfTheirOwn) {
  const auto sample = sample_scorecard(GetParam(), 1);
  for (const DocTable& table : built(*sample).document.tables) {
    std::map<std::string, int> rows;
    for (const TableRow& row : table.rows) {
      EXPECT_EQ(row.cells.size(), table.columns.size()) << table.id << "/" << row.id;
      EXPECT_EQ(++rows[row.id], 1) << table.id << "/" << row.id;
    }
  }
}

TEST_P(EveryScheme, SameBytesTwiceAndTheNoticeEverywhere) {
  const auto sample = sample_scorecard(GetParam(), 3);
  const RunInput input{sample->appraisal, sample->card, sample->problems, sample->records};
  const FileSet files = render_run(input);
  const FileSet again = render_run(input);
  for (const auto& [path, bytes] : files) {
    EXPECT_TRUE(again.at(path) == bytes) << path;
    const bool text = path.find(".json") != std::string::npos || path.find(".html") != std::string::npos;
    EXPECT_TRUE(!text || bytes.find("演示数据，非考核结果") != std::string::npos) << path;
  }
  EXPECT_EQ(files.count("charts/items.pdf"), 1u);
}

// Texts are asked for by id: each that a builder names stands in the table.
TEST(SheetTexts, EveryOneThatIsNamedIsThere) {
  const std::regex named("said\\(\"([^\"]+)\"[,)]");
  std::size_t count = 0;
  for (const std::string& file : sample::files_below("reports/build", ".cpp")) {
    const std::string source = sample::slurp(file);
    for (std::sregex_iterator match(source.begin(), source.end(), named), end; match != end; ++match, ++count)
      EXPECT_TRUE(has_text((*match)[1].str())) << file << ": " << (*match)[1];
  }
  EXPECT_GT(count, 80u);
}

INSTANTIATE_TEST_SUITE_P(Schemes, EveryScheme,
                         ::testing::Values("province/2016", "bureau-form/2016", "published/2016"));

TEST(NoteWords, AnIdIsSaidInWordsAndASourceAsItStands) {
  EXPECT_EQ(note_words("slice-not-whole-months", Language::english), "the period is not whole months");
  EXPECT_EQ(note_words("measured-twice", Language::chinese), "同一时段的测量值重复，都未计入");
  EXPECT_EQ(note_words("年报", Language::english), "年报");
  EXPECT_EQ(note_words("", Language::english), "");
}

} // namespace
} // namespace appraise
