// docs/findings.md, the codes in the sources and the bad files agree.
#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/temp_folder.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PARLEY_SOURCE_DIR;

// What reads the files that people write.
std::string sources() {
  std::string text;
  for (const char* folder : {"config", "intents", "engine/services", "conversations", "cli/maturity"})
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
      if (entry.path().extension() == ".cpp" && entry.path().parent_path().filename() != "cel")
        text += test::read_file(entry.path());
  return text;
}

void add_matches(const std::string& text, const std::regex& pattern, std::set<std::string>& codes) {
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    codes.insert((*match)[1].str());
}

// Rows "| `code` | ... |" by their "## heading".
std::map<std::string, std::set<std::string>> documented() {
  std::map<std::string, std::set<std::string>> codes;
  std::string heading;
  std::istringstream lines(test::read_file(kRoot / "docs/findings.md"));
  static const std::regex kRow("\\| `([a-z0-9-]+)` \\|.*");
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (line.starts_with("## ")) heading = line.substr(3);
    if (std::regex_match(line, match, kRow)) codes[heading].insert(match[1].str());
  }
  return codes;
}

std::set<std::string> all_documented() {
  std::set<std::string> all;
  for (const auto& [heading, codes] : documented())
    all.insert(codes.begin(), codes.end());
  return all;
}

}  // namespace

TEST_CASE("every code that a reader reports is in docs/findings.md") {
  const std::string text = sources();
  std::set<std::string> used;
  add_matches(text, std::regex(R"re(\b(?:error|warning|fail)\(\s*"([a-z][a-z0-9-]*)")re"), used);
  add_matches(text, std::regex(R"re(\berror_at\([^;"]*"([a-z][a-z0-9-]*)")re"), used);
  add_matches(text, std::regex(R"re(Severity::k(?:Error|Warning),\s*"([a-z][a-z0-9-]*)")re"), used);
  REQUIRE(used.size() > 40);
  const std::set<std::string> known = all_documented();
  for (const std::string& code : used) {
    CAPTURE(code);
    CHECK(known.contains(code));
  }
}

TEST_CASE("every code of docs/findings.md is in the sources") {
  const std::string text = sources();
  for (const std::string& code : all_documented()) {
    CAPTURE(code);
    CHECK(text.find('"' + code + '"') != std::string::npos);
  }
}

TEST_CASE("every code about flows and translations has a bad file") {
  // These need files too large or too odd to keep: loader_test.cpp, knowledge_test.cpp and the tests of
  // config make them. What only `parley check` says is tested in tests/cli.
  const std::set<std::string> elsewhere{"too-many-steps", "too-large",        "unreadable",   "no-bot",
                                        "too-many-pages", "full-text-search", "untested-flow"};
  std::string expected;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests/conversations/bad"))
    if (entry.is_regular_file()) expected += test::read_file(entry.path());
  const auto codes = documented();
  for (const char* heading :
       {"All files", "Flows", "Decisions", "Knowledge", "Texts", "Translations", "Tests"}) {
    REQUIRE(codes.contains(heading));
    for (const std::string& code : codes.at(heading)) {
      if (elsewhere.contains(code)) continue;
      CAPTURE(code);
      CHECK(std::regex_search(expected, std::regex("# expect: [0-9]+:[0-9]+ " + code + "\\b")));
    }
  }
}

}  // namespace parley
