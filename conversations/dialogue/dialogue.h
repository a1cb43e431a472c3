// The dialogue over compiled flows: implements parley::Dialogue (engine/dialogue.h), with its contract of
// purity.
//
// How one event is taken, from the top (each step is a file):
//
//     dialogue.cpp    which kind of event; what every turn ends with
//     message.cpp     a text: the order in which it may be an answer, a correction, a request, something else
//     answer.cpp      does it answer the pending question?
//     correction.cpp  does it replace an answer?
//     intent.cpp      which intent is taken, asked about or not understood
//     stack.cpp       flows begin, end, are offered again
//     patterns.cpp    what the built-in flows cause
//     walk.cpp        steps run until one waits
//     parking.cpp     flows that wait for a time or an event, beside the open ones
//     levels.cpp      what the bot or the channel is not mature enough for
//     silence.cpp     questions that are not answered
//     render.cpp      replies as activities
//
// Immutable; any number of threads.
#pragma once

#include <memory>
#include <string>

#include "conversations/flows/flow.h"
#include "engine/dialogue.h"

namespace parley::conversations {

/// `bot` and `version` only go into the reasons of each turn.
std::shared_ptr<const Dialogue> make_dialogue(ProgramPtr program, std::string bot, std::string version);

}  // namespace parley::conversations
