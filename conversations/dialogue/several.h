// A text that asks for several things (Understanding::clauses): one is taken, the others wait their turn.
//
// "Reset my password and what is my leave balance": the first begins, and the person is told what follows;
// when nothing is open any more the next one begins. "The 12th, and what is my balance?" answers the question
// first. What waits survives restarts with the state; after a cancelled flow the person is asked whether to
// go on with it. A clause that is nothing but thanks or a greeting is passed over. At most kQueuedMax
// requests wait. One thread.
#pragma once

#include <functional>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// Takes the text clause by clause: `answer` is tried on the first, when a question is pending; `start`
/// begins a request. False, and nothing has changed: the text is to be taken as a whole.
bool take_clauses(Turn& turn, const std::function<bool(Turn&)>& answer,
                  const std::function<bool(Turn&)>& start);

/// What the text lists beside the value that the task on top, begun by `intent`, has taken of it waits its
/// turn: "a headset and a monitor" are two orders. The person is told, and asked before the next one begins,
/// for it may have been meant as one. Of what no wish can be made the person hears that it is left out.
void queue_listed(Turn& turn, const std::string& intent);

/// Whether the text lists several values for the slot being asked for, of which each is a wish of its own.
bool lists_wishes(const Turn& turn, const std::string& slot);

/// Nothing is open: brings up the next request that waits. False: there is none.
bool bring_up_next(Turn& turn);

}  // namespace parley::conversations
