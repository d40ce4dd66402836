// Hashes of texts and keys, and the set of them: equal where what they stand for is equal.
#include "engine/hash.h"
#include "engine/input/identity.h"
#include "engine/input/unicode.h"
#include "tests/unit/sample.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

namespace appraise {
namespace {

TEST(Hash, EveryByteOfATextTells) {
  std::mt19937 random(3);
  for (std::size_t size = 0; size < 70; ++size) {
    std::string text(size, ' ');
    for (char& c : text)
      c = static_cast<char>(random() & 0xFF);
    std::set<std::uint64_t> seen = {text_hash(text)};
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = static_cast<char>(other[i] ^ (1 << random() % 8));
      EXPECT_TRUE(seen.insert(text_hash(other)).second) << size << " " << i;
    }
    EXPECT_TRUE(seen.insert(text_hash(text + '\0')).second) << size;
    EXPECT_EQ(text_hash(std::string(text)), text_hash(text));
  }
}

TEST(Hash, ASetKnowsWhatItHas) {
  std::mt19937_64 random(4);
  for (const std::size_t most : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{5000}}) {
    HashSet set(most);
    std::set<std::uint64_t> plain;
    for (std::size_t i = 0; i < most; ++i) {
      const std::uint64_t hash = random() % 3 == 0 ? random() % (most + 1) : random();
      ASSERT_EQ(set.contains(hash), plain.count(hash) == 1);
      ASSERT_EQ(set.insert(hash), plain.insert(hash).second);
      ASSERT_TRUE(set.contains(hash));
    }
  }
}

TEST(Hash, ListsHaveWhatWasAddedAndTaken) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 30; ++round) {
    HashLists lists(3);
    std::vector<std::multiset<std::uint64_t>> plain(3);
    for (int part = 0; part < 4; ++part) {
      HashLists more(3);
      for (std::size_t n = random() % 900; n > 0; --n) {
        const std::size_t list = random() % (part == 0 ? 3 : 2);
        const std::uint64_t hash = random() % 50;
        (part % 2 == 0 ? more : lists).add(list, hash);
        plain[list].insert(hash);
      }
      lists.take(more);
      EXPECT_TRUE(more.empty());
    }
    for (std::size_t list = 0; list < 3; ++list) {
      std::multiset<std::uint64_t> found;
      lists.each(list, [&](std::uint64_t hash) { found.insert(hash); });
      ASSERT_EQ(found, plain[list]);
      ASSERT_EQ(lists.size(list), plain[list].size());
    }
  }
}

TEST(Hash, IdentityTextsAreToldAtAGlance) {
  std::mt19937 random(5);
  const std::string parts[] = {"A",  "9",  "-",    " ",  "[", "]", "(",  "号",
                               "（", "\t", "\x7f", "〔", "~", "!", "Ａ", "\x01"};
  int plain = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::size_t n = random() % 24; n > 0; --n)
      text += parts[random() % (round % 2 == 0 ? 3 : std::size(parts))];
    if (!is_identity_text(text)) continue;
    ++plain;
    ASSERT_EQ(identity_text(text), text);
  }
  EXPECT_GT(plain, 9000);
  EXPECT_TRUE(is_identity_text("ZL201510000001.X"));
}

// Rows of equal keys have equal hashes, rows of different keys different ones.
TEST(Hash, OfKeysAreEqualWhereKeysAre) {
  std::mt19937 random(6);
  const auto any = [&](std::initializer_list<const char*> list) { return *(list.begin() + random() % list.size()); };
  std::string csv = "case_no, unit, case_type, requested_date, docketed_date, discovered_date\n";
  for (int row = 0; row < 3000; ++row) {
    csv += std::string(any({"A-1", "A－1", "(2016)1号", "〔2016〕1号", "（2016） 1号", "B", "A-11", ""})) + ", " +
           any({"1", "2"}) + ", " + any({"infringement", "counterfeit"}) + ", " + any({"2015-12-31", ""}) + ", " +
           any({"2016-01-01", "2016-12-31", "2015-03-04", ""}) + ", " + any({"2014-01-01", ""}) + "\n";
  }
  const sample::Pasted tables = {{"cases", csv}};
  const Roster roster = sample::roster_of(tables, {});
  const Records records = sample::records_of(tables, roster, 700);
  const RecordType& type = *sample::types().find("cases");
  std::map<std::string, std::uint64_t> hash_of_key;
  std::set<std::uint64_t> hashes;
  KeyHashes found;
  for (const Batch& batch : records.tables.at("cases").batches) {
    key_hashes(type, batch, found);
    std::string key;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      ASSERT_EQ(found.complete[row] != 0, key_of(type, batch, row, key));
      const auto [known, fresh] = hash_of_key.emplace(key, found.hashes[row]);
      ASSERT_EQ(known->second, found.hashes[row]) << key;
      if (fresh) {
        EXPECT_TRUE(hashes.insert(found.hashes[row]).second) << key;
      }
    }
  }
  EXPECT_GT(hash_of_key.size(), 60u);
}

} // namespace
} // namespace appraise
