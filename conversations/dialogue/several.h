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

/// Nothing is open: brings up the next request that waits. False: there is none.
bool bring_up_next(Turn& turn);

}  // namespace parley::conversations
