// Where the channels of a server stand, as the levels of their bots come in: says in the log what has changed
// and why, and records it in maturity.db.
//
// Thread rule: one thread.
#pragma once

#include <map>
#include <string>

#include "cli/maturity/channel_place.h"
#include "cli/maturity/maturity_watch.h"

namespace parley::cli {

using Places = std::map<std::string, connectors::ChannelPhase>;  // by channel

class ChannelPhases {
 public:
  /// All must outlive it.
  ChannelPhases(const config::Settings& settings, const MaturityWatch& watch, const Clock& clock)
      : settings_(settings), watch_(watch), clock_(clock) {}

  /// Where all channels stand by what the watch knows now.
  const Places& look();
  /// Once that holds: logs and records what has changed since the last time.
  void tell();

 private:
  using Watched = MaturityWatch::Watched;
  const Watched* bot_of(const config::Channel& channel) const;
  connectors::ChannelPhase place(const std::string& name, const config::Channel& channel) const;
  void log(const std::string& name, const config::Channel& channel, const connectors::ChannelPhase& now,
           const Watched* bot) const;
  void record(const std::string& name, const config::Channel& channel, const connectors::ChannelPhase& now,
              const Watched& bot) const;

  const config::Settings& settings_;
  const MaturityWatch& watch_;
  const Clock& clock_;
  Places places_;

  struct Told {
    connectors::ChannelPhase place;
    std::optional<int> level;  // of the bot
  };
  std::map<std::string, Told> told_;  // by channel
};

}  // namespace parley::cli
