// The masks against the state machine, on every instruction set, with words and rows at every distance.
#include "engine/input/structure.h"
#include "tests/unit/targets.h"

#include <gtest/gtest.h>
#include <random>

namespace appraise {
namespace {

struct Indexed {
  Structure found;
  CellBlock block;
};

Indexed index(std::string text, bool last, bool plainly, char separator = ',') {
  Indexed result;
  const std::size_t size = text.size();
  text.resize(size + CellBlock::kPadding, '\n'); // what stands behind the text must not matter
  const std::string_view view = std::string_view(text).substr(0, size);
  result.found = plainly ? index_cells_plainly(view, Encoding::utf8, separator, last, result.block)
                         : index_cells(view, Encoding::utf8, separator, last, result.block);
  return result;
}

using Numbers = std::vector<std::uint32_t>;

TEST(Structure, CellsAndRows) {
  for_every_target([] {
    const Indexed got = index("a,\"b\nc\"\r\nd,,\"\"", true, false);
    EXPECT_EQ(got.found.rows, 2u);
    EXPECT_EQ(got.block.ends, (Numbers{1, 7, 10, 11, 14}));
    EXPECT_EQ(got.block.starts, (Numbers{0, 9, 14}));
    EXPECT_EQ(got.block.first, (Numbers{0, 2, 5}));
    ASSERT_EQ(got.block.jumps.size(), 1u);
    EXPECT_EQ(got.block.jumps[0], (std::pair<std::uint32_t, std::int64_t>{1, 1}));
    EXPECT_TRUE(got.block.quotes);
  });
}

TEST(Structure, TheLastRowIsWholeOnlyWhenItsLineEndIs) {
  for_every_target([] {
    EXPECT_EQ(index("a,b\n1,2", false, false).found.rows, 1u);
    EXPECT_EQ(index("a,b\n1,2", true, false).found.rows, 2u);
    EXPECT_EQ(index("a,b\r", false, false).found.rows, 0u); // LF may follow
    EXPECT_EQ(index("a,b\r", true, false).found.rows, 1u);
    EXPECT_EQ(index("a,b\r\n", false, false).found.next, 5u);
    EXPECT_EQ(index("", true, false).found.rows, 0u);
    EXPECT_EQ(index("\n", true, false).found.rows, 1u);
    EXPECT_TRUE(index("a,\"b\n", true, false).found.open);
  });
}

TEST(Structure, QuotesWithinCellsAreCharacters) {
  for_every_target([] {
    const std::string inch(70, 'x');
    const Indexed got = index(inch + "5\",6\"\n\"7\",8\n" + inch + "\n", true, false);
    EXPECT_EQ(got.found.rows, 3u);
    EXPECT_EQ(got.block.ends.size(), 5u);
    EXPECT_EQ(index("a,\"b\"c,d\n", true, false).found.misplaced, 5u);
  });
}

TEST(Structure, RandomTextsAsTheStateMachine) {
  unsigned seed = 11;
  for_every_target([&] {
    std::mt19937_64 random(++seed);
    for (int i = 0; i < 6000; ++i) {
      // Dense texts of few kinds, or long cells in between.
      const std::string kinds = i % 3 == 0 ? "a,\"\"\n\r" : i % 3 == 1 ? "aaaaaaaa,,\n\r" : "aaaa,,,\"\n";
      std::string text;
      for (std::size_t n = random() % 400; n > 0; --n) {
        if (random() % 50 == 0) text += std::string(random() % 130, 'b');
        text += kinds[random() % kinds.size()];
      }
      if (i % 5 == 0) text += '\0';
      const bool last = random() % 2 == 0;
      const Indexed got = index(text, last, false);
      const Indexed wanted = index(text, last, true);
      SCOPED_TRACE(::testing::PrintToString(text));
      ASSERT_EQ(got.found.rows, wanted.found.rows);
      ASSERT_EQ(got.found.next, wanted.found.next);
      ASSERT_EQ(got.found.misplaced, wanted.found.misplaced);
      ASSERT_EQ(got.found.open, wanted.found.open);
      ASSERT_EQ(got.block.ends, wanted.block.ends);
      ASSERT_EQ(got.block.starts, wanted.block.starts);
      ASSERT_EQ(got.block.first, wanted.block.first);
      ASSERT_EQ(got.block.jumps, wanted.block.jumps);
      if (text.find('\0') != std::string::npos && got.found.misplaced == Structure::kNone) {
        ASSERT_TRUE(got.found.nul);
      }
    }
  });
}

} // namespace
} // namespace appraise
