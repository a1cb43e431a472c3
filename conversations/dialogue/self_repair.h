// What a text takes back itself, before anything is done with it: a self-repair.
//
//   "monday, no, tuesday"                   is tuesday
//   "from monday to friday, no, thursday"   is from monday to thursday
//   "the garden... sorry, the tower"        is the tower
//   "not monday, tuesday"                   gives tuesday the place that monday had
//   "monday or tuesday"                     is neither: which one has to be asked
//
// A value that follows a "no" or a "sorry" replaces the last one of its kind, of several the one behind the
// same preposition; where that is not clear, none of them counts, and the question is asked again. A denied
// value stays: it may be the one to be corrected (correction.h). One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// Leaves in the turn's entities and words what the person means in the end.
void repair_self(Turn& turn);

}  // namespace parley::conversations
