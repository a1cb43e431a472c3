// Ten thousand open connections of people who write now and then: a thousand messages a second.

#include <optional>

#include "bench/echo_server.h"
#include "bench/paced_load.h"
#include "bench/parts.h"
#include "tests/support/process_figures.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

constexpr int kConnections = 10'000;
constexpr std::chrono::milliseconds kEvery{10'000};
constexpr int kMessages = 3;  // of each: 30 seconds

struct Active {
  PacedOutcome outcome;
  double cpu_share = 0;  // of one core
};

template <typename Run>
Active measure(const Bench& bench, pid_t server, std::uint16_t port, Run run) {
  std::chrono::milliseconds before{};
  const Pace pace{port, bench.count(kConnections), kEvery, kMessages,
                  [&] { before = test::cpu_time(server); }};
  Active active{run(pace), 0};
  const std::chrono::duration<double> used = test::cpu_time(server) - before;
  active.cpu_share = used.count() / active.outcome.seconds;
  return active;
}

void say(const Bench& bench, const std::string& name, const Active& active, const std::string& yardstick) {
  const PacedOutcome& outcome = active.outcome;
  bench.report->row(name + ", " + counted(bench.count(kConnections)) + " connections, " +
                        counted(outcome.sent / outcome.seconds) + "/s",
                    "p50 " + amount(outcome.p50_ms, 2, "ms") + "  p99 " + amount(outcome.p99_ms, 2, "ms"),
                    yardstick);
  bench.report->row("  CPU, errors",
                    amount(active.cpu_share * 100, 1, "% of a core, ") +
                        counted(outcome.errors + outcome.sent - outcome.answered) + " errors",
                    counted(outcome.answered) + " of " + counted(outcome.sent) + " answered");
}

}  // namespace

void measure_active(const Bench& bench) {
  const EchoServer echo_server(bench.self);
  const Active echo = measure(bench, echo_server.id(), echo_server.port(), run_paced_echo);
  say(bench, "bare echo", echo, "");
  const test::TempFolder folder;
  const test::ServerProcess server(
      bench.binary, write_settings(folder.path(), "{tester: " + bench.tester_bot().string() + "}", "tester"));
  const Active turn = measure(bench, server.id(), server.port(),
                              [](const Pace& pace) { return run_paced_native(pace, "webchat"); });
  say(bench, "durable turn", turn,
      amount(turn.outcome.p99_ms / echo.outcome.p99_ms, 1, "times the echo's p99"));
  Plot plot{"active",
            "Milliseconds to the reply, with " + counted(bench.count(kConnections)) + " people writing",
            "Each writes every 10 s. Counted from the time a message was to be sent. Shorter is better.",
            true,
            {},
            "",
            {}};
  const auto bars = [&](const std::string& name, const PacedOutcome& outcome, int kind) {
    plot.bars.push_back({name + ", p50", outcome.p50_ms, amount(outcome.p50_ms, 2, "ms"), kind, 0});
    plot.bars.push_back({name + ", p99", outcome.p99_ms, amount(outcome.p99_ms, 2, "ms"), kind, 0});
  };
  bars("bare echo", echo.outcome, 2);
  bars("durable turn", turn.outcome, 0);
  bench.report->plot(plot);
}

}  // namespace parley::bench
