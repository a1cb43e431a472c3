// Where a channel stands: what its settings allow, held against the level that its bot has shown.
//
// Evidence only ever lowers what the operator allows: a channel whose settings say `preview` stays there at
// any level. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/maturity_model.h"
#include "config/settings.h"
#include "connectors/metrics.h"
#include "engine/channel_standing.h"

namespace parley::cli {

/// `measured`: the level of the bot that is served; none: it was not measured. `opened_before`: the channel
/// has been open at its level, so that a lower one is a fall, and `below` decides.
connectors::ChannelPhase place_of(const config::Channel& channel, std::optional<int> measured,
                                  bool opened_before);

/// What the dialogue is told of it.
StandingPtr standing_of(const connectors::ChannelPhase& place, const config::MaturityModel& model);

/// The names of the bars up to `level` that an assessment's report (to_json in assessment.h, as text) says
/// are neither met nor waived.
std::vector<std::string> missing_bars(const std::string& report, int level);

}  // namespace parley::cli
