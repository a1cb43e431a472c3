// The dialogue as the engine sees it: a pure function from state and event to the next state and what to do.
//
// Purity is the contract on which replay, exhaustive walking, virtual clocks in tests and crash recovery
// stand: the same arguments give the same result, byte for byte; no I/O, no clock, no randomness. `now` comes
// in from outside; "random" choices (variants of a reply) are derived from the state.
//
// The state is JSON, opaque to everyone but the dialogue, at most a few kilobytes, with the format version
// inside it. Thread rule: immutable; any number of threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/channel_standing.h"
#include "engine/message.h"
#include "engine/recovery_case.h"

namespace parley {

/// What is fixed for a conversation while a turn runs.
struct TurnContext {
  std::string conversation_id;
  std::string channel;  // "helpdesk", "webchat", "console"
  Person person;
  std::string language;  // of the channel or the last message; one of the bot's languages
  TimePoint now{};
  StandingPtr standing;  // of the channel; may be null
};

struct Advance {
  Json state;
  std::vector<Json> activities;  // replies in order, without id, timestamp and from
  std::vector<CallRequest> calls;
  std::vector<TimerRequest> timers;
  std::vector<FlowEnd> ends;
  std::vector<CaseChange> cases;  // what became of recovery cases, in order
  bool handed_off = false;        // a person has been asked for in this turn
  std::string language;           // of the replies, and of the conversation from now on; "": as it was
  bool flow_open = false;         // a flow is under way: not a safe point to move to a new version of the bot
  std::vector<std::string> private_values;  // of the slots that a flow calls private: not to be written down
  Json reasons = Json::object();  // {"rule":..., "flow":..., "step":...}: why this was said
};

/// What a conversation would make of an event from outside.
enum class EventUse {
  kNone,     // nothing waits for it
  kStarts,   // a flow would begin
  kAwaited,  // a flow waits for it, or the conversation as a whole
};

class Dialogue {
 public:
  virtual ~Dialogue() = default;
  /// `state` is null for a new conversation. Never fails: what goes wrong inside becomes the `error` pattern
  /// and a reason.
  virtual Advance advance(const Json& state, const Event& event, const TurnContext& context) const = 0;
  /// As pure as advance().
  virtual EventUse use_of(const Json& /*state*/, const Event& /*event*/,
                          const TurnContext& /*context*/) const {
    return EventUse::kNone;
  }
};

}  // namespace parley
