// The limits in force: engine/limits.h, with what the operator's settings put in their place.
#pragma once

#include <chrono>
#include <cstddef>

#include "config/settings.h"
#include "engine/limits.h"

namespace parley::connectors {

struct ConnectionLimits {
  using Span = std::chrono::milliseconds;

  explicit ConnectionLimits(const config::LimitOverrides& set = {});

  std::size_t message_max_bytes;
  std::size_t json_max_depth;
  std::size_t activity_id_max_bytes;
  std::size_t header_max_bytes;
  Span handshake_timeout, idle_timeout, ping_interval, hello_timeout, message_timeout, close_timeout,
      drain_timeout;
  std::size_t connections_max, connections_per_address_max;
  std::size_t messages_per_minute_max, messages_per_minute_per_address_max;
  std::size_t conversations_per_minute_per_address_max;
  std::size_t control_frames_per_minute_max, frames_per_message_max, write_queue_max_bytes;
  Span token_lifetime, stream_ticket_lifetime, visitor_lifetime;
};

}  // namespace parley::connectors
