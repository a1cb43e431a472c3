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

TEST_CASE("a bot whose files all end in .yml was not read: one error; one file of them is a warning") {
  const parley::test::TempFolder folder;
  folder.write("bot.yaml", "bot: desk\nlanguages: [en]\n");
  folder.write("flows/a.yml", "flow: a\n");
  folder.write("intents/b.yml", "intent: b\n");
  Findings none;
  CHECK_FALSE(read_bot_manifest(folder.path(), none).readable);
  REQUIRE(none.all().size() == 1);
  CHECK(none.has_errors());
  CHECK(none.all().front().code == "unread-file");
  CHECK(none.all().front().message == "nothing was read: the names of all 2 files end in .yml");
  CHECK(none.all().front().hint == "rename them to .yaml, b.yml to b.yaml");

  folder.write("flows/c.yaml", "flow: c\n");
  Findings some;
  CHECK(read_bot_manifest(folder.path(), some).readable);
  CHECK(some.all().size() == 2);
  CHECK_FALSE(some.has_errors());
}

TEST_CASE("sorted findings are told once each") {
  Findings findings;
  for (int i = 0; i < 2; ++i)
    findings.add({Severity::kError, "type", "a.yaml", {1, 2}, "a text is expected here", "", ""});
  CHECK(findings.error_count() == 2);
  findings.sort();
  CHECK(findings.all().size() == 1);
  CHECK(findings.error_count() == 1);
}

TEST_CASE("waivers are read, and one without a reason, an owner or a day is refused") {
  const parley::test::TempFolder folder;
  folder.write(
      "bot.yaml",
      "bot: desk\nlanguages: [en]\nwaivers:\n"
      "  - {bar: translated, reason: The Dutch texts come in March, owner: Ann, until: 2026-03-31}\n");
  Findings findings;
  const BotManifest manifest = read_bot_manifest(folder.path(), findings);
  CHECK(findings.all().empty());
  REQUIRE(manifest.waivers.size() == 1);
  CHECK(manifest.waivers[0].bar == "translated");
  CHECK(manifest.waivers[0].owner == "Ann");
  CHECK(manifest.waivers[0].until == "2026-03-31");
  folder.write("bot.yaml",
               "bot: desk\nlanguages: [en]\nwaivers:\n"
               "  - {bar: a, reason: '', owner: Ann, until: 2026-02-30}\n"
               "  - {bar: a, reason: r, owner: o, until: soon}\n"
               "  - {bar: b}\n"
               "  - {bar: c, reason: r, owner: o, until: '+026-12-31'}\n");
  Findings bad;
  read_bot_manifest(folder.path(), bad);
  bad.sort();
  std::vector<std::string> places;
  for (const Finding& finding : bad.all())
    places.push_back(finding.code + ':' + std::to_string(finding.position.line));
  CHECK(places == std::vector<std::string>{"waiver:4", "waiver:4", "waiver:5", "waiver:5", "missing-key:6",
                                           "missing-key:6", "missing-key:6", "waiver:7"});
}

TEST_CASE("what is not written down is read; without a word it is IBANs and cards") {
  const parley::test::TempFolder folder;
  const auto kinds = [&](const std::string& line) {
    folder.write("bot.yaml", "bot: desk\nlanguages: [en]\n" + line);
    Findings findings;
    std::string all;
    for (const RedactionRule& rule : read_bot_manifest(folder.path(), findings).redact)
      all += rule.kind + (rule.pattern.empty() ? " " : "=" + rule.pattern + " ");
    for (const Finding& finding : findings.all())
      all += finding.code + ":" + std::to_string(finding.position.line) + " ";
    return all;
  };
  CHECK(kinds("") == "iban card ");
  CHECK(kinds("redact: none\n") == "");
  CHECK(kinds("redact: []\n") == "");
  CHECK(kinds("redact: [email, {name: customer, pattern: 'K-[0-9]+'}]\n") == "email customer=K-[0-9]+ ");
  CHECK(kinds("redact:\n  - cards\n").find("redact:4") != std::string::npos);
  CHECK(kinds("redact:\n  - {name: Customer, pattern: x}\n").find("name:4") != std::string::npos);
  CHECK(kinds("redact:\n  - {name: customer}\n").find("missing-key:4") != std::string::npos);
}
