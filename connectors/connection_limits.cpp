#include "connectors/connection_limits.h"

namespace parley::connectors {

ConnectionLimits::ConnectionLimits(const config::LimitOverrides& set)
    : message_max_bytes(set.message_max_bytes.value_or(limits::kMessageMaxBytes)),
      json_max_depth(set.json_max_depth.value_or(limits::kJsonMaxDepth)),
      activity_id_max_bytes(set.activity_id_max_bytes.value_or(limits::kActivityIdMaxBytes)),
      header_max_bytes(set.header_max_bytes.value_or(limits::kHeaderMaxBytes)),
      handshake_timeout(set.handshake_timeout.value_or(limits::kHandshakeTimeout)),
      idle_timeout(set.idle_timeout.value_or(limits::kIdleTimeout)),
      ping_interval(set.ping_interval.value_or(limits::kPingInterval)),
      hello_timeout(set.hello_timeout.value_or(limits::kHelloTimeout)),
      message_timeout(set.message_timeout.value_or(limits::kMessageTimeout)),
      close_timeout(set.close_timeout.value_or(limits::kCloseTimeout)),
      drain_timeout(set.drain_timeout.value_or(limits::kDrainTimeout)),
      connections_max(set.connections_max.value_or(limits::kConnectionsMax)),
      connections_per_address_max(
          set.connections_per_address_max.value_or(limits::kConnectionsPerAddressMax)),
      messages_per_minute_max(set.messages_per_minute_max.value_or(limits::kMessagesPerMinuteMax)),
      messages_per_minute_per_address_max(
          set.messages_per_minute_per_address_max.value_or(limits::kMessagesPerMinutePerAddressMax)),
      conversations_per_minute_per_address_max(set.conversations_per_minute_per_address_max.value_or(
          limits::kConversationsPerMinutePerAddressMax)),
      control_frames_per_minute_max(
          set.control_frames_per_minute_max.value_or(limits::kControlFramesPerMinuteMax)),
      frames_per_message_max(set.frames_per_message_max.value_or(limits::kFramesPerMessageMax)),
      write_queue_max_bytes(set.write_queue_max_bytes.value_or(limits::kWriteQueueMaxBytes)),
      token_lifetime(set.token_lifetime.value_or(limits::kTokenLifetime)),
      stream_ticket_lifetime(set.stream_ticket_lifetime.value_or(limits::kStreamTicketLifetime)),
      visitor_lifetime(set.visitor_lifetime.value_or(limits::kVisitorLifetime)) {}

}  // namespace parley::connectors
