// The process of a drill that is killed: an engine over the drill's ledger, and somebody who talks to it.
//
// Thread rule: for a child process that has just been forked; never returns.
#pragma once

#include <filesystem>

#include "cli/drill/drill_plan.h"
#include "engine/bot.h"

namespace parley::cli {

/// Says the messages from `first` on, one after the other, and writes "INDEX SEQUENCE\n" to `told` for each
/// receipt, "! why\n" when one is refused. Exits with 0 when all was said and stored.
[[noreturn]] void run_drill_server(const BotPtr& bot, const std::filesystem::path& folder,
                                   const DrillPlan& plan, std::size_t first, int told);

}  // namespace parley::cli
