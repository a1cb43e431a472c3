// "No, I meant friday": does a text replace an answer that was given before?
//
// A sign of correction is needed (phrases.h); at a confirmation another value is sign enough. Then
// the flow goes back to the step that asked for the slot and walks from there, skipping what is still known,
// so that calls and conditions see the new value; pattern_corrected says what changed. An answer that a
// `confirm` was said yes about is settled and stays. Where a sub-flow that has ended asked for it, that one
// opens again at its step. One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// The kind of what is counted from a value that is not said, "a day later"; no slot has it.
inline constexpr const char* kShift = "a shift";

/// False, and nothing is changed, when the text is no correction.
bool correct(Turn& turn);

/// "That's wrong" at a confirmation: the person is told what can be changed. False: nothing can be.
bool ask_what_to_change(Turn& turn);

/// "No, friday" when the task is over: the person is told that it is too late. False: it is about something
/// else.
bool correct_too_late(Turn& turn);

}  // namespace parley::conversations
