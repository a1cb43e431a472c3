// A WebSocket, free of any WebSocket library: what the protocols of this folder see, and what they must
// answer to.
//
// The transport (websocket_session.h) owns the states open -> closing -> closed, framing, pings, transport
// limits and the write queue. A protocol gets whole text messages and sends whole text messages.
//
// Thread rule: both sides are called on the connection's lane only.
// Lifetime: a protocol may use its Socket from opened() until closed(), which is called exactly once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "connectors/lane.h"
#include "connectors/metrics.h"

namespace parley::connectors {

/// Close codes: RFC 6455, 7.4, and ours from 4400 on, whose last two digits are those of the nearest HTTP
/// status.
enum class CloseCode : std::uint16_t {
  kNormal = 1000,
  kGoingAway = 1001,    // the server stops: come back
  kUnsupported = 1003,  // a binary message
  kPolicy = 1008,       // not allowed, or a limit on frames
  kTooBig = 1009,       // one message over message_max_bytes
  kInternalError = 1011,
  kTryAgainLater = 1013,
  kTokenRefused = 4401,  // expired or not accepted: get another one
  kTooLate = 4408,       // the hello, or the end of a message
  kSlowReader = 4409,    // did not read what was sent
  kTooMany = 4429,       // went on sending over messages_per_minute_max
};

class Socket {
 public:
  virtual ~Socket() = default;
  /// Queues one message. Over write_queue_max_bytes the peer is a slow reader and the socket closes.
  virtual void send(std::string text) = 0;
  /// Sends what is queued, then the close frame. Nothing is received any more.
  virtual void close(CloseCode code, std::string_view reason) = 0;
  /// Calls timed_out() after `delay`; moves an earlier deadline. 0: none.
  virtual void set_deadline(std::chrono::milliseconds delay) = 0;
  virtual bool has_unsent() const = 0;
};

class SocketProtocol {
 public:
  virtual ~SocketProtocol() = default;
  virtual ConnectionKind kind() const = 0;
  virtual void opened(Socket& socket, std::shared_ptr<Lane> lane) = 0;
  virtual void received(std::string_view text) = 0;
  /// All that was sent has left: time for the next page of history.
  virtual void drained() = 0;
  virtual void timed_out() = 0;
  /// The server stops: say goodbye and close with kGoingAway. `retry_after` is this peer's turn to come back.
  virtual void going_away(std::chrono::milliseconds retry_after) = 0;
  virtual void closed() = 0;
};

}  // namespace parley::connectors
