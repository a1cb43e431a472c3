#include "conversations/dialogue/correction.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "conversations/dialogue/correction_signs.h"
#include "conversations/dialogue/options.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/slot_names.h"
#include "conversations/dialogue/stack.h"
#include "conversations/messages/values.h"

namespace parley::conversations {

namespace {

/// A text slot takes whole sentences; in them only a sign at the very beginning counts.
bool may_correct(const Turn& turn, const Frame& frame) {
  if (frame.waiting.what != Waiting::For::kSlot) return frame.waits_for_answer();
  const Flow& flow = flow_of(turn, frame);
  const auto slot = flow.slots.find(frame.waiting.name);
  const bool text = slot != flow.slots.end() && slot->second.type == "text" && slot->second.options.empty();
  return !text || starts_with_any(turn.words, turn.phrases.correction) ||
         starts_with_any(turn.words, turn.phrases.change) || starts_with_denial(turn);
}

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

/// "No, friday", when the booking has gone through: the person is told, and the question is asked again.
bool refuse_settled(Turn& turn, const Frame& frame) {
  const std::optional<std::string> slot = find_settled(turn, frame);
  if (!slot) return false;
  const std::string title = slot_title(turn, flow_of(turn, frame).slots.at(*slot));
  const std::string value = value_text(turn, frame, *slot);
  drop_patterns(turn);
  turn.state.fallbacks = 0;
  turn.note("settled");
  start_pattern(turn, "pattern_settled", {{"slot", title}, {"value", value}}, After::kAsk);
  return true;
}

/// "No, from 13": a no with a value that is no correction as far as it was understood.
bool denies_with_value(const Turn& turn) {
  const std::vector<Entity>& entities = turn.event.understanding.entities;
  return yes_or_no(turn.words, turn.phrases) == false &&
         std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
           return entity.kind != "yesno" && entity.confidence == 1 && !is_denied(turn, entity);
         });
}

}  // namespace

bool ask_what_to_change(Turn& turn) {
  if (turn.idle() || turn.top().waiting.what != Waiting::For::kConfirm) return false;
  if (!is_objection(turn.words, turn.phrases) && !denies_with_value(turn)) return false;
  const std::vector<std::string> slots = changeable_slots(turn, turn.top());
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
  return refuse_settled(turn, ended);
}

bool correct(Turn& turn) {
  Frame* frame = task_frame(turn);
  if (!frame || !may_correct(turn, *frame)) return false;
  const Changes changes = find_changes(turn, *frame);
  if (!changes.meant) return refuse_settled(turn, *frame);
  drop_patterns(turn);
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
