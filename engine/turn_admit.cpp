// Letting a task in: everything that can be refused is refused here, before any work is done and anything is
// stored.
#include <algorithm>
#include <spdlog/spdlog.h>

#include "engine/activity.h"
#include "engine/bot.h"
#include "engine/limits.h"
#include "engine/outside_event.h"
#include "engine/turn_parts.h"

namespace parley {
namespace {

const Error kNotReady{ErrorCode::kUnavailable, "nothing can be stored at the moment; try again later"};

Admitted finished(Task& task, const Error& error) {
  refuse(task, error);
  return Admitted::kFinished;
}

// The bot's language that the request's begins with ("nl-BE" -> "nl"); "": the first text will tell.
std::string choose_language(const Bot& bot, const std::string& requested) {
  const std::string primary = requested.substr(0, requested.find_first_of("-_"));
  const auto& known = bot.manifest.languages;
  return std::find(known.begin(), known.end(), primary) != known.end() ? primary : "";
}

std::unique_ptr<LoadedConversation> new_conversation(const OpenRequest& request, const Bot& bot,
                                                     TimePoint now) {
  auto loaded = std::make_unique<LoadedConversation>();
  loaded->record.id = request.conversation_id;
  loaded->record.channel = request.channel;
  loaded->record.person = request.person;
  loaded->record.bot = bot.manifest.name;
  loaded->record.language = choose_language(bot, request.language);
  loaded->record.created = now;
  return loaded;
}

Admitted admit_open(TurnHost& host, Conversation& conversation, Turn& turn) {
  auto& task = std::get<OpenTask>(turn.task);
  const auto known = load(host, conversation);
  if (known) {
    if (auto owner = check_owner(conversation, task.request.person.id); !owner)
      return finished(turn.task, owner.error());
    task.done(Opened{false});
    return Admitted::kFinished;
  }
  if (known.error().code != ErrorCode::kNotFound) return finished(turn.task, known.error());
  const BotPtr bot = host.bot_of(task.request.channel);
  if (bot == nullptr)
    return finished(turn.task, {ErrorCode::kNotFound, "there is no channel '" + task.request.channel + "'"});
  if (!host.ready()) return finished(turn.task, kNotReady);
  conversation.loaded = new_conversation(task.request, *bot, host.now());
  turn.event.kind = Event::Kind::kStarted;
  return Admitted::kGoOn;
}

Admitted admit_submit(TurnHost& host, Conversation& conversation, Turn& turn) {
  auto& task = std::get<SubmitTask>(turn.task);
  const auto use = admit_activity(task.inbound.activity);
  if (!use) return finished(turn.task, use.error());
  if (task.inbound.client_id.size() > limits::kActivityIdMaxBytes)
    return finished(turn.task,
                    {ErrorCode::kTooLarge, "the client's id of an activity is over " +
                                               std::to_string(limits::kActivityIdMaxBytes) + " bytes"});
  if (task.inbound.client_id.starts_with(kEventIdPrefix))
    return finished(turn.task, {ErrorCode::kInvalid, "a client's own id of an activity can't begin with '" +
                                                         std::string(kEventIdPrefix) + "'"});
  if (auto known = load(host, conversation); !known) return finished(turn.task, known.error());
  if (auto owner = check_owner(conversation, task.inbound.from.id); !owner)
    return finished(turn.task, owner.error());
  if (*use == ActivityUse::kTransient) {
    task.done(Receipt{activity_id(conversation.id, 0), 0, false});  // no event has the sequence number 0
    return Admitted::kFinished;
  }
  if (!host.ready()) return finished(turn.task, kNotReady);
  turn.answered = *use == ActivityUse::kTurn;
  if (turn.answered) turn.event = event_of(task.inbound.activity);
  turn.reply_to = conversation.loaded->record.last_sequence + 1;
  return Admitted::kGoOn;
}

Admitted admit_event(TurnHost& host, Conversation& conversation, Turn& turn) {
  const OutsideEvent& event = std::get<EventTask>(turn.task).event;
  if (auto known = load(host, conversation); !known) return finished(turn.task, known.error());
  if (!host.ready()) return finished(turn.task, kNotReady);
  turn.event.kind = Event::Kind::kCustom;
  turn.event.outside = true;
  turn.event.name = event.name;
  turn.event.value = event.value;
  return Admitted::kGoOn;
}

// The engine's own tasks wait for the store, however long that takes.
bool can_load(TurnHost& host, Conversation& conversation, Turn& turn) {
  const auto known = load(host, conversation);
  if (known) return true;
  if (known.error().code == ErrorCode::kNotFound || known.error().code == ErrorCode::kCorrupt) {
    spdlog::error("a call or timer was dropped: {}", known.error().message);
    return false;
  }
  conversation.mailbox.push_front(std::move(turn.task));
  host.try_later(conversation);
  return false;
}

Admitted admit_call_ended(TurnHost& host, Conversation& conversation, Turn& turn) {
  if (!can_load(host, conversation, turn)) return Admitted::kFinished;
  CallOutcome& outcome = std::get<CallEndedTask>(turn.task).outcome;
  const auto call = conversation.loaded->calls.find(outcome.call_id);
  if (call == conversation.loaded->calls.end()) {  // its end is stored already
    host.call_done(conversation, outcome.call_id);
    return Admitted::kFinished;
  }
  turn.reply_to = call->second.reply_to;
  turn.event.kind = Event::Kind::kCallEnded;
  turn.event.call = outcome;
  return Admitted::kGoOn;
}

Admitted admit_timer(TurnHost& host, Conversation& conversation, Turn& turn) {
  const DueTimer timer = std::get<TimerTask>(turn.task).timer;
  if (!can_load(host, conversation, turn)) return Admitted::kFinished;
  const auto set = conversation.loaded->timers.find(timer.timer_id);
  if (set == conversation.loaded->timers.end() || set->second > host.now()) {  // cancelled or moved meanwhile
    host.timer_done(timer);
    return Admitted::kFinished;
  }
  turn.event.kind = Event::Kind::kTimer;
  turn.event.name = timer.timer_id;
  return Admitted::kGoOn;
}

}  // namespace

Admitted admit(TurnHost& host, Conversation& conversation, Turn& turn) {
  if (std::holds_alternative<OpenTask>(turn.task)) return admit_open(host, conversation, turn);
  if (std::holds_alternative<SubmitTask>(turn.task)) return admit_submit(host, conversation, turn);
  if (std::holds_alternative<EventTask>(turn.task)) return admit_event(host, conversation, turn);
  if (std::holds_alternative<CallEndedTask>(turn.task)) return admit_call_ended(host, conversation, turn);
  return admit_timer(host, conversation, turn);
}

Admitted answer_repeat(TurnHost& host, const Conversation& conversation, Turn& turn) {
  const std::string client_id = client_id_of(turn.task);
  if (client_id.empty()) return Admitted::kGoOn;
  const auto stored = host.reader().find_repeat(conversation.id, client_id);
  if (stored && !stored->has_value()) return Admitted::kGoOn;
  if (!stored) return finished(turn.task, stored.error());
  const std::string id = activity_id(conversation.id, **stored);
  if (auto* event = std::get_if<EventTask>(&turn.task))
    event->done(std::optional(EventReceipt{conversation.id, id, true}));
  else
    std::get<SubmitTask>(turn.task).done(Receipt{id, **stored, true});
  return Admitted::kFinished;
}

}  // namespace parley
