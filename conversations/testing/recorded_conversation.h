// A conversation as the ledger holds it, cut into exchanges: something from outside (a person's activity, a
// timer, the opening) and all that the bot made of it until the next, over however many turns.
//
// Memory: one conversation at a time, at most kRecordedEventsMax events of it; the rest is left out. Errors:
// those of the reader, kNotFound. Thread rule: the reader's thread.
#pragma once

#include <string>
#include <vector>

#include "engine/storage/store.h"

namespace parley::conversations {

inline constexpr std::size_t kRecordedEventsMax = 20'000;

struct RecordedEvent {
  Sequence sequence = 0;
  TimePoint at{};
  EventKind kind = EventKind::kActivityIn;
  Json activity;  // null where there is none
  Json detail;    // always an object
};

/// What the bot did in one exchange, live or in a replay.
struct BotSide {
  std::vector<Json> replies;  // messages, without what the server puts on
  std::vector<Json> reasons;  // of each turn
  std::vector<FlowEnd> ends;
  bool handed_off = false;
};

struct RecordedExchange {
  std::vector<RecordedEvent> causes;  // the one from outside, then results of calls
  BotSide bot;
};

struct RecordedCall {
  CallRequest request;
  CallOutcome outcome;
  Sequence ended = 0;  // sequence of its result; 0: it never ended
};

struct RecordedConversation {
  ConversationRecord record;
  std::vector<RecordedExchange> exchanges;
  std::vector<RecordedCall> calls;  // in order
  bool cut = false;                 // there are more events
};

Result<RecordedConversation> read_conversation(StoreReader& reader, const std::string& id);

/// A reply without id, time, sender: what a person sees of it.
Json shown_part(const Json& activity);

}  // namespace parley::conversations
