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

const std::string kBot = PARLEY_SOURCE_DIR "/tests/e2e/bot";

// A copy of the test bot that a test may spoil.
std::string copy_of_bot(const TempFolder& folder) {
  const auto bot = folder.path() / "bot";
  std::filesystem::copy(kBot, bot, std::filesystem::copy_options::recursive);
  return bot.string();
}

}  // namespace

TEST_CASE("without a verb, and with an unknown one, the verbs are told and the exit code is 2") {
  const Ran bare = run_parley("");
  CHECK(bare.exit_code == 2);
  CHECK(bare.out.empty());
  CHECK_MESSAGE(has(bare.err, "Find every mistake in a bot's files"), bare.err);
  const Ran ran = run_parley("chekc bots/helpdesk");
  CHECK(ran.exit_code == 2);
  CHECK(has(ran.err, "there is no verb 'chekc'; did you mean 'check'"));
}

TEST_CASE("every verb explains itself with an example") {
  for (const std::string verb : {"serve",  "dev",          "reload",  "new",      "check",  "train", "test",
                                 "replay", "record",       "explore", "graph",    "docs",   "chat",  "cases",
                                 "lsp",    "translations", "explain", "evaluate", "import", "cel"}) {
    const Ran ran = run_parley(verb + " --help");
    CHECK_MESSAGE(ran.exit_code == 0, verb);
    CHECK_MESSAGE(has(ran.out, "Example: "), verb);
  }
}

TEST_CASE("check is content with a good bot") {
  const Ran ran = run_parley("check " + kBot);
  CHECK_MESSAGE(ran.exit_code == 0, ran.out);
  CHECK(ran.out == "0 errors, 0 warnings\n");
  CHECK(ran.err.empty());
}

TEST_CASE("check and test call no HTTP service: a stub answers for it as it does for SQL") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/services.yaml",
               "service: counter\nhttp: https://nobody.invalid\noperations:\n"
               "  add: {post: /add, returns: {value: int from /counter/value}}\n"
               "  ponder: {get: /ponder, returns: {steps: int}}\n");
  folder.write("bot/tests/count.yaml",
               "test: counts\nstubs: {counter.add: {value: 3}}\nsteps:\n  - user: count one up\n"
               "  - bot: The counter stands at 3.\n---\n"
               "test: hears that it failed\nstubs: {counter.add: {fails: timeout}}\nsteps:\n"
               "  - user: count one up\n  - bot: The counter is out of order.\n");
  const Ran checked = run_parley("check " + bot);
  CHECK_MESSAGE(checked.exit_code == 0, checked.out);
  CHECK_MESSAGE(has(checked.out, "0 errors, "), checked.out);
  const Ran tested = run_parley("test " + bot);
  CHECK_MESSAGE(tested.exit_code == 0, tested.out << tested.err);
}

TEST_CASE("check shows where an intent stands that no flow answers") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/intents/lonely.yaml", "\nintent: lonely\nexamples:\n  en:\n    - nobody answers me\n");
  const Ran ran = run_parley("check " + bot);
  CHECK_MESSAGE(has(ran.out, "lonely.yaml:2:9: warning[unanswered-intent]"), ran.out);
}

TEST_CASE("check shows the sentence that names a slot which no flow has, and the slots near it") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/flows/party.yaml",
               "flow: party\nwhen: party\nslots:\n  start: {type: date, ask: When?}\nsteps:\n"
               "  - collect: start\n  - say: On {start}.\n");
  folder.write(
      "bot/intents/party.yaml",
      "intent: party\nen:\n  - a party on [monday](date:start)\n  - a party on [friday](date:strat)\n"
      "  - a [nice](yesno) party\n");
  const Ran ran = run_parley("check " + bot);
  CHECK_MESSAGE(ran.exit_code == 0, ran.out);
  CHECK_MESSAGE(has(ran.out, "party.yaml:4:5: warning[unknown-slot]"), ran.out);
  CHECK(has(ran.out, "did you mean 'start'?"));
  CHECK_FALSE(has(ran.out, "party.yaml:3:5"));
}

TEST_CASE("an intent that a misspelt `when` may mean is not said to be unanswered, too") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/intents/party.yaml", "intent: party\nen: [give a party]\n");
  CHECK(has(run_parley("check " + bot).out, "warning[unanswered-intent]"));
  folder.write("bot/flows/party.yaml", "flow: party\nwhen: pary\nsteps:\n  - say: hello\n");
  const Ran ran = run_parley("check " + bot);
  CHECK_MESSAGE(has(ran.out, "error[unknown-intent]"), ran.out);
  CHECK_FALSE(has(ran.out, "unanswered-intent"));
}

TEST_CASE("a bot.yml is not the bot.yaml that is missing, and check says so") {
  const TempFolder folder;
  folder.write("bot.yml", "bot: shop\nlanguages: [en]\n");
  const Ran ran = run_parley("check " + folder.path().string());
  CHECK(ran.exit_code == 1);
  CHECK_MESSAGE(has(ran.out, "hint: rename bot.yml to bot.yaml"), ran.out);
}

TEST_CASE("of many warnings with one code in one file check shows some and counts the rest; JSON has all") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  std::string flow = "flow: many\nsteps:\n";
  for (int i = 0; i < 20; ++i)
    flow += "  - say: text " + std::to_string(i) + "\n";
  folder.write("bot/flows/many.yaml", flow);
  const auto count = [](const std::string& text, const std::string& part) {
    std::size_t times = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++times;
    return times;
  };
  const Ran ran = run_parley("check " + bot);
  CHECK_MESSAGE(count(ran.out, "this text is not translated") == 3, ran.out);
  CHECK_MESSAGE(has(ran.out,
                    "many.yaml: 17 more of warning[missing-translation], in lines 6, 7, 8, 9, 10, 11, 12, "
                    "13, 14, 15, 16, 17 ...\n"),
                ran.out);
  CHECK_MESSAGE(has(ran.out, "0 errors, 2"), ran.out);
  CHECK(count(run_parley("check --json " + bot).out, "this text is not translated") == 20);
}

TEST_CASE("check prints the warnings, then the errors, then the counts, to standard output") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/flows/a.yaml", "flow: a\nwhen: colur\nsteps:\n  - say: hello\n");
  folder.write("bot/intents/lonely.yaml", "intent: lonely\nen: [nobody answers me]\n");
  const Ran ran = run_parley("check " + bot);
  const std::size_t warning = ran.out.find("warning["), error = ran.out.find("error[");
  REQUIRE(error != std::string::npos);
  CHECK(warning < error);
  CHECK(ran.out.find("warning[", error) == std::string::npos);
  CHECK(ran.out.find("1 error, ") > error);
  CHECK(ran.err.empty());
}

TEST_CASE("check shows every mistake of a bad bot with its place, and exits with 1") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/flows/bad.yaml", "flow: bad\nwhen: colur\nsteps:\n  - sya: hello\n");
  const Ran ran = run_parley("check " + bot);
  CHECK(ran.exit_code == 1);
  CHECK_MESSAGE(has(ran.out, "bad.yaml:2:7: error[unknown-intent]"), ran.out);
  CHECK_MESSAGE(has(ran.out, "did you mean 'colour'?"), ran.out);
  CHECK_MESSAGE(has(ran.out, "bad.yaml:4:5: error["), ran.out);
}

TEST_CASE("check --json prints the same findings for programs") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  folder.write("bot/flows/bad.yaml", "flow: bad\nwhen: colur\nsteps:\n  - say: hello\n");
  const Ran ran = run_parley("check --json " + bot);
  CHECK(ran.exit_code == 1);
  const auto findings = nlohmann::json::parse(ran.out);
  REQUIRE(findings.size() >= 1);
  CHECK(findings[0]["code"] == "unknown-intent");
  CHECK(findings[0]["line"] == 2);
}

TEST_CASE("a folder that is no bot is refused by its name") {
  const TempFolder folder;
  const Ran ran = run_parley("check " + folder.path().string());
  CHECK(ran.exit_code == 1);
  CHECK(has(ran.out, "bot.yaml: error[no-bot]"));
  CHECK(has(ran.out, "1 error, 0 warnings"));
  CHECK(run_parley("check /nowhere/at/all").exit_code == 2);
}

TEST_CASE("a bot without its bot.yaml is told that alone, and a folder of bots which ones there are") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder);
  CHECK(
      has(run_parley("check " + folder.path().string()).out, "give a folder that holds a bot.yaml: " + bot));
  std::filesystem::remove(bot + "/bot.yaml");
  CHECK(has(run_parley("check " + bot).out, "1 error, 0 warnings"));
}

TEST_CASE("a chat without a channel and roles has those that the flows name, and says so") {
  const Ran ran =
      run_parley("chat " PARLEY_SOURCE_DIR "/bots/helpdesk --user e1001", "what is my leave balance\n");
  CHECK_MESSAGE(has(ran.err, "You are 'e1001' on channel 'helpdesk', with role employee"), ran.err);
  CHECK_MESSAGE(has(ran.out, "days of leave left"), ran.out);
}

TEST_CASE("a chat on a channel, with a role or in a language that the bot does not know is refused") {
  const std::string chat = "chat " PARLEY_SOURCE_DIR "/bots/helpdesk ";
  for (const auto& [option, near] : std::map<std::string, std::string>{
           {"--channel helpdeks", "helpdesk"}, {"--role employe", "employee"}, {"--language ml", "nl"}}) {
    const Ran ran = run_parley(chat + option);
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 2);
    CHECK(has(ran.err, option));
    CHECK(has(ran.err, "'" + near + "'"));
  }
  CHECK(run_parley(chat + "--channel console --language nl-NL").exit_code == 0);
}

TEST_CASE("dev refuses a channel or a role that the bot does not know as chat does") {
  const std::string dev = "dev " PARLEY_SOURCE_DIR "/bots/helpdesk --port 0 ";
  for (const auto& [option, near] : std::map<std::string, std::string>{{"--channel helpdeks", "helpdesk"},
                                                                       {"--role employe", "employee"}}) {
    const Ran ran = run_parley(dev + option);
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 2);
    CHECK(has(ran.err, option + ": no flow of the bot names this"));
    CHECK(has(ran.err, "'" + near + "'"));
  }
}

TEST_CASE("a slot of a value made of values has a field for each part") {
  const TempFolder folder;
  folder.write("bot.yaml", "bot: shop\nlanguages: [en]\n");
  folder.write(
      "intents/order.yaml",
      "intent: order\nen: [I want to order, order something, can I order tents, order some socks]\n");
  folder.write("vocabulary/shop.yaml",
               "entity: product\nvalues: {tent: {en: [tent, tents]}, sock: {en: [sock, socks]}}\n---\n"
               "entity: line\nparts: {quantity: number, what: product}\n");
  folder.write("flows/order.yaml",
               "flow: order\nwhen: order\nslots:\n  line: {type: line, ask: What and how many?}\nsteps:\n"
               "  - collect: line\n  - if: line.quantity > 2\n    then: [{say: That is much.}]\n"
               "  - say: \"Noted: {line.quantity} of {line.what}.\"\n");
  const std::string chat = "chat " + folder.path().string();
  const Ran ran = run_parley(chat, "I want to order\ntwo of the tents\nI want to order 3 socks\n");
  CHECK_MESSAGE(has(ran.out, "bot: Noted: 2 of tent."), ran.out << ran.err);
  CHECK_MESSAGE(has(ran.out, "bot: That is much.\nbot: Noted: 3 of sock."), ran.out);
}

TEST_CASE("a chat shows what is in a card, and its buttons can be pressed") {
  const Ran ran = run_parley("chat " + kBot, "show me a card\n");
  CHECK_MESSAGE(has(ran.out, "bot: | "), ran.out);
  CHECK_MESSAGE(has(ran.out, "  1) "), ran.out);
}

TEST_CASE(
    "a second training finds the model of the first, and a changed reply or page does not train again") {
  const TempFolder folder;
  const std::string bot = copy_of_bot(folder), cache = (folder.path() / "cache").string();
  const Ran first = run_parley("train " + bot + " --cache " + cache);
  REQUIRE_MESSAGE(first.exit_code == 0, first.err);
  const auto models = [&] {
    std::map<std::string, std::filesystem::file_time_type> found;
    for (const auto& entry : std::filesystem::directory_iterator(cache))
      found[entry.path()] = entry.last_write_time();
    return found;
  };
  const auto before = models();
  REQUIRE(before.size() == 3);  // its own, and two of negative experiences: that which ships, and its own
  const std::string flows = read_file(bot + "/flows/flows.yaml");
  folder.write("bot/flows/flows.yaml",
               std::string(flows).replace(flows.find("Here is a card."), 15, "This is a card."));
  CHECK(run_parley("train " + bot + " --cache " + cache).out == first.out);
  CHECK(models() == before);
  folder.write("bot/knowledge/en/socks.md", "# Socks\n\nWash them.\n");
  CHECK(run_parley("train " + bot + " --cache " + cache).out == first.out);
  CHECK(models() == before);
  const std::string intents = read_file(bot + "/intents/intents.yaml");
  folder.write("bot/intents/intents.yaml",
               std::string(intents).replace(intents.find("pick a colour"), 13, "take a colour"));
  CHECK(run_parley("train " + bot + " --cache " + cache).out != first.out);
  CHECK(models().size() == 5);
}

TEST_CASE("explain tells intent, words and entities, as text and as JSON") {
  const Ran text = run_parley("explain " + kBot + " 'pick a colour'");
  REQUIRE_MESSAGE(text.exit_code == 0, text.err);
  CHECK(has(text.out, "colour"));
  CHECK(has(text.out, "(taken)"));
  const auto json = nlohmann::json::parse(run_parley("explain --json " + kBot + " 'pick a colour'").out);
  CHECK(json["intents"][0]["intent"] == "colour");
  CHECK(json["language"] == "en");
}

TEST_CASE("a chat is answered turn by turn, a number presses a button, and a call really happens") {
  const Ran ran = run_parley("chat " + kBot, "pick a colour\n2\ncount one up\ncount one up\n");
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  const std::vector<std::string> expected{"bot: Hello! How can I help you?",
                                          "you: pick a colour",
                                          "bot: Which colour do you like?",
                                          "  2) Green",
                                          "you: Green",
                                          "bot: You picked green.",
                                          "bot: The counter stands at 1.",
                                          "bot: The counter stands at 2."};
  std::size_t at = 0;
  for (const std::string& line : expected) {
    at = ran.out.find(line, at);
    REQUIRE_MESSAGE(at != std::string::npos, line << "\nis missing in\n" << ran.out);
  }
}

TEST_CASE("cel evaluates a line at a time and never stops at a bad one") {
  const Ran ran = run_parley("cel --jsonl", "{\"expr\": \"1 + 2\"}\nnonsense\n{\"expr\": \"1 / 0\"}\n");
  CHECK(ran.exit_code == 0);
  std::istringstream lines(ran.out);
  std::string sum, bad, division;
  std::getline(lines, sum);
  std::getline(lines, bad);
  std::getline(lines, division);
  CHECK(has(sum, R"("int":3)"));
  CHECK(has(bad, "error"));
  CHECK(has(division, "divi"));
}

TEST_CASE("serve refuses bad settings, and reload finds no server, each with a reason and exit code 1") {
  const TempFolder folder;
  const std::string bad = folder.write("bad.yaml", "listen: nonsense\n");
  const Ran served = run_parley("serve --settings " + bad);
  CHECK(served.exit_code == 1);
  CHECK_MESSAGE(has(served.err, "bad.yaml:1:9: error["), served.err);
  const Ran reloaded = run_parley("reload --settings " PARLEY_SOURCE_DIR "/config/parley.yaml --data " +
                                  folder.path().string());
  CHECK(reloaded.exit_code == 1);
  CHECK_MESSAGE(has(reloaded.err, "no server runs on"), reloaded.err);
}

TEST_CASE("a ledger that is none is refused by serve, and left as it was") {
  const TempFolder folder;
  const std::string content = "this is not a database, but somebody may need it";
  folder.write("data/ledger.db", content);
  const Ran ran = run_parley("serve --settings " PARLEY_SOURCE_DIR "/config/parley.yaml --port 0 --data " +
                             (folder.path() / "data").string());
  CHECK(ran.exit_code == 1);
  CHECK_MESSAGE(has(ran.err, "ledger.db"), ran.err);
  CHECK(read_file(folder.path() / "data/ledger.db") == content);
}
