// A few known cells → a number each, looked up in the bytes of the file: categories and units have some hundred
// spellings and millions of cells.
//
//   A cell of up to sixteen bytes is told wholly by its length, its first eight and its last eight bytes; a longer one
//   is compared in full. Cells that are not known are for the slow way, which may add them.
//
//   Dictionary known;
//   known.add("110000", 3);
//   known.find(cell.data(), cell.size());   // 3, or kMissing
//
// find() reads up to eight bytes behind the cell; they must be readable.
#pragma once

#include "engine/table.h"

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace appraise {

class Dictionary {
public:
  Dictionary() : slots_(64) {}

  std::int64_t find(const char* cell, std::size_t size) const {
    const Key key = key_of(cell, size);
    const Slot* const slots = slots_.data();
    for (std::size_t at = place(key);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots[at];
      if (slot.value == kMissing) return kMissing;
      if (slot.key.head == key.head && slot.key.tail == key.tail && slot.key.size == size &&
          (size <= 16 || std::string_view(cell, size) == slot.text)) {
        return slot.value;
      }
    }
  }

  // Further spellings are not kept once there are very many: they stay right, and slow.
  void add(std::string_view cell, std::int64_t value) {
    if (cell.empty() || count_ >= kMost) return;
    std::string padded(cell);
    padded.append(8, '\0');
    if (find(padded.data(), cell.size()) != kMissing) return;
    if (++count_ * 4 > slots_.size()) grow();
    put({.key = key_of(padded.data(), cell.size()), .value = value, .text = std::string(cell)});
  }

private:
  static constexpr std::size_t kMost = 1 << 15;
  struct Key {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::uint64_t size = 0;
  };
  struct Slot {
    Key key;
    std::int64_t value = kMissing;
    std::string text;
  };

  static Key key_of(const char* cell, std::size_t size) {
    Key key{.head = 0, .tail = 0, .size = size};
    std::memcpy(&key.head, cell, 8);
    if (size < 8) {
      key.head &= size == 0 ? 0 : ~std::uint64_t{0} >> (64 - 8 * size); // low bytes come first
    } else {
      std::memcpy(&key.tail, cell + size - 8, 8);
    }
    return key;
  }
  std::size_t place(const Key& key) const {
    std::uint64_t mixed = (key.head ^ (key.tail << 1) ^ key.size) * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 29;
    return (mixed * 0xBF58476D1CE4E5B9u >> 40) & (slots_.size() - 1);
  }
  void put(Slot slot) {
    std::size_t at = place(slot.key);
    while (slots_[at].value != kMissing)
      at = (at + 1) & (slots_.size() - 1);
    slots_[at] = std::move(slot);
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (Slot& slot : old) {
      if (slot.value != kMissing) put(std::move(slot));
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
};

} // namespace appraise
