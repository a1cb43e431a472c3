// The running parts of a server: ledger -> engine -> sockets, in the order in which they begin, and end.
//
//   auto serving = Serving::open(settings);      // the ledger is ours, or somebody else serves it
//   (*serving)->listen(channels, offers);        // the engine runs, the port is open
//   (*serving)->swap(channels);                  // changed bots
//   (*serving)->offer(offers);                   // changed phases and levels
//
// The destructor loses nothing: no new work, what was taken is finished and stored, sockets close with 1001.
// Thread rule: one thread opens and listens; swap, offer and show_level may be called from any thread. Block
// the process's signals first (signals.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "connectors/metrics.h"
#include "engine/bot.h"
#include "engine/result.h"

namespace parley::cli {

using Channels = std::map<std::string, BotPtr>;

/// What a channel offers at the moment, and to whom.
struct Offer {
  connectors::ChannelPhase place;
  StandingPtr standing;  // the same, for the dialogue
};
using Offers = std::map<std::string, Offer>;

class Serving {
 public:
  /// Makes the data folder and takes its ledger.
  static Result<std::unique_ptr<Serving>> open(config::Settings settings);
  ~Serving();
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  /// Once. Gives the address, http://ADDRESS:PORT.
  Result<std::string> listen(Channels channels, const Offers& offers = {});
  void swap(Channels channels);

  /// What has changed of what all channels offer; one that is not listed stands as its settings say. Once it
  /// listens.
  void offer(const Offers& offers);
  /// For the metrics: where a bot stands on an axis of maturity. Once it listens.
  void show_level(const std::string& bot, std::string_view axis, int level);

 private:
  struct Parts;
  explicit Serving(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace parley::cli
