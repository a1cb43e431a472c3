// What is counted, in Prometheus' text form (docs/operations.md lists it). Labels come from fixed sets only:
// never a person, a conversation, or anything that a peer made up.
//
// Any thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "engine/services/call_meter.h"

namespace parley::connectors {

/// Where a channel stands, with what `parley_channel_*` say of it.
struct ChannelPhase {
  config::Phase phase = config::Phase::kOpen;
  bool below = false;        // its bot stands below the level at which it opens
  std::optional<int> level;  // up to which it offers flows, where its bot's level decides
};

enum class ConnectionKind { kHttp, kDirectLine, kNative };

class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void connection_opened(ConnectionKind kind);
  void connection_closed(ConnectionKind kind);
  /// A WebSocket ended with this close code; 0: without any.
  void socket_closed(int close_code);
  void request(int status);
  /// A turn was asked for by `connector` ("directline", "native") and ended; `result` is "stored", "repeat"
  /// or an error's code.
  void turn(ConnectionKind connector, std::string_view result, std::chrono::steady_clock::duration took);
  void activities_sent(ConnectionKind connector, std::size_t count);
  /// Something was refused by the limit of this name.
  void refused(std::string_view limit);
  /// A flow ended. Its name and reason are the bots' authors' words, so there are only so many.
  void flow_ended(const std::string& channel, const std::string& flow, const std::string& reason);
  /// An event from outside: "delivered", "repeat", "unwanted", "refused" or "failed".
  void event(std::string_view result);
  void authentication_failed(std::string_view channel, std::string_view reason);
  void channel_phase(const std::string& channel, const ChannelPhase& now);
  void maturity_level(const std::string& bot, std::string_view axis, int level);

  /// `ready`, `draining` and the calls of services are looked at when asked.
  std::string text(bool ready, bool draining, const std::vector<CallFigure>& calls = {}) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::connectors
