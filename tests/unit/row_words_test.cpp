// Rows as bits, and what units gather of them, against plain loops on every instruction set.
#include "engine/plan/bank.h"
#include "engine/plan/counters.h"
#include "engine/row_words.h"
#include "engine/table.h"
#include "tests/unit/targets.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace appraise {
namespace {

TEST(RowWords, EqualTheirDefinitionOnEveryTarget) {
  for_every_target([] {
    std::mt19937_64 random(5);
    for (std::size_t rows = 0; rows < 200; rows = rows * 2 + 1) {
      std::vector<std::int64_t> a(rows);
      std::vector<std::int64_t> b(rows);
      for (std::size_t i = 0; i < rows; ++i) {
        a[i] = random() % 7 == 0 ? kMissing : static_cast<std::int64_t>(random() % 9) - 2;
        b[i] = random() % 7 == 0 ? INT64_MAX : static_cast<std::int64_t>(random() % 9) - 2;
      }
      std::vector<std::uint64_t> words(words_for(rows) + 1, 0x55);
      const auto check = [&](const char* what, auto test) {
        for (std::size_t row = 0; row < words_for(rows) * 64; ++row) {
          EXPECT_EQ((words[row / 64] >> (row % 64) & 1) != 0, row < rows && test(row)) << what << rows << " " << row;
        }
        EXPECT_EQ(words.back(), 0x55u) << "nothing is written behind";
      };
      in_range(a.data(), rows, -1, 3, words.data());
      check(" range ", [&](std::size_t r) { return a[r] >= -1 && a[r] <= 3; });
      in_range(a.data(), rows, kMissing, kMissing, words.data());
      check(" missing ", [&](std::size_t r) { return a[r] == kMissing; });
      in_set(a.data(), rows, 0b100101, words.data());
      check(" set ", [&](std::size_t r) { return a[r] == 0 || a[r] == 2 || a[r] == 5; });
      less(a.data(), b.data(), rows, words.data());
      check(" less ", [&](std::size_t r) { return a[r] < b[r]; });
      equal(a.data(), b.data(), rows, words.data());
      check(" equal ", [&](std::size_t r) { return a[r] == b[r]; });
    }
  });
}

TEST(RowWords, SumsAndDifferencesOnEveryTarget) {
  for_every_target([] {
    std::mt19937_64 random(7);
    const std::int64_t edges[] = {kMissing, kMissing + 1, -3, -1, 0, 1, 5, INT64_MAX - 1, INT64_MAX};
    __extension__ typedef __int128 Wide;
    int beyond = 0;
    for (int round = 0; round < 3000; ++round) {
      const std::size_t rows = random() % 20;
      const std::size_t kinds = round % 3 == 0 ? std::size(edges) : 7;
      std::vector<std::int64_t> a(rows + 1);
      std::vector<std::int64_t> b(rows + 1);
      for (std::size_t i = 0; i < rows; ++i) {
        a[i] = edges[random() % kinds];
        b[i] = edges[random() % kinds];
      }
      for (const bool minus : {false, true}) {
        bool fit = true;
        std::vector<std::int64_t> expected(rows + 1, 77); // nothing is written behind
        for (std::size_t i = 0; i < rows; ++i) {
          const Wide sum = minus ? Wide{a[i]} - b[i] : Wide{a[i]} + b[i];
          const bool missing = a[i] == kMissing || b[i] == kMissing;
          fit = fit && (missing || (sum > INT64_MIN && sum <= INT64_MAX));
          expected[i] = missing ? kMissing : static_cast<std::int64_t>(sum);
        }
        std::vector<std::int64_t> found(rows + 1, 77);
        ASSERT_EQ(sums(a.data(), b.data(), minus, rows, found.data()), fit) << round;
        if (fit) {
          ASSERT_EQ(found, expected) << round;
        }
        beyond += fit ? 0 : 1;
      }
      for (const bool or_equal : {false, true}) {
        bool any = false;
        for (std::size_t i = 0; i < rows; ++i) {
          const bool less = or_equal ? a[i] <= b[i] : a[i] < b[i];
          any = any || (less && a[i] != kMissing && b[i] != kMissing);
        }
        ASSERT_EQ(any_less(a.data(), b.data(), or_equal, rows), any) << round;
      }
    }
    EXPECT_GT(beyond, 500);
  });
}

TEST(RowWords, TransposeOnEveryTarget) {
  std::mt19937_64 random(9);
  std::uint64_t words[64];
  for (std::uint64_t& word : words)
    word = random();
  for_every_target([&] {
    std::uint64_t turned[64] = {};
    transpose(words, turned);
    for (std::size_t row = 0; row < 64; ++row) {
      for (std::size_t word = 0; word < 64; ++word)
        ASSERT_EQ(turned[row] >> word & 1, words[word] >> row & 1) << row << " " << word;
    }
  });
}

// Values within and beyond the pages, in parts that are merged, taken back and rolled up.
TEST(Banks, AHistogramIsAMapOfCounts) {
  std::mt19937_64 random(10);
  const std::int64_t edges[] = {-1, 0, 255, 256, 4095, 4096, 100'000, INT64_MAX, INT64_MIN + 1};
  using Map = std::map<std::int64_t, std::int64_t>;
  for (int round = 0; round < 40; ++round) {
    const std::unique_ptr<Bank> whole = histogram_bank(3);
    std::vector<Map> expected(3);
    for (int part = 0; part < 3; ++part) {
      const std::unique_ptr<Bank> bank = histogram_bank(3);
      const bool back = part == 2; // what is taken back was in the first part
      std::vector<std::int64_t> values(128);
      std::vector<std::int32_t> units(128);
      std::mt19937_64 of_part(static_cast<std::uint64_t>(round * 2 + part % 2));
      for (std::size_t row = 0; row < values.size(); ++row) {
        units[row] = static_cast<std::int32_t>(of_part() % 3);
        values[row] =
            of_part() % 4 == 0 ? edges[of_part() % std::size(edges)] : static_cast<std::int64_t>(of_part() % 5);
      }
      const std::uint64_t bits[2] = {back ? 0xFFFF : ~std::uint64_t{0}, 0xF0F0F0F0F0F0F0F0u};
      bank->add(BankRows{bits, back ? 1u : 2u, units.data(), values.data()});
      for (std::size_t row = 0; row < (back ? 64 : values.size()); ++row) {
        Map& of_unit = expected[static_cast<std::size_t>(units[row])];
        if ((bits[row / 64] >> row % 64 & 1) != 0 && (of_unit[values[row]] += back ? -1 : 1) == 0)
          of_unit.erase(values[row]);
      }
      back ? whole->take_back(*bank) : whole->merge(*bank);
    }
    for (std::int32_t unit = 0; unit < 3; ++unit) {
      Summary summary;
      whole->finish(unit, summary);
      ASSERT_EQ(Map(summary.counts.begin(), summary.counts.end()), expected[static_cast<std::size_t>(unit)]) << round;
      ASSERT_TRUE(std::is_sorted(summary.counts.begin(), summary.counts.end()));
    }
  }
}

// One value many times: what a byte counts goes round, before and after parts are merged and taken back.
TEST(Banks, AHistogramCountsAnyNumberOfRows) {
  const auto bank_of = [](std::int64_t sevens, std::int64_t nines) {
    std::unique_ptr<Bank> bank = histogram_bank(2);
    for (std::int64_t i = 0; i < sevens; ++i)
      bank->add(1, 7);
    for (std::int64_t i = 0; i < nines; ++i)
      bank->add(1, 900);
    return bank;
  };
  const auto counts = [](const Bank& bank) {
    Summary summary;
    bank.finish(1, summary);
    return summary.counts;
  };
  using Counts = std::vector<std::pair<std::int64_t, std::int64_t>>;
  for (const std::int64_t more : {0, 1, 255, 256, 700}) {
    const std::unique_ptr<Bank> bank = bank_of(600, 200);
    EXPECT_EQ(counts(*bank), (Counts{{7, 600}, {900, 200}}));
    const std::unique_ptr<Bank> other = bank_of(more, 100);
    bank->merge(*other);
    EXPECT_EQ(counts(*bank), (Counts{{7, 600 + more}, {900, 300}}));
    bank->take_back(*bank_of(600 + more, 299));
    EXPECT_EQ(counts(*bank), (Counts{{900, 1}}));
  }
}

TEST(RowWords, CountersOfManyRowsEqualAPlainCount) {
  for_every_target([] {
    std::mt19937_64 random(6);
    for (const std::size_t counters : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{200}}) {
      Counters all(5, counters);
      std::vector<std::vector<std::int64_t>> plain(5, std::vector<std::int64_t>(counters));
      for (int round = 0; round < 40; ++round) {
        const std::size_t rows = 1 + random() % 300;
        std::vector<std::int32_t> units(rows);
        const bool sorted = round % 3 == 0;
        for (std::size_t i = 0; i < rows; ++i)
          units[i] = sorted ? static_cast<std::int32_t>(i * 5 / rows) : static_cast<std::int32_t>(random() % 2 * 3);
        std::vector<std::uint64_t> live(words_for(rows));
        std::vector<std::vector<std::uint64_t>> columns(counters, std::vector<std::uint64_t>(words_for(rows)));
        std::vector<const std::uint64_t*> pointers;
        for (auto& column : columns) {
          for (auto& word : column)
            word = counters == 1 || round % 4 == 0 ? ~std::uint64_t{0} : random(); // many rows in a row, too
          pointers.push_back(column.data());
        }
        for (std::size_t row = 0; row < rows; ++row) {
          if (random() % 10 == 0) {
            units[row] = -1;
            continue;
          }
          live[row / 64] |= std::uint64_t{1} << (row % 64);
          for (std::size_t c = 0; c < counters; ++c)
            plain[static_cast<std::size_t>(units[row])][c] +=
                static_cast<std::int64_t>(columns[c][row / 64] >> (row % 64) & 1);
        }
        all.add(pointers, live.data(), units.data(), rows);
      }
      all.settle();
      for (std::int32_t unit = 0; unit < 5; ++unit) {
        for (std::size_t c = 0; c < counters; ++c)
          ASSERT_EQ(all(unit, c), plain[static_cast<std::size_t>(unit)][c]) << unit << " " << c;
      }
    }
  });
}

} // namespace
} // namespace appraise
