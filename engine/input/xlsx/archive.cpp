#include "engine/input/xlsx/archive.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <cstring>
#include <exception>

namespace appraise::xlsx {

namespace {

// What minizip sees of a ByteSource. Its C code must not be crossed by an exception: it is kept and thrown again
// behind.
struct Stream {
  const ByteSource* source = nullptr;
  std::uint64_t position = 0;
  bool ended = false; // minizip takes a number that is cut off for 0, unless it is told of an error
  std::exception_ptr thrown;
};

voidpf ZCALLBACK open_stream(voidpf opaque, const void*, int) {
  return opaque;
}

uLong ZCALLBACK read_stream(voidpf opaque, voidpf, void* to, uLong count) {
  auto* stream = static_cast<Stream*>(opaque);
  if (stream->thrown) return 0;
  try {
    const std::size_t got = stream->source->read(stream->position, static_cast<char*>(to), count);
    stream->position += got;
    stream->ended = got < count;
    return got;
  } catch (...) {
    stream->thrown = std::current_exception();
    return 0;
  }
}

uLong ZCALLBACK write_stream(voidpf, voidpf, const void*, uLong) {
  return 0;
}

ZPOS64_T ZCALLBACK tell_stream(voidpf opaque, voidpf) {
  return static_cast<Stream*>(opaque)->position;
}

long ZCALLBACK seek_stream(voidpf opaque, voidpf, ZPOS64_T offset, int origin) {
  auto* stream = static_cast<Stream*>(opaque);
  const std::uint64_t size = stream->source->size();
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? stream->position
                             : origin == ZLIB_FILEFUNC_SEEK_END ? size
                                                                : 0;
  if (offset > size || base + offset > size) return -1;
  stream->position = base + offset;
  return 0;
}

int ZCALLBACK close_stream(voidpf, voidpf) {
  return 0;
}
int ZCALLBACK error_of_stream(voidpf opaque, voidpf) {
  const auto* stream = static_cast<Stream*>(opaque);
  return stream->thrown || stream->ended ? 1 : 0;
}

std::uint32_t little(const char* bytes, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string small(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = small(c);
  return result;
}

// Nothing is ever unpacked to disk; a name that could lead out of a folder is a sign of a file made to do harm.
bool is_bad_name(std::string_view name) {
  if (name.empty() || name.front() == '/') return true;
  if (name.size() > 1 && name[1] == ':') return true;
  for (const char c : name)
    if (c == '\\' || static_cast<unsigned char>(c) < 0x20) return true;
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t to = std::min(name.find('/', from), name.size());
    if (name.substr(from, to - from) == "..") return true;
    from = to + 1;
  }
  return false;
}

bool is_symbolic_link(const unz_file_info64& info) {
  const bool made_on_unix = info.version >> 8 == 3;
  return made_on_unix && (info.external_fa >> 16 & 0170000) == 0120000;
}

} // namespace

struct Archive::Directory {
  Stream stream;
  unzFile file = nullptr;

  explicit Directory(const ByteSource& source) {
    stream.source = &source;
    zlib_filefunc64_def functions = {};
    functions.zopen64_file = open_stream;
    functions.zread_file = read_stream;
    functions.zwrite_file = write_stream;
    functions.ztell64_file = tell_stream;
    functions.zseek64_file = seek_stream;
    functions.zclose_file = close_stream;
    functions.zerror_file = error_of_stream;
    functions.opaque = &stream;
    file = unzOpen2_64("", &functions);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    if (file != nullptr) unzClose(file);
  }
  void rethrow() const {
    if (stream.thrown) std::rethrow_exception(stream.thrown);
  }
};

Archive::Archive(const ByteSource& source, const ReadLimits& limits) : source_(source), limits_(limits) {
  directory_ = std::make_unique<Directory>(source);
  directory_->rethrow();
  read_directory();
  directory_->rethrow();
}

Archive::~Archive() = default;

void Archive::read_directory() {
  unz_global_info64 global = {};
  unzFile file = directory_->file;
  if (file == nullptr || unzGetGlobalInfo64(file, &global) != UNZ_OK) {
    fault_ = ReadFault{.rule = "xlsx-broken", .found = "ZIP", .expected = ""};
    return;
  }
  if (global.number_entry > limits_.entries) {
    fault_ = ReadFault{.rule = "limit-entries",
                       .found = std::to_string(global.number_entry),
                       .expected = std::to_string(limits_.entries)};
    return;
  }
  std::string name(65536, '\0'); // the longest that the format allows
  int state = global.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(file);
  for (; state == UNZ_OK; state = unzGoToNextFile(file)) {
    unz_file_info64 info = {};
    unz64_file_pos position = {};
    if (unzGetCurrentFileInfo64(file, &info, name.data(), name.size(), nullptr, 0, nullptr, 0) != UNZ_OK ||
        unzGetFilePos64(file, &position) != UNZ_OK || info.size_filename >= name.size())
      break;
    Entry entry;
    entry.name = name.substr(0, info.size_filename);
    entry.folded = info.compressed_size;
    entry.unfolded = info.uncompressed_size;
    entry.checksum = static_cast<std::uint32_t>(info.crc);
    entry.method = static_cast<std::uint32_t>(info.compression_method);
    entry.encrypted = (info.flag & 1) != 0;
    entry.directory_offset = position.pos_in_zip_directory;
    entry.directory_number = position.num_of_file;
    if (is_bad_name(entry.name) || is_symbolic_link(info)) {
      fault_ = ReadFault{.rule = "xlsx-entry-name", .found = entry.name, .expected = ""};
      return;
    }
    entries_.push_back(std::move(entry));
  }
  if (state != UNZ_END_OF_LIST_OF_FILE || entries_.size() != global.number_entry) {
    fault_ = ReadFault{.rule = "xlsx-broken", .found = "ZIP", .expected = ""};
    return;
  }
  std::vector<std::string> keys;
  for (const Entry& entry : entries_) {
    by_name_.push_back(static_cast<std::uint32_t>(keys.size()));
    keys.push_back(small(entry.name));
  }
  std::sort(by_name_.begin(), by_name_.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  for (std::size_t i = 1; i < by_name_.size(); ++i) {
    if (keys[by_name_[i - 1]] != keys[by_name_[i]]) continue;
    fault_ = ReadFault{.rule = "xlsx-entry-name", .found = entries_[by_name_[i]].name, .expected = ""};
    return;
  }
}

Entry* Archive::find(std::string_view name) {
  const std::string key = small(name);
  const auto at =
      std::lower_bound(by_name_.begin(), by_name_.end(), key,
                       [this](std::uint32_t a, const std::string& b) { return small(entries_[a].name) < b; });
  if (at == by_name_.end() || small(entries_[*at].name) != key) return nullptr;
  return &entries_[*at];
}

std::optional<std::uint64_t> Archive::data_offset(const Entry& entry) {
  unzFile file = directory_->file;
  const unz64_file_pos position = {entry.directory_offset, entry.directory_number};
  int method = 0;
  std::optional<std::uint64_t> offset;
  // Opening as raw compares the part's own head with the directory, and unfolds nothing.
  if (unzGoToFilePos64(file, &position) == UNZ_OK && unzOpenCurrentFile2(file, &method, nullptr, 1) == UNZ_OK) {
    offset = unzGetCurrentFileZStreamPos64(file);
    unzCloseCurrentFile(file);
  } else {
    offset = offset_beside_head(entry);
  }
  directory_->rethrow();
  if (offset && (*offset > source_.size() || entry.folded > source_.size() - *offset)) offset.reset();
  return offset;
}

// A part whose head contradicts the directory is read by the directory: then its checksum tells whether it is whole.
std::optional<std::uint64_t> Archive::offset_beside_head(const Entry& entry) const {
  char record[46];
  char head[30];
  if (source_.read(entry.directory_offset, record, sizeof record) < sizeof record) return std::nullopt;
  const std::uint64_t at = little(record + 42, 4);
  if (std::memcmp(record, "PK\x01\x02", 4) != 0 || source_.read(at, head, sizeof head) < sizeof head)
    return std::nullopt;
  if (std::memcmp(head, "PK\x03\x04", 4) != 0) return std::nullopt;
  return at + sizeof head + little(head + 26, 2) + little(head + 28, 2);
}

bool Archive::count(Entry& entry, std::uint64_t unfolded) {
  if (unfolded > entry.counted) {
    inflated_ += unfolded - entry.counted;
    entry.counted = unfolded;
  }
  return inflated_ <= limits_.inflated_bytes;
}

} // namespace appraise::xlsx
