// The way of a message. run_turn() is the table of contents: each line is a step, in the order in which the
// data flows.
//
// A turn begins with a task from the conversation's mailbox: somebody opens the conversation, sends an
// activity, an event comes from outside, a service call ended, a timer's time came. It ends with a commit,
// after which, and only then, anybody hears of it. A crash before the commit leaves no trace, and the client
// that heard nothing sends again; a crash after it leaves the whole turn, and the client that sends again
// gets the stored answer. There is no third place to crash in.
#include "engine/turn.h"

#include <algorithm>
#include <spdlog/spdlog.h>

#include "engine/activity.h"
#include "engine/bot.h"
#include "engine/turn_parts.h"
#include "engine/understand_text.h"

namespace parley {
namespace {

bool choose_bot(TurnHost& host, const LoadedConversation& loaded, Turn& turn);
void set_the_scene(TurnHost& host, const LoadedConversation& loaded, Turn& turn);
bool is_wanted(const LoadedConversation& loaded, Turn& turn);
void understand(Turn& turn);
void give_up(TurnHost& host, Conversation& conversation, Turn turn, const Error& error);
void give_receipt(TurnHost& host, const Conversation& conversation, Turn& turn);

const Error kNoBot{ErrorCode::kUnavailable, "this channel has no bot at the moment"};
const Error kFailed{ErrorCode::kInternal, "the bot failed on this activity; the log says why"};

}  // namespace

void run_turn(TurnHost& host, Conversation& conversation, Task task) {
  Turn turn;
  turn.task = std::move(task);

  // Before any work: is it well formed, within the limits, and is the conversation this person's?
  if (admit(host, conversation, turn) == Admitted::kFinished) return;

  // A client that missed its receipt sends again. It gets the stored one, and nothing is done twice.
  if (answer_repeat(host, conversation, turn) == Admitted::kFinished) return;

  // An open flow finishes on the version of the bot it began with; else the newest one takes over.
  if (!choose_bot(host, *conversation.loaded, turn))
    return give_up(host, conversation, std::move(turn), kNoBot);

  // The one look at the clock. Within a conversation time only moves on, whatever the wall clock does.
  set_the_scene(host, *conversation.loaded, turn);

  // An event from outside is only taken where it means something; else it leaves no trace.
  if (!is_wanted(*conversation.loaded, turn)) return;

  // Text becomes intents and entities. They are stored, so that a replay does not depend on the model.
  understand(turn);

  // The dialogue decides, as a pure function of the state and the event.
  if (!run_dialogue(*conversation.loaded, turn)) return give_up(host, conversation, std::move(turn), kFailed);

  // Everything that happened gets its place in the ledger; activities get their id, time and sender.
  stamp_events(conversation, turn);

  // Activity, replies, state, timers and calls are one record, stored whole or not at all.
  TurnRecord record = collect_record(conversation, turn);

  // Others' turns share the transaction. finish_turn() goes on from here once the disk has it.
  host.commit(conversation, std::move(turn), std::move(record));
}

void finish_turn(TurnHost& host, Conversation& conversation, Turn turn, const Result<Done>& committed) {
  // A client that hears this sends again; its conversation is read anew, as the store really has it.
  if (!committed) return give_up(host, conversation, std::move(turn), committed.error());

  // The person's own activity first, then the replies: clients hold back a reply to what they have not seen.
  deliver(conversation, turn.activities);

  // Calls leave only now: had they left before the commit, a crash could have made one that nobody remembers.
  for (const PendingCall& call : turn.calls)
    host.begin_call(conversation, call);
  if (!turn.calls.empty()) show_typing(conversation, *turn.bot);
  for (const TimerRequest& timer : turn.advance.timers)
    if (timer.due) host.expect_timer(*timer.due);
  for (const FlowEnd& end : turn.advance.ends)
    host.flow_ended(turn.context.channel, end);

  // It is stored, so it may be acknowledged. Whoever hears this has been shown all that the turn said.
  give_receipt(host, conversation, turn);
}

Result<Done> load(TurnHost& host, Conversation& conversation) {
  if (conversation.loaded) return Done{};
  auto found = host.reader().find(conversation.id);
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::kNotFound, "there is no such conversation"};
  ConversationSnapshot& snapshot = **found;
  auto loaded = std::make_unique<LoadedConversation>();
  loaded->state = Json::parse(snapshot.record.state, nullptr, false);
  if (loaded->state.is_discarded())
    return Error{ErrorCode::kCorrupt, "the stored state of a conversation is damaged"};
  snapshot.record.state.clear();
  loaded->record = std::move(snapshot.record);
  for (const TimerRequest& timer : snapshot.timers)
    loaded->timers[timer.id] = *timer.due;
  conversation.loaded = std::move(loaded);
  for (PendingCall& call : snapshot.calls) {
    host.begin_call(conversation, call);
    conversation.loaded->calls[call.request.id] = std::move(call);
  }
  return Done{};
}

Result<Done> check_owner(const Conversation& conversation, const std::string& person_id) {
  if (conversation.loaded->record.person.id == person_id) return Done{};
  return Error{ErrorCode::kDenied, "this conversation belongs to somebody else"};
}

namespace {

bool choose_bot(TurnHost& host, const LoadedConversation& loaded, Turn& turn) {
  turn.bot = loaded.flow_open ? loaded.bot : host.bot_of(loaded.record.channel);
  return turn.bot != nullptr;
}

void set_the_scene(TurnHost& host, const LoadedConversation& loaded, Turn& turn) {
  const auto* submit = std::get_if<SubmitTask>(&turn.task);
  turn.context.conversation_id = loaded.record.id;
  turn.context.channel = loaded.record.channel;
  turn.context.person = submit ? submit->inbound.from : loaded.record.person;
  turn.context.language = loaded.record.language;
  turn.context.now = std::max(host.now(), loaded.record.last_at + std::chrono::milliseconds(1));
  turn.context.standing = host.standing_of(loaded.record.channel);
}

bool is_wanted(const LoadedConversation& loaded, Turn& turn) {
  auto* task = std::get_if<EventTask>(&turn.task);
  if (task == nullptr) return true;
  EventUse use = EventUse::kNone;
  try {
    use = turn.bot->dialogue->use_of(loaded.state, turn.event, turn.context);
  } catch (const std::exception& problem) {
    spdlog::error("bot {} could not look at an event: {}", turn.bot->manifest.name, problem.what());
  }
  const bool wanted = use == EventUse::kAwaited || (use == EventUse::kStarts && task->may_start);
  if (!wanted) task->done(std::optional<EventReceipt>());
  return wanted;
}

void understand(Turn& turn) {
  if (turn.event.kind != Event::Kind::kMessage || !turn.answered) return;
  turn.event.understanding = understand_text(*turn.bot, turn.event.text, turn.context);
}

// Who waits is told; what is the engine's own goes back to the head of the mailbox and is tried again. What
// is in memory may be ahead of the store: it is forgotten.
void give_up(TurnHost& host, Conversation& conversation, Turn turn, const Error& error) {
  conversation.loaded.reset();
  if (!is_internal(turn.task)) {
    refuse(turn.task, error);
    return;
  }
  conversation.mailbox.push_front(std::move(turn.task));
  host.try_later(conversation);
}

void give_receipt(TurnHost& host, const Conversation& conversation, Turn& turn) {
  if (auto* open = std::get_if<OpenTask>(&turn.task)) return open->done(Opened{true});
  if (auto* timer = std::get_if<TimerTask>(&turn.task)) return host.timer_done(timer->timer);
  if (auto* submit = std::get_if<SubmitTask>(&turn.task)) {
    submit->done(Receipt{activity_id(conversation.id, turn.sequence), turn.sequence, false});
    return;
  }
  if (auto* event = std::get_if<EventTask>(&turn.task)) {
    event->done(
        std::optional(EventReceipt{conversation.id, activity_id(conversation.id, turn.sequence), false}));
    return;
  }
  host.call_done(conversation, std::get<CallEndedTask>(turn.task).outcome.call_id);
}

}  // namespace
}  // namespace parley
