// The content of the files that people write: the one way in which their readers get at it.
//
// An editor's buffers differ from what is on the disk until they are saved. While an UnsavedFiles object
// lives, every reader of its thread sees those contents in place of the files, also of files that are not on
// the disk at all; so checking what is being typed needs no reader of its own.
//
// Thread rule: an UnsavedFiles object belongs to the thread that made it, and ends there; one at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace parley::config {

class UnsavedFiles {
 public:
  using Contents = std::map<std::filesystem::path, std::string>;

  /// `contents` by path as readers name it, and must outlive this.
  explicit UnsavedFiles(const Contents& contents);
  ~UnsavedFiles();
  UnsavedFiles(const UnsavedFiles&) = delete;
  UnsavedFiles& operator=(const UnsavedFiles&) = delete;
};

struct FileContent {
  enum class Problem { kNone, kUnreadable, kTooLarge };
  Problem problem = Problem::kNone;
  std::string bytes;
};

/// A whole file of at most `bytes_max`.
FileContent read_file(const std::filesystem::path& path, std::size_t bytes_max);

bool file_exists(const std::filesystem::path& path);

/// All files below `folder` whose name ends like this (".yaml"), sorted by path; a missing folder has none.
std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::string& extension);

}  // namespace parley::config
