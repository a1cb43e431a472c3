#include "connectors/server_context.h"

#include "connectors/log.h"

namespace parley::connectors {

std::optional<std::chrono::milliseconds> ServerContext::take_message(const Grant& grant,
                                                                     const std::string& address) {
  if (const auto wait = messages_by_person.take(grant.channel + '\n' + grant.person.id)) {
    metrics.refused("messages_per_minute_max");
    return wait;
  }
  const auto wait = messages_by_address.take(counted_address(address));
  if (wait) metrics.refused("messages_per_minute_per_address_max");
  return wait;
}

std::optional<std::chrono::milliseconds> ServerContext::take_conversation(const std::string& address) {
  const auto wait = conversations_by_address.take(counted_address(address));
  if (!wait) return wait;
  metrics.refused("conversations_per_minute_per_address_max");
  log_warn("conversations_refused",
           {{"limit", "conversations_per_minute_per_address_max"}, {"address", address}});
  return wait;
}

}  // namespace parley::connectors
