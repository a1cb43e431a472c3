#include "conversations/dialogue/silence.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/recovery.h"
#include "conversations/dialogue/render.h"
#include "conversations/dialogue/stack.h"

namespace parley::conversations {

namespace {

using Reactions = std::vector<SilenceReaction>;

const Silence& silence_of_slot(const Flow& flow, const std::string& name) {
  static const Silence kNone;
  const auto slot = flow.slots.find(name);
  return slot == flow.slots.end() ? kNone : slot->second.silence;
}

/// What the question at the frame's step says itself.
const Silence& silence_of_question(const Turn& turn, const Frame& frame) {
  const Flow& flow = flow_of(turn, frame);
  const Action& action = step_of(turn, frame).action;
  if (const auto* confirm = std::get_if<Confirm>(&action)) return confirm->silence;
  if (const auto* choose = std::get_if<Choose>(&action); choose && choose->silence) return choose->silence;
  return silence_of_slot(flow, frame.waiting.name);
}

/// What happens when the pending question is not answered: as the question says, its flow, the flow that runs
/// that one, or the bot. Null: nothing.
const Reactions* reactions_of(const Turn& turn) {
  if (turn.idle() || !turn.top().waits_for_answer() || turn.state.handed_off) return nullptr;
  const Silence* said = &silence_of_question(turn, turn.top());
  for (auto frame = turn.state.frames.rbegin(); !*said && frame != turn.state.frames.rend(); ++frame) {
    said = &flow_of(turn, *frame).silence;
    if (frame->origin == Origin::kTask) break;
  }
  if (!*said) said = &turn.program.silence;
  return *said && !(*said)->empty() ? &**said : nullptr;
}

void note_silence(Turn& turn, int attempt) {
  const Frame& frame = turn.top();
  Json& reasons = turn.out.reasons;
  turn.note("silence");
  reasons["flow"] = frame.flow;
  reasons["step"] = frame.step;
  reasons["waited_for"] = frame.waiting.name;
  reasons["waited_ms"] = turn.context.now.time_since_epoch().count() - turn.state.silent_since;
  reasons["attempt"] = attempt;
}

void give_up(Turn& turn, int attempt) {
  const std::string title = task_title(turn);
  end_all(turn, "abandoned");
  if (title.empty()) return;  // only the question of a built-in flow was open
  start_pattern(turn, "pattern_silence", {{"flow", title}, {"attempt", attempt}, {"ended", true}},
                After::kStay);
}

/// Who is asked about a recovery case is not asked again in quiet hours.
TimePoint outside_quiet_hours(const Turn& turn, TimePoint due) {
  if (!holds_case(turn.state.frames)) return due;
  return end_of_quiet_hours(turn, due).value_or(due);
}

}  // namespace

void break_silences(Turn& turn) {
  for (Frame& frame : turn.state.frames)
    frame.waiting.silences = 0;
}

void take_silence(Turn& turn) {
  const Reactions* reactions = reactions_of(turn);
  if (!reactions || turn.state.silent_since == 0) return turn.note("ignored");
  const int attempt = ++turn.top().waiting.silences;
  note_silence(turn, attempt);
  turn.state.silent_since = 0;
  const auto number = static_cast<std::size_t>(attempt);
  if (number > reactions->size() || !task_frame(turn)) return give_up(turn, attempt);
  const SilenceReaction& reaction = (*reactions)[number - 1];
  if (reaction.say.empty()) {
    const std::string title = task_title(turn);
    return start_pattern(turn, "pattern_silence", {{"flow", title}, {"attempt", attempt}, {"ended", false}},
                         After::kAsk);
  }
  say_plainly(turn, pick_text(turn, reaction.say, bindings_of(turn, turn.top())));
  return_to_question(turn, After::kAsk);
}

void watch_silence(Turn& turn) {
  const Reactions* reactions = reactions_of(turn);
  std::int64_t& since = turn.state.silent_since;
  if (!reactions) {
    if (std::exchange(since, 0) != 0) turn.out.timers.push_back({std::string(kSilenceTimer), std::nullopt});
    return;
  }
  const bool begins = since == 0 || turn.asked || turn.event.kind == Event::Kind::kMessage;
  if (!begins) return;
  since = turn.context.now.time_since_epoch().count();
  const auto next = std::min(static_cast<std::size_t>(turn.top().waiting.silences), reactions->size() - 1);
  const TimePoint due = outside_quiet_hours(turn, turn.context.now + (*reactions)[next].after);
  turn.out.timers.push_back({std::string(kSilenceTimer), due});
}

}  // namespace parley::conversations
