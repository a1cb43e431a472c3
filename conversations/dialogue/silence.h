// The person does not answer: how long a question waits, and what happens then.
//
// While a question is pending there is one timer, `silence`. When it fires the question's next reaction
// comes: its own words or pattern_silence, and the question again. Behind the last reaction all open flows
// end as `abandoned`, and pattern_silence says so. Every silence is a turn whose reasons say what was waited
// for and for how long. An answer, or anything else that the person sends, begins from the start.
//
// After a hand-off there is no timer: the bot says nothing. One thread.
#pragma once

#include <string_view>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

inline constexpr std::string_view kSilenceTimer = "silence";

/// The person has sent something.
void break_silences(Turn& turn);
/// The silence timer has fired.
void take_silence(Turn& turn);
/// To be called at the end of a turn: begins the pending question's time, lets it run on, or calls it off.
void watch_silence(Turn& turn);

}  // namespace parley::conversations
