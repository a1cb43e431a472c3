// Real conversations through a candidate: a server runs, a client talks to it, and its ledger is replayed
// while it is open.
#include <doctest/doctest.h>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/command.h"
#include "tests/support/native_client.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

using namespace parley::test;
namespace fs = std::filesystem;

namespace {

const std::string kBot = PARLEY_SOURCE_DIR "/tests/e2e/bot";

std::string settings(const TempFolder& folder) {
  return folder.write("parley.yaml", "listen: 127.0.0.1:0\ndata: data\nbots: {tester: " + kBot +
                                         "}\nchannels:\n  webchat: {bot: tester, access: anonymous, "
                                         "origins: [self]}\n");
}

// Gives the id of the conversation.
std::string talk(const ServerProcess& server, const std::vector<std::string>& texts) {
  NativeClient client(server.port(), "webchat");
  REQUIRE(client.connect());
  int number = 0;
  for (const std::string& text : texts) {
    REQUIRE(client.send("m" + std::to_string(number++), text));
    REQUIRE(client.settle());
  }
  return client.conversation();
}

std::string copy_of_bot(const TempFolder& folder, const std::string& before, const std::string& after) {
  const fs::path bot = folder.path() / "candidate";
  fs::remove_all(bot);
  fs::copy(kBot, bot, fs::copy_options::recursive);
  std::string flows = read_file(bot / "flows/flows.yaml");
  REQUIRE(has(flows, before));
  folder.write("candidate/flows/flows.yaml", flows.replace(flows.find(before), before.size(), after));
  return bot.string();
}

}  // namespace

TEST_CASE("The conversations of a running server come out the same with its own bot, and not with another") {
  const TempFolder folder;
  const ServerProcess server(PARLEY_BINARY, settings(folder));
  const std::string first =
      talk(server, {"pick a colour", "green", "count one up", "something else entirely"});
  const std::string second = talk(server, {"count one up", "show me a card"});
  const std::string ledger = " --ledger " + (folder.path() / "data/ledger.db").string();

  const Ran same = run_parley("replay " + kBot + ledger);
  CHECK_MESSAGE(same.exit_code == 0, same.out << same.err);
  CHECK_MESSAGE(has(same.out, "2 conversations with 8 exchanges: 2 the same, 0 worded otherwise"), same.out);

  const std::string reworded = copy_of_bot(folder, "The counter stands at", "The counter is at");
  const Ran other = run_parley("replay " + reworded + ledger + " --since 1d --json");
  CHECK(other.exit_code == 1);
  const auto report = nlohmann::json::parse(other.out);
  CHECK(report["worded_otherwise"] == 2);
  CHECK(report["unknown_calls"].empty());
  CHECK(report["differences"][0]["step"] == "count/1");
  CHECK(run_parley("replay " + reworded + ledger + " --bar 100%").exit_code == 0);
  CHECK(has(run_parley("replay " + reworded + ledger + " --conversation " + first).out,
            "1 conversation with 5"));

  const std::string longer = copy_of_bot(folder, "  - say: \"You picked {colour}.\"",
                                         "  - say: \"You picked {colour}.\"\n  - say: Fine.");
  const Ran diverged = run_parley("replay " + longer + ledger);
  CHECK(diverged.exit_code == 1);
  CHECK_MESSAGE(has(diverged.out, "1 x extra reply at colour/1"), diverged.out);
  CHECK_MESSAGE(has(diverged.out, "1 the same, 0 worded otherwise, 1 took another course; 50.0% changed"),
                diverged.out);

  const Ran recorded = run_parley("record" + ledger + " --conversation " + second + " --name 'a real one'");
  REQUIRE_MESSAGE(recorded.exit_code == 0, recorded.err);
  const std::string tested = copy_of_bot(folder, "Ponder", "Ponder");
  folder.write("candidate/tests/real.yaml", recorded.out);
  const Ran test = run_parley("test " + tested);
  CHECK_MESSAGE(test.exit_code == 0, test.out << test.err << recorded.out);
  CHECK(has(test.out, "1 passed, 0 failed"));
}

TEST_CASE("replay and record refuse what they can't use, with a reason") {
  const TempFolder folder;
  const std::string no_ledger = folder.write("ledger.db", "not a database");
  CHECK(run_parley("replay " + kBot).exit_code == 2);
  CHECK(has(run_parley("replay " + kBot + " --ledger " + no_ledger).err, "ledger.db"));
  CHECK(run_parley("replay " + kBot + " --ledger " + no_ledger).exit_code == 1);
  CHECK(run_parley("replay " + kBot + " --ledger " + no_ledger + " --since soon").exit_code == 2);
  CHECK(run_parley("replay " + kBot + " --ledger " + no_ledger + " --bar much").exit_code == 2);
  CHECK(run_parley("record --ledger " + no_ledger + " --conversation c").exit_code == 1);
  { const ServerProcess server(PARLEY_BINARY, settings(folder)); }
  const std::string ledger = " --ledger " + (folder.path() / "data/ledger.db").string();
  CHECK(has(run_parley("replay " + kBot + ledger).err, "has no conversation of the bot 'tester'"));
  CHECK(has(run_parley("record" + ledger + " --conversation c").err, "has no conversation c"));
}
