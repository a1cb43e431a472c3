// Full durable turns, beside a bare echo in the same harness.

#include "bench/echo_server.h"
#include "bench/parts.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

constexpr int kMessages = 20'000;
constexpr double kTurnBudget = 0.5;  // of the bare echo's throughput

Bar bar_of(const std::string& name, const Outcome& outcome, int kind) {
  return {name, outcome.per_second, counted(outcome.per_second) + "/s", kind, 0};
}

}  // namespace

std::string rate_of(const Outcome& outcome) {
  return counted(outcome.per_second) + "/s  p50 " + amount(outcome.p50_ms, 1, "ms") + "  p99 " +
         amount(outcome.p99_ms, 1, "ms");
}

void measure_turns(const Bench& bench) {
  const test::TempFolder folder;
  const test::ServerProcess server(
      bench.binary, write_settings(folder.path(), "{tester: " + bench.tester_bot().string() + "}", "tester"));
  const EchoServer echo_server(bench.self);
  Plot plot{
      "turns", "Durable turns a second, beside an echo that does nothing", "Longer is better.", true, {}, "",
      {}};
  for (const int clients : {10, 100}) {
    const int messages = bench.count(kMessages / clients);
    const std::string title = ", " + std::to_string(clients) + " clients";
    const Outcome echo = run_echo({echo_server.port(), clients, messages, {}});
    bench.report->row("bare echo" + title, rate_of(echo));
    plot.bars.push_back(bar_of("bare echo" + title, echo, 2));
    const auto turn = [&](const std::string& name, const auto& run) {
      const auto before = server.cpu_time();
      const Outcome outcome = run();
      const std::chrono::duration<double, std::micro> used = server.cpu_time() - before;
      bench.report->row("durable turn, " + name + title, rate_of(outcome),
                        amount(outcome.per_second / echo.per_second, 3, "of the echo, budget ") +
                            amount(kTurnBudget, 1, ""));
      bench.report->row("  CPU of the server", amount(used.count() / outcome.count, 0, "us a turn"));
      plot.bars.push_back(bar_of(name + title, outcome, 0));
    };
    turn("native socket", [&] { return run_native({server.port(), clients, messages, {}}, "webchat"); });
    turn("Direct Line", [&] {
      return run_direct_line({server.port(), clients, messages / 2 + 1, {}}, "webchat");
    });
  }
  bench.report->plot(plot);
}

}  // namespace parley::bench
