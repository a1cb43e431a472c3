// POST /v1/events: a service of the operator's tells what has happened outside, as "it is back in stock", to
// a conversation or to a person on a channel. docs/protocol.md has its fields and answers.
//
// Only who shows the secret of the settings is listened to; without one in the settings the address does not
// exist. The secret is compared in constant time, and browsers are never let in: no cross-origin headers.
//
// Any thread; answers come on a thread of the engine or at once.
#pragma once

#include <memory>

#include "connectors/http_message.h"
#include "connectors/server_context.h"

namespace parley::connectors {

inline constexpr const char* kEventsPath = "/v1/events";

void post_event(const std::shared_ptr<ServerContext>& context, const HttpRequest& request, Respond respond);

}  // namespace parley::connectors
