// An event from outside: what a service of the operator's tells a person's conversations, as "it is back in
// stock". How it finds them.
//
// For one conversation: it is that conversation's, if anything in it waits for the event or starts by it. For
// a person on a channel: of the person's limits::kPersonConversationsMax newest conversations those get it in
// which something waits for it; where nothing does, the one used last gets it, if it starts a flow there.
//
// The service's id makes it happen once: a conversation that holds the id already does nothing again, and
// where any of them holds it no flow is started in another one. So whoever got no answer sends it again.
//
// Thread rule: deliver_event may be called from any thread; the rest happens on the shards' threads.
#pragma once

#include <functional>
#include <string>

#include "engine/engine.h"

namespace parley {

class Shard;

using ShardOf = std::function<Shard&(const std::string& conversation_id)>;

/// `shard_of` must stay good until `done` was called.
void deliver_event(OutsideEvent event, ShardOf shard_of, Engine::Callback<Delivered> done);

/// The ledger's client id of the event: no client's own may begin like it.
inline constexpr std::string_view kEventIdPrefix = "event|";
std::string client_id_of(const OutsideEvent& event);

/// kInvalid, kTooLarge: a name, id or value that can't be taken.
Result<Done> check_event(const OutsideEvent& event);

}  // namespace parley
