// One HTTP/1.1 connection: requests one after the other, until it is closed or becomes a WebSocket.
//
// Limits enforced here, each with its answer: header_max_bytes (431), message_max_bytes (413),
// handshake_timeout (408, for a header and for a body), idle_timeout between requests (closed), connections
// behind a proxy (503).
//
// Thread rule: the loop's thread. Lifetime: held by its own operations.
#pragma once

#include <memory>
#include <string>

#include "connectors/connection_count.h"
#include "connectors/loop.h"
#include "connectors/router.h"
#include "connectors/server_context.h"

namespace parley::connectors {

struct HttpParts {
  std::shared_ptr<ServerContext> context;
  std::shared_ptr<const Router> router;
  std::shared_ptr<Loop> loop;
  ConnectionCount::Ticket ticket;
  std::string peer;  // its address
};

/// Called on the loop's thread.
void run_http(TcpSocket socket, HttpParts parts);

}  // namespace parley::connectors
