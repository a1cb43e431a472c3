// A folder of the system's temporary folder, of this process alone, removed with all that is in it.
//
// Errors: an empty path where none could be made. One thread.
#pragma once

#include <filesystem>

namespace parley::cli {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace parley::cli
