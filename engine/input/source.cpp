#include "engine/input/source.h"

#include "engine/problem.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace appraise {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw Error(ExitCode::input, Problem{.rule = error == ENOENT ? "file-missing" : "file-unreadable",
                                       .place = {.file = path},
                                       .found = error == ENOENT ? "" : std::strerror(error)});
}

class FileSource : public ByteSource {
public:
  explicit FileSource(const std::string& path) : path_(path), handle_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (handle_ < 0) fail(path, errno);
    struct stat status = {};
    const int error = fstat(handle_, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? EISDIR : 0;
    if (error != 0) {
      close(handle_);
      fail(path, error);
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  ~FileSource() override { close(handle_); }

  std::uint64_t size() const override { return size_; }

  std::size_t read(std::uint64_t offset, char* to, std::size_t count) const override {
    std::size_t done = 0;
    while (done < count) {
      const ssize_t got = pread(handle_, to + done, count - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail(path_, errno);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

private:
  std::string path_;
  int handle_;
  std::uint64_t size_ = 0;
};

class MemorySource : public ByteSource {
public:
  explicit MemorySource(std::string_view text) : text_(text) {}
  std::uint64_t size() const override { return text_.size(); }
  std::size_t read(std::uint64_t offset, char* to, std::size_t count) const override {
    if (offset >= text_.size()) return 0;
    const std::string_view part = text_.substr(static_cast<std::size_t>(offset), count);
    std::copy(part.begin(), part.end(), to);
    return part.size();
  }

private:
  std::string_view text_;
};

} // namespace

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  return std::make_unique<FileSource>(path);
}

std::unique_ptr<ByteSource> memory_source(std::string_view text) {
  return std::make_unique<MemorySource>(text);
}

} // namespace appraise
