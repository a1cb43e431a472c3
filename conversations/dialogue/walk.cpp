// How a flow runs. A step does its work and names the next, waits (for an answer, a card, a call), or changes
// the stack: `run` puts a sub-flow on top, `end` takes the flow off. The loop always looks at the top frame
// afresh, so nothing here holds a reference to a frame across a change of the stack.
//
// A question is asked by running its step: coming back to a question after a digression, a retry and the
// first asking are the same code. A collect step runs again after every answer, holds what has been filled
// against the slots' checks, and asks for the first slot that is missing; it is over when none is.

#include "conversations/dialogue/walk.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/levels.h"
#include "conversations/dialogue/noted_texts.h"
#include "conversations/dialogue/pages.h"
#include "conversations/dialogue/parking.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/recovery.h"
#include "conversations/dialogue/render.h"
#include "conversations/dialogue/slot_filling.h"
#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

bool is_filled(const Frame& frame, const std::string& slot) {
  const auto value = frame.slots.find(slot);
  return value != frame.slots.end() && !value->second.is_null();
}

/// Remembers which step would ask for the slot again, so that a correction can go back there.
void remember_step(Frame& frame, const std::string& slot) {
  const auto known = std::find_if(frame.filled.begin(), frame.filled.end(),
                                  [&](const Filled& filled) { return filled.slot == slot; });
  if (known == frame.filled.end()) {
    frame.filled.push_back({slot, frame.step});
  } else {
    known->step = frame.step;
  }
}

void forget(Frame& frame, const std::string& slot) {
  frame.slots.erase(slot);
  std::erase(frame.settled, slot);
  std::erase_if(frame.filled, [&](const Filled& filled) { return filled.slot == slot; });
}

void wait_for(Frame& frame, Waiting::For what, const std::string& name) {
  if (frame.waiting.name != name) frame.waiting.failures = frame.waiting.silences = 0;
  frame.waiting.what = what;
  frame.waiting.name = name;
}

const Slot* find_slot(const Turn& turn, const std::string& name) {
  const Flow& flow = flow_of(turn, turn.top());
  const auto slot = flow.slots.find(name);
  return slot == flow.slots.end() ? nullptr : &slot->second;
}

/// Whether the check of a filled slot fails. One that can't be decided yet, because another slot is missing,
/// does not.
bool check_fails(const Turn& turn, const Frame& frame, const Slot& slot) {
  if (!slot.check || !is_filled(frame, slot.name)) return false;
  const cel::Value verdict = slot.check->evaluate(bindings_of(turn, frame));
  if (!verdict.is_error()) return !verdict.is_true();
  const Flow& flow = flow_of(turn, frame);
  const std::vector<std::string>& names = slot.check->variables();
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return !flow.slots.contains(name) || is_filled(frame, name);
  });
}

/// JSON of an expression's value; nullopt, and the flow has failed, when it has none.
std::optional<Json> evaluated(Turn& turn, const ExpressionPtr& expression, const cel::Bindings& bindings) {
  const cel::Value value = expression->evaluate(bindings);
  if (!value.is_error()) return cel::to_json(value);
  fail(turn, expression->source() + ": " + value.error_message(), expression->source());
  return std::nullopt;
}

std::optional<Json> evaluated_all(Turn& turn, const std::vector<Assignment>& assignments) {
  const cel::Bindings bindings = bindings_of(turn, turn.top());
  Json values = Json::object();
  for (const Assignment& assignment : assignments) {
    std::optional<Json> value = evaluated(turn, assignment.value, bindings);
    if (!value) return std::nullopt;
    values[assignment.slot] = std::move(*value);
  }
  return values;
}

/// What a decision tree is told. A value of a kind that no table has counts as not known.
FeatureInput input_of(const cel::Value& value) {
  switch (value.kind()) {
    case cel::Kind::kInt:
      return static_cast<double>(value.as_int());
    case cel::Kind::kUint:
      return static_cast<double>(value.as_uint());
    case cel::Kind::kDouble:
      return value.as_double();
    case cel::Kind::kBool:
      return value.as_bool() ? 1.0 : 0.0;
    case cel::Kind::kString:
      return std::string_view(value.as_text());
    default:
      return std::monostate();
  }
}

/// A list too long to keep loses its last rows; anything else too large counts as a failed call. Malformed
/// text in it is repaired, for the state must always be writable.
bool fit_result(Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  while (value.is_array() && value.size() > 1 && text.size() > limits::kCallResultMaxBytes) {
    value.erase(value.begin() + static_cast<std::ptrdiff_t>(value.size() / 2), value.end());
    text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  value = Json::parse(text);
  return text.size() <= limits::kCallResultMaxBytes;
}

/// Runs one step of the top frame.
class StepRun {
 public:
  StepRun(Turn& turn, const Step& step) : turn_(turn), step_(step) {}

  void operator()(const Say& action) {
    const bool waits = action.card && !action.card->into.empty();
    if (std::exchange(turn_.retrying, false) && waits) return explain(Waiting::For::kCard, "card");
    say(turn_, action, bindings_of(turn_, turn_.top()));
    if (waits) return wait_for_answer(Waiting::For::kCard, step_.id);
    go_to(turn_, step_.next);
  }

  void operator()(const Collect& action) {
    const bool failed = !failed_check(turn_, action.slots).empty();
    turn_.retrying = turn_.retrying || failed;
    for (const std::string& name : action.slots) {
      const Slot* slot = find_slot(turn_, name);
      if (is_filled(turn_.top(), name)) {
        remember_step(turn_.top(), name);
      } else if (slot && !slot->optional) {
        return question({Waiting::For::kSlot, name, slot, slot->ask, failed, failed ? "check" : slot->type});
      }
    }
    go_to(turn_, step_.next);
  }

  void operator()(const Choose& action) {
    Frame& frame = turn_.top();
    const std::vector<Choice> choices = choices_of(turn_, frame, step_, action.slot);
    const auto value = frame.slots.find(action.slot);
    const bool chosen = value != frame.slots.end() &&
                        std::any_of(choices.begin(), choices.end(),
                                    [&](const Choice& choice) { return choice.value == value->second; });
    const bool failed = chosen && !failed_check(turn_, {action.slot}).empty();
    turn_.retrying = turn_.retrying || failed;
    if (chosen && is_filled(frame, action.slot)) {
      remember_step(frame, action.slot);
      return go_to(turn_, step_.next);
    }
    if (choices.empty()) return fail(turn_, "nothing to choose from at step " + step_.id);
    const Slot* slot = find_slot(turn_, action.slot);
    question({Waiting::For::kChoice, action.slot, slot, action.ask, failed, failed ? "check" : "choice"});
  }

  void operator()(const Confirm& action) {
    question({Waiting::For::kConfirm, step_.id, nullptr, action.ask, false, "bool"});
  }

  void operator()(const Set& action) {
    const std::optional<Json> values = evaluated_all(turn_, action.assignments);
    if (!values) return;
    for (const auto& [name, value] : values->items())
      set_slot(name, value);
    go_to(turn_, step_.next);
  }

  void operator()(const If& action) {
    const std::optional<Json> condition = evaluated(turn_, action.condition, bindings_of(turn_, turn_.top()));
    if (condition) go_to(turn_, *condition == true ? action.then : action.otherwise);
  }

  void operator()(const Switch& action) {
    const std::optional<Json> subject = evaluated(turn_, action.subject, bindings_of(turn_, turn_.top()));
    if (!subject) return;
    const auto match = std::find_if(action.cases.begin(), action.cases.end(),
                                    [&](const auto& one) { return one.first == *subject; });
    go_to(turn_, match == action.cases.end() ? action.otherwise : match->second);
  }

  void operator()(const Decide& action) {
    const cel::Bindings bindings = bindings_of(turn_, turn_.top());
    std::vector<cel::Value> values;  // holds the texts of the inputs
    for (const ExpressionPtr& feature : action.features) {
      values.push_back(feature->evaluate(bindings));
      if (values.back().is_error())
        return fail(turn_, feature->source() + ": " + values.back().error_message(), feature->source());
    }
    std::vector<FeatureInput> inputs;
    for (const cel::Value& value : values)
      inputs.push_back(input_of(value));
    const std::size_t outcome = action.tree->outcome_of(action.tree->leaf_of(inputs));
    turn_.out.reasons["decisions"].push_back({{"decision", action.decision},
                                              {"outcome", action.tree->outcomes()[outcome]},
                                              {"because", action.tree->reasons_of(inputs)}});
    if (!action.into.empty()) set_slot(action.into, action.values[outcome]);
    go_to(turn_, action.cases[outcome]);
  }

  void operator()(const Call& action) {
    std::optional<Json> arguments = evaluated_all(turn_, action.arguments);
    if (!arguments) return;
    if (!action.meanwhile.empty())
      say_plainly(turn_, pick_text(turn_, action.meanwhile, bindings_of(turn_, turn_.top())));
    const std::string id = "call-" + std::to_string(++turn_.state.calls);
    wait_for(turn_.top(), Waiting::For::kCall, id);
    turn_.out.calls.push_back({id, action.service, action.operation, std::move(*arguments)});
  }

  void operator()(const Search& action) {
    const std::optional<Json> text = evaluated(turn_, action.text, bindings_of(turn_, turn_.top()));
    if (!text) return;
    Json found = text->is_string() ? search_pages(turn_, action, text->get<std::string>()) : Json::array();
    fit_result(found);
    turn_.top().slots[action.as] = std::move(found);
    go_to(turn_, step_.next);
  }

  void operator()(const Run& action) {
    const auto flow = turn_.program.flows.find(action.flow);
    if (flow == turn_.program.flows.end()) return fail(turn_, "no flow " + action.flow);
    const std::optional<Json> values = evaluated_all(turn_, action.arguments);
    if (!values) return;
    if (!start_run(turn_, flow->second, values->get<Parameters>())) fail(turn_, "too many open flows");
  }

  void operator()(const Wait& action) { park(turn_, action); }

  void operator()(const Recover& action) { open_case(turn_, action); }
  void operator()(const Outcome& action) { say_outcome(turn_, action); }
  void operator()(const Go&) { go_to(turn_, step_.next); }
  void operator()(const Handoff& action) { hand_off(turn_, action.reason); }
  void operator()(const End& action) { end_top(turn_, action.reason); }

 private:
  void set_slot(const std::string& name, const Json& value) {
    forget(turn_.top(), name);
    if (!value.is_null()) turn_.top().slots[name] = value;
    turn_.note_filled(name, value);
  }

  struct Question {
    Waiting::For what;
    std::string name;  // what is waited for
    const Slot* slot;  // may be null
    const Text& ask;
    bool check_failed = false;
    std::string type;  // what kind of answer is wanted, for explaining it
  };

  /// Asks; after an answer that did not fit with the slot's retry line, or else behind an explanation. The
  /// line of a slot with a check is about the check: it would be wrong about an answer of another kind.
  void question(const Question& question) {
    wait_for_answer(question.what, question.name);
    const int failures = turn_.top().waiting.failures;
    const bool retry = std::exchange(turn_.retrying, false);
    const cel::Bindings bindings = bindings_of(turn_, turn_.top());
    if (failures >= answers_allowed(question.slot, bindings)) return get_stuck(turn_);
    const bool has_line = question.slot && !question.slot->otherwise.empty() &&
                          (question.check_failed || !question.slot->check);
    if (retry && !has_line) return explain_question(turn_, question.type);
    ask(turn_,
        retry ? line_of(turn_, question.slot->otherwise, failures, bindings)
              : pick_text(turn_, question.ask, bindings),
        choices_of(turn_, turn_.top(), step_, question.name));
  }

  /// A person hears every retry line that the author wrote before the bot gives up.
  static int answers_allowed(const Slot* slot, const cel::Bindings& bindings) {
    const int lines = slot ? static_cast<int>(count_of_lines(slot->otherwise, bindings)) : 0;
    return std::max(limits::kFailedAnswersMax, lines + 1);
  }

  void wait_for_answer(Waiting::For what, const std::string& name) {
    wait_for(turn_.top(), what, name);
    turn_.asked = true;
  }

  void explain(Waiting::For what, const std::string& type) {
    wait_for_answer(what, step_.id);
    if (turn_.top().waiting.failures >= limits::kFailedAnswersMax) return get_stuck(turn_);
    explain_question(turn_, type);
  }

  Turn& turn_;
  const Step& step_;
};

}  // namespace

void walk(Turn& turn) {
  while (!turn.idle() && !turn.top().waits()) {
    if (++turn.steps > limits::kStepsPerTurnMax) {
      turn.steps = limits::kStepsPerTurnMax / 2;  // what the error pattern may use
      fail(turn, "more than " + std::to_string(limits::kStepsPerTurnMax) + " steps in one turn");
      continue;
    }
    if (++turn.state.steps > limits::kStepsAloneMax) {
      turn.state.steps = 0;
      fail(turn, "more than " + std::to_string(limits::kStepsAloneMax) + " steps without the person");
      continue;
    }
    const Step& step = step_of(turn, turn.top());
    if (hold_back(turn, step)) continue;
    turn.path.push_back(turn.top().flow + "/" + step.id);
    std::visit(StepRun(turn, step), step.action);
  }
}

void go_to(Turn& turn, StepIndex next) {
  if (next == kFlowEnd) return end_top(turn, "completed");
  turn.top().step = flow_of(turn, turn.top()).steps.at(static_cast<std::size_t>(next)).id;
}

namespace {

/// What a `run` step made the given parameters of.
std::vector<std::string> sources_of(const Run& run, const std::vector<std::string>& parameters) {
  std::vector<std::string> names;
  for (const Assignment& argument : run.arguments) {
    if (std::find(parameters.begin(), parameters.end(), argument.slot) == parameters.end()) continue;
    const std::vector<std::string>& used = argument.value->variables();
    names.insert(names.end(), used.begin(), used.end());
  }
  return names;
}

/// What has been passed on can't be taken back by another answer, in this flow and in those that run it.
void settle_passed_on(Turn& turn, std::vector<std::string> names) {
  std::vector<Frame>& frames = turn.state.frames;
  for (std::size_t i = frames.size(); i-- > 0 && !names.empty();) {
    settle(frames[i], names);
    frames[i].ran.clear();
    if (frames[i].origin != Origin::kRun || i == 0) return;
    const auto* run = std::get_if<Run>(&step_of(turn, frames[i - 1]).action);
    names = run ? sources_of(*run, names) : std::vector<std::string>();
  }
}

}  // namespace

void settle(Frame& frame, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const bool known = std::find(frame.settled.begin(), frame.settled.end(), name) != frame.settled.end();
    if (!known && frame.slots.contains(name)) frame.settled.push_back(name);
  }
}

bool end_call(Turn& turn, const CallOutcome& outcome) {
  const auto calls = [&](const Frame& one) {
    return one.waiting.what == Waiting::For::kCall && one.waiting.name == outcome.call_id;
  };
  const auto frame = std::find_if(turn.state.frames.begin(), turn.state.frames.end(), calls);
  if (frame == turn.state.frames.end()) return false;
  end_above(turn, static_cast<std::size_t>(frame - turn.state.frames.begin()), "cancelled");
  const Step& step = step_of(turn, turn.top());
  const Call& call = std::get<Call>(step.action);
  Json value = outcome.value;
  const bool ok = outcome.ok && fit_result(value);
  turn.top().waiting = {};
  if (ok && !call.as.empty()) turn.top().slots[call.as] = std::move(value);
  if (ok) settle_passed_on(turn, call.settles);
  turn.note(ok ? "call_ended" : "call_failed");
  if (!ok) turn.top().slots[kFailureName] = outcome.ok ? "invalid" : outcome.failure;
  go_to(turn, ok ? step.next : call.failed);
  return true;
}

std::string failed_check(Turn& turn, const std::vector<std::string>& slots) {
  Frame& frame = turn.top();
  std::string first;
  for (const std::string& name : slots) {
    const Slot* slot = find_slot(turn, name);
    if (!slot || !check_fails(turn, frame, *slot)) continue;
    forget(frame, name);
    if (!first.empty()) continue;
    first = name;
    frame.waiting.failures = frame.waiting.name == name ? frame.waiting.failures + 1 : 1;
    frame.waiting.name = name;
    turn.note("check_failed");
  }
  return first;
}

}  // namespace parley::conversations
