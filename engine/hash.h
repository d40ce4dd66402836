// Texts as 64 bits, and lists and sets of such.
//
//   Two different texts of n share their hash with a chance of n² ÷ 2⁶⁵: three in a million for ten million.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise {

inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

namespace hash_parts {

inline constexpr std::uint64_t kFirst = 0xD6E8FEB86659FD93u;
inline constexpr std::uint64_t kSecond = 0xA0761D6478BD642Fu;
inline constexpr std::uint64_t kThird = 0x8EBC6AF09C88C6E3u;

inline std::uint64_t word_at(const char* text, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, text + at, 8);
  return word;
}

} // namespace hash_parts

// So many bytes from the beginning of a text that padded_text_hash is asked for must be readable, whatever they are.
inline constexpr std::size_t kHashedAtOnce = 40;

// What text_hash gives. Sizes vary from text to text: without a branch on them up to kHashedAtOnce.
inline std::uint64_t padded_text_hash(const char* text, std::size_t size) {
  using namespace hash_parts;
  const std::uint64_t of_size = 0x9E3779B97F4A7C15u * (size + 1);
  std::uint64_t before = 0; // of what stands before the last kHashedAtOnce bytes, and may reach into them
  if (size > kHashedAtOnce) {
    const std::size_t rest = size - kHashedAtOnce;
    for (std::size_t at = 0; at < rest; at += 8)
      before = mixed(before ^ word_at(text, at), kThird);
    text += rest;
    size = kHashedAtOnce;
  }
  const auto word = [&](std::size_t i) { // bytes behind the text's end as zeros
    const std::size_t bytes = size > 8 * i ? size - 8 * i : 0;
    const std::uint64_t some = (std::uint64_t{1} << (8 * bytes & 63)) - 1;
    return word_at(text, 8 * i) & (bytes >= 8 ? ~std::uint64_t{0} : some);
  };
  const std::uint64_t front = mixed(word(0) ^ kFirst, word(1) ^ of_size);
  const std::uint64_t back = mixed(word(2) ^ kSecond, word(3) ^ of_size);
  return mixed(front ^ word(4) ^ before, back ^ kThird);
}

inline std::uint64_t text_hash(std::string_view text) {
  if (text.size() > kHashedAtOnce) return padded_text_hash(text.data(), text.size());
  char padded[kHashedAtOnce] = {};
  text.copy(padded, text.size());
  return padded_text_hash(padded, text.size());
}

// So many lists of hashes, each in pages of its own: more of them copies nothing, and another's are taken whole.
class HashLists {
public:
  explicit HashLists(std::size_t lists) : next_(lists), lists_(lists) {}

  void add(std::size_t list, std::uint64_t hash) {
    std::uint64_t*& next = next_.data()[list]; // without the check of [], as in other loops over all rows
    if (reinterpret_cast<std::uintptr_t>(next) % sizeof(Page) == 0) add_page(list);
    *next++ = hash;
  }
  void take(HashLists& other) { // of as many lists
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      if (other.lists_[i].last == nullptr) continue;
      end_page(i);
      List& own = lists_[i];
      List& more = other.lists_[i];
      more.first->before = own.last;
      more.before_last += own.before_last;
      if (own.first != nullptr) more.first = own.first;
      own = more;
      next_[i] = other.next_[i];
    }
    if (!other.empty()) free_ = other.free_; // what is left of an own slab is not used
    slabs_.insert(slabs_.end(), std::make_move_iterator(other.slabs_.begin()),
                  std::make_move_iterator(other.slabs_.end()));
    other = HashLists(lists_.size());
  }
  template <typename Take> void each(std::size_t list, const Take& take) const { // in any order
    for (const Page* page = lists_[list].last; page != nullptr; page = page->before) {
      __builtin_prefetch(page->before); // pages lie anywhere
      std::for_each_n(page->hashes, used(list, *page), take);
    }
  }
  std::size_t size(std::size_t list) const {
    const List& of = lists_[list];
    return of.last == nullptr ? 0 : of.before_last + used(list, *of.last);
  }
  bool empty() const { return slabs_.empty(); }

private:
  struct alignas(1024) Page { // so that a place behind its end tells by its address
    Page* before;
    std::size_t used; // once another one follows
    std::uint64_t hashes[126];
  };
  struct List {
    Page* first = nullptr;
    Page* last = nullptr;
    std::size_t before_last = 0; // hashes in the pages before the last
  };
  static constexpr std::size_t kSlab = 64; // pages that are asked for at once

  std::size_t used(std::size_t list, const Page& page) const {
    return &page == lists_[list].last ? static_cast<std::size_t>(next_[list] - page.hashes) : page.used;
  }
  void end_page(std::size_t list) {
    List& of = lists_[list];
    if (of.last != nullptr) of.before_last += of.last->used = used(list, *of.last);
  }
  void add_page(std::size_t list) {
    if (free_ == 0) slabs_.emplace_back(new Page[free_ = kSlab]); // not filled
    Page* const page = &slabs_.back()[--free_];
    end_page(list);
    List& to = lists_[list];
    page->before = std::exchange(to.last, page);
    if (to.first == nullptr) to.first = page;
    next_[list] = page->hashes;
  }

  std::vector<std::uint64_t*> next_; // of each list, in its last page; apart, since each row looks at one
  std::vector<List> lists_;
  std::vector<std::unique_ptr<Page[]>> slabs_;
  std::size_t free_ = 0; // pages of the last slab
};

// A set of so many hashes at the most.
class HashSet {
public:
  explicit HashSet(std::size_t most) : places_(std::bit_ceil(most * 3 / 2 + 2)) {}
  // False where it is there already.
  bool insert(std::uint64_t hash) {
    if (hash == 0) return !std::exchange(zero_, true); // which stands for an empty place
    return std::exchange(places_.data()[place_of(hash)], hash) == 0;
  }
  bool contains(std::uint64_t hash) const { return hash == 0 ? zero_ : places_[place_of(hash)] == hash; }

private:
  std::size_t place_of(std::uint64_t hash) const { // where it is, or would be
    const std::uint64_t* const places = places_.data();
    const std::size_t last = places_.size() - 1;
    std::size_t at = mixed(hash, 0xE7037ED1A0B428DBu) & last;
    while ((places[at] != 0) & (places[at] != hash)) // one branch: nobody can guess which of the two it is
      at = (at + 1) & last;
    return at;
  }

  std::vector<std::uint64_t> places_;
  bool zero_ = false;
};

} // namespace appraise
