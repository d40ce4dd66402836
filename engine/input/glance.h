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
//   at = glance.few() != 0 ? Glance::place_of_few(head, glance.few()) : glance.places()(Glance::mixed(front, back));
//   glance.texts()[at] == cell ? glance.values()[at] : to be asked otherwise
//
// The empty cell is known from the beginning, as kMissing. Cells have no NUL (nul-byte is a fault of the file).
#pragma once

#include "engine/table.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
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
