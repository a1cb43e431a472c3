// All that translators translate of a bot: what its flows say and ask, titles of flows, intents, buttons and
// options, cards; with those of the built-in flows that it keeps. Pure; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "conversations/flows/flow.h"
#include "conversations/messages/catalogue_update.h"

namespace parley::conversations {

/// Each text once, flow by flow; places are relative to the bot's folder.
std::vector<TextToTranslate> source_texts(const Program& program, const std::string& language,
                                          const std::filesystem::path& folder);

}  // namespace parley::conversations
