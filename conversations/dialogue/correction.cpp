#include "conversations/dialogue/correction.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "conversations/dialogue/correction_signs.h"
#include "conversations/dialogue/intent.h"
#include "conversations/dialogue/options.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/slot_names.h"
#include "conversations/dialogue/stack.h"
#include "conversations/messages/values.h"

namespace parley::conversations {

namespace {

/// Back to the first of the steps that asked for what has changed.
void go_back(const Flow& flow, Frame& frame, const std::vector<SlotValue>& changes) {
  StepIndex first = kFlowEnd;
  for (const SlotValue& change : changes) {
    for (const Filled& filled : frame.filled) {
      const StepIndex index = filled.slot == change.slot ? flow.find_step(filled.step) : kFlowEnd;
      if (index != kFlowEnd && (first == kFlowEnd || index < first)) first = index;
    }
  }
  if (first != kFlowEnd) frame.step = flow.steps[static_cast<std::size_t>(first)].id;
}

/// Empties what depends on a slot that has changed, and what depends on that.
void forget_dependents(const Flow& flow, Frame& frame, const std::string& changed) {
  for (const auto& [name, slot] : flow.slots) {
    const bool depends = std::find(slot.depends.begin(), slot.depends.end(), changed) != slot.depends.end();
    if (!depends || frame.slots.erase(name) == 0) continue;
    std::erase_if(frame.filled, [&, &dependent = name](const Filled& one) { return one.slot == dependent; });
    forget_dependents(flow, frame, name);
  }
}

/// What is told of the changes, by slot.
struct Told {
  cel::ListValue slots, before, after;
  Json undo = Json::object();
};

Json listed(const Turn& turn, cel::ListValue texts) {
  return text_of(cel::Value::list(std::move(texts)), formats_of(turn.state.language), turn.program.timezone);
}

/// Makes the changes; of those with a value, what to tell the person.
Told apply(Turn& turn, Frame& frame, const std::vector<SlotValue>& changes) {
  const Flow& flow = flow_of(turn, frame);
  Told told;
  for (const SlotValue& change : changes) {
    turn.note_filled(change.slot, change.value);
    const std::string before = value_text(turn, frame, change.slot);
    if (change.value.is_null()) frame.replaced[change.slot] = frame.slots.at(change.slot);
    if (!change.value.is_null()) told.undo[change.slot] = frame.slots.at(change.slot);
    frame.slots.erase(change.slot);
    forget_dependents(flow, frame, change.slot);
    if (change.value.is_null()) continue;
    frame.slots[change.slot] = change.value;
    told.slots.push_back(cel::Value::text(slot_title(turn, flow.slots.at(change.slot))));
    told.before.push_back(cel::Value::text(before));
    told.after.push_back(cel::Value::text(value_text(turn, frame, change.slot)));
  }
  return told;
}

void say_settled(Turn& turn, const Frame& frame, const std::string& slot, const std::string& value) {
  const std::string title = title_of(turn, flow_of(turn, frame));
  drop_patterns(turn);
  turn.state.fallbacks = 0;
  turn.note("settled");
  start_pattern(turn, "pattern_settled", {{"slot", slot}, {"value", value}, {"flow", title}}, After::kAsk);
}

/// "No, friday", when the booking has gone through: the person is told, and the question is asked again.
bool refuse_settled(Turn& turn, const Frame& frame) {
  const std::optional<std::string> slot = find_settled(turn, frame);
  if (!slot) return false;
  const std::string title = slot_title(turn, flow_of(turn, frame).slots.at(*slot));
  say_settled(turn, frame, title, value_text(turn, frame, *slot));
  return true;
}

/// "No wait, bob@here.example", when nothing can be changed any more.
bool refuse_other_value(Turn& turn, const Frame& frame) {
  const Flow& flow = flow_of(turn, frame);
  for (const std::string& name : frame.settled) {
    const auto slot = flow.slots.find(name);
    const auto value = frame.slots.find(name);
    if (slot == flow.slots.end() || value == frame.slots.end()) continue;
    for (const Entity& entity : turn.event.understanding.entities) {
      const bool other =
          entity.kind == slot->second.type && entity.confidence == 1 && entity.value != value->second;
      if (!other || is_denied(turn, entity)) continue;
      say_settled(turn, frame, slot_title(turn, slot->second), value_text(turn, frame, name));
      return true;
    }
  }
  return false;
}

/// "Actually cancel that", "rather not".
bool takes_back(const Turn& turn) {
  const bool no =
      equals_any(turn.words, turn.phrases.no) && contains_any(turn.words, turn.phrases.second_thoughts);
  return no || requested(turn, true) == "cancel";
}

/// "No, from 13": a no with a value that is no correction as far as it was understood.
bool denies_with_value(const Turn& turn) {
  const std::vector<Entity>& entities = turn.event.understanding.entities;
  return yes_or_no(turn.words, turn.phrases) == false &&
         std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
           return entity.kind != "yesno" && entity.confidence == 1 && !is_denied(turn, entity);
         });
}

/// "A day later": another value is wanted, but not said from which.
bool shifts_value(const Turn& turn) {
  const std::vector<Entity>& entities = turn.event.understanding.entities;
  return std::any_of(entities.begin(), entities.end(),
                     [](const Entity& entity) { return entity.kind == kShift; });
}

/// Whether the ended sub-flow and the step that ran it are still in the bot, and what it asked.
bool can_run_again(const Turn& turn, const Frame& frame, const Frame& ran) {
  const Flow& flow = flow_of(turn, frame);
  const StepIndex index = flow.find_step(ran.ran_by);
  if (index == kFlowEnd || outdated(turn, ran)) return false;
  const auto* run = std::get_if<Run>(&flow.steps[static_cast<std::size_t>(index)].action);
  return run && run->flow == ran.flow &&
         std::all_of(ran.filled.begin(), ran.filled.end(),
                     [&](const Filled& one) { return flow_of(turn, ran).find_step(one.step) != kFlowEnd; });
}

/// Which of the sub-flows that ended, the last one first, asked for what the text changes.
std::optional<std::size_t> find_changed_run(const Turn& turn, const Frame& frame, Changes& changes) {
  for (std::size_t i = frame.ran.size(); i-- > 0 && has_room(turn);) {
    if (!can_run_again(turn, frame, frame.ran[i])) continue;
    Changes found = find_changes(turn, frame.ran[i], frame);
    if (!found.meant) continue;
    changes = std::move(found);
    return i;
  }
  return std::nullopt;
}

/// What the flow was told itself, and gave its sub-flow, changes along with it.
void change_along(const Flow& flow, Frame& frame, const std::string& type, const Json& before,
                  const Json& after) {
  for (const auto& [name, slot] : flow.slots) {
    const auto value = frame.slots.find(name);
    if (slot.type != type || value == frame.slots.end() || value->second != before) continue;
    if (after.is_null())
      frame.slots.erase(value);
    else
      value->second = after;
  }
}

/// The sub-flow of the top frame opens again as it ended; the flow will go on behind its `run` step anew.
void reopen_run(Turn& turn, std::size_t index, const std::vector<SlotValue>& changes) {
  Frame& frame = turn.top();
  Frame ran = std::move(frame.ran[index]);
  frame.ran.erase(frame.ran.begin() + static_cast<std::ptrdiff_t>(index));
  frame.step = std::exchange(ran.ran_by, "");
  frame.waiting = {};
  for (const SlotValue& change : changes)
    change_along(flow_of(turn, frame), frame, flow_of(turn, ran).slots.at(change.slot).type,
                 ran.slots.at(change.slot), change.value);
  turn.state.frames.push_back(std::move(ran));
}

}  // namespace

bool ask_what_to_change(Turn& turn) {
  if (turn.idle() || turn.top().waiting.what != Waiting::For::kConfirm) return false;
  if (!is_objection(turn.words, turn.phrases) && !denies_with_value(turn) && !shifts_value(turn))
    return false;
  const std::vector<std::string> slots = changeable_slots(turn, turn.top());
  if (slots.empty() && refuse_other_value(turn, turn.top())) return true;
  if (slots.empty() || !turn.program.flows.contains("pattern_change")) return false;
  cel::ListValue titles;
  for (const std::string& slot : slots)
    titles.push_back(cel::Value::text(slot_title(turn, flow_of(turn, turn.top()).slots.at(slot))));
  turn.note("change");
  start_pattern(turn, "pattern_change", {{"slots", listed(turn, std::move(titles))}}, After::kAsk);
  return true;
}

bool correct_too_late(Turn& turn) {
  if (turn.ended.empty() || outdated(turn, turn.ended.front())) return false;
  const Frame& ended = turn.ended.front();
  name_slots(turn, flow_of(turn, ended), turn.event.understanding.entities);
  if (refuse_settled(turn, ended)) return true;
  if (!turn.state.parked.empty() || !takes_back(turn)) return false;
  say_settled(turn, ended, "", "");
  return true;
}

bool correct(Turn& turn) {
  Frame* frame = task_frame(turn);
  if (!frame || !frame->waits_for_answer()) return false;
  Changes changes = find_changes(turn, *frame, *frame);
  const auto ran = changes.values.empty() ? find_changed_run(turn, *frame, changes) : std::nullopt;
  if (!changes.meant) return refuse_settled(turn, *frame);
  drop_patterns(turn);
  if (ran && !changes.values.empty()) reopen_run(turn, *ran, changes.values);
  Frame& corrected = turn.top();
  turn.state.fallbacks = 0;
  turn.note("correct");
  turn.out.reasons["flow"] = corrected.flow;
  corrected.waiting = {};
  go_back(flow_of(turn, corrected), corrected, changes.values);
  Told told = apply(turn, corrected, changes.values);
  if (told.after.empty()) return true;
  const std::size_t depth = turn.state.frames.size();
  start_pattern(turn, "pattern_corrected",
                {{"slot", listed(turn, std::move(told.slots))},
                 {"before", listed(turn, std::move(told.before))},
                 {"after", listed(turn, std::move(told.after))}},
                After::kAsk);
  if (turn.state.frames.size() > depth) turn.top().carried = std::move(told.undo);
  return true;
}

}  // namespace parley::conversations
