// Environment variables that the services of bots need and that are not set: a server that lacks one would
// fail its calls, one person after the other. One thread.
#pragma once

#include <string>
#include <vector>

#include "cli/load_bot.h"

namespace parley::cli {

/// Says which, on standard error, each with `advice`; whether there are any.
bool lacks_secrets(const std::vector<BotFiles>& bots, const std::string& advice);

}  // namespace parley::cli
