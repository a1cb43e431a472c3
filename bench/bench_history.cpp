// What stored conversations cost those who talk now: turns, turns of who comes back, and a restart, with a
// hundred, ten thousand and a million conversations in the ledger.

#include <csignal>
#include <random>
#include <stdexcept>

#include "bench/filled_ledger.h"
#include "bench/latencies.h"
#include "bench/parts.h"
#include "cli/load_bot.h"
#include "engine/storage/store.h"
#include "tests/support/engine_client.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kClients = 50;
constexpr int kMessages = 200;  // of each
constexpr std::size_t kReturning = 1'000;
constexpr int kFew = 100, kMany = 10'000, kVeryMany = 1'000'000;

struct HistoryCost {
  std::size_t conversations = 0;
  Outcome turns;            // of people who are there
  double returning_ms = 0;  // p50 of the first turn of a stored conversation, in the engine alone
  double ready_ms = 0;
  double file_bytes = 0;
};

BotPtr load(const fs::path& folder, const fs::path& cache) {
  const auto files = cli::read_good_bot(folder);
  if (!files) throw std::runtime_error(folder.string() + " has errors");
  return cli::make_bot(*files, cache).value();
}

// Those who come back are no longer in memory: the first turn reads where they stood.
double first_turn_ms(const fs::path& data, const BotPtr& bot, const std::vector<std::string>& ids) {
  const auto store = open_sqlite_store({data / "ledger.db", ""});
  if (!store) throw std::runtime_error(store.error().message);
  const SystemClock clock;
  EngineOptions options;
  options.data_folder = data;
  options.channels = {{"test", bot}};
  Engine engine(options, **store, clock);
  Latencies latencies;
  for (const std::string& id : ids) {
    const auto begin = Latencies::Clock::now();
    if (!test::submit(engine, id, {{"type", "message"}, {"text", "pick a colour"}}, "m2", kFilledPerson))
      throw std::runtime_error("a stored conversation was refused");
    latencies.add(begin);
  }
  engine.drain();
  (*store)->close();
  return latencies.at(0.5);
}

HistoryCost measure(const Bench& bench, std::size_t conversations) {
  const test::TempFolder folder;
  const fs::path data = folder.path() / "data";
  fs::create_directories(data);
  const BotPtr bot = load(bench.tester_bot(), data / "models");
  std::vector<std::string> ids = fill_ledger(data / "ledger.db", bot, conversations, kReturning);
  std::shuffle(ids.begin(), ids.end(), std::mt19937(7));
  HistoryCost cost{conversations, {}, 0, 0, static_cast<double>(fs::file_size(data / "ledger.db"))};
  cost.returning_ms = first_turn_ms(data, bot, ids);
  const fs::path settings =
      write_settings(folder.path(), "{tester: " + bench.tester_bot().string() + "}", "tester");
  // The first start trains, the second is measured.
  test::ServerProcess(bench.binary, settings).end(SIGTERM);
  const test::ServerProcess server(bench.binary, settings);
  cost.ready_ms = static_cast<double>(server.time_to_ready().count());
  run_native({server.port(), kClients, bench.count(kMessages / 10), {}}, "webchat");  // warms up
  cost.turns = run_native({server.port(), kClients, bench.count(kMessages), {}}, "webchat");
  return cost;
}

std::string beside(double value, double first, const HistoryCost& few) {
  return amount(value / first, 2, "times as with ") + counted(static_cast<double>(few.conversations));
}

void say(const Bench& bench, const HistoryCost& cost, const HistoryCost& few) {
  const std::string stored = counted(static_cast<double>(cost.conversations)) + " stored conversations";
  bench.report->row("turn, " + stored, rate_of(cost.turns),
                    amount(cost.turns.per_second / few.turns.per_second, 2, "of the throughput with ") +
                        counted(static_cast<double>(few.conversations)));
  bench.report->row("  first turn of one that comes back", amount(cost.returning_ms, 2, "ms"),
                    beside(cost.returning_ms, few.returning_ms, few));
  bench.report->row("  restart, to ready", amount(cost.ready_ms, 0, "ms"),
                    beside(cost.ready_ms, few.ready_ms, few));
  bench.report->row("  the ledger's file", amount(cost.file_bytes / 1e6, 1, "MB"),
                    counted(cost.file_bytes / static_cast<double>(cost.conversations)) + " B a conversation");
}

}  // namespace

void measure_history(const Bench& bench) {
  Plot plot{"history",
            "Milliseconds, by how many conversations are stored",
            "p50 of a turn (blue), the first turn of one that comes back (orange), a restart (grey).",
            true,
            {},
            "",
            {}};
  std::vector<HistoryCost> costs;
  for (const int conversations : {kFew, kMany, kVeryMany}) {
    costs.push_back(measure(bench, static_cast<std::size_t>(bench.count(conversations))));
    say(bench, costs.back(), costs.front());
  }
  const auto bars = [&](const std::string& name, auto value, int kind) {
    for (const HistoryCost& cost : costs)
      plot.bars.push_back({name + ", " + counted(static_cast<double>(cost.conversations)), value(cost),
                           amount(value(cost), 2, "ms"), kind, 0});
  };
  bars(
      "turn", [](const HistoryCost& cost) { return cost.turns.p50_ms; }, 0);
  bars(
      "coming back", [](const HistoryCost& cost) { return cost.returning_ms; }, 1);
  bars(
      "restart", [](const HistoryCost& cost) { return cost.ready_ms; }, 2);
  bench.report->plot(plot);
}

}  // namespace parley::bench
