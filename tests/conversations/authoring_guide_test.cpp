// The examples of docs/authoring.md are one bot: it must load.
#include <doctest/doctest.h>
#include <map>
#include <regex>

#include "bot_folder.h"
#include "tests/support/temp_folder.h"

namespace parley::conversations {
namespace {

// Where a document goes, by its first key.
const std::map<std::string, std::string> kFiles{
    {"bot", "bot.yaml"},          {"intent", "intents/guide.yaml"}, {"entity", "vocabulary/guide.yaml"},
    {"flow", "flows/guide.yaml"}, {"service", "services.yaml"},     {"test", "tests/guide.yaml"}};

std::map<std::string, std::string> examples() {
  const std::string guide = test::read_file(std::filesystem::path(PARLEY_SOURCE_DIR) / "docs/authoring.md");
  static const std::regex kFirstKey(R"((\w+):)");
  std::map<std::string, std::string> files;
  const std::string open = "```yaml\n", close = "```\n";
  for (std::size_t at = guide.find(open); at != std::string::npos; at = guide.find(open, at)) {
    at += open.size();
    const std::string block = guide.substr(at, guide.find(close, at) - at);
    CAPTURE(block);
    std::smatch key;
    REQUIRE(std::regex_search(block, key, kFirstKey));
    REQUIRE(kFiles.contains(key[1]));
    files[kFiles.at(key[1])] += "---\n" + block;
  }
  std::smatch table;
  REQUIRE(std::regex_search(guide, table, std::regex("```csv\n([^`]*)```")));
  files["decisions/desk.csv"] = table[1];
  std::smatch page;
  REQUIRE(std::regex_search(guide, page, std::regex("```markdown\n([^`]*)```")));
  files["knowledge/en/parental-leave.md"] = page[1];
  return files;
}

}  // namespace

TEST_CASE("the examples of the authoring guide have no mistake") {
  const test::TempFolder folder;
  const auto files = examples();
  CHECK(files.size() == kFiles.size() + 2);
  for (const auto& [path, content] : files)
    folder.write(path, content);
  folder.write("data/hr.sql",
               "CREATE TABLE leave_balance (employee TEXT, days INTEGER);\n"
               "CREATE TABLE leave (employee TEXT, first TEXT, last TEXT);\n");
  const LoadedFolder loaded = load_folder(folder.path());
  for (const config::Finding& finding : loaded.findings.all()) {
    CAPTURE(to_text(finding));
    CHECK(finding.severity == config::Severity::kWarning);
  }
  CHECK(loaded.program != nullptr);
}

}  // namespace parley::conversations
