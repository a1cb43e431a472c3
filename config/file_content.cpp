#include "config/file_content.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace parley::config {
namespace {

thread_local const UnsavedFiles::Contents* unsaved_files = nullptr;

const std::string* unsaved(const std::filesystem::path& path) {
  if (!unsaved_files) return nullptr;
  const auto found = unsaved_files->find(path);
  return found == unsaved_files->end() ? nullptr : &found->second;
}

bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

}  // namespace

UnsavedFiles::UnsavedFiles(const Contents& contents) {
  unsaved_files = &contents;
}

UnsavedFiles::~UnsavedFiles() {
  unsaved_files = nullptr;
}

FileContent read_file(const std::filesystem::path& path, std::size_t bytes_max) {
  using Problem = FileContent::Problem;
  if (const std::string* content = unsaved(path))
    return content->size() > bytes_max ? FileContent{Problem::kTooLarge, ""}
                                       : FileContent{Problem::kNone, *content};
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return {Problem::kUnreadable, ""};
  const auto bytes = std::filesystem::file_size(path, problem);
  std::ifstream file(path, std::ios::binary);
  if (problem || !file) return {Problem::kUnreadable, ""};
  if (bytes > bytes_max) return {Problem::kTooLarge, ""};
  return {Problem::kNone, {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()}};
}

bool file_exists(const std::filesystem::path& path) {
  std::error_code ignored;
  return unsaved(path) != nullptr || std::filesystem::exists(path, ignored);
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                               const std::string& extension) {
  std::vector<std::filesystem::path> files;
  std::error_code missing;
  for (std::filesystem::recursive_directory_iterator it(folder, missing), end; !missing && it != end;
       it.increment(missing))
    if (it->is_regular_file() && it->path().extension() == extension) files.push_back(it->path());
  if (unsaved_files)
    for (const auto& [path, content] : *unsaved_files)
      if (path.extension() == extension && is_below(path, folder)) files.push_back(path);
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

}  // namespace parley::config
