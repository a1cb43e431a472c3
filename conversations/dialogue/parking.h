// Flows that wait for a time or an event, beside the open ones.
//
// At a `wait` step a task leaves the open flows, with the sub-flows it runs, and what lies beneath it comes
// back: from then on the conversation is as if the flow had ended. When its time or event has come it goes on
// by itself, at once where no question is open, else when the question has been answered, and
// limits::kAnswerGrace later at the latest: then like a digression, behind which the question is offered
// again. After a hand-off it goes on when the conversation has been given back.
//
// An event from outside ends every wait for it whose `where` holds; where nothing waits, it starts the flow
// whose `when_event` names it. One thread.
#pragma once

#include <string>

#include "conversations/dialogue/turn.h"
#include "engine/dialogue.h"

namespace parley::conversations {

/// The top frame stands at the `wait` step: its task begins to wait.
void park(Turn& turn, const Wait& wait);

/// A timer of a wait has fired. False: no flow waits with it.
bool end_wait(Turn& turn, const std::string& timer);

/// What the turn's event from outside is good for, and taking it.
EventUse use_of_event(const Turn& turn);
void take_outside_event(Turn& turn);

/// What may go on goes on. To be called when the turn's own walk is over.
void go_on_with_parked(Turn& turn);

/// The flow that began to wait last becomes the innermost open one, so that it can be ended. False: none
/// waits.
bool bring_back_parked(Turn& turn);
/// Ends all waiting flows; or those whose step is no longer in the bot, as `version_changed`: true if any
/// was.
void end_all_parked(Turn& turn, const std::string& reason);
bool end_outdated_parked(Turn& turn);

}  // namespace parley::conversations
