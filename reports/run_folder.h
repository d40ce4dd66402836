// A run folder, whole or not at all.
//
//   Files are collected in a temporary folder beside the wanted one, flushed to the disk, and exchanged with it in one
//   step (renameat2 RENAME_EXCHANGE; where the file system cannot, two renames that the next run repairs). An existing
//   folder is replaced only with `force`; an identical result leaves it untouched and counts as unchanged. A killed run
//   leaves the old folder as it was, and its temporary folder is removed by the next. Errors (ExitCode::output):
//   folder-exists, folder-unwritable, disk-full, write-failed: each names the file and the reason.
#pragma once

#include <map>
#include <string>

namespace appraise {

enum class WriteOutcome { created, replaced, unchanged };

// Paths inside the folder → bytes.
using FileSet = std::map<std::string, std::string>;

WriteOutcome write_run_folder(const std::string& folder, const FileSet& files, bool force);
// One file, whole or not at all.
void write_file(const std::string& path, const std::string& bytes);

} // namespace appraise
