// A folder of its own for one test, removed with all that is in it when the test ends.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace parley::test {

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Writes `content` to `name`, making the folders on the way.
  std::filesystem::path write(const std::string& name, const std::string& content) const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);

}  // namespace parley::test
