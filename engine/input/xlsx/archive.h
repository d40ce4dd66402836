// The archive that a workbook is: its directory, read by minizip, and the bytes of its parts, unfolded by ISA-L in
// buffers of fixed size, with length, checksum and limits proved on the way.
//
//   Faults: xlsx-broken, xlsx-checksum, xlsx-encrypted, xlsx-entry-name, limit-entries, limit-entry, limit-inflate,
//   limit-ratio; `found` is the part's name.
//
//   Archive archive(source, limits);
//   PartReader part(archive, *archive.find("xl/workbook.xml"));
//   while ((got = part.read(buffer, sizeof buffer)) > 0) …      // then part.fault()
#pragma once

#include "engine/input/grid.h"
#include "engine/input/source.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace appraise::xlsx {

struct Entry {
  std::string name;
  std::uint64_t folded = 0;   // bytes in the file
  std::uint64_t unfolded = 0; // bytes of the part
  std::uint32_t checksum = 0;
  std::uint32_t method = 0; // 0 stored, 8 deflated
  bool encrypted = false;
  std::uint64_t directory_offset = 0;
  std::uint64_t directory_number = 0;
  std::uint64_t counted = 0; // bytes that count for limit-inflate already
};

class Archive {
public:
  Archive(const ByteSource& source, const ReadLimits& limits);
  ~Archive();
  const ReadFault* fault() const { return fault_ ? &*fault_ : nullptr; }
  const std::vector<Entry>& entries() const { return entries_; }
  Entry* find(std::string_view name); // without regard to the case of ASCII letters
  const ReadLimits& limits() const { return limits_; }
  const ByteSource& source() const { return source_; }

  std::optional<std::uint64_t> data_offset(const Entry& entry); // in the file; none: its head is broken
  // Adds what a part has unfolded to so far; false beyond limit-inflate.
  bool count(Entry& entry, std::uint64_t unfolded);

private:
  struct Directory;
  void read_directory();
  std::optional<std::uint64_t> offset_beside_head(const Entry& entry) const;
  const ByteSource& source_;
  ReadLimits limits_;
  std::unique_ptr<Directory> directory_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> by_name_; // sorted by name in small letters
  std::optional<ReadFault> fault_;
  std::uint64_t inflated_ = 0;
};

class PartReader {
public:
  PartReader(Archive& archive, Entry& entry);
  ~PartReader();
  PartReader(const PartReader&) = delete;
  PartReader& operator=(const PartReader&) = delete;

  // Fills `to`; fewer bytes only at the end and at a fault.
  std::size_t read(char* to, std::size_t count);
  const ReadFault* fault() const { return fault_ ? &*fault_ : nullptr; }
  const std::string& name() const { return entry_.name; }

private:
  struct Inflater;
  void open();
  std::size_t read_stored(char* to, std::size_t count);
  std::size_t read_deflated(char* to, std::size_t count);
  void check(const char* bytes, std::size_t count);
  void fail(const char* rule, std::uint64_t limit = 0);

  Archive& archive_;
  Entry& entry_;
  std::uint64_t offset_ = 0; // of the next folded byte in the file
  std::uint64_t folded_left_ = 0;
  std::uint64_t unfolded_ = 0;
  std::uint32_t checksum_ = 0;
  bool ended_ = false;
  std::unique_ptr<Inflater> inflater_;
  std::optional<ReadFault> fault_;
};

} // namespace appraise::xlsx
