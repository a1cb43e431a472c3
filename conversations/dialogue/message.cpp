// The order matters more than any single rule; it is the one IBM's assistant documents, refined:
//
//   0. a wish for a language, and a button that starts an intent; several requests are taken one by one
//   1. a correction of an earlier answer            "no, I meant friday"
//   2. a button of the pending question, word for word
//   3. a request that works everywhere              "cancel", "help"
//   4. an answer of the right kind                  "the 3rd of april"
//   5. a request recognised by its intent           "forget about it please"
//   6. any text, where a text is asked for
//   7. the question of a built-in flow is dropped, and the text tried on the question beneath
//   8. another intent: a digression
//   9. a question that the bot's pages answer
//  10. the question's retry line
//
// Beside a request or an answer, the pages may answer what else was asked (Understanding::asides).
//
// Without a pending question only requests, intents and pages remain. After a failed answer to a question
// nothing is lost: the state changes only in the branch that is taken.

#include "conversations/dialogue/message.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/answer.h"
#include "conversations/dialogue/correction.h"
#include "conversations/dialogue/intent.h"
#include "conversations/dialogue/language.h"
#include "conversations/dialogue/options.h"
#include "conversations/dialogue/pages.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/self_repair.h"
#include "conversations/dialogue/several.h"
#include "conversations/dialogue/slot_names.h"
#include "conversations/dialogue/stack.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr double kSpeaksFor = 0.15;     // weight of a word by which a sentence without it would mean less
constexpr std::size_t kShortWords = 6;  // a longer text is an answer to a text question, whatever its intent

bool asks_for_text(const Turn& turn) {
  const Frame& frame = turn.top();
  const Flow& flow = flow_of(turn, frame);
  const auto slot = flow.slots.find(frame.waiting.name);
  return frame.waiting.what == Waiting::For::kSlot && slot != flow.slots.end() && slot->second.type == "text";
}

/// A request keeps its built-in meaning where the dialogue itself must act; for the rest a bot's own flow
/// goes first.
void take_request(Turn& turn, const std::string& name) {
  const bool built_in = name == "cancel" || name == "start_over" || name == "repeat";
  const Flow* own = flow_for(turn, name);
  if (built_in || !own || find_open(turn, own->name)) return request(turn, name);
  start_intent(turn, name, {});
}

/// "Ok, but later" is no goodbye: a yes that is not quite one gets the question again.
bool hedges(const Turn& turn) {
  const IntentChoice choice = choose_intent(turn);
  if (choice.kind != IntentChoice::Kind::kTaken || !is_courtesy(choice.intents.front())) return false;
  return asks_yes_or_no(turn) && starts_with_any(turn.words, turn.phrases.yes);
}

bool answered_or_requested(Turn& turn) {
  if (correct(turn)) return true;
  if (answer_by_title(turn)) return true;
  if (ask_what_to_change(turn)) return true;
  if (const std::string name = requested(turn, false); !name.empty()) return take_request(turn, name), true;
  if (answer_by_kind(turn)) return true;
  const bool short_enough = !hedges(turn) && (!asks_for_text(turn) || turn.words.size() <= kShortWords);
  if (const std::string name = requested(turn, true); !name.empty() && short_enough) {
    return take_request(turn, name), true;
  }
  return answer_by_text(turn);
}

/// "Don't reset my password", but not "I don't need that day off any more", where the bot's own sentences
/// have taught that "don't" speaks for the intent.
bool refuses(const Turn& turn) {
  const std::vector<WordWeight>& words = turn.event.understanding.words;
  const bool meant = std::any_of(words.begin(), words.end(), [&](const WordWeight& one) {
    return one.weight >= kSpeaksFor && contains_word(turn.phrases.negatives, one.word);
  });
  return !meant && is_refusal(turn.words, turn.phrases);
}

/// Begins what the text's intent means. Where the text says what is not wanted, the person is asked.
void take_intent(Turn& turn, const std::string& intent) {
  turn.state.fallbacks = 0;
  if (refuses(turn)) return clarify(turn, {intent});
  start_intent(turn, intent, turn.event.understanding.entities);
  queue_listed(turn, intent);
}

/// The text asks for a flow that lies open further down, or for the very one whose question is pending.
bool return_to_open_flow(Turn& turn, const Flow& flow) {
  const auto index = find_open(turn, flow.name);
  if (!index) return false;
  turn.note("same_flow");
  end_above(turn, *index, "cancelled");
  if (turn.top().waits_for_answer()) {
    ++turn.top().waiting.failures;
    turn.top().waiting.what = Waiting::For::kNothing;
  }
  return true;
}

bool digress(Turn& turn) {
  const IntentChoice choice = choose_intent(turn);
  if (choice.kind == IntentChoice::Kind::kNone || !has_room(turn)) return false;
  const Step& question = step_of(turn, turn.top());
  if (!question.digress) return turn.note("no_digression"), false;
  if (choice.kind == IntentChoice::Kind::kAsked) return clarify(turn, choice.intents), true;
  const Flow* flow = flow_for(turn, choice.intents.front());
  if (flow && return_to_open_flow(turn, *flow)) return true;
  turn.note("digress");
  if (!question.returns) end_task(turn, "started_another");
  take_intent(turn, choice.intents.front());
  return true;
}

/// "Change the last day", where there is none to change yet, is about the task at hand.
bool names_only_a_slot(const Turn& turn) {
  const Flow& flow = flow_of(turn, turn.top());
  return std::any_of(flow.slots.begin(), flow.slots.end(), [&](const auto& one) {
    return one.second.type != "text" && only_names(turn, one.second);
  });
}

/// False: no question is left, nor a flow that goes on by itself.
bool take_at_question(Turn& turn) {
  while (!turn.idle() && turn.top().waits_for_answer()) {
    if (answered_or_requested(turn)) return true;
    if (turn.top().origin != Origin::kPattern) {
      const bool lost =
          names_only_a_slot(turn) || hedges(turn) || (!digress(turn) && !answer_from_pages(turn));
      if (lost) count_failed_answer(turn);
      return true;
    }
    turn.state.frames.pop_back();
  }
  return !turn.idle() && !turn.top().waits();
}

void take_at_rest(Turn& turn) {
  if (correct_too_late(turn)) return;
  if (equals_any(turn.words, turn.phrases.no)) {
    turn.note("nothing_open");
    return start_pattern(turn, "pattern_cancel", {{"flow", ""}}, After::kStay);
  }
  if (const std::string name = requested(turn, true); !name.empty()) {
    turn.state.fallbacks = 0;
    return take_request(turn, name);
  }
  const IntentChoice choice = choose_intent(turn);
  if (choice.kind == IntentChoice::Kind::kAsked) return clarify(turn, choice.intents);
  if (choice.kind == IntentChoice::Kind::kNone) {
    if (!turn.out.activities.empty()) return;  // that its flow is gone has been said: enough for one turn
    if (answer_from_pages(turn)) return;
    return fall_back(turn, choice.intents);
  }
  take_intent(turn, choice.intents.front());
}

/// Begins what a clause asks for, at a question or at rest.
bool start_request(Turn& turn) {
  drop_patterns(turn);
  if (turn.idle()) return take_at_rest(turn), true;
  return turn.top().waits_for_answer() && digress(turn);
}

/// Language and buttons: what is asked for without any understanding of the text.
bool take_signal(Turn& turn) {
  if (const std::string asked = asked_language(turn.event.text); !asked.empty()) {
    return switch_language(turn, asked), true;
  }
  const std::string intent = button_intent(turn);
  if (intent.empty() || !has_room(turn)) return false;
  turn.note("button");
  drop_patterns(turn);
  const Flow* flow = flow_for(turn, intent);
  if (!flow || !return_to_open_flow(turn, *flow)) start_intent(turn, intent, {});
  return true;
}

/// A call is under way: only the requests that end it are taken; its result, when it comes, is then nobody's.
void take_while_calling(Turn& turn) {
  const std::string name = requested(turn, true);
  if (name == "cancel" || name == "start_over" || name == "handoff") return request(turn, name);
  turn.note("busy");
  start_pattern(turn, "pattern_busy", {}, After::kStay);
}

/// Whether the text was understood, so that what else it says is worth looking at.
bool is_taken(const Turn& turn) {
  static const std::vector<std::string> kTaken{"start", "answer", "digress", "correct", "knowledge"};
  const auto rule = turn.out.reasons.find("rule");
  return rule != turn.out.reasons.end() && std::find(kTaken.begin(), kTaken.end(), *rule) != kTaken.end();
}

/// "A day later", said of a day that is known already, is not the day after today: it is no date by itself.
void mark_shifts(const Turn& turn, const Frame& task, std::vector<Entity>& entities) {
  const Flow& flow = flow_of(turn, task);
  const bool dated = std::any_of(task.slots.begin(), task.slots.end(), [&](const auto& filled) {
    const auto slot = flow.slots.find(filled.first);
    return slot != flow.slots.end() && slot->second.type == "date" && !filled.second.is_null();
  });
  for (Entity& entity : entities) {
    const Words said = words_of(entity.text);
    if (dated && entity.kind == "date" && !said.empty() && contains_word(turn.phrases.shifts, said.back()))
      entity.kind = kShift;
  }
}

/// Takes out of the text what it takes back itself, and finds the slots that it names. A text slot takes the
/// words as they are; "the same day" is no day of the calendar.
void read_closely(Turn& turn) {
  const bool waits = !turn.idle() && turn.top().waits_for_answer();
  if (waits && is_title(turn)) return;
  std::vector<Entity>& entities = turn.event.understanding.entities;
  std::erase_if(entities, [&](const Entity& entity) {
    return equals_any(without(words_of(entity.text), turn.phrases.fillers), turn.phrases.same);
  });
  if (const Frame* task = task_frame(turn)) {
    mark_shifts(turn, *task, entities);
    name_slots(turn, flow_of(turn, *task), entities);
  }
  if (!waits || !asks_for_text(turn)) repair_self(turn);
}

bool answer_clause(Turn& turn) {
  read_closely(turn);
  return answered_or_requested(turn);
}

bool start_clause(Turn& turn) {
  read_closely(turn);
  return start_request(turn);
}

void take_whole_message(Turn& turn) {
  if (count_code_points(turn.event.text) > limits::kTextMaxChars) {
    turn.note("too_long");
    drop_patterns(turn);
    return start_pattern(turn, "pattern_too_long", {}, After::kAsk);
  }
  const bool submitted = !turn.idle() && turn.event.value.is_object() && turn.event.text.empty();
  if (submitted && answer_by_card(turn)) return;
  const bool calling = !turn.idle() && turn.top().waiting.what == Waiting::For::kCall;
  if (!calling && take_signal(turn)) return;
  const bool title = !turn.idle() && turn.top().waits_for_answer() && is_title(turn);
  if (!calling && !title && take_clauses(turn, answer_clause, start_clause)) return;
  read_closely(turn);
  if (take_at_question(turn)) return;
  if (!turn.idle()) return take_while_calling(turn);
  take_at_rest(turn);
}

}  // namespace

void take_message(Turn& turn) {
  turn.ended = std::exchange(turn.state.ended, {});
  const bool for_text = !turn.idle() && turn.top().waits_for_answer() && asks_for_text(turn);
  const std::vector<Aside> asides = turn.event.understanding.asides;
  const std::string text = asides.empty() ? "" : turn.event.text;
  take_whole_message(turn);
  if (!asides.empty() && !for_text && is_taken(turn)) answer_asides(turn, text, asides);
}

}  // namespace parley::conversations
