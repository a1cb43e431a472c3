// What a channel offers at the moment: whether it is in preview, and how far its bot's level of maturity
// reaches (docs/maturity.md). It comes from outside into each turn and is stored with it, so that a replay is
// told the same.
//
// Immutable once shared; any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "engine/message.h"

namespace parley {

struct ChannelStanding {
  bool preview = false;      // only named people are let in, and they are told so
  std::optional<int> level;  // flows and steps above it are not offered; none: bot.yaml's level decides alone
  std::set<std::string, std::less<>> features;  // that flows may use at `level`; not looked at without one
};

/// Null: open, and nothing is held back but by bot.yaml.
using StandingPtr = std::shared_ptr<const ChannelStanding>;

/// {"preview":true,"level":2,"features":["pages","questions"]}; what says nothing is left out.
Json to_json(const ChannelStanding& standing);
/// Null for what is no object. Throws Json::exception where a member has another type.
StandingPtr standing_from_json(const Json& json);

}  // namespace parley
