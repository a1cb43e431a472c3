// One WebSocket: the transport under a SocketProtocol.
//
// It owns the states, in one place: opening -> open -> closing -> closed. While open, messages come in and go
// out; close() moves to closing, where what was queued still leaves, then the close frame, and everything
// received is dropped; closed is reached by the peer's answer, an error, or close_timeout, exactly once, and
// tells the protocol.
//
// Limits enforced here, each with its close code: message_max_bytes (1009), frames_per_message_max and
// control_frames_per_minute_max (1008), message_timeout (4408), write_queue_max_bytes (4409). A peer that is
// silent for two ping intervals is cut.
//
// Thread rule: the loop's thread. Lifetime: held by its own operations.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "connectors/connection_count.h"
#include "connectors/loop.h"
#include "connectors/server_context.h"
#include "connectors/socket.h"

namespace parley::connectors {

/// What a WebSocket takes over from the HTTP session that it was.
struct UpgradeParts {
  std::shared_ptr<ServerContext> context;
  std::shared_ptr<Loop> loop;
  std::shared_ptr<SocketProtocol> protocol;
  ConnectionCount::Ticket ticket;
  ConnectionCount::Ticket address_ticket;  // of a client behind a proxy; may be empty
};

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Answers the upgrade and runs until the socket is closed. Called on the loop's thread.
void run_websocket(TcpSocket socket, UpgradeRequest request, UpgradeParts parts);

}  // namespace parley::connectors
