// Checks the way through one flow's steps: steps that nothing leads to, circles without a question, names
// that are read on a way on which nothing has set them.
//
// Codes: unreachable-step, loop-without-question (a warning where the circle has a way out), unset-slot,
// unused-slot. One thread; the flow has been compiled without leaving a target open.
#pragma once

#include "conversations/flows/loading.h"

namespace parley::conversations {

void check_unreachable_steps(const FlowSource& source);
void check_loops(const FlowSource& source);
void check_unset_slots(const FlowSource& source);
void check_unused_slots(const FlowSource& source);

/// Whether the flow may be over right behind this step, without an `end` or a `handoff`.
bool runs_out(const Step& step);
/// Whether the dialogue stops at this step until the person says something, or a time or an event comes.
bool asks_person(const Step& step);

/// The steps that may come directly after this one; kFlowEnd is left out.
std::vector<StepIndex> successors(const Step& step);

}  // namespace parley::conversations
