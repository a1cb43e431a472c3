// The built-in flows: when each is called, with which parameters, and what its answers cause.
//
// The flows themselves are patterns/*.yaml (docs/authoring.md has the table of their parameters and results);
// a bot may replace any of them. What is decided here is only what a flow file can't say: which task is
// cancelled, which flow a chosen topic starts.
#pragma once

#include <string>
#include <vector>

#include "conversations/dialogue/stack.h"

namespace parley::conversations {

/// One of the requests of phrases.h: cancel, help, repeat, start_over, handoff, greeting, thanks,
/// goodbye.
void request(Turn& turn, const std::string& name);

/// Starts what `intent` is for; a flow that may not be used here is refused politely.
void start_intent(Turn& turn, const std::string& intent, const std::vector<Entity>& entities);

/// Says that the flow, or a step of it, is above what is offered here, and which others are not.
void refuse_yet(Turn& turn, const Flow& flow);

/// The person wants to go on in another language (ISO 639-1), which the bot may not speak.
void switch_language(Turn& turn, const std::string& asked);

/// Asks which of `intents` was meant.
void clarify(Turn& turn, const std::vector<std::string>& intents);
/// The text was not understood: the next rung of the ladder, with likely topics.
void fall_back(Turn& turn, const std::vector<std::string>& likely);
/// The pending question could not be answered too many times.
void get_stuck(Turn& turn);
/// What was asked does not fit: says what kind of answer is wanted, then asks again.
void explain_question(Turn& turn, const std::string& type);
/// A `handoff` step: the task ends and pattern_handoff begins; within pattern_handoff the bot falls silent.
void hand_off(Turn& turn, const std::string& reason);
/// Something inside went wrong: the task ends as `error`. `expression`: the source of the one that failed;
/// may be empty. `reasons.error_at` tells flow, file, line and expression, and no value, so that it may be
/// logged: {"flow", "file" (its name without folders), "line", "expression"}.
void fail(Turn& turn, const std::string& why, const std::string& expression = "");

/// What the answers of a pattern that has just ended cause. True: the question beneath need not be brought
/// back.
bool act_on_pattern(Turn& turn, const Frame& ended);

}  // namespace parley::conversations
