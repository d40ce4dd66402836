// A few known cells → a number each, looked up in the bytes of the file: categories and units have some hundred
// spellings and millions of cells.
//
//   All but the longest are told by a glance (glance.h). Of those that are not, a cell of up to 24 bytes is told wholly
//   by its length and three words of eight bytes, so that nothing is compared byte by byte and nothing is guessed;
//   longer ones are compared in full. Cells that are not known are for the slow way, which may add them.
//
//   Dictionary known;
//   known.add("110000", 3);
//   known.find(cell.data(), cell.size());   // 3, or kMissing
//
// A look reads up to 32 bytes from the beginning of the cell; they must be readable.
#pragma once

#include "engine/input/glance.h"
#include "engine/table.h"

#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace appraise {

class Dictionary {
  static constexpr unsigned kLeastBits = 8;

public:
  Dictionary() : slots_(std::size_t{1} << kLeastBits) {}

  // What almost every cell that is known is told by (plain_cells.h).
  const Glance& glance() const { return glance_; }

  std::int64_t find(const char* cell, std::size_t size) const {
    if (size == 0) return kMissing;
    Slot wanted = slot_of(cell, size);
    std::size_t at = first_place(wanted);
    if (size > kWholly) wanted.size |= kLonger;
    for (; slots_[at].size != 0; at = next(at)) {
      const Slot& slot = slots_[at];
      if (!same(slot, wanted)) continue;
      if (size <= kWholly) return slot.value;
      const auto& [text, value] = longer_[static_cast<std::size_t>(slot.value)];
      if (text == std::string_view(cell, size)) return value;
    }
    return kMissing;
  }

  // Further spellings are not kept once there are very many: they stay right, and slow. Nor are those of a size that no
  // spelling has.
  void add(std::string_view cell, std::int64_t value) {
    if (cell.empty() || cell.size() >= kLonger || count_ >= kMost) return;
    std::string padded(cell);
    padded.append(kWholly, '\0');
    if (find(padded.data(), cell.size()) != kMissing) return;
    Slot slot = slot_of(padded.data(), cell.size());
    slot.value = static_cast<std::int32_t>(value);
    if (cell.size() > kWholly) {
      slot.size |= kLonger;
      slot.value = static_cast<std::int32_t>(longer_.size());
      longer_.emplace_back(cell, value);
    }
    if (++count_ * 2 > slots_.size()) {
      --shift_;
      rebuild(slots_.size() * 2);
    }
    put(slot);
    glance_.add(cell, value);
  }

private:
  static constexpr std::size_t kWholly = 24; // bytes
  static constexpr std::size_t kMost = 1 << 15;
  // In the size of a slot: its words do not tell it, and its value is a place in longer_.
  static constexpr std::uint32_t kLonger = 1u << 31;

  // The first eight bytes (fewer: with zeros behind), the eight behind them and the last eight, which overlap or stand
  // for the first where the cell is shorter. Two slots fill a line of the cache.
  struct alignas(32) Slot {
    std::uint64_t head = 0;
    std::uint64_t middle = 0;
    std::uint64_t tail = 0;
    std::uint32_t size = 0; // 0: nothing is kept here
    std::int32_t value = 0;
  };

  static constexpr std::array<std::uint64_t, 9> kMasks = {0,           ~0ull >> 56, ~0ull >> 48,
                                                          ~0ull >> 40, ~0ull >> 32, ~0ull >> 24,
                                                          ~0ull >> 16, ~0ull >> 8,  ~0ull}; // low bytes come first

  static std::uint64_t load(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    return word;
  }
  // Without a branch: sizes vary from cell to cell.
  static Slot slot_of(const char* cell, std::size_t size) {
    const std::size_t over_8 = std::size_t{0} - static_cast<std::size_t>(size > 8); // all ones or none
    const std::uint64_t mask = kMasks[size > 8 ? 8 : size];
    return {.head = load(cell) & mask,
            .middle = load(cell + static_cast<std::size_t>(size > 16) * 8) & mask,
            .tail = load(cell + ((size - 8) & over_8)) & mask,
            .size = static_cast<std::uint32_t>(size)};
  }
  static bool same(const Slot& a, const Slot& b) {
    return ((a.head ^ b.head) | (a.middle ^ b.middle) | (a.tail ^ b.tail) | (a.size ^ b.size)) == 0;
  }
  std::size_t first_place(const Slot& slot) const {
    constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15u;
    return (slot.head ^ std::rotl(slot.tail, 27)) * kMultiplier >> shift_;
  }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void put(const Slot& slot) {
    std::size_t at = first_place(slot);
    while (slots_[at].size != 0)
      at = next(at);
    slots_[at] = slot;
  }
  void rebuild(std::size_t size) {
    std::vector<Slot> old(size);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.size != 0) put(slot);
    }
  }

  std::vector<Slot> slots_;
  Glance glance_;
  std::vector<std::pair<std::string, std::int64_t>> longer_;
  unsigned shift_ = 64 - kLeastBits;
  std::size_t count_ = 0;
};

} // namespace appraise
