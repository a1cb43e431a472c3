#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using namespace parley::test;

namespace {

/// Flows on level 1 by what they use (order: 2, by what it changes; track: 2, by the flow that it runs; tell:
/// 3, by its file; hello: 1).
std::string bot_in(const TempFolder& folder) {
  folder.write("shop/bot.yaml", "bot: shop\nlanguages: [en]\nlevel: 3\n");
  folder.write(
      "shop/intents/a.yaml",
      "intent: hello\nen: [hello there, hi you]\n---\nintent: order\nen: [order a tent, buy a tent]\n---\n"
      "intent: track\nen: [where is it, track my parcel]\n---\nintent: tell\nen: [tell me more, more]\n");
  folder.write("shop/services.yaml",
               "service: stock\nsqlite: stock.db\nseed: stock.sql\noperations:\n"
               "  find: {with: {name: text}, sql: \"SELECT left FROM item WHERE name = :name\", returns: "
               "{left: int}}\n"
               "  take: {with: {name: text}, sql: \"UPDATE item SET left = left - 1 WHERE name = :name\", "
               "rows: none}\n");
  folder.write("shop/stock.sql", "CREATE TABLE item (name TEXT, left INTEGER);\n");
  folder.write("shop/flows/a.yaml",
               "flow: hello\nwhen: hello\nsteps:\n  - say: Hello.\n---\n"
               "flow: order\ntitle: Order something\nwhen: order\nroles: [customer]\nchannels: [webchat]\n"
               "slots:\n  thing: {type: text, ask: What?}\nsteps:\n  - collect: [thing]\n"
               "  - call: stock.find\n    with: {name: thing}\n    as: found\n    failed: [{say: Sorry.}]\n"
               "  - call: stock.take\n    with: {name: thing}\n    failed: [{say: Sorry.}]\n---\n"
               "flow: track\nwhen: track\nsteps:\n  - run: look\n---\n"
               "flow: look\nsteps:\n  - call: stock.find\n    with: {name: \"'tent'\"}\n    as: found\n"
               "    failed: [{say: Sorry.}]\n---\n"
               "flow: tell\nwhen: tell\nlevel: 3\nsteps:\n  - say: More.\n");
  return (folder.path() / "shop").string();
}

nlohmann::json exposure(const std::string& bot, const std::string& options) {
  const Ran ran = run_parley("exposure " + bot + " --json " + options);
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  return nlohmann::json::parse(ran.out);
}

std::vector<std::string> names(const nlohmann::json& exposure) {
  std::vector<std::string> found;
  for (const auto& flow : exposure["flows"])
    found.push_back(flow["flow"]);
  return found;
}

}  // namespace

TEST_CASE("what a level more opens is listed with the reason, the people and the data") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  const auto second = exposure(bot, "--from 1");
  CHECK(names(second) == std::vector<std::string>{"order", "track"});
  CHECK(second["reachable_before"] == 1);
  const auto& order = second["flows"][0];
  CHECK(order["title"] == "Order something");
  CHECK(order["roles"] == nlohmann::json{"customer"});
  CHECK(order["channels"] == nlohmann::json{"webchat"});
  CHECK(order["asks"] == nlohmann::json{"thing (text)"});
  CHECK(order["looks_up"] == nlohmann::json{"stock.find(name)"});
  CHECK(order["changes"] == nlohmann::json{"stock.take(name)"});
  CHECK(order["reasons"] == nlohmann::json{"changes (line 19)", "lookups (line 15)"});
  CHECK(second["flows"][1]["reasons"] == nlohmann::json{"lookups (line 30 of look, which it runs)"});
  CHECK(names(exposure(bot, "--from 1 --channel helpdesk")) == std::vector<std::string>{"track"});
  CHECK(names(exposure(bot, "--from 0 --to 5")) ==
        std::vector<std::string>{"hello", "order", "tell", "track"});
  CHECK(names(exposure(bot, "--from 2")) == std::vector<std::string>{"tell"});
  CHECK(names(exposure(bot, "")).empty());  // from the bot's own level, 3
}

TEST_CASE("exposure in words, and wrong use of it") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  const Ran ran = run_parley("exposure " + bot + " --from 1");
  CHECK_MESSAGE(has(ran.out, "shop, from level 1 to 2: 2 flows more, beside 1 that can be reached already"),
                ran.out);
  CHECK(has(ran.out, "for         customer, on webchat"));
  CHECK(has(ran.out, "changes     stock.take(name)"));
  CHECK(run_parley("exposure " + bot + " --from 3 --to 2").exit_code == 2);
}

TEST_CASE("steps with a level of their own do not count for their flow, and are listed when they open") {
  const TempFolder folder;
  const std::string bot = bot_in(folder);
  folder.write("shop/flows/b.yaml",
               "flow: help_out\nwhen: helping\nslots:\n  thing: {type: text, ask: What?}\nsteps:\n"
               "  - say: Look at our pages.\n  - level: 3\n    if: user.id != ''\n    then:\n"
               "      - collect: [thing]\n      - call: stock.take\n        with: {name: thing}\n"
               "        failed: [{say: Sorry.}]\n");
  folder.write("shop/intents/b.yaml", "intent: helping\nen: [please help out, lend a hand]\n");
  CHECK(names(exposure(bot, "--from 0 --to 1")) == std::vector<std::string>{"hello", "help_out"});
  const auto third = exposure(bot, "--from 2");
  CHECK(names(third) == std::vector<std::string>{"help_out", "tell"});
  CHECK(third["flows"][0]["level"] == 3);
  CHECK(third["flows"][0]["reasons"] == nlohmann::json{"level: 3 of the step in line 7"});
  CHECK(exposure(bot, "--from 1")["flows"][0]["reasons"] == nlohmann::json{"changes (line 11)"});
}
