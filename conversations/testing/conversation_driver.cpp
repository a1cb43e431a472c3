#include "conversations/testing/conversation_driver.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace parley::conversations {

namespace {

constexpr std::size_t kTurnsMax = 200;  // of one exchange: a flow that calls without end is cut off

void append(Exchange& all, Exchange more) {
  std::move(more.activities.begin(), more.activities.end(), std::back_inserter(all.activities));
  std::move(more.calls.begin(), more.calls.end(), std::back_inserter(all.calls));
  std::move(more.ends.begin(), more.ends.end(), std::back_inserter(all.ends));
  std::move(more.cases.begin(), more.cases.end(), std::back_inserter(all.cases));
  std::move(more.reasons.begin(), more.reasons.end(), std::back_inserter(all.reasons));
  all.handed_off = all.handed_off || more.handed_off;
}

}  // namespace

ConversationDriver::ConversationDriver(const Understander& understander, const Dialogue& dialogue,
                                       TurnContext context, std::string zone, Json state)
    : understander_(understander),
      dialogue_(dialogue),
      context_(std::move(context)),
      timezone_(std::move(zone)),
      state_(std::move(state)) {}

Exchange ConversationDriver::start() {
  Event event;
  event.kind = Event::Kind::kStarted;
  return run(std::move(event));
}

Exchange ConversationDriver::say(std::string_view text) {
  Event event;
  event.text = text;
  event.understanding =
      understander_.understand(text, {context_.language, context_.now, timezone_, may_change_language(text)});
  if (!event.understanding.language.empty()) context_.language = event.understanding.language;
  return run(std::move(event));
}

Exchange ConversationDriver::submit(Json value) {
  Event event;
  event.value = std::move(value);
  return run(std::move(event));
}

Exchange ConversationDriver::notify(std::string name, Json value) {
  Event event;
  event.kind = Event::Kind::kCustom;
  event.name = std::move(name);
  event.outside = true;
  event.value = std::move(value);
  return run(std::move(event));
}

Exchange ConversationDriver::wait(std::chrono::milliseconds by) {
  const TimePoint until = context_.now + by;
  Exchange exchange;
  for (std::size_t fired = 0; fired < kTurnsMax; ++fired) {
    const auto next =
        std::min_element(timers_.begin(), timers_.end(),
                         [](const auto& left, const auto& right) { return left.second < right.second; });
    if (next == timers_.end() || next->second > until) break;
    Event event;
    event.kind = Event::Kind::kTimer;
    event.name = next->first;
    context_.now = std::max(context_.now, next->second);
    timers_.erase(next);
    append(exchange, run(std::move(event)));
  }
  context_.now = until;
  return exchange;
}

Exchange ConversationDriver::run(Event event) {
  Exchange exchange;
  std::vector<CallRequest> pending;
  take(dialogue_.advance(state_, event, context_), exchange, pending);
  for (std::size_t turn = 1; turn < kTurnsMax && !pending.empty(); ++turn) {
    Event ended;
    ended.kind = Event::Kind::kCallEnded;
    ended.call = answer(pending.front());
    pending.erase(pending.begin());
    take(dialogue_.advance(state_, ended, context_), exchange, pending);
  }
  return exchange;
}

void ConversationDriver::take(Advance advance, Exchange& exchange, std::vector<CallRequest>& pending) {
  state_ = std::move(advance.state);
  if (!advance.language.empty()) context_.language = advance.language;
  pending.insert(pending.end(), advance.calls.begin(), advance.calls.end());
  for (const TimerRequest& timer : advance.timers) {
    if (timer.due) {
      timers_[timer.id] = *timer.due;
    } else {
      timers_.erase(timer.id);
    }
  }
  append(exchange, {std::move(advance.activities),
                    std::move(advance.calls),
                    std::move(advance.ends),
                    std::move(advance.cases),
                    {std::move(advance.reasons)},
                    advance.handed_off});
}

CallOutcome ConversationDriver::answer(const CallRequest& call) const {
  CallOutcome outcome;
  if (service_) {
    outcome = service_(call);
  } else {
    outcome.failure = "unavailable";
  }
  outcome.call_id = call.id;
  return outcome;
}

}  // namespace parley::conversations
