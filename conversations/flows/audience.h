// Whom a bot's flows are for: the channels and roles that they name, as `channels` and `roles` of a flow or
// in a condition. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/flows/flow.h"

namespace parley::conversations {

/// Sorted; none: the flows are the same on every channel, for everybody.
std::vector<std::string> channels_of(const Program& program);
std::vector<std::string> roles_of(const Program& program);

}  // namespace parley::conversations
