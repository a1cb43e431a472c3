// The server: listens, speaks HTTP and WebSocket with everyone, and hands what they say to the engine.
//
// start() opens the port and the threads and returns at once. stop() lets nobody lose anything: readiness
// turns red and new work is answered 503, requests under way are answered, every WebSocket is closed with
// 1001 and a hint when to come back, and after `drain_timeout` what is left is cut. Then drain the engine: it
// has no more callers.
//
// Thread rule: start and stop from one thread; settings, engine and clock must outlive the server.
// Errors of start(): kInvalid (keys, channels), kUnavailable (port or data folder cannot be used).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "config/settings.h"
#include "connectors/metrics.h"
#include "engine/clock.h"
#include "engine/engine.h"
#include "engine/result.h"

namespace parley::connectors {

class Server {
 public:
  Server(config::Settings settings, Engine& engine, const Clock& clock);
  ~Server();  // stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The port that was bound: of interest when the settings say 0.
  Result<std::uint16_t> start();

  /// After start(), from any thread. A channel begins in the phase of its settings. Who is in a conversation
  /// may finish it (reception.h).
  void set_phase(const std::string& channel, const ChannelPhase& now);
  /// For the metrics: where a bot stands on an axis of maturity.
  void set_level(const std::string& bot, std::string_view axis, int level);

  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::connectors
