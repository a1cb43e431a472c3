// Starting with both sample bots, and training them.

#include "bench/parts.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

constexpr std::size_t kResidentBudgetMb = 64;
constexpr int kReadyBudgetMs = 1'000;

}  // namespace

void measure_start(const Bench& bench) {
  const test::TempFolder folder;
  const std::string bots = "{helpdesk: " + (bench.source / "bots/helpdesk").string() +
                           ", webshop: " + (bench.source / "bots/webshop").string() + "}";
  const std::filesystem::path settings = write_settings(folder.path(), bots, "webshop");
  const auto first = test::ServerProcess(bench.binary, settings).time_to_ready();
  bench.report->row("first start of both sample bots, training", std::to_string(first.count()) + " ms");
  const test::ServerProcess server(bench.binary, settings);
  bench.report->row("time to ready, models cached", std::to_string(server.time_to_ready().count()) + " ms",
                    "budget " + std::to_string(kReadyBudgetMs) + " ms");
  bench.report->row("resident memory, both sample bots",
                    std::to_string(server.resident_bytes() >> 20) + " MB",
                    "budget " + std::to_string(kResidentBudgetMb) + " MB");
  for (const std::string bot : {"helpdesk", "webshop"}) {
    const test::TempFolder cache;
    const auto time =
        test::time_command({bench.binary.string(), "train", (bench.source / "bots" / bot).string(), "--cache",
                            cache.path().string()});
    bench.report->row("check and train " + bot, std::to_string(time.count()) + " ms");
  }
}

}  // namespace parley::bench
