// What a turn costs the dialogue, what an open conversation keeps in memory, and how a large bot loads.
// One thread, but for the engine's own.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace parley::bench {

struct StepCost {
  std::string what;
  double advance_us =
      0;               // Dialogue::advance of one event: the state read, the flow walked, the state written
  double json_us = 0;  // of which reading the state from its text and writing it, by the JSON library alone
  std::size_t state_bytes = 0;  // as stored
};

/// Typical steps of the helpdesk: a question is asked, an answer fills a slot, an answer is corrected.
std::vector<StepCost> measure_steps(const std::filesystem::path& helpdesk);

/// Understanding a text of the helpdesk, and what of that goes into telling negative experiences.
struct UnderstandCost {
  double all_us = 0, negative_us = 0;
};
UnderstandCost measure_understanding(const std::filesystem::path& helpdesk);

struct OpenCost {
  std::size_t conversations = 0;
  std::size_t heap_bytes = 0;  // of each, with a question of a flow open, while it is kept in memory
};
OpenCost measure_open_conversations(const std::filesystem::path& helpdesk, std::size_t conversations);

struct LoadCost {
  std::size_t flows = 0, sentences = 0;
  double read_ms = 0;   // all files read and checked
  double yaml_ms = 0;   // of the same files, by the YAML library alone
  double train_ms = 0;  // the fast model
  double start_ms = 0;  // with that model in the cache
};
LoadCost measure_large_bot(std::size_t flows, std::size_t sentences_per_intent);

}  // namespace parley::bench
