// "No, I meant friday": does a text replace an answer that was given before?
//
// A sign of correction is needed (phrases.h); at a confirmation another value is sign enough. Then
// the flow goes back to the step that asked for the slot and walks from there, skipping what is still known,
// so that calls and conditions see the new value; pattern_corrected says what changed. An answer that a
// `confirm` was said yes about is settled and stays. One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// False, and nothing is changed, when the text is no correction.
bool correct(Turn& turn);

}  // namespace parley::conversations
