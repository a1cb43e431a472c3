// A wait has two stages. While it waits, the frames lie in state.parked with their timer set. Once its time
// or event has come they are ready, and only lack a moment at which no question is open:
//
//     14:00  "tell me when it is back"     parked, timer wait-1 in 30 days
//     16:00  "book leave" -> From which day?
//     16:01  event back_in_stock           ready; the question is open: timer wait-2 in 5 minutes
//     16:02  "friday" -> Booked.           nothing is open any more: "It is back." (and wait-2 is called off)
//
// The same end, a moment at which nothing is open, is waited for by flows that an event starts.

#include "conversations/dialogue/parking.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "conversations/cel/time.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/recovery.h"
#include "conversations/dialogue/stack.h"
#include "conversations/dialogue/walk.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

using Stage = Parked::Stage;
using std::chrono::milliseconds;

/// Midnight of a day as the clocks of a zone show it: the zone's offset is looked up where it applies.
cel::Instant midnight_in(cel::CalendarDate date, const std::string& zone) {
  const cel::Instant utc = cel::midnight_utc(date);
  cel::Instant midnight = utc;
  for (int look = 0; look < 2; ++look) {  // the first look may land behind a change of the clocks
    const auto shown = cel::in_zone(midnight, zone);
    if (!shown) return utc;
    const std::int64_t wall = cel::days_since_1970(shown->date) * cel::kSecondsPerDay + shown->hour * 3600 +
                              shown->minute * 60 + shown->second;
    midnight.seconds = utc.seconds - (wall - midnight.seconds);
  }
  return midnight;
}

TimePoint time_of(const cel::Value& value, const std::string& zone) {
  const cel::Instant instant =
      value.is(cel::Kind::kDate) ? midnight_in(value.as_date(), zone) : value.as_instant();
  return TimePoint(milliseconds(instant.seconds * 1000 + instant.nanos / 1'000'000));
}

/// When the wait at the top frame's step is over; nullopt: that can't be said, and the flow has failed.
std::optional<TimePoint> due_time(Turn& turn, const Wait& wait) {
  if (!wait.until) return turn.context.now + wait.length;
  const cel::Value until = wait.until->evaluate(bindings_of(turn, turn.top()));
  if (!until.is_instant()) {
    const std::string why = until.is_error() ? until.error_message() : "there is no date";
    fail(turn, wait.until->source() + ": " + why, wait.until->source());
    return std::nullopt;
  }
  const TimePoint due = time_of(until, turn.program.timezone);
  if (due <= turn.context.now + limits::kWaitMax) return due;
  fail(turn, wait.until->source() + ": that is too far away to wait for", wait.until->source());
  return std::nullopt;
}

std::string set_timer(Turn& turn, TimePoint due) {
  std::string id = "wait-" + std::to_string(++turn.state.timers);
  turn.out.timers.push_back({id, due});
  return id;
}

void cancel_timer(Turn& turn, Parked& parked) {
  if (!parked.timer.empty()) turn.out.timers.push_back({parked.timer, std::nullopt});
  parked.timer.clear();
}

const Wait& wait_of(const Turn& turn, const Parked& parked) {
  return std::get<Wait>(step_of(turn, parked.frames.back()).action);
}

/// Whether the turn's event is one that the flow waits for.
bool awaits(const Turn& turn, const Parked& parked) {
  const Frame& frame = parked.frames.back();
  if (parked.stage != Stage::kWaiting || frame.waiting.name.empty() || frame.waiting.name != turn.event.name)
    return false;
  const Wait& wait = wait_of(turn, parked);
  if (!wait.where) return true;
  cel::Bindings bindings = bindings_of(turn, frame);
  bindings.set(wait.as, cel::from_json(turn.event.value, cel::Type()));
  return wait.where->evaluate(bindings).is_true();
}

/// The first flow for the event that may be used here; null for none.
const Flow* flow_for_event(const Turn& turn) {
  const auto names = turn.program.flows_of_event.find(turn.event.name);
  if (names == turn.program.flows_of_event.end()) return nullptr;
  for (const std::string& name : names->second) {
    const auto flow = turn.program.flows.find(name);
    if (flow != turn.program.flows.end() && barrier_of(turn, flow->second).empty()) return &flow->second;
  }
  return nullptr;
}

/// The members of the event's value that are slots or parameters of the flow, and of their type.
Parameters values_of_event(const Turn& turn, const Flow& flow) {
  Parameters values = kept_values(turn, flow);
  if (!turn.event.value.is_object()) return values;
  for (const auto& [name, json] : turn.event.value.items()) {
    const bool own = flow.slots.contains(name) || flow.params.contains(name);
    const cel::Type* type = own ? flow.scope.find(name) : nullptr;
    if (type && !json.is_null() && !cel::from_json(json, *type).is_error()) values[name] = json;
  }
  return values;
}

void start_by_event(Turn& turn, const Flow& flow) {
  if (turn.state.parked.size() >= limits::kWaitingFlowsMax) return turn.note("too_many_waiting");
  Parked parked;
  parked.stage = Stage::kStarts;
  Frame& frame = parked.frames.emplace_back();
  frame.flow = flow.name;
  frame.step = flow.steps.front().id;
  frame.slots = values_of_event(turn, flow);
  turn.state.parked.push_back(std::move(parked));
}

void come(Turn& turn, Parked& parked) {
  const Wait& wait = wait_of(turn, parked);
  if (!wait.as.empty()) parked.frames.back().slots[wait.as] = turn.event.value;
  cancel_timer(turn, parked);
  parked.stage = Stage::kCame;
}

/// Puts the frames back on top of the open ones.
void put_back(Turn& turn, std::size_t index) {
  Parked parked = std::move(turn.state.parked[index]);
  turn.state.parked.erase(turn.state.parked.begin() + static_cast<std::ptrdiff_t>(index));
  cancel_timer(turn, parked);
  std::move(parked.frames.begin(), parked.frames.end(), std::back_inserter(turn.state.frames));
  turn.top().waiting = {};
}

void go_on(Turn& turn, std::size_t index) {
  const Stage stage = turn.state.parked[index].stage;
  if (stage == Stage::kCame) note_follow_up(turn, turn.state.parked[index]);
  put_back(turn, index);
  turn.note(stage == Stage::kStarts ? "start" : "resumed");
  turn.out.reasons["flow"] = turn.top().flow;
  turn.out.reasons["step"] = turn.top().step;
  if (stage != Stage::kStarts) {
    const Step& step = step_of(turn, turn.top());
    const Wait& wait = std::get<Wait>(step.action);
    go_to(turn, stage == Stage::kTimedOut ? wait.timed_out : step.next);
  }
  walk(turn);
}

std::size_t first_ready(const DialogueState& state) {
  const auto ready = std::find_if(state.parked.begin(), state.parked.end(), [](const Parked& one) {
    return one.stage != Stage::kWaiting && !one.held;
  });
  return static_cast<std::size_t>(ready - state.parked.begin());
}

/// Who is to hear of a recovery case is not told in quiet hours.
void hold_in_quiet_hours(Turn& turn) {
  const std::optional<TimePoint> end = end_of_quiet_hours(turn, turn.context.now);
  for (Parked& parked : turn.state.parked) {
    const bool ready = parked.stage == Stage::kCame || parked.stage == Stage::kTimedOut;
    if (!end || !ready || parked.held || !holds_case(parked.frames)) continue;
    cancel_timer(turn, parked);
    parked.timer = set_timer(turn, *end);
    parked.held = true;
    turn.note("quiet_hours");
  }
}

/// The question of a built-in flow is no reason to wait, unless this turn has just asked it.
void drop_idle_patterns(Turn& turn) {
  const bool tasks = task_frame(turn) != nullptr;
  if (!tasks && !turn.idle() && turn.top().waits_for_answer() && turn.event.kind != Event::Kind::kMessage)
    drop_patterns(turn);
}

/// The question has had its time: the flow goes on in front of it.
void interrupt(Turn& turn, std::size_t index) {
  drop_patterns(turn);
  const bool room = turn.state.frames.size() + turn.state.parked[index].frames.size() < limits::kFlowDepthMax;
  if (room && (turn.idle() || turn.top().waits_for_answer())) go_on(turn, index);
}

}  // namespace

void park(Turn& turn, const Wait& wait) {
  std::vector<Frame>& frames = turn.state.frames;
  std::size_t first = frames.size() - 1;
  while (first > 0 && frames[first].origin == Origin::kRun)
    --first;
  if (frames[first].origin == Origin::kPattern) return fail(turn, "a built-in flow can't wait");
  if (turn.state.parked.size() >= limits::kWaitingFlowsMax)
    return fail(turn, "more than " + std::to_string(limits::kWaitingFlowsMax) + " flows wait");
  const std::optional<TimePoint> due = due_time(turn, wait);
  if (!due) return;
  if (*due <= turn.context.now)
    return go_to(turn, wait.event.empty() ? step_of(turn, turn.top()).next : wait.timed_out);
  turn.note("wait");
  turn.parked = frames[first].flow;
  turn.top().waiting = {Waiting::For::kEvent, wait.event};
  const auto begin = frames.begin() + static_cast<std::ptrdiff_t>(first);
  const After after = begin->after;
  Parked parked;
  parked.frames.assign(std::make_move_iterator(begin), std::make_move_iterator(frames.end()));
  frames.erase(begin, frames.end());
  parked.timer = set_timer(turn, *due);
  note_due(turn, parked, *due, wait.event);
  turn.state.parked.push_back(std::move(parked));
  return_to_question(turn, after);
}

bool end_wait(Turn& turn, const std::string& timer) {
  std::vector<Parked>& all = turn.state.parked;
  const auto parked =
      std::find_if(all.begin(), all.end(), [&](const Parked& one) { return one.timer == timer; });
  if (timer.empty() || parked == all.end()) return false;
  parked->timer.clear();  // it is over: there is nothing to call off
  if (std::exchange(parked->held, false)) return turn.note("quiet_hours_over"), true;
  if (parked->stage != Stage::kWaiting) {
    turn.note("interrupt");
    if (!turn.state.handed_off) interrupt(turn, static_cast<std::size_t>(parked - all.begin()));
    return true;
  }
  const std::string& event = parked->frames.back().waiting.name;
  turn.note("wait_over");
  turn.out.reasons["waited_for"] = event.empty() ? "time" : event;
  parked->stage = event.empty() ? Stage::kCame : Stage::kTimedOut;
  return true;
}

EventUse use_of_event(const Turn& turn) {
  if (turn.event.name == kHandbackEvent) return turn.state.handed_off ? EventUse::kAwaited : EventUse::kNone;
  const auto& all = turn.state.parked;
  const bool awaited =
      std::any_of(all.begin(), all.end(), [&](const Parked& one) { return awaits(turn, one); });
  if (awaited) return EventUse::kAwaited;
  return flow_for_event(turn) ? EventUse::kStarts : EventUse::kNone;
}

void take_outside_event(Turn& turn) {
  turn.note("event");
  turn.out.reasons["event"] = turn.event.name;
  bool awaited = false;
  for (Parked& parked : turn.state.parked) {
    if (!awaits(turn, parked)) continue;
    come(turn, parked);
    awaited = true;
  }
  if (awaited) return;
  if (const Flow* flow = flow_for_event(turn)) return start_by_event(turn, *flow);
  turn.note("ignored");
}

void go_on_with_parked(Turn& turn) {
  if (turn.state.handed_off) return;
  hold_in_quiet_hours(turn);
  while (!turn.failed && first_ready(turn.state) < turn.state.parked.size()) {
    drop_idle_patterns(turn);
    if (!turn.idle()) break;
    go_on(turn, first_ready(turn.state));
  }
  for (Parked& parked : turn.state.parked)
    if (parked.stage != Stage::kWaiting && !parked.held && parked.timer.empty())
      parked.timer = set_timer(turn, turn.context.now + limits::kAnswerGrace);
}

bool bring_back_parked(Turn& turn) {
  if (turn.state.parked.empty()) return false;
  put_back(turn, turn.state.parked.size() - 1);
  return true;
}

void end_all_parked(Turn& turn, const std::string& reason) {
  while (bring_back_parked(turn))
    end_task(turn, reason);
}

bool end_outdated_parked(Turn& turn) {
  bool ended = false;
  for (std::size_t i = 0; i < turn.state.parked.size();) {
    const std::vector<Frame>& frames = turn.state.parked[i].frames;
    const bool gone = frames.empty() || std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) {
                        return outdated(turn, frame);
                      });
    if (!gone) {
      ++i;
      continue;
    }
    put_back(turn, i);
    end_task(turn, "version_changed");
    ended = true;
  }
  return ended;
}

}  // namespace parley::conversations
