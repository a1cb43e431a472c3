// A conversation as its shard holds it: what waits for it, who listens, and where it stands.
//
// Thread rule: the shard's thread only. What is loaded may be dropped at any time at which nothing is under
// way, and is read from the store again when it is needed.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/engine.h"
#include "engine/storage/record.h"

namespace parley {

/// What turns begin with. The first three have somebody who waits for an answer.
struct OpenTask {
  OpenRequest request;
  Engine::Callback<Opened> done;
};
struct SubmitTask {
  Inbound inbound;
  Engine::Callback<Receipt> done;
};
struct EventTask {
  OutsideEvent event;
  std::string conversation_id;
  bool may_start = true;                               // a flow, where nothing waits for the event
  Engine::Callback<std::optional<EventReceipt>> done;  // nullopt: it is nothing to this conversation
};
struct CallEndedTask {
  CallOutcome outcome;
};
struct TimerTask {
  DueTimer timer;
};
using Task = std::variant<OpenTask, SubmitTask, EventTask, CallEndedTask, TimerTask>;

const std::string& conversation_of(const OpenTask& task);
const std::string& conversation_of(const SubmitTask& task);

/// The id by which a repeat of the task is known; "" for none.
std::string client_id_of(const Task& task);

/// True when nobody waits for the task's end: it is the engine's own and must not get lost.
bool is_internal(const Task& task);
/// Tells who waits that it was not done. An internal task must not be refused.
void refuse(Task& task, const Error& error);

/// Where a conversation stands after its last turn.
struct LoadedConversation {
  ConversationRecord record;  // without the state's text
  Json state;
  std::map<std::string, PendingCall> calls;
  std::map<std::string, TimePoint> timers;
  BotPtr bot;              // that ran the last turn; null when that was in another process
  bool flow_open = false;  // the bot must stay the same
};

struct AttachedOutbox {
  std::shared_ptr<Outbox> outbox;
  Sequence delivered = 0;   // the last activity it got
  bool catching_up = true;  // history is still being read: what is new will come with it
};

struct Conversation {
  std::string id;
  std::unique_ptr<LoadedConversation> loaded;  // null: not read, or dropped
  std::list<Task> mailbox;                     // empty in nearly all, when it takes no memory
  bool committing = false;                     // a turn of it is with the store
  std::vector<AttachedOutbox> outboxes;
  std::list<Conversation*>::iterator age;  // its place in the shard's list

  /// Nothing is under way that needs what is loaded.
  bool idle() const { return !committing && mailbox.empty() && (!loaded || loaded->calls.empty()); }
};

/// Hands new activities to everyone who has caught up.
void deliver(Conversation& conversation, const std::vector<StoredActivity>& activities);
/// Everyone attached sees for a moment that the bot is busy.
void show_typing(Conversation& conversation, const Bot& bot);

}  // namespace parley
