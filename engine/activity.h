// Activities on their way into and out of the ledger: what is let in, what is taken off, what is put on.
//
// The shape is that of the Bot Framework Activity Protocol (microsoft/botframework-sdk,
// specs/botframework-activity). What web chat clients rely on: every stored activity has an id, a timestamp
// and a sender with a role; a person's own activity comes back with its channelData as it was sent, but
// without the client's private notes in it.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "engine/message.h"
#include "engine/result.h"
#include "engine/storage/record.h"

namespace parley {

struct Bot;

/// What is done with a person's activity of some type.
enum class ActivityUse {
  kTurn,       // message, event: the dialogue answers
  kStored,     // conversationUpdate and the like: kept, not answered
  kTransient,  // typing: not even kept
};

/// kInvalid: not an activity that people send; kTooLarge: over a limit of limits.h. The message says what to
/// change.
Result<ActivityUse> admit_activity(const Json& activity);

/// Over limits::kTextMaxChars: nobody tries to understand it, the dialogue says that it is too long.
bool is_too_long(std::string_view text);

/// Whether a value from outside keeps the limits of depth and size.
bool fits_json_limits(const Json& value);

/// What the dialogue gets to see of an admitted activity of use kTurn; without its understanding.
Event event_of(const Json& activity);

/// Takes off what clients keep in channelData for themselves: "webchat:...", "webChat", "state".
void strip_client_notes(Json& activity);

/// Puts on what only the server knows: id, timestamp, conversation, channelId.
void stamp(Json& activity, const ConversationRecord& conversation, Sequence sequence, TimePoint at);
void set_sender(Json& activity, const Person& person);
void set_sender(Json& activity, const Bot& bot);

/// "2026-03-02T09:00:00.000Z"
std::string timestamp_text(TimePoint time);

/// Compact JSON text; bytes that are not UTF-8 are replaced, never an error.
std::string json_text(const Json& json);

}  // namespace parley
