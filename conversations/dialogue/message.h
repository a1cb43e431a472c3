// A message: the order in which it may be an answer, a correction, a request or something new. One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// Takes the event's text or card value; afterwards the turn may be walked.
void take_message(Turn& turn);

}  // namespace parley::conversations
