// The JSON Schemas that editors use: the sample bots fit them, and of the bad files those that a schema can
// judge do not.
#include <array>
#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PARLEY_SOURCE_DIR;

struct Outcome {
  bool fits = false;
  std::string output;
};

Outcome validate(const std::string& kind, const std::vector<fs::path>& files) {
  std::string command = "python3 '" + (kRoot / "tests/support/validate_yaml.py").string() + "' '" +
                        (kRoot / "config/schema" / (kind + ".schema.json")).string() + "'";
  for (const fs::path& file : files)
    command += " '" + file.string() + "'";
  Outcome outcome;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer{};
  while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), pipe))
    outcome.output.append(buffer.data(), read);
  outcome.fits = pclose(pipe) == 0;
  return outcome;
}

bool can_validate() {
  if (std::system("python3 -c 'import jsonschema, yaml' 2>/dev/null") == 0) return true;
  std::cout << "SKIPPED: python3-jsonschema and python3-yaml are not installed\n";
  return false;
}

std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  if (fs::exists(folder))
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  return files;
}

}  // namespace

TEST_CASE("the sample bots, the built-in flows and the maturity model fit their schemas") {
  if (!can_validate()) return;
  std::map<std::string, std::vector<fs::path>> files{{"flow", yaml_files(kRoot / "conversations/patterns")},
                                                     {"maturity", {kRoot / "config/maturity.yaml"}}};
  for (const auto& bot : fs::directory_iterator(kRoot / "bots")) {
    if (!bot.is_directory()) continue;
    files["bot"].push_back(bot.path() / "bot.yaml");
    files["services"].push_back(bot.path() / "services.yaml");
    const std::map<std::string, std::string> folders{
        {"flow", "flows"}, {"intent", "intents"}, {"vocabulary", "vocabulary"}, {"test", "tests"}};
    for (const auto& [kind, folder] : folders)
      for (const fs::path& file : yaml_files(bot.path() / folder))
        files[kind].push_back(file);
  }
  for (const auto& [kind, paths] : files) {
    CAPTURE(kind);
    const Outcome outcome = validate(kind, paths);
    CAPTURE(outcome.output);
    CHECK_FALSE(paths.empty());
    CHECK(outcome.fits);
  }
}

TEST_CASE("of the bad flows, a schema refuses those whose shape is wrong and no others") {
  if (!can_validate()) return;
  const std::set<std::string> refused{"bad-name",
                                      "button",
                                      "card",
                                      "choose-shape",
                                      "empty-text",
                                      "missing-key",
                                      "no-default-text",
                                      "no-error-branch",
                                      "range",
                                      "step",
                                      "step-decide",
                                      "syntax",
                                      "type",
                                      "silence",
                                      "unknown-key",
                                      "wait-shape",
                                      "recover-shape",
                                      "unknown-outcome"};
  for (const auto& entry : fs::directory_iterator(kRoot / "tests/conversations/bad")) {
    const fs::path flow = entry.path() / "flows/shop.yaml";
    const std::string name = entry.path().filename().string();
    if (!fs::exists(flow)) continue;
    const Outcome outcome = validate("flow", {flow});
    CAPTURE(name);
    CAPTURE(outcome.output);
    CHECK(outcome.fits == !refused.contains(name));
  }
}

TEST_CASE("the services of the guide fit their schema, and each kind of service refuses the other's keys") {
  if (!can_validate()) return;
  const std::string guide = test::read_file(kRoot / "docs/services.md"), open = "```yaml\n";
  std::string examples;
  for (std::size_t at = guide.find(open); at != std::string::npos; at = guide.find(open, at + 1))
    examples += "---\n" + guide.substr(at + open.size(), guide.find("```\n", at + 1) - at - open.size());
  const test::TempFolder folder;
  const Outcome good = validate("services", {folder.write("good.yaml", examples)});
  CAPTURE(good.output);
  CHECK(good.fits);
  for (const char* bad :
       {"service: a\nhttp: https://a.example\nseed: a.sql\noperations: {b: {get: /}}\n",
        "service: a\nhttp: https://a.example\noperations: {b: {sql: SELECT 1}}\n",
        "service: a\nhttp: https://a.example\noperations: {b: {get: /, post: /}}\n",
        "service: a\nsqlite: a.db\nseed: a.sql\nheaders: {X: y}\noperations: {b: {sql: SELECT 1}}\n",
        "service: a\nsqlite: a.db\nseed: a.sql\noperations: {b: {get: /}}\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(validate("services", {folder.write("bad.yaml", bad)}).fits);
  }
}

TEST_CASE("each schema refuses a key that it does not know") {
  if (!can_validate()) return;
  for (const char* kind : {"bot", "intent", "vocabulary", "flow", "services", "test", "maturity"}) {
    const Outcome outcome = validate(kind, {kRoot / "tests/conversations/bad_document.yaml"});
    CAPTURE(kind);
    CAPTURE(outcome.output);
    CHECK(outcome.output.find("surprise") != std::string::npos);
  }
}

}  // namespace parley
