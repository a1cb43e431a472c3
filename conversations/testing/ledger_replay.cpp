// The candidate is driven turn by turn with the causes that the ledger holds, in their order, so that a
// person who wrote while a call was under way is answered as it was then. Example: live `8 activity_in`, `9
// call`, `10 activity_in`, `11 call_result`. The candidate's call is the recorded one (the same arguments),
// so its outcome is held back until event 11. Had the candidate called something that the ledger knows from
// before, it would get that outcome at once.
#include "conversations/testing/ledger_replay.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "conversations/testing/reasons.h"
#include "conversations/testing/reply_view.h"
#include "engine/activity.h"
#include "engine/storage/person_json.h"
#include "engine/understand_text.h"

namespace parley::conversations {
namespace {

constexpr std::size_t kTurnsMax = 200;  // of one exchange: a candidate that calls without end is cut off

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

/// The recorded calls, each to be used once.
class RecordedCalls {
 public:
  explicit RecordedCalls(const std::vector<RecordedCall>& calls) : calls_(calls), used_(calls.size()) {}

  /// The first unused one like it; null: there is none.
  const RecordedCall* take(const CallRequest& request) {
    for (std::size_t i = 0; i < calls_.size(); ++i) {
      const CallRequest& recorded = calls_[i].request;
      if (used_[i] || recorded.service != request.service || recorded.operation != request.operation ||
          recorded.arguments != request.arguments)
        continue;
      used_[i] = true;
      return &calls_[i];
    }
    return nullptr;
  }

 private:
  const std::vector<RecordedCall>& calls_;
  std::vector<bool> used_;
};

/// Runs the candidate through one conversation.
class CandidateRun {
 public:
  CandidateRun(const RecordedConversation& recorded, const Bot& bot, ReplayedConversation& result)
      : bot_(bot), calls_(recorded.calls), result_(result) {
    context_.conversation_id = recorded.record.id;
    context_.channel = recorded.record.channel;
    context_.person = recorded.record.person;
    context_.language = recorded.record.language;
    for (const RecordedExchange& exchange : recorded.exchanges)
      for (const RecordedEvent& cause : exchange.causes)
        if (cause.kind == EventKind::kTimerFired) ++recorded_timers_[text_at(cause.detail, "id")];
  }

  BotSide run(const RecordedExchange& exchange) {
    side_ = {};
    turns_ = 0;
    for (const RecordedEvent& cause : exchange.causes) {
      fire_own_timers(cause.at);
      context_.now = std::max(context_.now, cause.at);
      take(cause);
    }
    return std::move(side_);
  }

 private:
  void take(const RecordedEvent& cause) {
    sequence_ = cause.sequence;
    context_.standing = standing_from_json(cause.detail.value("standing", Json()));
    if (cause.detail.contains("person")) context_.person = person_from_json(cause.detail["person"].dump());
    if (cause.kind == EventKind::kActivityIn) return take_activity(cause);
    if (cause.kind == EventKind::kCallResult) return take_result(cause);
    if (cause.kind == EventKind::kTimerFired) return take_timer(cause);
    if (cause.kind == EventKind::kEventIn) return take_event(cause);
    if (cause.kind == EventKind::kOpened) {
      context_.language = cause.detail.value("language", context_.language);
      Event event;
      event.kind = Event::Kind::kStarted;
      advance(std::move(event));
    }
  }

  void take_activity(const RecordedEvent& cause) {
    const auto use = admit_activity(cause.activity);
    if (!use || *use != ActivityUse::kTurn) return;
    Event event = parley::event_of(cause.activity);
    if (event.kind == Event::Kind::kMessage)
      event.understanding = understand_text(bot_, event.text, context_);
    advance(std::move(event));
  }

  void take_event(const RecordedEvent& cause) {
    Event event;
    event.kind = Event::Kind::kCustom;
    event.outside = true;
    event.name = text_at(cause.detail, "name");
    event.value = cause.detail.value("value", Json());
    advance(std::move(event));
  }

  void take_result(const RecordedEvent& cause) {
    const auto held = held_.find(cause.sequence);
    if (held == held_.end()) return;  // the candidate did not make this call
    CallOutcome outcome = std::move(held->second);
    held_.erase(held);
    end_call(std::move(outcome));
  }

  void take_timer(const RecordedEvent& cause) {
    const std::string id = text_at(cause.detail, "id");
    if (--recorded_timers_[id] <= 0) recorded_timers_.erase(id);
    if (timers_.erase(id) > 0) fire(id);
  }

  /// Those that the ledger will not tell of.
  void fire_own_timers(TimePoint until) {
    for (std::size_t fired = 0; fired < kTurnsMax; ++fired) {
      auto next = timers_.end();
      for (auto timer = timers_.begin(); timer != timers_.end(); ++timer) {
        if (timer->second > until || recorded_timers_.contains(timer->first)) continue;
        if (next == timers_.end() || timer->second < next->second) next = timer;
      }
      if (next == timers_.end()) return;
      const std::string id = next->first;
      context_.now = std::max(context_.now, next->second);
      timers_.erase(next);
      fire(id);
    }
  }

  void fire(const std::string& id) {
    Event event;
    event.kind = Event::Kind::kTimer;
    event.name = id;
    advance(std::move(event));
  }

  void end_call(CallOutcome outcome) {
    Event event;
    event.kind = Event::Kind::kCallEnded;
    event.call = std::move(outcome);
    advance(std::move(event));
  }

  void advance(Event event) {
    if (++turns_ > kTurnsMax) return;
    Advance advance = bot_.dialogue->advance(state_, event, context_);
    state_ = std::move(advance.state);
    for (const Json& activity : advance.activities)
      if (is_reply(activity)) side_.replies.push_back(shown_part(activity));
    side_.reasons.push_back(std::move(advance.reasons));
    std::move(advance.ends.begin(), advance.ends.end(), std::back_inserter(side_.ends));
    side_.handed_off |= advance.handed_off;
    for (const TimerRequest& timer : advance.timers) {
      timers_.erase(timer.id);
      if (timer.due) timers_[timer.id] = *timer.due;
    }
    for (const CallRequest& call : advance.calls)
      answer(call);
  }

  void answer(const CallRequest& call) {
    const RecordedCall* recorded = calls_.take(call);
    CallOutcome outcome;
    if (recorded) {
      outcome = recorded->outcome;
      outcome.call_id = call.id;
      if (recorded->ended == 0) return;  // nor did it live
      if (recorded->ended > sequence_) {
        held_[recorded->ended] = std::move(outcome);
        return;
      }
    } else {
      result_.unknown_calls.push_back(call.service + "." + call.operation);
      outcome.call_id = call.id;
      outcome.failure = "unavailable";
    }
    end_call(std::move(outcome));
  }

  const Bot& bot_;
  RecordedCalls calls_;
  ReplayedConversation& result_;
  TurnContext context_;
  Json state_;
  std::map<std::string, TimePoint> timers_;     // that the candidate set
  std::map<std::string, int> recorded_timers_;  // that the ledger will still tell of
  std::map<Sequence, CallOutcome> held_;        // by the event at which they come
  Sequence sequence_ = 0;                       // of the cause under way
  std::size_t turns_ = 0;
  BotSide side_;
};

// --- what differs ---

std::vector<std::string> path_of(const BotSide& side) {
  std::vector<std::string> path;
  for (const Json& reasons : side.reasons) {
    if (!reasons.is_object() || !reasons.contains("path") || !reasons.at("path").is_array()) continue;
    for (const Json& step : reasons.at("path"))
      if (step.is_string()) path.push_back(step.get<std::string>());
  }
  return path;
}

/// "request_leave > pattern_resume; request_leave completed"
std::string course_of(const BotSide& side) {
  std::string course, last;
  for (const std::string& step : path_of(side)) {
    const std::string flow = step.substr(0, step.find('/'));
    if (flow == last) continue;
    course += (course.empty() ? "" : " > ") + flow;
    last = flow;
  }
  for (const FlowEnd& end : side.ends)
    if (!end.flow.starts_with("pattern_")) course += "; " + end.flow + " " + end.reason;
  return course;
}

std::string texts_of(const BotSide& side) {
  std::string texts;
  for (const Json& reply : side.replies)
    texts += (texts.empty() ? "" : " / ") + reply_text(reply);
  return texts;
}

std::string intent_of(const BotSide& side) {
  return side.reasons.empty() ? "" : intent_taken(side.reasons.front());
}

std::optional<Difference> compare(const BotSide& live, const BotSide& now) {
  const auto differ = [](DifferenceKind kind, std::string before, std::string after) {
    return Difference{kind, 0, "", "", std::move(before), std::move(after)};
  };
  const auto handed = [](bool yes) { return yes ? "a person is asked for" : "no person is asked for"; };
  if (live.handed_off != now.handed_off)
    return differ(DifferenceKind::kHandoff, handed(live.handed_off), handed(now.handed_off));
  if (intent_of(live) != intent_of(now))
    return differ(DifferenceKind::kIntent, intent_of(live), intent_of(now));
  if (course_of(live) != course_of(now))
    return differ(DifferenceKind::kFlow, course_of(live), course_of(now));
  if (live.replies.size() != now.replies.size())
    return differ(
        live.replies.size() > now.replies.size() ? DifferenceKind::kMissing : DifferenceKind::kExtra,
        texts_of(live), texts_of(now));
  if (texts_of(live) != texts_of(now)) return differ(DifferenceKind::kText, texts_of(live), texts_of(now));
  if (live.replies != now.replies) return differ(DifferenceKind::kShown, texts_of(live), texts_of(now));
  return std::nullopt;
}

bool changes_course(DifferenceKind kind) {
  return kind != DifferenceKind::kText && kind != DifferenceKind::kShown;
}

ReplayedConversation replayed(const RecordedConversation& recorded, const Bot& candidate) {
  ReplayedConversation result;
  result.id = recorded.record.id;
  result.cut = recorded.cut;
  CandidateRun run(recorded, candidate, result);
  for (const RecordedExchange& exchange : recorded.exchanges) {
    ++result.exchanges;
    const BotSide now = run.run(exchange);
    if (result.diverged) continue;
    std::optional<Difference> difference = compare(exchange.bot, now);
    if (!difference) continue;
    const std::vector<std::string> path = path_of(exchange.bot);
    const RecordedEvent& cause = exchange.causes.front();
    difference->sequence = cause.sequence;
    difference->said = cause.activity.is_object() ? text_at(cause.activity, "text") : "";
    difference->step = path.empty() ? "" : path.back();
    result.diverged = changes_course(difference->kind);
    result.differences.push_back(std::move(*difference));
  }
  return result;
}

}  // namespace

std::string_view name_of(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kHandoff:
      return "hand-off";
    case DifferenceKind::kIntent:
      return "intent";
    case DifferenceKind::kFlow:
      return "flow";
    case DifferenceKind::kMissing:
      return "missing reply";
    case DifferenceKind::kExtra:
      return "extra reply";
    case DifferenceKind::kText:
      return "text";
    case DifferenceKind::kShown:
      return "buttons and cards";
  }
  return "";
}

Result<ReplayedConversation> replay_through(const RecordedConversation& recorded, const Bot& candidate) {
  try {
    return replayed(recorded, candidate);
  } catch (const std::exception& problem) {  // JSON of another shape
    return Error{ErrorCode::kCorrupt,
                 "conversation " + recorded.record.id + " can't be replayed: " + problem.what()};
  }
}

}  // namespace parley::conversations
