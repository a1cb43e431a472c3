// Where real conversations went through the flows, counted from the ledger.
//
// Each turn's reasons hold the steps it executed ("path": ["flow/step", ...], docs/ledger.md). A question
// runs again with each answer: that is one visit. A way leads from a step to the next one that the
// conversation executes in the same flow, also across turns and past digressions.
//
// Cost: one look at every conversation of the bot since `since`; memory for one conversation and the counts.
// Errors: those of the reader. Thread rule: one thread, that of the reader.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "engine/storage/store.h"

namespace parley::conversations {

struct FlowTraffic {
  std::uint64_t begun = 0;
  std::map<std::string, std::uint64_t> visits;                        // by step
  std::map<std::pair<std::string, std::string>, std::uint64_t> ways;  // from step to step
  std::map<std::pair<std::string, std::string>, std::uint64_t> ends;  // at a step, with a reason
  std::map<std::string, std::uint64_t> open;  // at a step, in conversations in which nothing came after it
};

struct Traffic {
  std::map<std::string, FlowTraffic> flows;
  std::uint64_t conversations = 0;

  const FlowTraffic* of(const std::string& flow) const {
    const auto found = flows.find(flow);
    return found == flows.end() ? nullptr : &found->second;
  }
};

/// Of the bot named `bot`, conversations with an event from `since` on.
Result<Traffic> read_traffic(StoreReader& reader, const std::string& bot, TimePoint since = {});

}  // namespace parley::conversations
