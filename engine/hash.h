// Texts as 64 bits, and a set of such.
//
//   Two different texts of n share their hash with a chance of n² ÷ 2⁶⁵: three in a million for ten million.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace appraise {

inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t text_hash(std::string_view text) {
  constexpr std::uint64_t kFirst = 0xD6E8FEB86659FD93u;
  constexpr std::uint64_t kSecond = 0xA0761D6478BD642Fu;
  const auto word_at = [&](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    return word;
  };
  const std::size_t size = text.size();
  std::uint64_t hash = 0x9E3779B97F4A7C15u * (size + 1);
  if (size < 8) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < size; ++i)
      word |= std::uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
    return mixed(mixed(hash ^ word, kFirst), kSecond);
  }
  std::size_t at = 0;
  for (; at + 16 < size; at += 16)
    hash = mixed(hash ^ word_at(at), kFirst ^ word_at(at + 8));
  if (at + 8 < size) hash = mixed(hash ^ word_at(at), kFirst);
  return mixed(hash ^ word_at(size - 8), kSecond); // the last eight, some of which may have been there before
}

// A set of so many hashes at the most. It keeps its memory from one use to the next.
class HashSet {
public:
  void start(std::size_t most) {
    places_.assign(std::bit_ceil(most * 2 + 2), 0);
    zero_ = false;
  }
  // False where it is there already.
  bool insert(std::uint64_t hash) {
    if (hash == 0) { // which stands for an empty place
      const bool is_new = !zero_;
      zero_ = true;
      return is_new;
    }
    const std::size_t last = places_.size() - 1;
    std::size_t at = mixed(hash, 0xE7037ED1A0B428DBu) & last;
    while (places_[at] != 0 && places_[at] != hash)
      at = (at + 1) & last;
    const bool is_new = places_[at] == 0;
    places_[at] = hash;
    return is_new;
  }

private:
  std::vector<std::uint64_t> places_;
  bool zero_ = false;
};

} // namespace appraise
