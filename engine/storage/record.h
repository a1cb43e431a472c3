// What the ledger holds: events, in the order in which they happened, and where each conversation stands
// after the last.
//
// Events are only ever added. The rest (state, pending calls, timers) is what the events lead to, kept so
// that a turn need not replay the conversation; engine/replay.h checks the one against the other.
// docs/ledger.md describes both.
//
// Plain values. Times are UTC milliseconds, strictly rising within a conversation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/message.h"

namespace parley {

/// Stored as these names: add at will, never rename.
enum class EventKind {
  kOpened,       // the conversation was made                  detail: language, version
  kActivityIn,   // a person's activity                        detail: language, version, understanding,
                 // reasons
  kEventIn,      // an event from outside                      detail: name, value, language, version, reasons
  kActivityOut,  // a reply of the bot
  kCall,         // the dialogue asked for a service call      detail: id, service, operation, arguments
  kCallResult,  // the call ended                             detail: id, ok, value, failure, version, reasons
  kTimerSet,    // a timer was set, moved or cancelled        detail: id, due (null: cancelled)
  kTimerFired,  // a timer's time came                        detail: id, version, reasons
  kFlowEnd,     // a flow ended                               detail: flow, reason
  kHandoff,     // a person was asked for
  kCase,        // what became of a recovery case             detail: case, what, and more by what
};

std::string_view name_of(EventKind kind);
/// Nullopt: a name that this version does not know.
std::optional<EventKind> event_kind(std::string_view name);

struct LedgerEvent {
  Sequence sequence = 0;
  TimePoint at{};
  EventKind kind = EventKind::kActivityIn;
  std::string client_id;  // of a person's activity, when the client gave one; unique in its conversation
  Sequence cause = 0;     // the event that this one follows from; 0: it came from outside
  std::string activity;   // kActivityIn, kActivityOut: what clients see, as JSON text; else empty
  std::string detail;     // JSON text of an object, as listed above; may be empty
};

/// A call that was asked for and has not ended yet.
struct PendingCall {
  CallRequest request;
  Sequence sequence = 0;  // of its kCall event: with the conversation's id, the idempotency key
  Sequence reply_to = 0;  // of the activity that the answer will be a reply to; 0: none
};

struct ConversationRecord {
  std::string id;
  std::string channel;
  Person person;
  std::string bot;          // its name
  std::string bot_version;  // that ran the last turn
  std::string language;
  TimePoint created{};
  Sequence last_sequence = 0;
  TimePoint last_at{};  // of the last event
  std::string state;    // the dialogue's, as JSON text
  bool handed_off = false;
};

/// A conversation with all that its next turn needs.
struct ConversationSnapshot {
  ConversationRecord record;
  std::vector<PendingCall> calls;    // by sequence
  std::vector<TimerRequest> timers;  // by id; `due` is always there
};

struct DueTimer {
  std::string conversation_id;
  std::string timer_id;
  TimePoint due{};
};

/// All that one turn writes, in one transaction.
struct TurnRecord {
  ConversationRecord after;              // last_sequence: of the last of `events`
  std::vector<LedgerEvent> events;       // contiguous
  std::vector<PendingCall> calls;        // that begin
  std::vector<std::string> ended_calls;  // ids of those that ended
  std::vector<TimerRequest> timers;      // set, moved, cancelled or (without `due`) fired
};

}  // namespace parley
