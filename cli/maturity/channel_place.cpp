#include "cli/maturity/channel_place.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace parley::cli {
namespace {

using config::Below;
using config::Phase;
using connectors::ChannelPhase;

/// Of a channel that may not be open.
Phase shut(const config::Channel& channel) {
  return channel.people.empty() ? Phase::kClosed : Phase::kPreview;
}

/// Of an open channel whose bot has fallen below its level.
ChannelPhase fallen(const config::Channel& channel, int measured) {
  if (channel.below == Below::kAlarm) return {Phase::kOpen, true, channel.opens_at};
  // Below the first level there is nothing left to offer.
  if (channel.below == Below::kDegrade && measured > 0) return {Phase::kOpen, true, measured};
  return {shut(channel), true, std::nullopt};
}

}  // namespace

ChannelPhase place_of(const config::Channel& channel, std::optional<int> measured, bool opened_before) {
  if (channel.opens_at == 0 || channel.phase != Phase::kOpen) return {channel.phase, false, std::nullopt};
  if (measured && *measured >= channel.opens_at) return {Phase::kOpen, false, measured};
  if (measured && opened_before) return fallen(channel, *measured);
  return {shut(channel), false, std::nullopt};
}

StandingPtr standing_of(const ChannelPhase& place, const config::MaturityModel& model) {
  if (place.phase != Phase::kPreview && !place.level) return nullptr;
  auto standing = std::make_shared<ChannelStanding>();
  standing->preview = place.phase == Phase::kPreview;
  standing->level = place.level;
  if (!place.level) return standing;
  for (const config::Feature& feature : config::kFeatures)
    if (model.level_of_feature(feature.name) <= *place.level) standing->features.emplace(feature.name);
  return standing;
}

std::vector<std::string> missing_bars(const std::string& report, int level) {
  std::vector<std::string> names;
  const auto json = nlohmann::json::parse(report, nullptr, false);
  if (!json.is_object() || !json.contains("axes")) return names;
  for (const auto& axis : json["axes"])
    for (const auto& bar : axis.value("bars", nlohmann::json::array())) {
      const std::string outcome = bar.value("outcome", "");
      if (bar.value("level", 0) <= level && outcome != "met" && outcome != "waived")
        names.push_back(bar.value("bar", ""));
    }
  return names;
}

}  // namespace parley::cli
