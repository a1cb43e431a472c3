// The words that travel through the engine: people, activities, what happened, what the dialogue wants done.
//
// An activity is a message or event in the JSON shape of the Bot Framework Activity Protocol
// (microsoft/botframework-sdk, specs/botframework-activity):
// {"type":"message","text":...,"attachments":[...],...}. The engine sets id, timestamp, conversation,
// channelId and from; connectors and dialogue fill the rest.
//
// Thread rule: plain values. Times are UTC milliseconds since 1970.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"

namespace parley {

using Json = nlohmann::json;
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
/// Position of an event in its conversation's ledger: 1, 2, 3 ... without a gap.
using Sequence = std::uint64_t;

struct Person {
  std::string id;    // unique in its channel, never chosen by the client alone
  std::string name;  // may be empty
  std::vector<std::string> roles;
};

/// What a connector hands to the engine: one activity of one person, already authenticated.
struct Inbound {
  std::string conversation_id;
  std::string client_id;  // the client's own id of this activity, for finding repeats; may be empty
  Person from;
  Json activity;
};

/// The engine's answer to an Inbound, given only after the commit.
struct Receipt {
  std::string activity_id;  // "<conversation>|<sequence, 7 digits or more>"
  Sequence sequence = 0;
  bool repeat = false;  // the same client_id had been stored before; nothing was done again
};

/// One activity as the ledger holds it, on its way to a client.
struct StoredActivity {
  Sequence sequence = 0;
  std::string client_id;  // of an inbound one; else empty
  Json activity;          // complete: id, timestamp, from, conversation, replyToId ...
  std::string json;       // `activity` as compact JSON text, so that a connector need not write it again
};

/// How a service call ended. `value` is what the flow sees.
struct CallOutcome {
  std::string call_id;
  bool ok = false;
  Json value;
  std::string failure;  // when not ok: "timeout", "unavailable", "rejected", "invalid"
};

/// The event by which the person who took over gives the conversation back to the bot. Like all events that
/// flows wait for it comes from outside: what a client sends is never taken for it, or a visitor would end
/// the own hand-off.
inline constexpr std::string_view kHandbackEvent = "handback";

/// Something happened in a conversation: the input of Dialogue::advance.
struct Event {
  enum class Kind { kStarted, kMessage, kCustom, kCallEnded, kTimer };
  Kind kind = Kind::kMessage;
  std::string text;             // kMessage
  Json value;                   // kMessage: a card's or button's value; kCustom: the event's value
  std::string name;             // kCustom: the event's name; kTimer: the timer's id
  bool outside = false;         // kCustom: a service of the operator's sent it, no client
  Understanding understanding;  // kMessage
  CallOutcome call;             // kCallEnded
};

/// A service call that the dialogue asks for. It comes back as a kCallEnded event.
struct CallRequest {
  std::string id;  // unique in its conversation; with it the idempotency key
  std::string service;
  std::string operation;
  Json arguments = Json::object();
};

struct TimerRequest {
  std::string id;                // setting it again moves it
  std::optional<TimePoint> due;  // none: cancelled
};

/// A flow that ended in this turn, for reports.
struct FlowEnd {
  std::string flow;
  std::string reason;  // "completed", "cancelled", "escalated" ... (docs/ledger.md) or the author's own word
};

}  // namespace parley
