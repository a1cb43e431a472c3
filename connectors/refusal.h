// Why something was refused, in the words that both protocols use. docs/protocol.md lists the codes.
//
// The statuses follow what the stock web-chat widget makes of them: it dies for good on 403, and on 404 for a
// conversation it comes back to, while it tries again after 503. So 403 with TokenExpired is only ever said
// of a token that was good once, and whatever may pass is 503 with a time to come back.
#pragma once

#include <chrono>
#include <string>

#include "connectors/http_message.h"
#include "engine/result.h"

namespace parley::connectors {

struct Refusal {
  int status = 500;
  std::string code;
  std::string message;
  std::chrono::milliseconds retry_after{0};  // 0: no use in trying again
};

Refusal bad_argument(std::string message);
Refusal missing_token();
Refusal invalid_token(std::string message);
Refusal expired_token();
Refusal origin_denied();
Refusal conversation_denied();
Refusal too_many(std::chrono::milliseconds retry_after);
/// The channel is in its phase closed, or in preview for others. Of who is in a conversation: nothing is
/// renewed.
Refusal channel_closed();
Refusal preview_only();
Refusal unavailable();
Refusal not_found(std::string message);

/// What a client is told of an error of the engine: never its inner workings.
Refusal refusal_of(const Error& error);
/// The same for a token that was not accepted.
Refusal token_refusal_of(const Error& error);

HttpResponse to_response(const Refusal& refusal);
/// The code as the native protocol writes it: TokenExpired is token_expired.
std::string native_code(const Refusal& refusal);

}  // namespace parley::connectors
