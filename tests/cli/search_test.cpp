#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/file_digest.h"
#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using parley::test::has;
using parley::test::Ran;
using parley::test::run_parley;
using parley::test::TempFolder;

namespace {

/// A bot with two pages, one of them for managers at the helpdesk.
std::string bot_in(const TempFolder& folder) {
  folder.write("bot/bot.yaml", "bot: small\nlanguages: [en, nl]\nknowledge: {accept: 0.6}\n");
  folder.write("bot/intents/a.yaml", "intent: hello\nen: [hello, hi there]\nnl: [hallo, goedendag]\n");
  folder.write("bot/flows/a.yaml", "flow: hello\nwhen: hello\nsteps:\n  - say: Hello.\n");
  folder.write(
      "bot/knowledge/en/socks.md",
      "---\nlink: https://example.com/socks\n---\n# Socks\n\n## Washing\n\nWash socks at 30 degrees.\n");
  folder.write("bot/knowledge/en/secret.md",
               "---\nchannels: [helpdesk]\nroles: [manager]\n---\n# Sock budget\n\nTen pairs.\n");
  return (folder.path() / "bot").string();
}

}  // namespace

TEST_CASE("`parley search` shows passages with their scores, and whether one answers") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  const Ran ran = run_parley("search " + bot + " 'how do I wash my socks'");
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  CHECK_MESSAGE(has(ran.out, "answers  knowledge/en/socks.md, Washing <https://example.com/socks#washing>"),
                ran.out);
  CHECK(has(ran.out, "Wash socks at 30 degrees."));
  CHECK(has(ran.out, "with accept 0.60 (bot.yaml, knowledge) the first answers"));
  const Ran low = run_parley("search " + bot + " 'giraffe zebra elephant socks'");
  CHECK(has(low.out, "too low"));
  CHECK(has(low.out, "no passage answers"));
  CHECK(has(run_parley("search " + bot + " giraffe").out, "no page has a word of this"));
}

TEST_CASE("`parley search` prints JSON, and sees what the channel and the roles may see") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  const auto passages = [&](const std::string& options) {
    return nlohmann::json::parse(
        run_parley("search " + bot + " 'sock budget' --json " + options).out)["passages"];
  };
  CHECK(passages("").size() == 1);
  const auto all = passages("--channel helpdesk --role employee --role manager");
  REQUIRE(all.size() == 2);
  CHECK(all[0]["page"] == "Sock budget");
  CHECK(all[0]["answers"] == true);
  CHECK(passages("--channel helpdesk --role manager --limit 1").size() == 1);
}

TEST_CASE("`parley search` searches in the language of the text, unless one is wished for") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  folder.write("bot/knowledge/nl/sokken.md", "# Sokken\n\nWas sokken op 30 graden.\n");
  const Ran dutch = run_parley("search " + bot + " 'hoe moet ik mijn sokken wassen'");
  CHECK_MESSAGE(has(dutch.out, "language nl\n"), dutch.out << dutch.err);
  CHECK_MESSAGE(has(dutch.out, "knowledge/nl/sokken.md, Sokken"), dutch.out);
  CHECK(has(run_parley("search " + bot + " 'how do I wash my socks'").out, "language en\n"));
  CHECK(has(run_parley("search " + bot + " 'how do I wash my socks' --language nl").out, "language nl\n"));
}

TEST_CASE("`parley search --questions` measures a list of questions by threshold") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  const std::string questions = folder.write(
      "q.tsv", "text\tintent\nhow do I wash socks\tsocks.md\nsock budget\tsecret.md\nwho won the cup\toos\n");
  const Ran ran = run_parley("search " + bot + " --questions " + questions);
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  CHECK_MESSAGE(has(ran.out, "wrong page  sock budget: socks.md instead of secret.md"), ran.out);
  CHECK(has(ran.out, "2 questions that a page answers, 1 that none should"));
  const auto json = nlohmann::json::parse(
      run_parley("search " + bot + " --json --questions " + questions + " --channel helpdesk --role manager")
          .out);
  CHECK(json["thresholds"][0]["right"] == 2);
  CHECK(json["thresholds"][0]["false_accepts"] == 0);
  const Ran wrong = run_parley("search " + bot + " --questions " +
                               std::string(folder.write("w.tsv", "text\tintent\na\tb\n")));
  CHECK(wrong.exit_code == 1);
  CHECK(has(wrong.err, "'b' is neither a page"));
}

TEST_CASE("`parley search` refuses wrong use") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  CHECK(run_parley("search " + bot).exit_code == 2);
  CHECK(run_parley("search " + bot + " socks --language fr").exit_code == 1);
  std::filesystem::remove_all(folder.path() / "bot/knowledge");
  const Ran none = run_parley("search " + bot + " socks");
  CHECK(none.exit_code == 1);
  CHECK(has(none.err, "this bot has no pages"));
}

TEST_CASE("a changed page makes another version of the bot") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  const std::string before = parley::cli::digest_of_folder(bot);
  folder.write("bot/knowledge/en/socks.md", "# Socks\n\nWash them twice.\n");
  CHECK(parley::cli::digest_of_folder(bot) != before);
}
