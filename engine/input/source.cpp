#include "engine/input/source.h"

#include "engine/problem.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <map>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace appraise {

namespace {

[[noreturn]] void fail(const std::string& path, int error) {
  throw Error(ExitCode::input, Problem{.rule = error == ENOENT ? "file-missing" : "file-unreadable",
                                       .place = {.file = path},
                                       .found = error == ENOENT ? "" : std::strerror(error)});
}

// An open file, closed at the end.
class Handle {
public:
  explicit Handle(int number) : number_(number) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (number_ >= 0) close(number_);
  }
  int number() const { return number_; }

private:
  int number_;
};

// What a pipe gives is kept in a file without a name, for it is read from any place and more than once.
std::shared_ptr<Handle> keep(const std::string& path, const Handle& pipe) {
  const char* const wished = std::getenv("TMPDIR");
  const std::string folder = wished != nullptr && *wished != '\0' ? wished : "/tmp";
  const auto fail_to_keep = [&] {
    throw Error(
        ExitCode::input,
        Problem{.rule = "pipe-not-kept", .place = {.file = path}, .found = folder + ": " + std::strerror(errno)});
  };
  std::string name = folder + "/appraise-XXXXXX";
  auto kept = std::make_shared<Handle>(mkostemp(name.data(), O_CLOEXEC));
  if (kept->number() < 0 || unlink(name.c_str()) != 0) fail_to_keep();
  std::vector<char> buffer(std::size_t{1} << 20);
  for (;;) {
    const ssize_t got = ::read(pipe.number(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path, errno);
    if (got == 0) return kept;
    for (ssize_t done = 0; done < got;) {
      const ssize_t wrote = write(kept->number(), buffer.data() + done, static_cast<std::size_t>(got - done));
      if (wrote < 0 && errno != EINTR) fail_to_keep();
      if (wrote > 0) done += wrote;
    }
  }
}

// A pipe gives its bytes once: who opens it again, for a second look, finds what was kept.
std::shared_ptr<Handle> open_or_kept(const std::string& path) {
  static std::mutex one_at_a_time;
  static std::map<std::string, std::shared_ptr<Handle>, std::less<>> pipes;
  const std::lock_guard<std::mutex> lock(one_at_a_time);
  if (const auto known = pipes.find(path); known != pipes.end()) return known->second;
  auto handle = std::make_shared<Handle>(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status = {};
  if (handle->number() < 0 || fstat(handle->number(), &status) != 0) fail(path, errno);
  if (S_ISDIR(status.st_mode)) fail(path, EISDIR);
  if (S_ISREG(status.st_mode)) return handle;
  return pipes[path] = keep(path, *handle);
}

class FileSource : public ByteSource {
public:
  explicit FileSource(const std::string& path) : path_(path), handle_(open_or_kept(path)) {
    struct stat status = {};
    if (fstat(handle_->number(), &status) != 0) fail(path, errno);
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  std::uint64_t size() const override { return size_; }

  std::size_t read(std::uint64_t offset, char* to, std::size_t count) const override {
    std::size_t done = 0;
    while (done < count) {
      const ssize_t got = pread(handle_->number(), to + done, count - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail(path_, errno);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

private:
  std::string path_;
  std::shared_ptr<Handle> handle_;
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
