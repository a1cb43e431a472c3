// Replies as activities: JSON of the Activity Protocol (microsoft/botframework-sdk,
// specs/botframework-activity, and specs/botframework-cards for the hero card), without the id, timestamp and
// sender that the engine adds.
//
// Buttons of a question are suggested actions: clients show those of the last activity only, so
// finish_replies leaves them there. A button posts its value as if the person had typed it (imBack).
#pragma once

#include <string>
#include <vector>

#include "conversations/dialogue/options.h"
#include "conversations/dialogue/turn.h"

namespace parley::conversations {

void say(Turn& turn, const Say& step, const cel::Bindings& bindings);
/// A question in plain words, with a button for each choice.
void ask(Turn& turn, const std::string& text, const std::vector<Choice>& choices);
void say_plainly(Turn& turn, const std::string& text);

/// Sets locale and inputHint of all replies, moves buttons to the last, and takes Markdown's marks out of
/// texts on a channel that does not show them.
void finish_replies(Turn& turn);

}  // namespace parley::conversations
