// What is held back: flows and steps above the level of maturity of the bot, or of the channel at the moment,
// and features that no level up to there unlocks.
#pragma once

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// Whether the bot and the channel are far enough for what the flow needs.
bool level_allows(const Turn& turn, const Flow& flow);

/// Ends the task as `not_yet` and says so, where its step has a level of its own and is above what is
/// offered. False: the step may be taken.
bool hold_back(Turn& turn, const Step& step);

}  // namespace parley::conversations
