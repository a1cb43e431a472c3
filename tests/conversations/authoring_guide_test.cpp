// The examples of docs/authoring.md are one bot: it must load, and its tests must pass.
#include <doctest/doctest.h>
#include <map>
#include <regex>
#include <sstream>

#include "bot_folder.h"
#include "conversations/dialogue/dialogue.h"
#include "conversations/testing/test_runner.h"
#include "engine/services/catalog_reader.h"
#include "intents/corpus.h"
#include "intents/understander.h"
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

config::BotManifest read_manifest(const std::filesystem::path& folder) {
  config::Findings findings;
  return config::read_bot_manifest(folder, findings);
}

// The lines that open a block, with what they say it is: "yaml", "csv", "" ...
std::vector<std::string> opened_blocks(const std::string& guide) {
  std::vector<std::string> kinds;
  std::istringstream lines(guide);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find_first_not_of(' ');
    if (at == std::string::npos || !line.substr(at).starts_with("```")) continue;
    inside = !inside;
    if (inside) kinds.push_back(line.substr(at + 3));
  }
  return kinds;
}

}  // namespace

TEST_CASE(
    "every block of the authoring guide is an example that is run, but for the one that lists the files") {
  const std::string guide = test::read_file(std::filesystem::path(PARLEY_SOURCE_DIR) / "docs/authoring.md");
  std::size_t yaml = 0, tables = 0, others = 0;
  for (const std::string& kind : opened_blocks(guide)) {
    CAPTURE(kind);
    ++(kind == "yaml" ? yaml : kind == "csv" || kind == "markdown" ? tables : others);
  }
  CHECK(yaml >= 9);
  CHECK(tables == 2);
  CHECK(others == 1);
  std::size_t documents = 0;
  for (const auto& [path, content] : examples())
    for (std::size_t at = 0; (at = content.find("---\n", at)) != std::string::npos; at += 4)
      documents += at == 0 || content[at - 1] == '\n';
  CHECK(documents >= yaml);
}

TEST_CASE("the examples of the authoring guide have no mistake, and its tests pass") {
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
  REQUIRE(loaded.program != nullptr);

  const config::BotManifest manifest = read_manifest(folder.path());
  config::Findings findings;
  const ServiceCatalog services = read_services(folder.path(), findings);
  const auto understander = intents::load_or_train(intents::read_corpus(manifest, findings), "");
  REQUIRE(understander.ok());
  const auto dialogue = make_dialogue(loaded.program, manifest.name, "1");
  const TestReport report = run_tests(loaded.tests, {**understander, *dialogue, *loaded.program, services});
  CHECK(!report.results.empty());
  CHECK_MESSAGE(report.failed() == 0, to_text(report));
}

}  // namespace parley::conversations
