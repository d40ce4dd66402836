#include "reports/run_folder.h"

#include "engine/problem.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fmt/core.h>
#include <linux/fs.h>
#include <optional>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace appraise {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const std::string& path, int code) {
  std::string rule = "write-failed";
  if (code == ENOSPC || code == EDQUOT) rule = "disk-full";
  if (code == EACCES || code == EPERM || code == EROFS) rule = "folder-unwritable";
  throw Error(ExitCode::output,
              Problem{.rule = rule, .place = {.file = path}, .found = std::generic_category().message(code)});
}

class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool close() {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0;
  }

private:
  int fd_;
};

void flush_folder(const fs::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot flush a folder (EINVAL); those that can must succeed.
  if (fd.get() < 0 || (::fsync(fd.get()) != 0 && errno != EINVAL)) fail(folder.string(), errno);
}

// `shown` is the path that the user knows: errors name it, not the temporary one.
void write_new_file(const fs::path& path, const std::string& shown, const std::string& bytes) {
  Descriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (fd.get() < 0) fail(shown, errno);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::write(fd.get(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(shown, errno);
    done += static_cast<std::size_t>(count);
  }
  if (::fsync(fd.get()) != 0 || !fd.close()) fail(shown, errno);
}

// A hidden neighbour of the wanted folder: .NAME.tmp-PID-N, .NAME.old-PID-N. Long names are cut so that it stays a
// valid name.
std::string neighbour_prefix(const fs::path& folder, const char* kind) {
  return fmt::format(".{}.{}-", folder.filename().string().substr(0, 200), kind);
}

// The folder in which a run collects its files. It is locked while its process lives, so that another run can tell a
// killed one's leavings from work in progress, whatever process numbers mean to the two.
class Workplace {
public:
  explicit Workplace(const fs::path& folder) {
    const std::string prefix = neighbour_prefix(folder, "tmp") + std::to_string(::getpid()) + "-";
    for (int number = 0;; ++number) {
      path_ = folder.parent_path() / (prefix + std::to_string(number));
      if (::mkdir(path_.c_str(), 0777) != 0) {
        if (errno == EEXIST) continue;
        fail(folder.parent_path().string(), errno);
      }
      lock_.emplace(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (lock_->get() >= 0) ::flock(lock_->get(), LOCK_EX);
      // Another run may have swept it away between mkdir and the lock.
      if (lock_->get() >= 0 && fs::exists(path_)) return;
      lock_.reset();
    }
  }
  ~Workplace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  const fs::path& path() const { return path_; }

private:
  fs::path path_;
  std::optional<Descriptor> lock_;
};

bool in_use(const fs::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  return fd.get() < 0 || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0;
}

// Removes what killed runs left behind, and brings back a folder that was moved aside and not yet replaced.
void sweep(const fs::path& folder) {
  const std::string temporary = neighbour_prefix(folder, "tmp");
  const std::string aside = neighbour_prefix(folder, "old");
  std::set<fs::path> old;
  std::set<fs::path> stale;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder.parent_path(), error)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(aside, 0) == 0) old.insert(entry.path());
    if (name.rfind(temporary, 0) == 0 && !in_use(entry.path())) stale.insert(entry.path());
  }
  for (const fs::path& path : old) {
    if (!fs::exists(fs::symlink_status(folder)))
      fs::rename(path, folder, error);
    else
      stale.insert(path);
  }
  for (const fs::path& path : stale)
    fs::remove_all(path, error);
}

std::string read_whole(const fs::path& path) {
  std::string bytes;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  char buffer[1 << 16];
  for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
    bytes.append(buffer, count);
  std::fclose(file);
  return bytes;
}

bool same_files(const fs::path& folder, const FileSet& files) {
  std::error_code error;
  std::size_t found = 0;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_directory(error) && !entry->is_symlink(error)) continue;
    const auto wanted = files.find(entry->path().lexically_relative(folder).generic_string());
    if (wanted == files.end() || !fs::is_regular_file(entry->symlink_status(error))) return false;
    if (fs::file_size(entry->path(), error) != wanted->second.size() || read_whole(entry->path()) != wanted->second) {
      return false;
    }
    ++found;
  }
  return !error && found == files.size();
}

void flush_parents(const fs::path& place, const FileSet& files) {
  std::set<fs::path> folders = {place};
  for (const auto& [name, bytes] : files)
    folders.insert((place / name).parent_path());
  for (const fs::path& folder : folders)
    flush_folder(folder);
}

// The new folder takes the place of the old one, which then stands at `fresh` and is removed with it.
void exchange(const fs::path& fresh, const fs::path& folder) {
  if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0) return;
  if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) fail(folder.string(), errno);
  const fs::path aside = folder.parent_path() / (neighbour_prefix(folder, "old") + std::to_string(::getpid()));
  if (::rename(folder.c_str(), aside.c_str()) != 0) fail(folder.string(), errno);
  if (::rename(fresh.c_str(), folder.c_str()) != 0) {
    const int code = errno;
    ::rename(aside.c_str(), folder.c_str());
    fail(folder.string(), code);
  }
  std::error_code ignored;
  fs::remove_all(aside, ignored);
}

fs::path absolute_path(const std::string& name) {
  fs::path path = fs::absolute(name).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

void make_parents(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) fail(path.parent_path().string(), error.value());
}

} // namespace

WriteOutcome write_run_folder(const std::string& name, const FileSet& files, bool force) {
  const fs::path folder = absolute_path(name);
  make_parents(folder);
  sweep(folder);

  std::error_code error;
  const fs::file_status status = fs::symlink_status(folder, error);
  const bool stands = fs::exists(status);
  if (stands && !fs::is_directory(status)) fail(name, ENOTDIR);
  if (stands && same_files(folder, files)) return WriteOutcome::unchanged;
  const bool empty = stands && fs::is_empty(folder, error);
  if (stands && !empty && !force) {
    throw Error(ExitCode::output, Problem{.rule = "folder-exists", .place = {.file = name}, .expected = "--force"});
  }

  const Workplace place(folder);
  for (const auto& [path, bytes] : files) {
    fs::create_directories((place.path() / path).parent_path(), error);
    if (error) fail((folder / path).parent_path().string(), error.value());
    write_new_file(place.path() / path, (folder / path).string(), bytes);
  }
  flush_parents(place.path(), files);
  if (stands && !empty) {
    exchange(place.path(), folder);
  } else if (::rename(place.path().c_str(), folder.c_str()) != 0) { // takes the place of nothing or of an empty folder
    fail(name, errno);
  }
  flush_folder(folder.parent_path());
  return stands && !empty ? WriteOutcome::replaced : WriteOutcome::created;
}

void write_file(const std::string& name, const std::string& bytes) {
  const fs::path path = absolute_path(name);
  make_parents(path);
  const fs::path fresh = path.parent_path() / (neighbour_prefix(path, "tmp") + std::to_string(::getpid()));
  ::unlink(fresh.c_str());
  try {
    write_new_file(fresh, name, bytes);
    if (::rename(fresh.c_str(), path.c_str()) != 0) fail(name, errno);
    flush_folder(path.parent_path());
  } catch (...) {
    ::unlink(fresh.c_str());
    throw;
  }
}

} // namespace appraise
