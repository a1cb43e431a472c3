// The bot in tests/fuzz/bot, for targets that need one: two flows, a service, three languages, a trained
// model.
//
// Made once, on first use; it must be without errors. Any thread.
#pragma once

#include <filesystem>

#include "cli/load_bot.h"

namespace parley::fuzz {

std::filesystem::path small_bot_folder();
const cli::BotFiles& small_bot_files();
BotPtr small_bot();
/// For targets: the same, without the answer.
void make_small_bot();

}  // namespace parley::fuzz
