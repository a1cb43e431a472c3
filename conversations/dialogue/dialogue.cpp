#include "conversations/dialogue/dialogue.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "conversations/dialogue/message.h"
#include "conversations/dialogue/negative.h"
#include "conversations/dialogue/parking.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/recovery.h"
#include "conversations/dialogue/render.h"
#include "conversations/dialogue/several.h"
#include "conversations/dialogue/silence.h"
#include "conversations/dialogue/stack.h"
#include "conversations/dialogue/turn.h"
#include "conversations/dialogue/walk.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kIntentsInReasons = 3;
constexpr std::size_t kRememberedMaxBytes = 8 * 1024;  // replies above this are not kept for repeating

std::size_t json_size(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace).size();
}

/// What a client sends as an event starts nothing and ends no wait: only what comes from outside is believed.
void take_custom(Turn& turn) {
  if (!turn.event.outside) return turn.note("ignored");
  turn.state.steps = 0;
  if (turn.event.name != kHandbackEvent) return take_outside_event(turn);
  if (!turn.state.handed_off) return turn.note("ignored");
  turn.state.handed_off = false;
  turn.note(std::string(kHandbackEvent));
  close_escalated_cases(turn, turn.event.value);
  start_pattern(turn, "pattern_handback", {}, After::kStay);
}

void take_timer(Turn& turn) {
  if (turn.event.name == kSilenceTimer) return take_silence(turn);
  if (!end_wait(turn, turn.event.name)) turn.note("ignored");
}

void take_text(Turn& turn) {
  if (turn.state.handed_off) return turn.note("handed_off");
  const Hearing hearing = hear_experience(turn);
  take_message(turn);
  react_to_experience(turn, hearing);
}

void begin(Turn& turn) {
  turn.note("greeting");
  if (turn.context.standing && turn.context.standing->preview) {
    start_pattern(turn, "pattern_preview", {}, After::kStay);
    walk(turn);
  }
  start_pattern(turn, "pattern_greeting", {}, After::kStay);
}

void take_event(Turn& turn) {
  const bool alone = turn.event.kind == Event::Kind::kTimer || turn.event.kind == Event::Kind::kCustom;
  if (turn.event.kind != Event::Kind::kCallEnded) turn.state.unasked = alone;
  switch (turn.event.kind) {
    case Event::Kind::kStarted:
      return begin(turn);
    case Event::Kind::kMessage:
      turn.state.steps = 0;
      break_silences(turn);
      return take_text(turn);
    case Event::Kind::kCustom:
      return take_custom(turn);
    case Event::Kind::kCallEnded:
      if (!end_call(turn, turn.event.call)) turn.note("ignored");
      return;
    case Event::Kind::kTimer:
      return take_timer(turn);
  }
}

/// A flow that ends without a word, or begins to wait, leaves the person guessing: the bot says so. Where
/// nobody has said anything, there is nobody to leave guessing.
void confirm_end(Turn& turn) {
  const bool spoken = !turn.out.activities.empty() || !turn.out.calls.empty() || turn.restated;
  if (spoken || turn.state.unasked || turn.failed || turn.state.handed_off) return;
  if (turn.out.ends.empty() && turn.parked.empty()) return;
  const FlowEnd end = turn.out.ends.empty() ? FlowEnd{turn.parked, "waiting"} : turn.out.ends.back();
  const auto flow = turn.program.flows.find(end.flow);
  const std::string title = flow == turn.program.flows.end() ? end.flow : title_of(turn, flow->second);
  start_pattern(turn, "pattern_completed", {{"flow", title}, {"reason", end.reason}}, After::kStay);
  walk(turn);
}

/// Whatever went wrong above, a person who wrote gets an answer.
void answer_at_all(Turn& turn) {
  const bool calling = !turn.idle() && turn.top().waiting.what == Waiting::For::kCall;
  const bool owed = turn.event.kind == Event::Kind::kMessage || turn.failed;
  if (!owed || !turn.out.activities.empty() || calling || turn.state.handed_off) return;
  say_plainly(turn, turn.phrases.last_resort);
}

void repeat_last(Turn& turn) {
  for (const Json& activity : turn.state.last)
    turn.out.activities.push_back(activity);
}

void remember_replies(Turn& turn) {
  if (turn.out.activities.empty() || turn.restated) return;
  Json replies = turn.out.activities;
  TurnRedaction redaction(turn.program.redactor.get(), turn.out.private_values);
  for (Json& reply : replies)
    redaction.activity(reply);
  turn.state.last = json_size(replies) <= kRememberedMaxBytes ? std::move(replies) : Json::array();
}

/// Values that the conversation holds, before and after the turn.
void note_all_private(Turn& turn) {
  if (turn.program.private_slots.empty()) return;
  turn.note_private(turn.state.frames);
  turn.note_private(turn.state.ended);
  for (const Parked& parked : turn.state.parked)
    turn.note_private(parked.frames);
  for (const auto& [slot, kept] : turn.state.kept)
    if (const Json value = kept.value("value", Json());
        turn.program.private_slots.contains(slot) && value.is_string())
      turn.out.private_values.push_back(value);
}

/// The state of a conversation has a bound: what is open is given up when it grows above, and the person is
/// told.
void keep_bounded(Turn& turn) {
  Json state = to_json(turn.state);
  state.erase("last");
  if (json_size(state) <= limits::kDialogueStateMaxBytes - kRememberedMaxBytes) return;
  turn.note("too_large");
  turn.out.activities.clear();
  turn.out.calls.clear();
  end_all(turn, "error");
  end_all_parked(turn, "error");
  turn.state.kept.clear();
  turn.state.ended.clear();
  turn.state.queued.clear();
  turn.failed = true;
  start_pattern(turn, "pattern_error", {}, After::kStay);
  walk(turn);
}

void write_reasons(Turn& turn, const std::string& bot, const std::string& version) {
  Json& reasons = turn.out.reasons;
  reasons["bot"] = bot;
  reasons["version"] = version;
  if (!turn.path.empty()) reasons["path"] = std::move(turn.path);
  if (!turn.slots.empty()) reasons["slots"] = std::move(turn.slots);
  if (turn.event.kind != Event::Kind::kMessage) return;
  const Understanding& understanding = turn.event.understanding;
  reasons["in_scope"] = understanding.in_scope;
  for (const IntentScore& score : understanding.intents) {
    if (reasons["intents"].size() == kIntentsInReasons) break;
    reasons["intents"].push_back({{"intent", score.intent}, {"probability", score.probability}});
  }
  for (const WordWeight& word : understanding.words) {
    reasons["words"].push_back({{"word", valid_utf8(word.word)}, {"weight", word.weight}});
  }
}

/// Whether the channel or the person has said the language; a greeting in the bot's own commits to none.
bool is_known(const Turn& turn) {
  return turn.event.kind == Event::Kind::kMessage || !turn.context.language.empty();
}

class FlowDialogue final : public Dialogue {
 public:
  FlowDialogue(ProgramPtr program, std::string bot, std::string version)
      : program_(std::move(program)), bot_(std::move(bot)), version_(std::move(version)) {}

  Advance advance(const Json& state, const Event& event, const TurnContext& context) const override {
    Turn turn(*program_, event, context, state);
    note_all_private(turn);
    try {
      run(turn);
    } catch (const std::exception& problem) {
      recover(turn, problem.what());
    }
    finish_replies(turn);
    note_all_private(turn);
    watch_silence(turn);
    remember_replies(turn);
    write_reasons(turn, bot_, version_);
    turn.out.state = to_json(turn.state);
    if (is_known(turn)) turn.out.language = turn.state.language;
    turn.out.flow_open = !turn.idle();
    return std::move(turn.out);
  }

  EventUse use_of(const Json& state, const Event& event, const TurnContext& context) const override {
    Turn turn(*program_, event, context, state);
    end_outdated(turn);
    return use_of_event(turn);
  }

 private:
  static void run(Turn& turn) {
    if (end_outdated(turn)) say_outdated(turn);
    take_event(turn);
    walk(turn);
    go_on_with_parked(turn);
    confirm_end(turn);
    while (bring_up_next(turn)) {
      walk(turn);
      confirm_end(turn);
    }
    keep_bounded(turn);
    close_left_cases(turn);
    if (turn.restated) repeat_last(turn);
    answer_at_all(turn);
  }

  /// The flow a person was in is gone from this version of the bot.
  static void say_outdated(Turn& turn) {
    turn.note("version_changed");
    if (turn.state.handed_off) return;
    start_pattern(turn, "pattern_version_changed", {}, After::kStay);
    walk(turn);
  }

  /// A library's exception, for something no check foresaw: what is open is given up, the conversation goes
  /// on.
  static void recover(Turn& turn, const std::string& why) {
    turn.note("exception");
    turn.out.reasons["error"] = why;
    turn.out.calls.clear();
    end_all(turn, "error");
    turn.failed = true;
    answer_at_all(turn);
  }

  const ProgramPtr program_;
  const std::string bot_;
  const std::string version_;
};

}  // namespace

std::shared_ptr<const Dialogue> make_dialogue(ProgramPtr program, std::string bot, std::string version) {
  return std::make_shared<FlowDialogue>(std::move(program), std::move(bot), std::move(version));
}

}  // namespace parley::conversations
