// House rules that a machine can check: who includes whom, how long things are, what every header says, dead
// links.

#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.h"

using parley::test::joined;
using parley::test::output_of;
using parley::test::source_files;
using parley::test::SourceFile;

namespace {

constexpr std::size_t kCppMaxLines = 400;
constexpr std::size_t kHeaderMaxLines = 200;
constexpr int kFunctionMaxLines = 70;

// Functions that may be longer, each with its reason: an option table or one honest state machine.
const std::map<std::string, std::string> kLongFunctions{};

// A folder may include itself and those it stands on.
const std::map<std::string, std::set<std::string>> kMayInclude{
    {"config", {"config"}},
    {"engine", {"config", "engine"}},
    {"intents", {"config", "engine", "intents"}},
    {"conversations", {"config", "engine", "conversations"}},
    {"connectors", {"config", "engine", "connectors"}},
    {"cli", {"config", "engine", "intents", "conversations", "connectors", "cli"}},
};

std::string folder_of(const std::string& path) {
  return path.substr(0, path.find('/'));
}

std::string place(const SourceFile& file, std::size_t line) {
  return file.path + ":" + std::to_string(line + 1) + ": ";
}

// The comment lines before the first other line.
std::size_t opening_comment_lines(const SourceFile& file) {
  std::size_t count = 0;
  while (count < file.lines.size() && file.lines[count].starts_with("//"))
    ++count;
  return count;
}

struct Function {
  std::string name, path;
  int first = 0, last = 0;
};

// Universal Ctags gives the first and last line of every function.
std::vector<Function> functions() {
  std::string paths;
  for (const SourceFile& file : source_files({".h", ".cpp"}))
    if (!file.path.starts_with("tests/")) paths += " " + file.path;
  std::istringstream rows(
      output_of("cd '" PARLEY_SOURCE_DIR "' && ctags -x --c++-kinds=f --_xformat='%n %{end} %F %N'" + paths));
  std::vector<Function> found;
  for (std::string row; std::getline(rows, row);) {
    std::istringstream fields(row);
    Function function;
    if (fields >> function.first >> function.last >> function.path &&
        std::getline(fields >> std::ws, function.name))
      found.push_back(function);
  }
  return found;
}

std::vector<std::string> broken_links(const SourceFile& file) {
  static const std::regex kLink(R"(\]\(([^)#\s]+)[^)]*\))"), kCode("`[^`]*`");
  std::vector<std::string> complaints;
  const auto folder = (std::filesystem::path(PARLEY_SOURCE_DIR) / file.path).parent_path();
  bool in_code = false;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::size_t begin = file.lines[i].find_first_not_of(' ');
    if (begin != std::string::npos && file.lines[i].compare(begin, 3, "```") == 0) in_code = !in_code;
    if (in_code) continue;
    const std::string line = std::regex_replace(file.lines[i], kCode, "");
    for (std::sregex_iterator it(line.begin(), line.end(), kLink), end; it != end; ++it) {
      const std::string target = (*it)[1];
      if (target.find("://") == std::string::npos && !target.starts_with("mailto:") &&
          !std::filesystem::exists(folder / target))
        complaints.push_back(place(file, i) + "a link to " + target + ", which is not there");
    }
  }
  return complaints;
}

}  // namespace

TEST_CASE("a folder includes only itself and the folders it stands on") {
  static const std::regex kInclude(R"re(^\s*#\s*include\s+"([a-z]+)/[^"]+")re");
  std::vector<std::string> complaints;
  for (const SourceFile& file : source_files({".h", ".cpp"})) {
    const auto rule = kMayInclude.find(folder_of(file.path));
    if (rule == kMayInclude.end()) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      std::smatch match;
      if (std::regex_search(file.lines[i], match, kInclude) && !rule->second.contains(match[1]))
        complaints.push_back(place(file, i) + rule->first + " may not include " + match[1].str());
    }
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("no function is longer than 70 lines but those on the list") {
  const std::vector<Function> all = functions();
  REQUIRE_MESSAGE(!all.empty(), "ctags found no function: is universal-ctags installed?");
  std::vector<std::string> complaints;
  for (const Function& function : all) {
    const int lines = function.last - function.first + 1;
    if (lines > kFunctionMaxLines && !kLongFunctions.contains(function.name))
      complaints.push_back(function.path + ":" + std::to_string(function.first) + ": " + function.name +
                           " has " + std::to_string(lines) + " lines");
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("the list of long functions names only functions that are long") {
  std::set<std::string> long_ones;
  for (const Function& function : functions())
    if (function.last - function.first + 1 > kFunctionMaxLines) long_ones.insert(function.name);
  for (const auto& [name, reason] : kLongFunctions)
    CHECK_MESSAGE(long_ones.contains(name), name);
}

TEST_CASE("no file is longer than one idea needs") {
  std::vector<std::string> complaints;
  for (const SourceFile& file : source_files({".h", ".cpp"})) {
    const std::size_t bound = file.path.ends_with(".h") ? kHeaderMaxLines : kCppMaxLines;
    if (file.lines.size() > bound)
      complaints.push_back(file.path + ": " + std::to_string(file.lines.size()) + " lines, the bound is " +
                           std::to_string(bound));
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("every header opens with its contract") {
  std::vector<std::string> complaints;
  for (const SourceFile& file : source_files({".h"})) {
    if (opening_comment_lines(file) == 0) complaints.push_back(file.path + ": says nothing before its code");
    if (std::find(file.lines.begin(), file.lines.end(), "#pragma once") == file.lines.end())
      complaints.push_back(file.path + ": no #pragma once");
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("no marker of unfinished work is left") {
  // Written in pieces, so that this file does not find itself.
  const std::regex marker(
      "\\b(TO"
      "DO|FIX"
      "ME|XX"
      "X|HA"
      "CK)\\b|console\\.log\\(|\\bdebug"
      "ger;");
  std::vector<std::string> complaints;
  for (const SourceFile& file :
       source_files({".h", ".cpp", ".js", ".mjs", ".sh", ".yaml", "CMakeLists.txt", "dev"})) {
    // What these print is their result.
    if (file.path.starts_with("tests/e2e/") || file.path.starts_with("bench/")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (std::regex_search(file.lines[i], marker)) complaints.push_back(place(file, i) + file.lines[i]);
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("every link in a Markdown file leads somewhere") {
  std::vector<std::string> complaints;
  for (const SourceFile& file : source_files({".md"})) {
    if (file.path.starts_with("tests/conversations/bad/")) continue;  // wrong on purpose
    for (std::string& complaint : broken_links(file))
      complaints.push_back(std::move(complaint));
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("every browser test has a time limit") {
  std::vector<std::string> complaints;
  for (const SourceFile& file : source_files({".mjs"})) {
    if (!file.path.starts_with("tests/e2e/") || file.path == "tests/e2e/support/test.mjs") continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      if (file.lines[i].find("'node:test'") != std::string::npos)
        complaints.push_back(place(file, i) + "take it from support/test.mjs, which sets the limit");
  }
  CHECK_MESSAGE(complaints.empty(), joined(complaints));
}

TEST_CASE("every folder of code says in a README what it is for") {
  for (const auto& [folder, allowed] : kMayInclude)
    CHECK_MESSAGE(std::filesystem::exists(std::filesystem::path(PARLEY_SOURCE_DIR) / folder / "README.md"),
                  folder);
}
