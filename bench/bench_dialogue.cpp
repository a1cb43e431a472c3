// Searches in pages, steps of the dialogue, understanding, a large bot: what the engine's parts cost without
// a server.

#include "bench/conversations.h"
#include "bench/pages.h"
#include "bench/parts.h"

namespace parley::bench {
namespace {

constexpr int kOpenConversations = 2'000;
constexpr std::size_t kLargeFlows = 500, kLargeSentences = 40;

}  // namespace

void measure_searches(const Bench& bench) {
  for (const std::size_t passages : {std::size_t{100}, std::size_t{1'000}}) {
    const PagesCost cost = measure_pages(passages);
    bench.report->row("read and index " + counted(static_cast<double>(passages)) + " passages",
                      amount(cost.load_ms, 1, "ms"));
    bench.report->row("search " + counted(static_cast<double>(passages)) + " passages",
                      amount(cost.search_us, 0, "us"));
  }
}

void measure_dialogue(const Bench& bench) {
  const auto row = [&](const std::string& name, const std::string& figure, const std::string& yardstick) {
    bench.report->row(name, figure, yardstick);
  };
  const std::filesystem::path helpdesk = bench.source / "bots/helpdesk";
  for (const StepCost& cost : measure_steps(helpdesk))
    row("advance: " + cost.what, amount(cost.advance_us, 1, "us"),
        amount(cost.advance_us / cost.json_us, 1, "times its state as JSON, read and written (") +
            std::to_string(cost.state_bytes) + " B)");
  const UnderstandCost understanding = measure_understanding(helpdesk);
  row("understand a text of the helpdesk", amount(understanding.all_us, 1, "us"),
      "negative experiences take " + amount(understanding.negative_us / understanding.all_us, 2, "of it"));
  const OpenCost open =
      measure_open_conversations(helpdesk, static_cast<std::size_t>(bench.count(kOpenConversations)));
  row("open conversation, in memory", std::to_string(open.heap_bytes) + " B", "");
  const LoadCost large = measure_large_bot(
      static_cast<std::size_t>(bench.count(static_cast<int>(kLargeFlows))), kLargeSentences);
  row("read and check " + counted(static_cast<double>(large.flows)) + " flows, " +
          counted(static_cast<double>(large.sentences)) + " sentences",
      amount(large.read_ms, 0, "ms"),
      amount(large.read_ms / large.yaml_ms, 1, "times the YAML library alone"));
  row("train them", amount(large.train_ms, 0, "ms"), "");
  row("start with them, model cached", amount(large.start_ms, 0, "ms"), "");
}

}  // namespace parley::bench
