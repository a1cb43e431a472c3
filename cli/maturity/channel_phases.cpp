#include "cli/maturity/channel_phases.h"

#include <algorithm>

#include "connectors/log.h"

namespace parley::cli {
namespace {

using config::Phase;
using connectors::ChannelPhase;

bool same(const ChannelPhase& a, const ChannelPhase& b) {
  return a.phase == b.phase && a.below == b.below && a.level == b.level;
}

std::optional<int> level_of(const MaturityWatch::Watched* bot) {
  return bot != nullptr && bot->last ? std::optional(bot->last->row.level()) : std::nullopt;
}

std::string words(std::optional<int> level) {
  return level ? std::to_string(*level) : "not measured yet";
}

std::string_view name_of(config::Below below) {
  switch (below) {
    case config::Below::kAlarm:
      return "stays open";
    case config::Below::kDegrade:
      return "offers less";
    case config::Below::kClose:
      break;
  }
  return "lets nobody new in";
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : " ") + name;
  return text;
}

/// Whether the channel has been open with this bot at its level, or a higher one.
bool was_open(const std::vector<RecordedPhase>& rows, const std::string& name, int opens_at) {
  return std::any_of(rows.begin(), rows.end(), [&](const RecordedPhase& row) {
    return row.channel == name && row.phase == config::name_of(Phase::kOpen) && row.opens_at >= opens_at;
  });
}

std::vector<RecordedPhase> phases_beside(const std::filesystem::path& ledger, const std::string& bot) {
  const auto record = MaturityRecord::open_beside(ledger);
  const auto rows = record ? record->phases(bot) : Result<std::vector<RecordedPhase>>(record.error());
  if (rows) return *rows;
  connectors::log_warn("maturity_not_read", {{"bot", bot}, {"why", rows.error().message}});
  return {};
}

}  // namespace

const Places& ChannelPhases::look() {
  for (const auto& [name, channel] : settings_.channels)
    places_[name] = place(name, channel);
  return places_;
}

void ChannelPhases::tell() {
  for (const auto& [name, channel] : settings_.channels) {
    const Watched* bot = bot_of(channel);
    const Told now{places_.at(name), level_of(bot)};
    const auto before = told_.find(name);
    if (before != told_.end() && same(before->second.place, now.place) && before->second.level == now.level)
      continue;
    log(name, channel, now.place, bot);
    if (bot != nullptr) record(name, channel, now.place, *bot);
    told_[name] = now;
  }
}

/// Null where the level of the bot does not decide.
const MaturityWatch::Watched* ChannelPhases::bot_of(const config::Channel& channel) const {
  return channel.opens_at > 0 ? watch_.find(channel.bot) : nullptr;
}

ChannelPhase ChannelPhases::place(const std::string& name, const config::Channel& channel) const {
  const Watched* bot = bot_of(channel);
  const std::optional<int> level = level_of(bot);
  const bool asked = bot != nullptr && level && *level < channel.opens_at;
  return place_of(channel, level,
                  asked && was_open(phases_beside(watch_.ledger(), bot->name), name, channel.opens_at));
}

void ChannelPhases::log(const std::string& name, const config::Channel& channel, const ChannelPhase& now,
                        const Watched* bot) const {
  const std::string phase(config::name_of(now.phase));
  if (bot == nullptr) {
    if (now.phase != Phase::kOpen)
      connectors::log_info("channel_phase", {{"channel", name}, {"phase", phase}});
    return;
  }
  const std::string level = words(level_of(bot)), opens_at = std::to_string(channel.opens_at);
  const std::string missing =
      bot->last ? joined(missing_bars(bot->last->report, channel.opens_at)) : std::string();
  const std::string see = watch_.command_for(*bot);
  if (now.below)
    connectors::log_error("channel_below_level", {{"channel", name},
                                                  {"bot", bot->name},
                                                  {"level", level},
                                                  {"opens_at", opens_at},
                                                  {"phase", phase},
                                                  {"it", std::string(name_of(channel.below))},
                                                  {"missing", missing},
                                                  {"see", see}});
  else if (now.phase != Phase::kOpen && channel.phase == Phase::kOpen)
    connectors::log_warn("channel_not_open", {{"channel", name},
                                              {"bot", bot->name},
                                              {"level", level},
                                              {"opens_at", opens_at},
                                              {"phase", phase},
                                              {"missing", missing},
                                              {"see", see}});
  else
    connectors::log_info("channel_phase",
                         {{"channel", name}, {"phase", phase}, {"level", level}, {"opens_at", opens_at}});
}

/// Once where nothing has changed since, so that a restart leaves no trace.
void ChannelPhases::record(const std::string& name, const config::Channel& channel, const ChannelPhase& now,
                           const Watched& bot) const {
  const RecordedPhase row{
      clock_.now(),     name,           bot.name, bot.version, std::string(config::name_of(now.phase)),
      channel.opens_at, level_of(&bot), now.below};
  const auto rows = phases_beside(watch_.ledger(), bot.name);
  const auto last =
      std::find_if(rows.rbegin(), rows.rend(), [&](const auto& one) { return one.channel == name; });
  if (last != rows.rend() && last->phase == row.phase && last->version == row.version &&
      last->opens_at == row.opens_at && last->level == row.level && last->below == row.below)
    return;
  auto record = MaturityRecord::open_beside(watch_.ledger());
  const auto added = record ? record->add(row) : Result<Done>(record.error());
  if (!added)
    connectors::log_warn("maturity_not_recorded", {{"channel", name}, {"why", added.error().message}});
}

}  // namespace parley::cli
