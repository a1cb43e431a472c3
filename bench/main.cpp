// The table of ./dev bench: what one machine does in one run, each figure beside its yardstick or its budget.

#include <exception>
#include <fstream>
#include <iomanip>
#include <iostream>

#include "bench/conversations.h"
#include "bench/load.h"
#include "bench/pages.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley::bench;
using namespace parley::test;
namespace fs = std::filesystem;

constexpr int kIdleConnections = 2'000;
constexpr std::size_t kOpenConversations = 2'000;
constexpr std::size_t kLargeFlows = 500, kLargeSentences = 40;
constexpr double kTurnBudget = 0.5;  // of the bare echo's throughput
constexpr std::size_t kIdleBudgetBytes = 12 * 1024;
constexpr std::size_t kResidentBudgetMb = 64;
constexpr int kReadyBudgetMs = 1'000;

// Limits are raised, since one address is everybody here.
fs::path write_settings(const fs::path& folder, const std::string& bots, const std::string& channel_bot) {
  const fs::path path = folder / "parley.yaml";
  std::ofstream(path) << "listen: 127.0.0.1:0\ndata: data\nbots: " << bots
                      << "\nchannels:\n  webchat:\n    bot: " << channel_bot
                      << "\n    access: anonymous\n    origins: [self]\n"
                      << "log: {level: error}\nlimits:\n  messages_per_minute_max: 1000000\n"
                      << "  messages_per_minute_per_address_max: 1000000\n  "
                         "conversations_per_minute_per_address_max: 1000000\n"
                      << "  connections_per_address_max: 15000\n";
  return path;
}

void row(const std::string& what, const std::string& figure, const std::string& beside) {
  std::cout << std::left << std::setw(44) << what << std::setw(34) << figure << beside << std::endl;
}

std::string rate(const Outcome& outcome) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(0) << outcome.per_second << "/s  p50 " << std::setprecision(1)
       << outcome.p50_ms << " ms  p99 " << outcome.p99_ms << " ms";
  return text.str();
}

std::string ratio(double value, double budget) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(2) << value << " of the echo (budget " << budget << ")";
  return text.str();
}

void measure_turns(const fs::path& binary, const fs::path& source) {
  const TempFolder folder;
  const ServerProcess server(
      binary,
      write_settings(folder.path(), "{tester: " + (source / "tests/e2e/bot").string() + "}", "tester"));
  const EchoServer echo_server;
  for (const int clients : {10, 100}) {
    const int messages = 20'000 / clients;
    const std::string title = ", " + std::to_string(clients) + " clients";
    const Outcome echo = run_echo({echo_server.port(), clients, messages});
    row("bare echo" + title, rate(echo), "");
    const Outcome native = run_native({server.port(), clients, messages}, "webchat");
    row("durable turn, native socket" + title, rate(native),
        ratio(native.per_second / echo.per_second, kTurnBudget));
    const Outcome direct_line = run_direct_line({server.port(), clients, messages / 2}, "webchat");
    row("durable turn, Direct Line" + title, rate(direct_line),
        ratio(direct_line.per_second / echo.per_second, kTurnBudget));
  }
}

void measure_idle(const fs::path& binary, const fs::path& source) {
  const TempFolder folder;
  const ServerProcess server(
      binary,
      write_settings(folder.path(), "{tester: " + (source / "tests/e2e/bot").string() + "}", "tester"));
  // The first connections pay for pools that later ones share.
  const IdleConnections warm_up(server.port(), "webchat", 100);
  const std::size_t resident = server.resident_bytes(), slab = kernel_slab_bytes();
  const IdleConnections idle(server.port(), "webchat", kIdleConnections);
  const std::size_t user = (server.resident_bytes() - resident) / kIdleConnections;
  // Both ends of each connection are on this machine.
  const std::size_t kernel = (kernel_slab_bytes() - slab) / kIdleConnections / 2;
  row("idle connection", std::to_string(user) + " B + " + std::to_string(kernel) + " B in the kernel",
      "budget " + std::to_string(kIdleBudgetBytes) + " B together");
}

void measure_start(const fs::path& binary, const fs::path& source) {
  const TempFolder folder;
  const std::string bots = "{helpdesk: " + (source / "bots/helpdesk").string() +
                           ", webshop: " + (source / "bots/webshop").string() + "}";
  const fs::path settings = write_settings(folder.path(), bots, "webshop");
  const auto first = ServerProcess(binary, settings).time_to_ready();
  row("first start of both sample bots, training", std::to_string(first.count()) + " ms", "");
  const ServerProcess server(binary, settings);
  row("time to ready, models cached", std::to_string(server.time_to_ready().count()) + " ms",
      "budget " + std::to_string(kReadyBudgetMs) + " ms");
  row("resident memory, both sample bots", std::to_string(server.resident_bytes() >> 20) + " MB",
      "budget " + std::to_string(kResidentBudgetMb) + " MB");
}

void measure_training(const fs::path& binary, const fs::path& source) {
  for (const std::string bot : {"helpdesk", "webshop"}) {
    const TempFolder cache;
    const auto time = time_command(
        {binary.string(), "train", (source / "bots" / bot).string(), "--cache", cache.path().string()});
    row("check and train " + bot, std::to_string(time.count()) + " ms", "");
  }
}

void measure_searches() {
  for (const std::size_t passages : {std::size_t{100}, std::size_t{1'000}}) {
    const PagesCost cost = measure_pages(passages);
    std::ostringstream load, search;
    load << std::fixed << std::setprecision(1) << cost.load_ms << " ms";
    search << std::fixed << std::setprecision(0) << cost.search_us << " us";
    row("read and index " + std::to_string(passages) + " passages", load.str(), "");
    row("search " + std::to_string(passages) + " passages", search.str(), "");
  }
}

std::string amount(double value, int digits, const std::string& unit) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value << " " << unit;
  return text.str();
}

void measure_conversations(const fs::path& source) {
  for (const StepCost& cost : measure_steps(source / "bots/helpdesk"))
    row("advance: " + cost.what, amount(cost.advance_us, 1, "us"),
        amount(cost.advance_us / cost.json_us, 1, "times its state as JSON, read and written (") +
            std::to_string(cost.state_bytes) + " B)");
  const UnderstandCost understanding = measure_understanding(source / "bots/helpdesk");
  row("understand a text of the helpdesk", amount(understanding.all_us, 1, "us"),
      "negative experiences take " + amount(understanding.negative_us / understanding.all_us, 2, "of it"));
  const OpenCost open = measure_open_conversations(source / "bots/helpdesk", kOpenConversations);
  row("open conversation, in memory", std::to_string(open.heap_bytes) + " B", "");
  const LoadCost large = measure_large_bot(kLargeFlows, kLargeSentences);
  row("read and check 500 flows, 20,000 sentences", amount(large.read_ms, 0, "ms"),
      amount(large.read_ms / large.yaml_ms, 1, "times the YAML library alone"));
  row("train them", amount(large.train_ms, 0, "ms"), "");
  row("start with them, model cached", amount(large.start_ms, 0, "ms"), "");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: parley_bench PARLEY_BINARY SOURCE_FOLDER\n";
    return 2;
  }
  try {
    const fs::path binary = argv[1], source = fs::absolute(argv[2]);
    measure_turns(binary, source);
    measure_idle(binary, source);
    measure_start(binary, source);
    measure_training(binary, source);
    measure_searches();
    measure_conversations(source);
  } catch (const std::exception& problem) {
    std::cerr << "bench: " << problem.what() << '\n';
    return 1;
  }
  return 0;
}
