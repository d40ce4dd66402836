// Bytes to read from: a file, or text in memory. The only place of the engine that calls the operating system.
//
//   const auto file = open_file("cases.csv"); // throws Error(input): file-missing, file-unreadable, pipe-not-kept
//   const std::size_t got = file->read(0, buffer, sizeof buffer);
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace appraise {

class ByteSource {
public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  // Up to `count` bytes from `offset`; fewer only at the end. Safe to call from several threads. Throws Error(input).
  virtual std::size_t read(std::uint64_t offset, char* to, std::size_t count) const = 0;
};

// A pipe (/dev/stdin, a FIFO) is read to its end first and kept in a file without a name in TMPDIR, or /tmp.
std::unique_ptr<ByteSource> open_file(const std::string& path);
// Does not copy: the text must outlive the source.
std::unique_ptr<ByteSource> memory_source(std::string_view text);

} // namespace appraise
