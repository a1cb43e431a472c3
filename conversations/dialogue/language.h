// The language of a turn: heard in the text, asked for ("in English please"), or as before.
//
// What a person presses says nothing about the language: a button keeps the one it was written in. Pure
// functions; any thread.
#pragma once

#include <string>

#include "conversations/dialogue/state.h"
#include "conversations/flows/flow.h"
#include "engine/dialogue.h"

namespace parley::conversations {

/// The language that the whole text asks for, as an ISO 639-1 code; "" for none. It may be one that the bot
/// does not speak.
std::string asked_language(const std::string& text);

bool speaks(const Program& program, const std::string& language);

/// One of the bot's languages.
std::string language_of_turn(const Program& program, const Event& event, const TurnContext& context,
                             const DialogueState& state);

/// "English", "Nederlands": a language's name in itself.
std::string language_name(const std::string& language);

}  // namespace parley::conversations
