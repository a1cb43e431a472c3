// The project's own files, as git knows them, for tests that read the code as text.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace parley::test {

struct SourceFile {
  std::string path;  // relative to the root of the project
  std::vector<std::string> lines;
};

/// All tracked and new, not ignored files whose name ends in one of `endings`; without git, all but build/
/// and node_modules/.
std::vector<SourceFile> source_files(const std::vector<std::string>& endings);

/// The output of a command, or nullopt when it fails.
std::string output_of(const std::string& command);

/// All complaints, one a line: what a failing tidy test shows.
std::string joined(const std::vector<std::string>& complaints);

}  // namespace parley::test
