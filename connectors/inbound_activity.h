// What a client may say: an activity from outside, checked field by field and reduced to what the ledger
// should hold.
//
// Who said it, when, where and under which id are the server's to fill: `from`, `timestamp`, `id`,
// `conversation` and the like are dropped. channelData stays, because the stock web-chat widget takes the
// echo by the clientActivityID in it. Which types there are, and what each needs, is the engine's to say.
//
// Any thread. Errors: kInvalid, kTooLarge; the message names the field.
#pragma once

#include <string>

#include "connectors/connection_limits.h"
#include "engine/message.h"
#include "engine/result.h"

namespace parley::connectors {

/// Unknown fields: other clients of Direct Line send many, and they are dropped; on our own protocol they are
/// mistakes.
enum class UnknownFields { kDrop, kRefuse };

struct CleanActivity {
  bool transient = false;  // typing: shown to nobody yet, never a turn
  std::string client_id;   // channelData.clientActivityID; may be empty
  Json activity;
};

Result<CleanActivity> clean_activity(const Json& raw, UnknownFields unknown, const ConnectionLimits& limits);

}  // namespace parley::connectors
