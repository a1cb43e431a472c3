// The steps of a turn that need a page of their own: letting a task in, running the dialogue, and writing
// down what came of it.
//
// Thread rule: the thread of the conversation's shard.
#pragma once

#include "engine/turn.h"

namespace parley {

/// How admitting ended.
enum class Admitted {
  kGoOn,      // run the turn
  kFinished,  // there is nothing to run, and whoever waited has been told
};

/// Checks the activity, loads the conversation and checks whose it is. Fills `event`, `answered` and
/// `reply_to`.
Admitted admit(TurnHost& host, Conversation& conversation, Turn& turn);

/// Tells a client that repeats an activity what it was told, or should have been told, the first time.
Admitted answer_repeat(TurnHost& host, const Conversation& conversation, Turn& turn);

/// Lets the dialogue decide, and keeps its trouble from others. False: it failed on a person's activity or an
/// opening, which is then not taken. Its failure on the end of a call or a timer is stored, without an
/// effect.
bool run_dialogue(const LoadedConversation& loaded, Turn& turn);

/// Gives each thing that happened its sequence number and time, and each activity what only the server knows.
void stamp_events(const Conversation& conversation, Turn& turn);

/// Brings the loaded conversation to where the turn leaves it, and collects all that the store must hold of
/// it.
TurnRecord collect_record(Conversation& conversation, Turn& turn);

}  // namespace parley
