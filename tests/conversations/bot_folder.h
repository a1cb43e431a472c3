// A bot folder read for a test: manifest, services and an outline taken straight from the intents and
// vocabulary files (which another folder of the project reads properly).
#pragma once

#include <filesystem>

#include "config/bot_manifest.h"
#include "conversations/flows/bot_outline.h"
#include "conversations/flows/loader.h"
#include "conversations/testing/test_file.h"

namespace parley::conversations {

struct LoadedFolder {
  config::Findings findings;
  ProgramPtr program;  // null when there were errors
  std::vector<ConversationTest> tests;
};

BotOutline outline_of_folder(const std::filesystem::path& folder);
LoadedFolder load_folder(const std::filesystem::path& folder);

}  // namespace parley::conversations
