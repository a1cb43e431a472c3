// Checks what a flow's conditions can come to, and whether each of its ways has an end.
//
// A condition is judged only where it is certain: it reads nothing, or only slots whose values are few and
// known (yes or no, options, the values of an entity), and then it is evaluated for all of them. Slots that a
// step sets to anything are not judged.
//
// Codes: constant-condition, unanswerable-question, no-end. One thread; the flow has been compiled without
// leaving a target open.
#pragma once

#include "conversations/flows/loading.h"

namespace parley::conversations {

/// Conditions that are always true, or never; cases that never come; checks that no answer passes.
void check_conditions(const FlowSource& source, const BotOutline& outline);
/// Steps from which no way leads to an end of the flow.
void check_ways_without_end(const FlowSource& source);

}  // namespace parley::conversations
