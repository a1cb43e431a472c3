// What all connections of a server share.
//
// Thread rule: everything in it may be used from any thread; settings, limits and receptions do not change
// after start.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <random>
#include <string>

#include "config/settings.h"
#include "connectors/connection_count.h"
#include "connectors/connection_limits.h"
#include "connectors/grants.h"
#include "connectors/metrics.h"
#include "connectors/reception.h"
#include "connectors/stream_sessions.h"
#include "connectors/token_buckets.h"
#include "engine/engine.h"

namespace parley::connectors {

struct ServerContext {
  ServerContext(config::Settings given, std::string key, Engine& an_engine, const Clock& a_clock)
      : settings(std::move(given)),
        limits(settings.limits),
        engine(an_engine),
        clock(a_clock),
        mint(std::move(key), a_clock),
        connections(limits.connections_max, limits.connections_per_address_max),
        messages_by_person(limits.messages_per_minute_max),
        messages_by_address(limits.messages_per_minute_per_address_max),
        conversations_by_address(limits.conversations_per_minute_per_address_max) {}

  const config::Settings settings;
  const ConnectionLimits limits;
  Engine& engine;
  const Clock& clock;
  const GrantMint mint;
  Metrics metrics;
  ConnectionCount connections;
  TokenBuckets messages_by_person, messages_by_address, conversations_by_address;
  StreamSessions streams;
  std::map<std::string, Door, std::less<>> doors;            // by channel; filled before the receptions
  std::map<std::string, Reception, std::less<>> receptions;  // by channel; filled before the first connection
  std::atomic<bool> draining{false};

  bool ready() const { return !draining && engine.ready(); }

  /// Nullopt: this person at this address may send one more message.
  std::optional<std::chrono::milliseconds> take_message(const Grant& grant, const std::string& address);
  /// The same for beginning a conversation, and for showing a token.
  std::optional<std::chrono::milliseconds> take_conversation(const std::string& address);
};

}  // namespace parley::connectors
