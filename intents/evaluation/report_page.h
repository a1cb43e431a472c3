// The report of a bot as one HTML page that needs nothing else: no script, no font, no picture from
// elsewhere. Its own content security policy allows one style sheet, by its hash, and nothing more.
//
// Thread rule: a pure function.
#pragma once

#include <string>

#include "intents/evaluation/bot_report.h"

namespace parley::intents {

std::string to_page(const BotReport& report);

}  // namespace parley::intents
