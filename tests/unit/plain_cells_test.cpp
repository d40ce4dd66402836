// Columns of plain cells against the careful way of reading one cell, on every instruction set.
#include "engine/input/cells.h"
#include "engine/input/plain_cells.h"
#include "tests/unit/targets.h"

#include <array>
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace appraise {
namespace {

const std::int64_t kLatest = Date::of(2036, 12, 31)->days;

// Cells as a text holds them, between two others in each row, at any distance.
struct Sheet {
  std::string text;
  std::vector<std::uint32_t> ends;
  std::size_t width = 3;
  bool quotes = false;

  explicit Sheet(const std::vector<std::string>& cells, const std::string& before = "x") {
    for (const std::string& cell : cells) {
      for (const std::string& one : {before, cell, std::string()}) {
        text += one;
        ends.push_back(static_cast<std::uint32_t>(text.size()));
        text += ',';
      }
    }
    text.append(64, '9'); // what stands behind must not matter
  }
  CellColumn column() const {
    return {.text = text.data(),
            .begins = ends.data(),
            .begins_step = width,
            .begins_add = 1,
            .ends = ends.data() + 1,
            .ends_step = width,
            .rows = ends.size() / width,
            .quotes = quotes};
  }
};

// The value of each cell; nullopt where it is odd.
template <typename Form> std::vector<std::optional<std::int64_t>> read(const Sheet& sheet, const Form& form) {
  const CellColumn cells = sheet.column();
  std::vector<std::int64_t> out(cells.rows);
  std::vector<std::uint32_t> odd(cells.rows);
  odd.resize(read_cells(cells, form, out.data(), odd.data()));
  EXPECT_TRUE(std::is_sorted(odd.begin(), odd.end()));
  std::vector<std::optional<std::int64_t>> result(out.begin(), out.end());
  for (const std::uint32_t row : odd)
    result[row].reset();
  return result;
}

// What is plain has the value that the careful way gives it; what is not plain may only cost time.
template <typename Form, typename Careful, typename Plain>
void expect_as_careful(const std::vector<std::string>& cells, const Form& form, const Careful& careful,
                       const Plain& plain) {
  for_every_target([&] {
    for (const std::string before : {"x", "", "0123456789"}) {
      const auto values = read(Sheet(cells, before), form);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        ASSERT_EQ(values[i].has_value(), plain(cells[i])) << cells[i];
        if (!values[i]) continue;
        ASSERT_EQ(*values[i], cells[i].empty() ? kMissing : careful(cells[i]).value) << cells[i];
        ASSERT_EQ(careful(cells[i]).rule, nullptr) << cells[i];
      }
    }
  });
}

TEST(PlainCells, EveryDayOfTwoCenturies) {
  std::vector<std::string> cells;
  for (std::int64_t day = Date::of(1950, 1, 1)->days; day <= Date::of(2110, 12, 31)->days; ++day)
    cells.push_back(Date{static_cast<std::int32_t>(day)}.text());
  expect_as_careful(cells, PlainDate{kLatest}, parse_date,
                    [](const std::string& cell) { return cell >= "2000-01-01" && cell <= "2036-12-31"; });
}

TEST(PlainCells, DatesThatAreNone) {
  std::vector<std::string> cells = {"",
                                    "2016-02-30",
                                    "2015-02-29",
                                    "2016-00-10",
                                    "2016-13-01",
                                    "2016-01-00",
                                    "2016-01-32",
                                    "2016-1-05",
                                    "2016-01-5",
                                    "2016/01/05",
                                    "2016-01-05 ",
                                    " 2016-01-05",
                                    "20160105",
                                    "2016-01-0:",
                                    "2016-0;-05",
                                    "201:-01-05",
                                    "2016-:1-05",
                                    "2016-01-:5",
                                    "\xB2\x30\x31\x36-01-05",
                                    "2016\xAD"
                                    "01-05",
                                    "x",
                                    "2016-01-05T00:00:00",
                                    "9999-12-31"};
  for (const int year : {2000, 2015, 2016, 2035}) {
    for (int i = 0; i < 10'000; ++i)
      cells.push_back(fmt::format("{}-{:02}-{:02}", year, i / 100, i % 100));
  }
  std::mt19937 random(7);
  for (int i = 0; i < 4000; ++i) { // one byte changed to any other
    std::string cell = "2016-10-19";
    cell[random() % 10] = static_cast<char>(random());
    cells.push_back(cell);
  }
  const auto plain = [](const std::string& cell) {
    const auto date = cell.size() == 10 && cell[4] == '-' && cell[7] == '-' ? Date::parse(cell) : std::nullopt;
    return cell.empty() || (date && date->text() == cell && cell >= "2000-01-01" && cell <= "2036-12-31");
  };
  expect_as_careful(cells, PlainDate{kLatest}, parse_date, plain);
}

std::vector<std::string> numbers() {
  std::vector<std::string> cells = {
      "",     "0",           "00",           "00000001", "99999999", "100000000", "-1",   "+1",   "1.",   ".1", "1.2",
      "1.23", "1.234",       "12.3a",        "12.a3",    "1,234.00", ".00",       "0.00", "1.:0", "1.0:", "9/", ":",
      "1e5",  "99999999.99", "123456789.01", "..00",     "1..00",    "１２",      "一百", "\xFF", "1 ",   " 1"};
  std::mt19937 random(9);
  for (int i = 0; i < 4000; ++i) {
    std::string cell = std::to_string(random() % (i % 2 == 0 ? 1000 : 100'000'000));
    if (i % 3 == 0) cell += fmt::format(".{:02}", random() % 100);
    if (i % 4 == 0) cell[random() % cell.size()] = static_cast<char>(random());
    cells.push_back(cell);
  }
  return cells;
}

bool only_digits(std::string_view text) {
  return !text.empty() && text.size() <= 8 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

TEST(PlainCells, Integers) {
  expect_as_careful(numbers(), PlainInteger(), parse_integer,
                    [](const std::string& cell) { return cell.empty() || only_digits(cell); });
}

TEST(PlainCells, Hundredths) {
  expect_as_careful(numbers(), PlainHundredths(), parse_hundredths, [](const std::string& cell) {
    const std::string_view text = cell;
    const bool point = text.size() > 3 && text[text.size() - 3] == '.';
    return text.empty() ||
           (point ? only_digits(text.substr(0, text.size() - 3)) && only_digits(text.substr(text.size() - 2))
                  : only_digits(text));
  });
}

TEST(PlainCells, Flags) {
  expect_as_careful({"", "0", "1", "2", "/", "00", "是"}, PlainFlag(), parse_flag,
                    [](const std::string& cell) { return cell.empty() || cell == "0" || cell == "1"; });
}

TEST(PlainCells, InQuotes) {
  for_every_target([] {
    Sheet sheet({"\"12\"", "7", "\"\"", "", "\"1\"\"2\"", "\"3\""});
    sheet.quotes = true;
    using Values = std::vector<std::optional<std::int64_t>>;
    EXPECT_EQ(read(sheet, PlainInteger()), (Values{12, 7, kMissing, kMissing, std::nullopt, 3}));
    Sheet mostly_without({"12", "\"7\""});
    mostly_without.quotes = true;
    EXPECT_EQ(read(mostly_without, PlainInteger()), (Values{12, std::nullopt})); // to be read otherwise
  });
}

// Against a map: spellings of every length, also such as agree in what is compared first.
TEST(PlainCells, Dictionary) {
  std::mt19937 random(11);
  for (int round = 0; round < 10; ++round) {
    const std::size_t count = std::array{3u, 16u, 40u, 500u, 3000u}[static_cast<std::size_t>(round / 2)];
    const std::size_t longest = round % 2 == 1 ? 8 : 40;
    std::map<std::string, std::int64_t> expected;
    Dictionary known;
    const auto word = [&] {
      std::string text(random() % (longest + 1), 'a');
      for (char& c : text)
        if (random() % 3 == 0) c = static_cast<char>('a' + random() % 3);
      return text;
    };
    known.add(std::string(longest, 'z'), 0);
    expected.emplace(std::string(longest, 'z'), 0);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string text = word();
      if (!text.empty()) expected.emplace(text, static_cast<std::int64_t>(expected.size()));
      if (!text.empty()) known.add(text, expected.at(text));
    }
    std::vector<std::string> cells;
    for (const auto& [text, value] : expected)
      cells.push_back(text);
    for (int i = 0; i < 2000; ++i) {
      cells.push_back(word());
      if (i % 9 == 0) cells.back().append(random() % 40, 'a'); // longer than any spelling, perhaps
    }
    for_every_target([&] {
      const auto values = read(Sheet(cells), KnownCell{known});
      std::size_t odd = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto found = expected.find(cells[i]);
        const std::int64_t value = found == expected.end() ? kMissing : found->second;
        std::string padded = cells[i];
        padded.append(24, 'a');
        ASSERT_EQ(known.find(padded.data(), cells[i].size()), value) << cells[i];
        ASSERT_EQ(values[i].value_or(value), value) << cells[i];
        odd += i < expected.size() && !values[i] && cells[i].size() <= 24; // each spelling once
      }
      EXPECT_LE(odd, count < 10 ? 0 : expected.size() / 2) << count; // most are told at the first look
    });
  }
}

// Units by their codes and by names that begin alike: told at the first look, but for a few of thousands.
TEST(PlainCells, ManyUnitsAreToldAtOnce) {
  for (const std::size_t count : {1u, 24u, 25u, 400u, 3000u}) {
    Dictionary known;
    std::vector<std::string> cells = {""};
    for (std::size_t i = 0; i < count; ++i) {
      cells.push_back(std::to_string(110000 + i * 37));
      cells.push_back("某省" + std::to_string(i) + "市局");
    }
    cells.resize(count + 1);
    for (std::size_t i = 1; i < cells.size(); ++i)
      known.add(cells[i], static_cast<std::int64_t>(i));
    for_every_target([&] {
      const auto values = read(Sheet(cells), KnownCell{known});
      std::size_t odd = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        ASSERT_EQ(values[i].value_or(kMissing),
                  values[i] ? (i == 0 ? kMissing : static_cast<std::int64_t>(i)) : kMissing);
        odd += !values[i];
      }
      if (hwy::SupportedTargets() <= HWY_AVX2) { // 32 bytes are compared at once
        EXPECT_LE(odd, count / 100) << count;
      }
    });
  }
}

} // namespace
} // namespace appraise
