// The piece of a part that is looked at. Behind its end stand 64 zeros, so that a scanner need not ask at each byte
// whether there is one: no loop over XML passes a zero.
#pragma once

#include "engine/input/xlsx/archive.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace appraise::xlsx {

class Window {
public:
  static constexpr std::size_t kPadding = 64;

  explicit Window(PartReader& part) : part_(part), bytes_(std::make_unique_for_overwrite<char[]>(kBytes + kPadding)) {
    at = end = bytes_.get();
  }

  const char* at = nullptr; // what is not done yet begins here
  const char* end = nullptr;
  bool last = false; // nothing comes behind this

  std::size_t size() const { return static_cast<std::size_t>(end - at); }

  // Keeps what is not done and reads more behind it. False when there is no more, or no room: one element fills all.
  bool refill() {
    const std::size_t kept = size();
    if (last || kept > kBytes / 2) return false;
    std::memmove(bytes_.get(), at, kept);
    const std::size_t got = part_.read(bytes_.get() + kept, kBytes - kept);
    last = kept + got < kBytes;
    at = bytes_.get();
    end = at + kept + got;
    std::memset(bytes_.get() + kept + got, 0, kPadding);
    return got > 0;
  }

private:
  static constexpr std::size_t kBytes = 256 << 10; // stays in the cache between unfolding and scanning

  PartReader& part_;
  std::unique_ptr<char[]> bytes_;
};

} // namespace appraise::xlsx
