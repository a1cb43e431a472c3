// The running parts of a server: ledger -> engine -> sockets, in the order in which they begin, and end.
//
//   auto serving = Serving::open(settings);      // the ledger is ours, or somebody else serves it
//   (*serving)->listen(channels);                // the engine runs, the port is open
//   (*serving)->swap(channels);                  // changed bots
//
// The destructor loses nothing: no new work, what was taken is finished and stored, sockets close with 1001.
// Thread rule: one thread opens and listens; swap may be called from any thread. Block the process's signals
// first (signals.h).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "config/settings.h"
#include "engine/bot.h"
#include "engine/result.h"

namespace parley::cli {

using Channels = std::map<std::string, BotPtr>;

class Serving {
 public:
  /// Makes the data folder and takes its ledger.
  static Result<std::unique_ptr<Serving>> open(config::Settings settings);
  ~Serving();
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;

  /// Once. Gives the address, http://ADDRESS:PORT.
  Result<std::string> listen(Channels channels);
  void swap(Channels channels);

 private:
  struct Parts;
  explicit Serving(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace parley::cli
