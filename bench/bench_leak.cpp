// Whether something is left of conversations that are over: people come, talk and go, thousands of them, and
// memory is looked at in between. A line is laid through what was seen; its slope is what a thousand
// conversations leave behind.
//
// Twice: a real server, by its resident memory, descriptors and threads; and the server's parts in this
// process, by the bytes that its heap holds.

#include <malloc.h>
#include <spdlog/spdlog.h>
#include <stdexcept>
#include <vector>

#include "bench/parts.h"
#include "cli/load_bot.h"
#include "cli/serving.h"
#include "config/settings.h"
#include "engine/limits.h"
#include "tests/support/process_figures.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace parley::bench {
namespace {

// Conversations stay in memory after they were used, up to a limit: before it is reached memory must grow.
constexpr int kWarmUp = static_cast<int>(limits::kCachedConversationsMax) + 4'000;
constexpr int kBatch = 1'000, kBatches = 10;
constexpr int kAtOnce = 50;

struct Seen {
  std::vector<double> bytes;  // after each batch
  double slope = 0;           // bytes per batch
};

// By least squares, over 0, 1, 2 ...
double slope_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  double sum = 0, weighted = 0, squares = 0;
  const double middle = (count - 1) / 2;
  for (const double value : values)
    sum += value;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = static_cast<double>(i) - middle;
    weighted += x * (values[i] - sum / count);
    squares += x * x;
  }
  return squares > 0 ? weighted / squares : 0;
}

void come_and_go(std::uint16_t port, int conversations) {
  for (int done = 0; done < conversations; done += kAtOnce)
    run_sessions({port, std::min(kAtOnce, conversations - done), 2, {}}, "webchat");
}

template <typename Bytes>
Seen watch(const Bench& bench, std::uint16_t port, Bytes bytes) {
  Seen seen;
  come_and_go(port, bench.count(kWarmUp));
  for (int i = 0; i <= kBatches; ++i) {
    if (i > 0) come_and_go(port, bench.count(kBatch));
    seen.bytes.push_back(static_cast<double>(bytes()));
  }
  seen.slope = slope_of(seen.bytes);
  return seen;
}

void row(const Bench& bench, const std::string& name, const Seen& seen) {
  bench.report->row(
      name, amount(seen.slope / 1024, 1, "KB for each ") + counted(bench.count(kBatch)) + " more",
      amount(seen.bytes.front() / 1e6, 1, "MB before, ") + amount(seen.bytes.back() / 1e6, 1, "MB after ") +
          counted(bench.count(kBatch) * kBatches));
}

Seen watch_process(const Bench& bench) {
  const test::TempFolder folder;
  const test::ServerProcess server(
      bench.binary, write_settings(folder.path(), "{tester: " + bench.tester_bot().string() + "}", "tester"));
  const std::size_t descriptors = test::open_descriptors(server.id()), threads = test::threads(server.id());
  const Seen seen = watch(bench, server.port(), [&] { return server.resident_bytes(); });
  row(bench, "resident memory, conversations that are over", seen);
  bench.report->row(
      "  descriptors, threads",
      std::to_string(test::open_descriptors(server.id())) + ", " + std::to_string(test::threads(server.id())),
      std::to_string(descriptors) + ", " + std::to_string(threads) + " before anybody came");
  return seen;
}

std::size_t heap_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

Seen watch_heap(const Bench& bench) {
  spdlog::set_level(spdlog::level::err);
  const test::TempFolder folder;
  config::Findings findings;
  config::Settings settings = config::read_settings(
      write_settings(folder.path(), "{tester: " + bench.tester_bot().string() + "}", "tester"), findings);
  const auto files = cli::read_good_bot(bench.tester_bot());
  const auto bot =
      files ? cli::make_bot(*files, folder.path() / "models") : Error{ErrorCode::kInvalid, "no bot"};
  auto serving = cli::Serving::open(std::move(settings));
  if (!bot || !serving) throw std::runtime_error("the server's parts can't be started");
  const auto address = (*serving)->listen({{"webchat", *bot}});
  if (!address) throw std::runtime_error(address.error().message);
  const auto port = static_cast<std::uint16_t>(std::stoul(address->substr(address->rfind(':') + 1)));
  return watch(bench, port, heap_bytes);
}

}  // namespace

void measure_leak(const Bench& bench) {
  const Seen resident = watch_process(bench);
  const Seen heap = watch_heap(bench);
  row(bench, "heap in use, conversations that are over", heap);
  Plot plot{"leak",
            "Heap in use while people come, talk and go, in MB",
            "It must not grow once the server is warm.",
            false,
            {},
            "",
            {}};
  for (std::size_t i = 0; i < heap.bytes.size(); ++i)
    plot.bars.push_back({"after " + counted(bench.count(kWarmUp) + bench.count(kBatch) * static_cast<int>(i)),
                         heap.bytes[i] / 1e6, amount(heap.bytes[i] / 1e6, 2, "MB"), 0, 0});
  bench.report->plot(plot);
}

}  // namespace parley::bench
