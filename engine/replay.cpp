// A replay sends each cause through the very functions that a live turn uses, from the dialogue on, and
// compares the events that they write with those that are stored. Live, a turn's clock, understanding and
// call outcome come from outside; here they come from the cause's event. Example: `8 activity_in "count"`
// gives `9 call`; then the stored `10 call_result` is the next cause, and must give the stored `11
// activity_out`.
#include "engine/replay.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "engine/activity.h"
#include "engine/limits.h"
#include "engine/storage/person_json.h"
#include "engine/turn_parts.h"
#include "engine/understanding_json.h"

namespace parley {
namespace {

using Events = std::vector<LedgerEvent>;

bool begins_turn(const LedgerEvent& event) {
  return event.cause == 0 || event.kind == EventKind::kCallResult;
}

Json detail_of(const LedgerEvent& event) {
  Json detail = Json::parse(event.detail, nullptr, false);
  return detail.is_object() ? detail : Json::object();
}

class Replay {
 public:
  Replay(const ConversationRecord& stored, BotPtr bot) : stored_(stored), bot_(std::move(bot)) {
    conversation_.id = stored.id;
    conversation_.loaded = std::make_unique<LoadedConversation>();
    conversation_.loaded->record.id = stored.id;
    conversation_.loaded->record.channel = stored.channel;
  }

  ReplayOutcome run(const Events& events) {
    for (std::size_t begin = 0; begin < events.size() && outcome_.equal();) {
      std::size_t end = begin + 1;
      while (end < events.size() && !begins_turn(events[end]))
        ++end;
      run_turn(events.data() + begin, events.data() + end);
      begin = end;
    }
    const std::string state = json_text(conversation_.loaded->state);
    if (outcome_.equal() && !redacted_ && state != stored_.state)
      outcome_.difference = "state: stored " + stored_.state + ", now " + state;
    return outcome_;
  }

 private:
  void run_turn(const LedgerEvent* begin, const LedgerEvent* end) {
    ++outcome_.turns;
    Turn turn = turn_of(*begin);
    if (!run_dialogue(*conversation_.loaded, turn)) return differ(*begin, "the dialogue failed");
    stamp_events(conversation_, turn);
    const TurnRecord record = collect_record(conversation_, turn);
    for (const LedgerEvent& now : record.events) {
      if (begin == end) return differ(now, "nothing is stored, now " + shown(now));
      if (shown(*begin) != shown(now)) return differ(now, "stored " + shown(*begin) + ", now " + shown(now));
      ++begin;
    }
    if (begin != end) differ(*begin, "stored " + shown(*begin) + ", now nothing");
  }

  void differ(const LedgerEvent& at, const std::string& how) {
    outcome_.difference = "event " + std::to_string(at.sequence) + ": " + how;
  }

  // All of an event but the version of the bot, which a replay may be about.
  static std::string shown(const LedgerEvent& event) {
    Json detail = detail_of(event);
    detail.erase("version");
    detail.erase("redacted");  // what was taken out once is not found again
    return Json{{"kind", name_of(event.kind)},
                {"cause", event.cause},
                {"activity", event.activity},
                {"detail", detail},
                {"at", event.at.time_since_epoch().count()}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  Turn turn_of(const LedgerEvent& cause) {
    const Json detail = detail_of(cause);
    redacted_ = redacted_ || detail.value("redacted", false);
    ConversationRecord& record = conversation_.loaded->record;
    if (detail.contains("person") && cause.kind == EventKind::kOpened)
      record.person = person_from_json(detail["person"].dump());
    Turn turn;
    turn.bot = bot_;
    turn.context = {record.id,     record.channel,
                    record.person, detail.value("language", record.language),
                    cause.at,      standing_from_json(detail.value("standing", Json()))};
    if (cause.kind == EventKind::kActivityIn)
      take_activity(cause, detail, turn);
    else if (cause.kind == EventKind::kCallResult)
      take_call_result(detail, turn);
    else if (cause.kind == EventKind::kTimerFired)
      take_timer(detail, turn);
    else if (cause.kind == EventKind::kEventIn)
      take_event(detail, turn);
    else
      turn.event.kind = Event::Kind::kStarted;  // the task is an OpenTask by default
    return turn;
  }

  void take_activity(const LedgerEvent& cause, const Json& detail, Turn& turn) {
    Json activity = Json::parse(cause.activity, nullptr, false);
    if (detail.contains("person")) turn.context.person = person_from_json(detail["person"].dump());
    const auto use = admit_activity(activity);
    turn.answered = use.ok() && *use == ActivityUse::kTurn;
    if (turn.answered) turn.event = event_of(activity);
    turn.event.understanding = understanding_from_json(detail.value("understanding", Json()));
    turn.reply_to = cause.sequence;
    turn.task = SubmitTask{{stored_.id, cause.client_id, turn.context.person, std::move(activity)}, nullptr};
  }

  void take_call_result(const Json& detail, Turn& turn) {
    CallOutcome outcome{detail.value("id", ""), detail.value("ok", false), detail.value("value", Json()),
                        detail.value("failure", "")};
    const auto call = conversation_.loaded->calls.find(outcome.call_id);
    if (call != conversation_.loaded->calls.end()) turn.reply_to = call->second.reply_to;
    turn.event.kind = Event::Kind::kCallEnded;
    turn.event.call = outcome;
    turn.task = CallEndedTask{std::move(outcome)};
  }

  void take_timer(const Json& detail, Turn& turn) {
    turn.event.kind = Event::Kind::kTimer;
    turn.event.name = detail.value("id", "");
    turn.task = TimerTask{{stored_.id, turn.event.name, TimePoint{}}};
  }

  void take_event(const Json& detail, Turn& turn) {
    turn.event.kind = Event::Kind::kCustom;
    turn.event.outside = true;
    turn.event.name = detail.value("name", "");
    turn.event.value = detail.value("value", Json());
    turn.task =
        EventTask{{"", turn.event.name, turn.event.value, stored_.id, "", ""}, stored_.id, true, nullptr};
  }

  const ConversationRecord& stored_;
  const BotPtr bot_;
  Conversation conversation_;
  ReplayOutcome outcome_;
  bool redacted_ = false;  // the state may hold what the events do not
};

}  // namespace

Result<Events> events_of(StoreReader& reader, const std::string& conversation_id, std::size_t most) {
  Events all;
  while (all.size() < most) {
    const std::size_t limit = std::min(most - all.size(), limits::kHistoryPageMax);
    auto page = reader.events(conversation_id, all.empty() ? 0 : all.back().sequence, limit);
    if (!page) return page.error();
    if (page->empty()) break;
    all.insert(all.end(), std::make_move_iterator(page->begin()), std::make_move_iterator(page->end()));
  }
  return all;
}

Result<ReplayOutcome> replay(StoreReader& reader, const std::string& conversation_id, const BotPtr& bot) {
  const auto found = reader.find(conversation_id);
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::kNotFound, "there is no conversation " + conversation_id};
  const auto events = events_of(reader, conversation_id, std::numeric_limits<std::size_t>::max());
  if (!events) return events.error();
  try {
    return Replay((*found)->record, bot).run(*events);
  } catch (const std::exception& problem) {  // JSON of another shape, a call that was never asked for
    return Error{ErrorCode::kCorrupt,
                 "conversation " + conversation_id + " can't be replayed: " + problem.what()};
  }
}

}  // namespace parley
