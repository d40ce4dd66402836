// The shared strings of a workbook: all texts in one arena. The only part that is held as a whole.
//
//   SharedStrings strings;
//   if (auto fault = read_strings(archive, entry, strings)) …
//   strings.at(7);
//
// Faults beside those of parts and XML: limit-strings (bytes of all texts, and four for each), limit-cell.
#pragma once

#include "engine/input/xlsx/archive.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise::xlsx {

class SharedStrings {
public:
  std::size_t size() const { return ends_.size(); }
  std::string_view at(std::size_t index) const {
    const std::uint32_t* ends = ends_.data();
    const std::size_t begin = index == 0 ? 0 : ends[index - 1];
    return {text_.data() + begin, ends[index] - begin};
  }
  std::uint64_t bytes() const { return text_.size() + 4 * std::uint64_t{ends_.size()}; }
  // So that the arena need not move while it grows. Memory is taken only for what is written.
  void expect(std::size_t bytes) { text_.reserve(bytes); }
  void add(std::string_view text) {
    text_.append(text);
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  }

private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

std::optional<ReadFault> read_strings(Archive& archive, Entry& entry, bool by_expat, SharedStrings& strings);

} // namespace appraise::xlsx
