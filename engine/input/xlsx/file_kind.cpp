// What a file is by its first bytes, and what an old compound file holds.
#include "engine/input/xlsx/file_kind.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace appraise {

FileKind file_kind(const ByteSource& source) {
  char head[8] = {};
  const std::size_t got = source.read(0, head, sizeof head);
  const std::string_view bytes(head, got);
  if (bytes.substr(0, 4) == "PK\x03\x04" || bytes.substr(0, 4) == "PK\x05\x06") return FileKind::zip;
  if (bytes == "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") return FileKind::compound;
  return FileKind::text;
}

} // namespace appraise

namespace appraise::xlsx {

namespace {

constexpr std::size_t kHead = 512;
constexpr std::size_t kDirectoryEntry = 128;
constexpr std::size_t kSectorsInHead = 109; // of the allocation table; more only in files beyond 6 MiB
constexpr int kMostSectors = 4096;          // of a directory

std::uint32_t little(const char* bytes, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

} // namespace

bool holds_encrypted_package(const ByteSource& source) {
  constexpr std::string_view kName = "EncryptedPackage";
  char head[kHead];
  if (source.read(0, head, sizeof head) < sizeof head) return false;
  const std::uint32_t power = little(head + 30, 2);
  if (power != 9 && power != 12) return false;
  const std::size_t size = std::size_t{1} << power;
  const auto offset = [&](std::uint64_t sector) { return (sector + 1) * size; };
  std::vector<char> sector(size);
  std::uint32_t next = little(head + 48, 4);
  for (int count = 0; count < kMostSectors && source.read(offset(next), sector.data(), size) == size; ++count) {
    for (std::size_t at = 0; at < size; at += kDirectoryEntry) {
      bool same = true; // names are UTF-16LE
      for (std::size_t i = 0; i < kName.size() && same; ++i)
        same = sector[at + 2 * i] == kName[i] && sector[at + 2 * i + 1] == '\0';
      if (same) return true;
    }
    const std::size_t table = next / (size / 4);
    if (table >= kSectorsInHead) return false;
    char entry[4];
    if (source.read(offset(little(head + 76 + 4 * table, 4)) + 4 * (next % (size / 4)), entry, 4) < 4) return false;
    next = little(entry, 4);
    if (next >= 0xFFFFFFF0) return false; // the chain's end
  }
  return false;
}

} // namespace appraise::xlsx
