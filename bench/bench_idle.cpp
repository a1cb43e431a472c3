// What an open connection costs that says nothing: in the server, and in the kernel at the server's end of
// it.

#include <chrono>
#include <csignal>
#include <sys/resource.h>
#include <thread>

#include "bench/idle_connections.h"
#include "bench/parts.h"
#include "tests/support/process_figures.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

constexpr int kWarmUp = 50;
constexpr int kFewConnections = 2'000;
constexpr int kManyConnections = 19'850;  // with the server's own descriptors just under 20,000
constexpr int kDescriptorsToSpare = 150;  // for the warm-up's, and the server's own
constexpr std::size_t kIdleBudgetBytes = 12 * 1024;
constexpr std::chrono::seconds kSettle{2};  // for the kernel to free what is freed after a grace period

struct IdleCost {
  int connections = 0;
  double server_bytes = 0;  // of each, in the server
  double kernel_bytes = 0;  // of each, at the server's end
  double client_bytes = 0;  // of each, at the client's end
  bool told_apart = false;  // else the kernel's are halves of both ends
};

int connections_possible(int wanted) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return std::min(wanted, static_cast<int>(limit.rlim_cur) - kDescriptorsToSpare);
}

double each(std::size_t after, std::size_t before, int count) {
  return (static_cast<double>(after) - static_cast<double>(before)) / count;
}

// Both ends of each connection are on this machine. To tell them apart the server is halted and the clients
// cut their connections: what the kernel frees then was theirs, for the server still holds its ends.
void tell_ends_apart(IdleCost& cost, const test::ServerProcess& server, IdleProcess& first,
                     IdleProcess& second) {
  const auto both = test::kernel_object_bytes();
  if (!both) return;
  kill(server.id(), SIGSTOP);
  first.end();
  second.end();
  std::this_thread::sleep_for(kSettle);
  const auto left = test::kernel_object_bytes();
  kill(server.id(), SIGCONT);
  cost.client_bytes = each(*both, *left, cost.connections);
  cost.kernel_bytes -= cost.client_bytes;
  cost.told_apart = true;
}

IdleCost measure(const Bench& bench, int connections) {
  const test::TempFolder folder;
  const test::ServerProcess server(
      bench.binary, write_settings(folder.path(), "{tester: " + bench.tester_bot().string() + "}", "tester"));
  // The first connections pay for pools that later ones share.
  const IdleConnections warm_up({server.port()}, "webchat", kWarmUp);
  const std::size_t resident = server.resident_bytes(), slab = test::kernel_slab_bytes();
  const auto objects = test::kernel_object_bytes();
  const int half = connections / 2;
  IdleProcess first(bench.self, {server.port(), "127.0.0.2"}, "webchat", half);
  IdleProcess second(bench.self, {server.port(), "127.0.0.3"}, "webchat", connections - half);
  std::this_thread::sleep_for(kSettle);
  IdleCost cost{connections, each(server.resident_bytes(), resident, connections), 0, 0, false};
  if (objects) {
    cost.kernel_bytes = each(*test::kernel_object_bytes(), *objects, connections);
    tell_ends_apart(cost, server, first, second);
  } else {
    cost.kernel_bytes = cost.client_bytes = each(test::kernel_slab_bytes(), slab, connections) / 2;
  }
  return cost;
}

void say(const Bench& bench, const IdleCost& cost) {
  const std::string title = counted(cost.connections) + " idle connections, each";
  bench.report->row(
      title, counted(cost.server_bytes) + " B + " + counted(cost.kernel_bytes) + " B in the kernel",
      amount((cost.server_bytes + cost.kernel_bytes) / kIdleBudgetBytes, 2, "of the budget of ") +
          counted(kIdleBudgetBytes) + " B together");
  bench.report->row("  the client's end in the kernel", counted(cost.client_bytes) + " B",
                    cost.told_apart ? "freed when the clients went and the server was halted"
                                    : "not told apart: half of both ends");
}

}  // namespace

void measure_idle(const Bench& bench) {
  Plot plot{"idle",
            "Memory of an idle connection, in bytes",
            "Blue: in the server. Orange: in the kernel, at the server's end. Shorter is better.",
            false,
            kIdleBudgetBytes,
            "budget",
            {}};
  for (const int wanted : {kFewConnections, kManyConnections}) {
    const IdleCost cost = measure(bench, connections_possible(bench.count(wanted)));
    say(bench, cost);
    plot.bars.push_back({counted(cost.connections) + " connections", cost.server_bytes,
                         counted(cost.server_bytes) + " + " + counted(cost.kernel_bytes), 0,
                         cost.kernel_bytes});
  }
  bench.report->plot(plot);
}

}  // namespace parley::bench
