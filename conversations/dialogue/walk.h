// Walking: the steps of the innermost flow run until one waits or no flow is open.
//
// At most limits::kStepsPerTurnMax steps a turn, and limits::kStepsAloneMax from one thing that comes from
// outside to the next, however many calls and waits lie between; a flow that goes on longer ends as `error`.
// One thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

void walk(Turn& turn);

/// The step the top frame stands at is done.
void go_to(Turn& turn, StepIndex next);

/// These of its values are not to be corrected any more.
void settle(Frame& frame, const std::vector<std::string>& names);

/// How a call ended: its flow goes on behind the call, or on its `failed` branch. False: no flow waits for
/// it.
bool end_call(Turn& turn, const CallOutcome& outcome);

/// Clears those of `slots` whose check fails, notes the failure of the first, and gives its name; "" when all
/// hold.
std::string failed_check(Turn& turn, const std::vector<std::string>& slots);

}  // namespace parley::conversations
