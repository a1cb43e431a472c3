// Writing down what came of a turn: the cause first, then replies, calls, timers, ended flows, recovery
// cases, a hand-off, in this order.
//
// Example, for a message that the bot answers with one text and a call, in a conversation at sequence 7:
//   8 activity_in (cause 0)   9 activity_out (cause 8)   10 call (cause 8)
// Personal data is taken out on the way (redaction.h); clients that are there get the replies as they were
// said. Each event is at least a millisecond after the one before it, because web chat clients order by time.
#include <algorithm>
#include <utility>

#include "engine/activity.h"
#include "engine/bot.h"
#include "engine/engine.h"
#include "engine/outside_event.h"
#include "engine/turn_parts.h"
#include "engine/understanding_json.h"

namespace parley {
namespace {

Json to_json(const Person& person) {
  return {{"id", person.id}, {"name", person.name}, {"roles", person.roles}};
}

bool same(const Person& a, const Person& b) {
  return a.id == b.id && a.name == b.name && a.roles == b.roles;
}

std::int64_t milliseconds(TimePoint time) {
  return time.time_since_epoch().count();
}

class EventWriter {
 public:
  EventWriter(const LoadedConversation& loaded, Turn& turn)
      : record_(loaded.record),
        loaded_(loaded),
        turn_(turn),
        redaction_(turn.bot->redactor.get(), turn.advance.private_values),
        next_(loaded.record.last_sequence + 1),
        at_(turn.context.now) {}

  void write() {
    turn_.sequence = next_;
    write_cause();
    for (Json& activity : turn_.advance.activities)
      write_reply(std::move(activity));
    for (CallRequest& call : turn_.advance.calls)
      write_call(std::move(call));
    for (const TimerRequest& timer : turn_.advance.timers)
      write_timer(timer);
    for (const FlowEnd& end : turn_.advance.ends)
      add(EventKind::kFlowEnd, {{"flow", end.flow}, {"reason", end.reason}});
    for (const CaseChange& change : turn_.advance.cases)
      add(EventKind::kCase, redacted(parley::to_json(change)));
    if (turn_.advance.handed_off) add(EventKind::kHandoff, nullptr);
  }

 private:
  LedgerEvent& add(EventKind kind, const Json& detail) {
    LedgerEvent& event = turn_.events.emplace_back();
    event.sequence = next_++;
    event.at = at_;
    event.kind = kind;
    event.cause = event.sequence == first() ? 0 : first();
    if (!detail.empty()) event.detail = json_text(detail);
    at_ += std::chrono::milliseconds(1);
    return event;
  }

  Json redacted(Json json) {
    redaction_.json(json);
    return json;
  }

  Sequence first() const { return record_.last_sequence + 1; }

  void write_cause() {
    if (auto* submit = std::get_if<SubmitTask>(&turn_.task)) return write_inbound(submit->inbound);
    if (const auto* event = std::get_if<EventTask>(&turn_.task)) return write_event(event->event);
    Json detail = detail_of_turn();
    if (auto* ended = std::get_if<CallEndedTask>(&turn_.task))
      return write_call_result(ended->outcome, detail);
    if (auto* timer = std::get_if<TimerTask>(&turn_.task)) {
      detail["id"] = timer->timer.timer_id;
      add(EventKind::kTimerFired, detail);
      return;
    }
    detail["person"] = to_json(record_.person);
    add(EventKind::kOpened, detail);
  }

  // What a replay needs beside the activity, and why the bot answered as it did.
  Json detail_of_turn() {
    Json detail{{"version", turn_.bot->version},
                {"language", turn_.context.language},
                {"reasons", redacted(turn_.advance.reasons)}};
    if (turn_.context.standing) detail["standing"] = parley::to_json(*turn_.context.standing);
    return detail;
  }

  void write_inbound(Inbound& inbound) {
    Json detail = turn_.answered ? detail_of_turn() : Json::object();
    if (!turn_.event.understanding.language.empty()) {
      Understanding understanding = turn_.event.understanding;
      redaction_.understanding(turn_.event.text, understanding);
      detail["understanding"] = parley::to_json(understanding);
    }
    const std::string text = redaction_.text(turn_.event.text);
    if (detail.contains("/reasons/words"_json_pointer)) redaction_.words(text, detail["reasons"]["words"]);
    if (redaction_.changed()) detail["redacted"] = true;
    if (!same(inbound.from, record_.person)) detail["person"] = to_json(inbound.from);
    LedgerEvent& event = add(EventKind::kActivityIn, detail);
    event.client_id = inbound.client_id;
    strip_client_notes(inbound.activity);
    set_sender(inbound.activity, inbound.from);
    keep_activity(event, std::move(inbound.activity));
  }

  void write_event(const OutsideEvent& event) {
    Json detail = detail_of_turn();
    detail.update({{"name", event.name}, {"value", redacted(event.value)}});
    add(EventKind::kEventIn, detail).client_id = client_id_of(event);
  }

  void write_call_result(const CallOutcome& outcome, Json& detail) {
    detail.update({{"id", outcome.call_id},
                   {"ok", outcome.ok},
                   {"value", redacted(outcome.value)},
                   {"failure", outcome.failure}});
    add(EventKind::kCallResult, detail).cause = loaded_.calls.at(outcome.call_id).sequence;
  }

  void write_reply(Json activity) {
    LedgerEvent& event = add(EventKind::kActivityOut, nullptr);
    set_sender(activity, *turn_.bot);
    if (turn_.context.standing && turn_.context.standing->preview) activity["channelData"]["preview"] = true;
    if (turn_.reply_to > 0) activity["replyToId"] = activity_id(record_.id, turn_.reply_to);
    keep_activity(event, std::move(activity));
  }

  void keep_activity(LedgerEvent& event, Json activity) {
    stamp(activity, record_, event.sequence, event.at);
    std::string said = json_text(activity);
    event.activity = said;
    if (redaction_.is_needed(activity)) {
      Json written = activity;
      redaction_.activity(written);
      event.activity = json_text(written);
    }
    turn_.activities.push_back({event.sequence, event.client_id, std::move(activity), std::move(said)});
  }

  void write_call(CallRequest call) {
    const LedgerEvent& event = add(EventKind::kCall, {{"id", call.id},
                                                      {"service", call.service},
                                                      {"operation", call.operation},
                                                      {"arguments", redacted(call.arguments)}});
    turn_.calls.push_back({std::move(call), event.sequence, turn_.reply_to});
  }

  void write_timer(const TimerRequest& timer) {
    add(EventKind::kTimerSet,
        {{"id", timer.id}, {"due", timer.due ? Json(milliseconds(*timer.due)) : Json()}});
  }

  const ConversationRecord& record_;
  const LoadedConversation& loaded_;
  Turn& turn_;
  TurnRedaction redaction_;
  Sequence next_;
  TimePoint at_;
};

// Calls and timers that the turn ends, begins, sets and cancels.
void collect_work(LoadedConversation& loaded, const Turn& turn, TurnRecord& record) {
  if (const auto* ended = std::get_if<CallEndedTask>(&turn.task)) {
    record.ended_calls.push_back(ended->outcome.call_id);
    loaded.calls.erase(ended->outcome.call_id);
  }
  if (const auto* fired = std::get_if<TimerTask>(&turn.task))
    record.timers.push_back({fired->timer.timer_id, std::nullopt});
  record.timers.insert(record.timers.end(), turn.advance.timers.begin(), turn.advance.timers.end());
  for (const TimerRequest& timer : record.timers) {
    loaded.timers.erase(timer.id);
    if (timer.due) loaded.timers[timer.id] = *timer.due;
  }
  record.calls = turn.calls;
  for (const PendingCall& call : turn.calls)
    loaded.calls[call.request.id] = call;
}

}  // namespace

void stamp_events(const Conversation& conversation, Turn& turn) {
  EventWriter(*conversation.loaded, turn).write();
}

TurnRecord collect_record(Conversation& conversation, Turn& turn) {
  LoadedConversation& loaded = *conversation.loaded;
  TurnRecord record;
  collect_work(loaded, turn, record);
  loaded.record.person = turn.context.person;
  loaded.record.language = turn.advance.language.empty() ? turn.context.language : turn.advance.language;
  loaded.record.bot = turn.bot->manifest.name;
  loaded.record.bot_version = turn.bot->version;
  loaded.record.last_sequence = turn.events.back().sequence;
  loaded.record.last_at = turn.events.back().at;
  loaded.record.handed_off |= turn.advance.handed_off;
  loaded.bot = turn.bot;
  loaded.flow_open = turn.advance.flow_open;
  loaded.state = turn.advance.state;
  record.after = loaded.record;
  record.after.state = json_text(loaded.state);
  record.events = std::move(turn.events);
  return record;
}

}  // namespace parley
