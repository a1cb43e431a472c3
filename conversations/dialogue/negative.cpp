#include "conversations/dialogue/negative.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "conversations/dialogue/answer.h"
#include "conversations/dialogue/stack.h"

namespace parley::conversations {

namespace {

constexpr std::string_view kPattern = "pattern_negative";
/// Nothing came of a text that these answer.
constexpr std::array<std::string_view, 5> kEmptyAnswers{
    "pattern_fallback", "pattern_thanks", "pattern_goodbye", "pattern_greeting", "pattern_retry"};
/// Where a person is on the way, none need be offered.
constexpr std::string_view kPersonComes = "pattern_handoff";

bool asks_for_story(const Turn& turn) {
  const Frame& frame = turn.top();
  const Flow& flow = flow_of(turn, frame);
  const auto slot = flow.slots.find(frame.waiting.name);
  return frame.waiting.what == Waiting::For::kSlot && slot != flow.slots.end() && slot->second.type == "text";
}

bool answers_nothing(const Frame& frame) {
  return frame.origin == Origin::kPattern &&
         std::find(kEmptyAnswers.begin(), kEmptyAnswers.end(), frame.flow) != kEmptyAnswers.end();
}

/// Takes back the answer to a text of which nothing came. False: something did.
bool take_back_answer(Turn& turn) {
  if (std::exchange(turn.retrying, false)) {
    if (turn.top().waiting.failures > 0) --turn.top().waiting.failures;
    return true;
  }
  if (turn.idle() || !answers_nothing(turn.top())) return false;
  turn.state.frames.pop_back();
  turn.state.fallbacks = 0;
  return true;
}

}  // namespace

Hearing hear_experience(Turn& turn) {
  // Words of the bot's own, pressed or typed, tell nothing of the person.
  const bool asked = !turn.idle() && turn.top().waits_for_answer();
  const double probability = asked && is_title(turn) ? 0 : turn.event.understanding.negative;
  turn.state.negative = probability >= turn.program.negative;
  if (turn.state.negative) turn.out.reasons["negative"] = probability;
  return asked && asks_for_story(turn) ? Hearing::kStory : Hearing::kAny;
}

void react_to_experience(Turn& turn, Hearing hearing) {
  if (hearing == Hearing::kStory && turn.out.reasons.value("rule", "") == "answer") return;
  const bool person_comes = !turn.idle() && turn.top().flow == kPersonComes;
  if (!turn.state.negative || turn.state.apologised || turn.state.handed_off || person_comes) return;
  if (!turn.program.flows.contains(std::string(kPattern))) return;
  turn.state.apologised = true;
  const bool taken = !take_back_answer(turn);
  turn.note(std::string(kPattern));
  const std::string title = task_title(turn);
  start_pattern(turn, std::string(kPattern), {{"flow", title}, {"taken", taken}},
                taken ? After::kStay : After::kAsk);
}

}  // namespace parley::conversations
