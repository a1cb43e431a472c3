// A turn: one thing that happened, and all that it causes. turn.cpp is the table of contents.
//
// Thread rule: the thread of the conversation's shard.
#pragma once

#include <string>
#include <vector>

#include "engine/conversation.h"
#include "engine/dialogue.h"
#include "engine/result.h"
#include "engine/storage/store.h"

namespace parley {

/// A turn on its way. Filled from step to step.
struct Turn {
  Task task;
  bool answered = true;  // false: stored only, the dialogue has no part in it
  BotPtr bot;
  Event event;
  TurnContext context;
  Advance advance;
  Sequence reply_to = 0;            // the person's activity that replies refer to; 0: none
  Sequence sequence = 0;            // of the first of `events`
  std::vector<LedgerEvent> events;  // the first is the cause of the others; the record takes them
  std::vector<PendingCall> calls;
  std::vector<StoredActivity> activities;  // of `events`, as clients get them
};

/// What a turn needs of its shard.
class TurnHost {
 public:
  virtual ~TurnHost() = default;
  virtual StoreReader& reader() = 0;
  virtual TimePoint now() const = 0;
  /// The bot that a channel has now; null: no such channel.
  virtual BotPtr bot_of(const std::string& channel) const = 0;
  /// What a channel offers now; may be null.
  virtual StandingPtr standing_of(const std::string& channel) const = 0;
  /// False while nothing can be stored.
  virtual bool ready() const = 0;
  /// Stores the turn's record; then finish_turn is called on this thread.
  virtual void commit(Conversation& conversation, Turn turn, TurnRecord record) = 0;
  /// Executes a stored call; its outcome comes back as a CallEndedTask. A call that is under way,
  /// up to call_done(), is left alone.
  virtual void begin_call(const Conversation& conversation, const PendingCall& call) = 0;
  /// A timer of this time has been stored.
  virtual void expect_timer(TimePoint due) = 0;
  /// A flow's end has been stored.
  virtual void flow_ended(const std::string& channel, const FlowEnd& end) = 0;
  /// The call's end is stored, or was stored before.
  virtual void call_done(const Conversation& conversation, const std::string& call_id) = 0;
  /// The timer fired, or there was nothing to fire.
  virtual void timer_done(const DueTimer& timer) = 0;
  /// The mailbox begins with a task of the engine's own that could not be stored: look at it again after a
  /// pause.
  virtual void try_later(Conversation& conversation) = 0;
};

/// Runs the task up to its commit, or to the refusal that makes a commit needless.
void run_turn(TurnHost& host, Conversation& conversation, Task task);

/// After the commit, or after its failure.
void finish_turn(TurnHost& host, Conversation& conversation, Turn turn, const Result<Done>& committed);

/// Reads what the store knows of the conversation, unless that is at hand, and takes up its pending calls.
/// kNotFound.
Result<Done> load(TurnHost& host, Conversation& conversation);

/// kDenied when the conversation is another person's.
Result<Done> check_owner(const Conversation& conversation, const std::string& person_id);

}  // namespace parley
