// Every mistake is found, at its place, and nothing else is: tests/conversations/bad/<code>[-variation]/
// holds the files of one small bot each, laid over bad/_base. Comments in them say what must be found: `#
// expect: line:column code [path]`.
#include <doctest/doctest.h>
#include <regex>
#include <set>
#include <sstream>

#include "bot_folder.h"
#include "conversations/flows/loader.h"
#include "tests/support/temp_folder.h"

namespace parley::conversations {
namespace {

namespace fs = std::filesystem;

const fs::path kBadFolder = fs::path(PARLEY_SOURCE_DIR) / "tests/conversations/bad";

std::vector<fs::path> bad_bots() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(kBadFolder))
    if (entry.path().filename() != "_base") folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  return folders;
}

// "flows/shop.yaml:9:47 unset-slot"
std::multiset<std::string> expected_in(const fs::path& bot) {
  static const std::regex kExpect(R"(# expect: (\d+:\d+) ([a-z0-9-]+)(?: (\S+))?)");
  std::multiset<std::string> expected;
  for (const auto& entry : fs::recursive_directory_iterator(bot)) {
    if (!entry.is_regular_file()) continue;
    std::istringstream lines(test::read_file(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (!std::regex_match(line, match, kExpect)) continue;
      const std::string path = match[3].matched ? match[3].str() : fs::relative(entry.path(), bot).string();
      expected.insert(path + ":" + match[1].str() + " " + match[2].str());
    }
  }
  return expected;
}

std::multiset<std::string> found_in(const config::Findings& findings, const fs::path& folder) {
  std::multiset<std::string> found;
  for (const config::Finding& finding : findings.all())
    found.insert(fs::relative(finding.path, folder).string() + ":" + std::to_string(finding.position.line) +
                 ":" + std::to_string(finding.position.column) + " " + finding.code);
  return found;
}

// A mistake in a test leaves out the test, not the flows.
bool has_errors_of_flows(const config::Findings& findings) {
  return std::any_of(findings.all().begin(), findings.all().end(), [](const config::Finding& finding) {
    return finding.severity == config::Severity::kError && finding.path.find("/tests/") == std::string::npos;
  });
}

LoadedFolder load_over_base(const fs::path& bot, const test::TempFolder& folder) {
  const auto options = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
  fs::copy(kBadFolder / "_base", folder.path(), options);
  fs::copy(bot, folder.path(), options);
  return load_folder(folder.path());
}

std::string as_text(const config::Findings& findings) {
  std::string text;
  for (const config::Finding& finding : findings.all())
    text += to_text(finding);
  return text;
}

}  // namespace

TEST_CASE("each bad bot gets exactly the findings that its comments expect") {
  for (const fs::path& bot : bad_bots()) {
    const test::TempFolder folder;
    const LoadedFolder loaded = load_over_base(bot, folder);
    CAPTURE(bot.filename().string());
    CAPTURE(as_text(loaded.findings));
    CHECK(found_in(loaded.findings, folder.path()) == expected_in(bot));
    CHECK((loaded.program == nullptr) == has_errors_of_flows(loaded.findings));
  }
}

TEST_CASE("each bad bot is named after a code that it expects") {
  for (const fs::path& bot : bad_bots()) {
    std::set<std::string> codes;
    for (const std::string& finding : expected_in(bot))
      codes.insert(finding.substr(finding.rfind(' ') + 1));
    const std::string name = bot.filename().string();
    CAPTURE(name);
    CHECK(std::any_of(codes.begin(), codes.end(),
                      [&](const std::string& code) { return name.starts_with(code); }));
  }
}

TEST_CASE("every finding with a position shows its source line") {
  for (const fs::path& bot : bad_bots()) {
    const test::TempFolder folder;
    const LoadedFolder loaded = load_over_base(bot, folder);
    for (const config::Finding& finding : loaded.findings.all()) {
      CAPTURE(to_text(finding));
      CHECK((finding.position.line == 0 || !finding.source_line.empty()));
      CHECK_FALSE(finding.message.empty());
    }
  }
}

TEST_CASE("a misspelt name is answered with the names near it") {
  const std::map<std::string, std::string> hints{{"unknown-intent", "order"},
                                                 {"unknown-slot", "number"},
                                                 {"unknown-flow", "pattern_thanks"},
                                                 {"unknown-step", "again"},
                                                 {"unknown-service", "shop"},
                                                 {"unknown-operation", "stock"},
                                                 {"unknown-type", "drink"},
                                                 {"unknown-argument", "number"},
                                                 {"unknown-key", "channels"},
                                                 {"unknown-value", "coffee"},
                                                 {"unknown-pattern", "pattern_fallback"},
                                                 {"expression", "number"},
                                                 {"step", "say"},
                                                 {"unknown-channel", "counter"},
                                                 {"unknown-role", "guest"},
                                                 {"unknown-text", "Which drink?"},
                                                 {"message", "plural"}};
  for (const auto& [code, name] : hints) {
    const test::TempFolder folder;
    const LoadedFolder loaded = load_over_base(kBadFolder / code, folder);
    CAPTURE(code);
    CAPTURE(as_text(loaded.findings));
    CHECK(std::any_of(
        loaded.findings.all().begin(), loaded.findings.all().end(), [&](const config::Finding& finding) {
          return finding.code == code && finding.hint.find("'" + name + "'") != std::string::npos;
        }));
  }
}

}  // namespace parley::conversations
