// In a test, the reasons of a turn name the source of every text that is said: what a test expects and
// covers. A test is a conversation that hears one and the same variant of all texts (DialogueState::variants
// below 0); live turns note nothing. One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

void note_text(Turn& turn, const MessageTemplate& text);

}  // namespace parley::conversations
