// The same small bot, the same client and the same count of messages on this server and on two others, over
// the protocol that each of them speaks: nlp.js over Direct Line, Botkit over a WebSocket.
// bench/peers/bot.json is the bot of all.

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/child_process.h"
#include "bench/parts.h"
#include "tests/support/process_figures.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

using nlohmann::json;

constexpr int kClients = 50;
constexpr int kMessages = 200;  // of each

std::string quoted(const std::string& text) {
  return json(text).dump();  // what is a text in JSON is one in YAML
}

json read_bot(const Bench& bench) {
  std::ifstream file(bench.source / "bench/peers/bot.json");
  return json::parse(file);
}

// The bot as this server takes it.
void write_bot(const test::TempFolder& folder, const json& bot) {
  std::string intents, flows;
  for (const auto& [name, topic] : bot.items()) {
    intents += "intent: " + name + "\nen:\n";
    for (const auto& sentence : topic["sentences"])
      intents += "  - " + quoted(sentence) + "\n";
    intents += "---\n";
    // Greeting is built in: its flow takes the place of the one that ships.
    flows += name == "greeting" ? "flow: pattern_greeting\ntitle: greeting\n"
                                : "flow: " + name + "\ntitle: " + name + "\nwhen: " + name + "\n";
    flows += "steps:\n  - say: " + quoted(topic["reply"]) + "\n---\n";
  }
  folder.write("bot/bot.yaml", "bot: tester\nlanguages: [en]\nlevel: 1\n");
  folder.write("bot/intents/intents.yaml", intents);
  folder.write("bot/flows/flows.yaml", flows);
}

// Each topic by its first sentence: all of them know it by heart.
std::vector<Exchange> talk_of(const json& bot) {
  std::vector<Exchange> talk;
  for (const auto& [name, topic] : bot.items())
    talk.push_back({topic["sentences"][0], topic["reply"]});
  return talk;
}

using Run = std::function<Outcome(const Load& load)>;

struct Figure {
  std::string name;
  Outcome outcome;
  double megabytes = 0;
};

Figure measure(const std::string& name, pid_t process, Load load, const Run& run) {
  const int messages = load.messages;
  load.messages = std::max(1, messages / 10);
  run(load);  // warms up
  load.messages = messages;
  const Outcome outcome = run(load);
  return {name, outcome, static_cast<double>(test::resident_bytes(process)) / 1e6};
}

Figure measure_peer(const Bench& bench, const std::string& name, const std::string& script, Load load,
                    const Run& run) {
  if (bench.peers.empty()) throw std::runtime_error("the peers are not installed");
  ChildProcess peer({"node", (bench.source / "bench/peers" / script).string(), bench.peers.string()},
                    bench.peers);
  const std::string port = peer.read_line();
  if (port.empty()) throw std::runtime_error("it did not start");
  load.port = static_cast<std::uint16_t>(std::stoul(port));
  return measure(name, peer.id(), load, run);
}

void say(const Bench& bench, const Figure& figure, const Figure& ours) {
  const bool self = figure.name == ours.name;
  bench.report->row(
      figure.name, rate_of(figure.outcome),
      (self ? "" : amount(figure.outcome.per_second / ours.outcome.per_second, 2, "of ours, ")) +
          amount(figure.megabytes, 0, "MB"));
}

// Ours, then the peer's; a peer that can't be had says so in its row.
void compare(const Bench& bench, Plot& plot, const Figure& ours, const std::string& peer,
             const std::function<Figure()>& measured) {
  const auto add = [&](const Figure& figure, int kind) {
    say(bench, figure, ours);
    plot.bars.push_back(
        {figure.name, figure.outcome.per_second, counted(figure.outcome.per_second) + "/s", kind, 0});
  };
  add(ours, 0);
  try {
    add(measured(), 2);
  } catch (const std::exception& problem) {
    bench.report->row(peer, "not measured", problem.what());
  }
}

}  // namespace

void measure_peers(const Bench& bench) {
  const json bot = read_bot(bench);
  const test::TempFolder folder;
  write_bot(folder, bot);
  const test::ServerProcess server(
      bench.binary,
      write_settings(folder.path(), "{tester: " + (folder.path() / "bot").string() + "}", "tester"));
  const Load load{server.port(), kClients, bench.count(kMessages), talk_of(bot)};
  Plot plot{"peers",
            "Turns a second, beside others with the same small bot",
            "Only Parley's are stored on disk before they are answered. Longer is better.",
            false,
            {},
            "",
            {}};
  const std::string title = ", " + std::to_string(kClients) + " clients";
  const Run ours_polling = [](const Load& all) { return run_polling(all, "/webchat/v3/directline", true); };
  const Run theirs_polling = [](const Load& all) { return run_polling(all, "/directline", false); };
  compare(bench, plot, measure("Parley, Direct Line" + title, server.id(), load, ours_polling),
          "nlp.js, Direct Line",
          [&] { return measure_peer(bench, "nlp.js, Direct Line", "nlpjs.mjs", load, theirs_polling); });
  const Run ours_socket = [](const Load& all) { return run_native(all, "webchat"); };
  compare(bench, plot, measure("Parley, WebSocket" + title, server.id(), load, ours_socket),
          "Botkit, WebSocket",
          [&] { return measure_peer(bench, "Botkit, WebSocket", "botkit.mjs", load, run_botkit); });
  bench.report->plot(plot);
}

}  // namespace parley::bench
