#include "tests/tidy/source_tree.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace parley::test {
namespace {

const std::string kRoot = PARLEY_SOURCE_DIR;

std::vector<std::string> read_lines(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

bool ends_with_any(const std::string& path, const std::vector<std::string>& endings) {
  for (const std::string& ending : endings)
    if (path.ends_with(ending)) return true;
  return false;
}

std::string list_of_paths() {
  const std::string in_root = "cd '" + kRoot + "' && ";
  const std::string tracked =
      output_of(in_root + "git ls-files --cached --others --exclude-standard 2>/dev/null");
  if (!tracked.empty()) return tracked;
  return output_of(in_root +
                   "find . -type f -not -path '*/build/*' -not -path '*/node_modules/*' | sed 's,^./,,'");
}

}  // namespace

std::vector<SourceFile> source_files(const std::vector<std::string>& endings) {
  std::vector<SourceFile> files;
  std::istringstream paths(list_of_paths());
  for (std::string path; std::getline(paths, path);)
    if (ends_with_any(path, endings) && std::filesystem::exists(kRoot + "/" + path))
      files.push_back({path, read_lines(kRoot + "/" + path)});
  return files;
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), size);
  pclose(pipe);
  return output;
}

std::string joined(const std::vector<std::string>& complaints) {
  std::string text;
  for (const std::string& complaint : complaints)
    text += complaint + "\n";
  return text;
}

}  // namespace parley::test
