// docs/first-bot.md, followed to the letter: its commands are run, its files written, and what it shows must
// be printed.
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <sys/wait.h>

#include "tests/support/temp_folder.h"

using parley::test::read_file;
using parley::test::TempFolder;

namespace {

struct Block {
  std::string kind, text;
  std::string before;  // the line above it
};

std::vector<Block> blocks_of(const std::string& page) {
  std::vector<Block> blocks;
  std::istringstream lines(page);
  std::string above;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      Block block{line.substr(3), "", above};
      while (std::getline(lines, line) && line != "```")
        block.text += line + "\n";
      blocks.push_back(std::move(block));
    } else if (!line.empty()) {
      above = line;
    }
  }
  return blocks;
}

class Reader {
 public:
  explicit Reader(const TempFolder& folder) : folder_(folder) {}

  void follow(const Block& block) {
    CAPTURE(block.text);
    if (block.kind == "sh") return run_lines(block.text);
    if (block.kind == "yaml") return write(block);
    if (block.kind == "text") return expect(block.text);
    CHECK(block.kind.empty());  // what a test can't follow: a server that runs on
    CHECK(block.text.starts_with("parley serve "));
  }

 private:
  void run_lines(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      run(line);
  }

  void run(const std::string& line) {
    const std::string path = std::filesystem::path(PARLEY_BINARY).parent_path().string();
    const std::string script = folder_.write(
        "line.sh", "cd '" + folder_.path().string() + "'\nexport PATH='" + path + "':$PATH\n" + line + "\n");
    const std::string out = (folder_.path() / "out").string();
    const int status = std::system(("sh '" + script + "' </dev/null >'" + out + "' 2>&1").c_str());
    output_ = read_file(out);
    CAPTURE(line);
    CAPTURE(output_);
    const int expected = line.find("# exits with 1") != std::string::npos ? 1 : 0;
    CHECK((WIFEXITED(status) ? WEXITSTATUS(status) : -1) == expected);
  }

  void write(const Block& block) {
    static const std::regex kPath("`([^`]+\\.yaml)`:$");
    std::smatch path;
    CAPTURE(block.before);
    REQUIRE(std::regex_search(block.before, path, kPath));
    std::ofstream(folder_.path() / path[1].str(), std::ios::app) << block.text;
  }

  void expect(const std::string& text) {
    CAPTURE(output_);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
      CHECK_MESSAGE(output_.find(line) != std::string::npos, line);
  }

  const TempFolder& folder_;
  std::string output_;  // of the last command
};

}  // namespace

TEST_CASE("Who follows the walk-through of a first bot sees what it says") {
  const TempFolder folder;
  const std::vector<Block> blocks =
      blocks_of(read_file(std::filesystem::path(PARLEY_SOURCE_DIR) / "docs/first-bot.md"));
  CHECK(blocks.size() > 12);
  Reader reader(folder);
  for (const Block& block : blocks)
    reader.follow(block);
}
