// A conversation that exploring found, as a document of tests/*.yaml: what was said and answered, the results
// of calls as stubs, passing time. It can be pasted into a bot's tests and played with the real understander.
//
// Pure function; any thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/exploring/situation.h"

namespace parley::conversations {

struct ExploredExchange {
  const Move& move;
  const Situation* before;  // null at the beginning
  const Situation* after;
  const std::vector<Json>& replies;
};

struct Transcript {
  std::string name;
  TurnContext context;
  const ServiceCatalog& services;
  std::vector<ExploredExchange> exchanges{};
};

std::string to_test(const Transcript& transcript);

}  // namespace parley::conversations
