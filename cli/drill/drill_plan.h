// What a drill says, and to which conversation: the same for the process that talks and the one that checks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/message.h"

namespace parley::cli {

struct DrillMessage {
  std::string conversation, client_id, text;
};

struct DrillPlan {
  std::string channel;
  Person person;
  std::vector<DrillMessage> messages;
};

/// Sentences in an order that the seed chooses, dealt out to the conversations in turn.
std::vector<DrillMessage> drill_messages(const std::vector<std::string>& sentences, std::size_t messages,
                                         std::size_t conversations, std::uint64_t seed);

}  // namespace parley::cli
