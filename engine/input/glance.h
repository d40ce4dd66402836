// Known spellings that are told by one look at 32 bytes: each stands at a place of its own, so that a cell is compared
// with one spelling and no loop ends earlier for one than for another.
//
//   A few spellings find their places by their first eight bytes, multiplied by a number that is tried until all places
//   are different. Of more, all bytes are mixed into one word: its upper bits give a place, the bits below them a
//   group, and each group is moved as a whole to where all of it finds free places (perfect hashing by displacement).
//   Spellings of more than 31 bytes, and those beyond some thousands, are left out: they are for Dictionary::find.
//
//   Glance glance;
//   glance.add("110000", 3);
//   glance.find(cell.data(), cell.size(), value);  // true, value is 3; false: to be asked otherwise
//
// Loops over vectors of cells look at its parts (plain_cells.cpp): the place, the text there, the value beside it. A
// look reads 32 bytes from the beginning of the cell; they must be readable. The empty cell is known from the
// beginning, as kMissing. Cells have no NUL (nul-byte is a fault of the file).
#pragma once

#include "engine/table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace appraise {

class Glance {
  static constexpr unsigned kLeastBits = 8;
  static constexpr unsigned kMostBits = 12;

public:
  struct alignas(32) Text {
    std::array<char, 32> bytes{}; // zeros behind the spelling
  };
  static constexpr std::size_t kLongest = 31;

  Glance() { add({}, kMissing); }
  void add(std::string_view spelling, std::int64_t value); // one that is not there yet

  bool find(const char* cell, std::size_t size, std::int64_t& value) const {
    const Words words = words_of(cell, size);
    const std::size_t at = few_ != 0 ? place_of_few(words[0], few_) : places()(mixed(words));
    Words known;
    std::memcpy(known.data(), texts_[at].bytes.data(), sizeof known);
    value = values_[at];
    const std::uint64_t others =
        (known[0] ^ words[0]) | (known[1] ^ words[1]) | (known[2] ^ words[2]) | (known[3] ^ words[3]);
    return (others == 0) & (size <= kLongest);
  }

  // The multiplier of a few spellings; 0: they are more.
  std::uint64_t few() const { return few_; }
  static std::size_t place_of_few(std::uint64_t head, std::uint64_t multiplier) {
    return head * multiplier >> (64 - kLeastBits);
  }

  // front: the first eight bytes and the third eight, by exclusive or; back: the second and the last.
  static std::uint64_t mixed(std::uint64_t front, std::uint64_t back) {
    return (front ^ std::rotl(back, 29)) * kMultiplier;
  }
  struct Places { // for loops that keep it at hand
    const std::uint16_t* moved;
    unsigned shift;
    unsigned group_shift;
    std::uint64_t last_group;
    std::size_t operator()(std::uint64_t mixed) const {
      return mixed >> shift ^ moved[mixed >> group_shift & last_group];
    }
  };
  Places places() const { return {moved_.data(), 64 - bits_, 65 - 2 * bits_, moved_.size() - 1}; }

  const Text* texts() const { return texts_.data(); }
  const std::int64_t* values() const { return values_.data(); }

private:
  using Words = std::array<std::uint64_t, 4>; // of eight bytes each, zeros behind the spelling
  static Words words_of(const char* cell, std::size_t size) {
    static constexpr std::array<std::uint64_t, 9> kMasks = {0,           ~0ull >> 56, ~0ull >> 48,
                                                            ~0ull >> 40, ~0ull >> 32, ~0ull >> 24,
                                                            ~0ull >> 16, ~0ull >> 8,  ~0ull}; // low bytes come first
    Words words;
    std::memcpy(words.data(), cell, sizeof words);
    for (std::size_t i = 0; i < words.size(); ++i)
      words[i] &= kMasks[std::min(size - std::min(size, i * 8), std::size_t{8})];
    return words;
  }
  static std::uint64_t mixed(const Words& words) { return mixed(words[0] ^ words[2], words[1] ^ words[3]); }

  static constexpr std::size_t kFew = 24;
  static constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15u;

  struct Known {
    Text text;
    std::int64_t value = 0;
    std::uint64_t head = 0;
    std::uint64_t mixed = 0;
  };

  void clear(unsigned bits);
  bool put_few();
  bool put(std::size_t known);
  bool settle(std::size_t group);
  std::size_t place_of(std::size_t known, std::size_t moved) const {
    return known_[known].mixed >> (64 - bits_) ^ moved;
  }
  void write(const Known& known, std::size_t at);

  std::vector<Known> known_; // the empty cell first
  std::uint64_t few_ = 0;
  std::vector<Text> texts_;
  std::vector<std::int64_t> values_;
  unsigned bits_ = 0; // of a place, where they are more than a few
  std::vector<bool> taken_;
  std::vector<std::vector<std::uint16_t>> groups_; // of known_
  std::vector<std::uint16_t> moved_;               // of each group: what its places are turned over with
};

} // namespace appraise
