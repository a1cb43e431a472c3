// A person's text on its way to the dialogue: understood, and the language of the conversation settled by it.
//
// Live turns and replays use the one function, so that a replay hears as a server does. Pure but for the log;
// any thread.
#pragma once

#include <string_view>

#include "engine/bot.h"
#include "engine/dialogue.h"

namespace parley {

/// Empty for a text that nobody tries to understand (none, or too long). A whole sentence in another language
/// of the bot changes `context.language`.
Understanding understand_text(const Bot& bot, std::string_view text, TurnContext& context);

}  // namespace parley
