// When a text tells of a negative experience: the bot apologises once, and offers a person.
//
// The text is taken as any other first; what it says of the experience never changes what it is an answer to.
// Where something comes of it, pattern_negative speaks in front of that (`taken`). Where nothing does, it
// speaks in place of "I did not understand", and where the text is only a courtesy ("thanks for nothing"), in
// place of the answer to that. A pending question is asked again behind it. One thread.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// In which place a text was heard.
enum class Hearing {
  kAny,
  kStory,  // a question for any text was open: what it is told is for its flow to react to
};

/// Before the text is taken: notes what it tells, for `turn.negative` and the reasons.
Hearing hear_experience(Turn& turn);

/// When the text has been taken, before the flows go on.
void react_to_experience(Turn& turn, Hearing hearing);

}  // namespace parley::conversations
