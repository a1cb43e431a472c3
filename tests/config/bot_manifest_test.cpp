#include "config/bot_manifest.h"

#include <doctest/doctest.h>

#include "tests/support/temp_folder.h"

using namespace parley::config;

TEST_CASE("a manifest is read whole") {
  const parley::test::TempFolder folder;
  folder.write(
      "bot.yaml",
      "bot: desk\ntitle: Desk\nlanguages: [nl, en]\ntimezone: Europe/Amsterdam\nlevel: 2\naccept: 0.6\n");
  Findings findings;
  const BotManifest manifest = read_bot_manifest(folder.path(), findings);
  CHECK(findings.all().empty());
  CHECK(manifest.name == "desk");
  CHECK(manifest.languages == std::vector<std::string>{"nl", "en"});
  CHECK(manifest.level == 2);
  CHECK(manifest.accept == 0.6);
  CHECK(manifest.margin == 0.15);
}

TEST_CASE("every mistake in a manifest is found in one reading") {
  const parley::test::TempFolder folder;
  folder.write("bot.yaml", "bot: My Bot\nlanguages: [english]\nlevel: 9\naccept: 2\ncolour: red\n");
  Findings findings;
  read_bot_manifest(folder.path(), findings);
  std::vector<std::string> codes;
  for (const Finding& finding : findings.all())
    codes.push_back(finding.code);
  CHECK(codes == std::vector<std::string>{"unknown-key", "name", "language", "range", "range"});
}
