#include "engine/input/input.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>

namespace appraise {

namespace fs = std::filesystem;

namespace {

// * stands for any characters, ? for one byte; neither for "/".
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p;
      ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

} // namespace

std::string read_bytes(const std::string& path) {
  std::error_code ignored;
  const auto refuse = [&](const char* rule) {
    const int reason = errno;
    return Error(ExitCode::input, Problem{.rule = rule,
                                          .place = {.file = path},
                                          .found = reason == 0 ? path : std::string(std::strerror(reason))});
  };
  const bool exists = fs::exists(path, ignored);
  const bool folder = fs::is_directory(path, ignored);
  errno = 0;
  if (!exists) throw refuse("file-missing");
  if (folder) throw refuse("file-unreadable");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw refuse("file-unreadable");
  std::string bytes;
  const std::uintmax_t size = fs::file_size(path, ignored);
  if (!ignored) bytes.reserve(static_cast<std::size_t>(size));
  char buffer[1 << 16];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
    bytes.append(buffer, static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) throw refuse("file-unreadable");
  return bytes;
}

std::vector<std::string> matching_files(const std::string& pattern, const std::string& folder) {
  std::vector<std::string> found{""}; // relative to folder, growing by one part of the pattern after the other
  const bool absolute = !pattern.empty() && pattern.front() == '/';
  const fs::path base = absolute ? fs::path("/") : fs::path(folder.empty() ? "." : folder);
  for (const fs::path& part : fs::path(absolute ? pattern.substr(1) : pattern)) {
    const std::string wanted = part.string();
    std::vector<std::string> next;
    for (const std::string& start : found) {
      const auto join = [&](const std::string& name) {
        return start.empty() ? name : fmt::format("{}/{}", start, name);
      };
      std::error_code ignored;
      if (!is_pattern(wanted)) {
        if (fs::exists(base / join(wanted), ignored)) next.push_back(join(wanted));
        continue;
      }
      for (const fs::directory_entry& entry : fs::directory_iterator(base / start, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.front() != '.' && matches(wanted, name)) next.push_back(join(name));
      }
    }
    found = std::move(next);
  }
  if (absolute) {
    for (std::string& name : found)
      name = fmt::format("/{}", name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

void resolve_files(Appraisal& appraisal, const std::string& folder, Problems& problems) {
  for (Input& input : appraisal.inputs) {
    input.files.clear();
    for (const std::string& pattern : input.patterns) {
      const std::vector<std::string> found = matching_files(pattern, folder);
      if (found.empty()) {
        problems.push_back({.rule = "file-missing", .place = input.place, .found = pattern});
      }
      input.files.insert(input.files.end(), found.begin(), found.end());
    }
    std::sort(input.files.begin(), input.files.end());
    input.files.erase(std::unique(input.files.begin(), input.files.end()), input.files.end());
  }
}

} // namespace appraise
