// explore, graph and docs, run as a designer runs them.
#include <doctest/doctest.h>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using parley::test::has;
using parley::test::Ran;
using parley::test::read_file;
using parley::test::run_parley;
using parley::test::TempFolder;

namespace {

const std::string kHelpdesk = PARLEY_SOURCE_DIR "/bots/helpdesk";
const std::string kShop = PARLEY_SOURCE_DIR "/bots/webshop";

// A bot whose flow fails when the service gives no row.
std::string broken_bot(const TempFolder& folder) {
  folder.write("bot/bot.yaml", "bot: small\nlanguages: [en]\n");
  folder.write(
      "bot/intents/days.yaml",
      "intent: days\nen: [how many days, how many days are left, days left, my days, the days I have]\n");
  folder.write("bot/services.yaml",
               "service: hr\nsqlite: hr.db\nseed: data/hr.sql\noperations:\n  days:\n    with: {who: text}\n"
               "    sql: SELECT days FROM leave WHERE who = :who\n    returns: {days: int}\n    rows: one\n");
  folder.write("bot/data/hr.sql", "CREATE TABLE leave (who TEXT, days INTEGER);\n");
  folder.write(
      "bot/flows/days.yaml",
      "flow: days\ntitle: See my days\nwhen: days\nsteps:\n  - call: hr.days\n    with: {who: user.id}\n"
      "    as: left\n    failed:\n      - say: Not now.\n  - if: left.days > 0\n    then:\n"
      "      - say: You have some.\n    else:\n      - say: You have none.\n");
  return (folder.path() / "bot").string();
}

}  // namespace

TEST_CASE("explore finds nothing that breaks in the sample bots, and says the same each time") {
  for (const std::string& bot : {kHelpdesk, kShop}) {
    const Ran ran = run_parley("explore " + bot);
    CHECK_MESSAGE(ran.exit_code == 0, ran.out);
    CHECK_FALSE(has(ran.out, "error["));
    CHECK(run_parley("explore " + bot).out == ran.out);
  }
}

TEST_CASE("explore shows a crash with a test to paste, saves it, and exits with 1") {
  const TempFolder folder;
  const std::string bot = broken_bot(folder);
  const std::string saved = bot + "/tests/found.yaml";
  std::filesystem::create_directories(bot + "/tests");
  const Ran ran = run_parley("explore " + bot + " --save " + saved);
  CHECK(ran.exit_code == 1);
  CHECK_MESSAGE(has(ran.out, "days.yaml:10: error[crash]"), ran.out);
  CHECK(has(ran.out, "hr.days: null"));
  CHECK(has(read_file(saved), "hr.days: null"));
  const Ran played = run_parley("test " + bot);
  CHECK_MESSAGE(played.exit_code == 0, played.out);
  CHECK(has(played.out, "1 passed, 0 failed"));
  const auto json = nlohmann::json::parse(run_parley("explore --json " + bot).out);
  CHECK(json["findings"][0]["code"] == "crash");
  CHECK(run_parley("explore " + bot + " --flow day").exit_code == 1);
  CHECK(has(run_parley("explore " + bot + " --flow day").err, "did you mean 'days'?"));
}

TEST_CASE(
    "graph writes DOT and Mermaid without Graphviz, and a folder of pictures that lead to one another") {
  const Ran dot = run_parley("graph " + kHelpdesk + " --flow request_leave --format dot");
  CHECK(dot.exit_code == 0);
  CHECK(has(dot.out, "digraph \"request_leave\""));
  const Ran mermaid =
      run_parley("graph " + kHelpdesk + " --flow request_leave --format mermaid --language nl");
  CHECK(has(mermaid.out, "flowchart TD"));
  CHECK(has(mermaid.out, "verlof"));
  const TempFolder folder;
  const Ran all = run_parley("graph " + kHelpdesk + " --format dot -o " + folder.path().string());
  CHECK(all.exit_code == 0);
  CHECK_MESSAGE(has(all.out, folder.path().string() + ": "), all.out);
  CHECK(has(all.out, " pictures, overview.dot leads to the others\n"));
  const std::string one = (folder.path() / "leave.mmd").string();
  CHECK(run_parley("graph " + kHelpdesk + " --flow request_leave --format mermaid -o " + one).out ==
        one + "\n");
  CHECK(has(read_file(folder.path() / "overview.dot"), "URL=\"request_leave.dot\""));
  CHECK(std::filesystem::exists(folder.path() / "vpn_trouble.dot"));
  const Ran nothing = run_parley("graph " + kHelpdesk + " --flow nothing_at_all");
  CHECK(nothing.exit_code == 1);
  CHECK(nothing.err == "parley: there is no flow 'nothing_at_all'\n");
}

TEST_CASE("graph draws SVG with Graphviz, and says which package is missing without it") {
  const Ran svg = run_parley("graph " + kHelpdesk + " --flow request_leave");
  CHECK_MESSAGE(svg.exit_code == 0, svg.err);
  CHECK(has(svg.out, "</svg>"));
  const Ran without = run_parley("graph " + kHelpdesk + " --flow request_leave", "", "PATH=/nowhere");
  CHECK(without.exit_code == 1);
  CHECK_MESSAGE(has(without.err, "install the package graphviz"), without.err);
}

TEST_CASE("docs writes one page to sign, with pictures") {
  const TempFolder folder;
  const Ran ran = run_parley("docs " + kShop + " -o " + folder.path().string() + "/pages");
  CHECK_MESSAGE(ran.exit_code == 0, ran.err);
  const std::string page = read_file(folder.path() / "pages/index.html");
  CHECK(has(page, "id=\"flow-return_item\""));
  CHECK(has(page, "<svg"));
  CHECK(has(page, "Signatures"));
  CHECK_FALSE(has(page, "<script"));
}

TEST_CASE("check finds intents that are too alike, entities without an example and flows without a test") {
  const TempFolder folder;
  const std::string bot = broken_bot(folder);
  folder.write(
      "bot/intents/alike.yaml",
      "intent: rest\nen: [how many days are there, how many days left, the days left, show days left, "
      "how many of my days are left]\n");
  folder.write("bot/vocabulary/kinds.yaml",
               "entity: kind\nvalues: {unpaid: {en: [unpaid]}}\n---\n"
               "entity: room\nvalues: {cellar: {en: [cellar]}}\n");
  folder.write("bot/intents/rooms.yaml",
               "intent: rooms\nen:\n  - is the [cellars](room) free\n  - is the [attic](room:room) free\n");
  folder.write("bot/flows/rest.yaml",
               "flow: rest\nwhen: rest\nslots:\n  kind: {type: kind, ask: Which kind?}\nsteps:\n"
               "  - collect: [kind]\n  - say: Of {kind}.\n");
  folder.write("bot/tests/days.yaml", "test: days\nsteps:\n  - user: days left\n  - ended: days\n");
  const Ran ran = run_parley("check " + bot);
  CHECK(ran.exit_code == 0);
  CHECK_MESSAGE(has(ran.out, "warning[alike-intents]"), ran.out);
  CHECK_MESSAGE(has(ran.out, "rooms.yaml:4:5: warning[unlisted-value]: 'attic' is marked as 'room'"),
                ran.out);
  CHECK_FALSE(has(ran.out, "'cellars'"));
  CHECK_MESSAGE(has(ran.out, "kinds.yaml:1:9: warning[entity-without-example]"), ran.out);
  CHECK_MESSAGE(
      has(ran.out, "rest.yaml:1: warning[untested-flow]: no conversation test touches the flow 'rest'"),
      ran.out);
  CHECK_FALSE(has(ran.out, "the flow 'days'"));
}

TEST_CASE("check has nothing to say about the sample bots") {
  for (const std::string& bot : {kHelpdesk, kShop})
    CHECK_MESSAGE(has(run_parley("check " + bot).out, "0 errors, 0 warnings"), bot);
}
