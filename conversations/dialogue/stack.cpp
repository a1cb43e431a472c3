#include "conversations/dialogue/stack.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/levels.h"
#include "conversations/dialogue/parking.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/recovery.h"
#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/slot_names.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

bool any_shared(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
    return std::find(given.begin(), given.end(), one) != given.end();
  });
}

void record_end(Turn& turn, Frame& frame, const std::string& reason) {
  end_case(turn, frame, reason);
  if (frame.origin == Origin::kPattern) return;
  turn.out.ends.push_back({frame.flow, reason});
}

void keep_slots(Turn& turn, const Frame& frame) {
  const auto flow = turn.program.flows.find(frame.flow);
  if (flow == turn.program.flows.end()) return;
  for (const auto& [name, slot] : flow->second.slots) {
    if (!slot.keep) continue;
    const auto value = frame.slots.find(name);
    if (value == frame.slots.end()) {
      turn.state.kept.erase(name);  // the flow had it and has cleared it
    } else {
      turn.state.kept[name] = {{"type", slot.type}, {"value", value->second}};
    }
  }
}

/// What is not written down goes with its flow.
bool is_personal(const Turn& turn, const std::string& slot, Json value) {
  if (turn.program.private_slots.contains(slot)) return true;
  TurnRedaction redaction(turn.program.redactor.get(), {});
  redaction.json(value);
  return redaction.changed();
}

/// What was agreed to in a task may be corrected when it is too late.
void remember_end(Turn& turn, const Frame& frame, const std::string& reason) {
  if (frame.origin != Origin::kTask || reason != "completed" || frame.settled.empty()) return;
  Frame ended = frame;
  ended.waiting = {};
  ended.ran.clear();
  std::erase_if(ended.slots, [&](const auto& slot) {
    const bool settled =
        std::find(frame.settled.begin(), frame.settled.end(), slot.first) != frame.settled.end();
    return !settled || is_personal(turn, slot.first, slot.second);
  });
  turn.state.ended = {std::move(ended)};
}

/// Takes the innermost frame off and records its end.
Frame pop(Turn& turn, const std::string& reason) {
  Frame frame = std::move(turn.state.frames.back());
  turn.state.frames.pop_back();
  keep_slots(turn, frame);
  record_end(turn, frame, reason);
  remember_end(turn, frame, reason);
  return frame;
}

void push(Turn& turn, const Flow& flow, Origin origin, After after, Parameters values) {
  Frame frame;
  frame.flow = flow.name;
  frame.origin = origin;
  frame.after = after;
  frame.slots = std::move(values);
  if (!flow.steps.empty()) frame.step = flow.steps.front().id;
  turn.state.frames.push_back(std::move(frame));
  if (flow.steps.empty()) end_top(turn, "completed");
}

Json result_of(const Flow& flow, const Frame& frame) {
  Json result = Json::object();
  for (const auto& [name, type] : flow.result) {
    const auto value = frame.slots.find(name);
    result[name] = value == frame.slots.end() ? Json() : value->second;
  }
  return result;
}

/// The answers of a sub-flow may be corrected as long as nobody has agreed to them, nor a call changed
/// anything with them.
void remember_run(Frame& parent, const Frame& ended) {
  std::erase_if(parent.ran, [&](const Frame& one) { return one.ran_by == parent.step; });
  if (ended.filled.empty() || !ended.settled.empty()) return;
  Frame& ran = parent.ran.emplace_back(ended);
  ran.waiting = {};
  ran.ran.clear();
  ran.ran_by = parent.step;
  if (parent.ran.size() > kRanMax) parent.ran.erase(parent.ran.begin());
}

/// Goes on behind the `run` step that began the sub-flow which has just ended.
void continue_run(Turn& turn, const Frame& ended, const std::string& reason) {
  if (turn.idle()) return;
  Frame& parent = turn.top();
  if (reason == "completed") remember_run(parent, ended);
  const Flow& flow = flow_of(turn, parent);
  const Step& step = step_of(turn, parent);
  const auto* run = std::get_if<Run>(&step.action);
  if (run && !run->as.empty()) parent.slots[run->as] = result_of(flow_of(turn, ended), ended);
  if (step.next == kFlowEnd) return end_top(turn, "completed");
  parent.step = flow.steps[static_cast<std::size_t>(step.next)].id;
}

}  // namespace

std::string barrier_of(const Turn& turn, const Flow& flow) {
  if (!level_allows(turn, flow)) return "level";
  if (!flow.channels.empty() && !any_shared(flow.channels, {turn.context.channel})) return "channel";
  if (!flow.roles.empty() && !any_shared(flow.roles, turn.context.person.roles)) return "role";
  return "";
}

const Flow* flow_for(const Turn& turn, const std::string& intent) {
  const auto names = turn.program.flows_of_intent.find(intent);
  if (names == turn.program.flows_of_intent.end()) return nullptr;
  const Flow* first = nullptr;
  for (const std::string& name : names->second) {
    const auto flow = turn.program.flows.find(name);
    if (flow == turn.program.flows.end()) continue;
    if (barrier_of(turn, flow->second).empty()) return &flow->second;
    if (!first) first = &flow->second;
  }
  return first;
}

std::optional<std::size_t> find_open(const Turn& turn, const std::string& flow) {
  const std::vector<Frame>& frames = turn.state.frames;
  const auto found =
      std::find_if(frames.begin(), frames.end(), [&](const Frame& frame) { return frame.flow == flow; });
  if (found == frames.end()) return std::nullopt;
  return static_cast<std::size_t>(found - frames.begin());
}

bool has_room(const Turn& turn) {
  return turn.state.frames.size() + 1 < limits::kFlowDepthMax;
}

std::string title_of(const Turn& turn, const Flow& flow) {
  if (flow.title) return format(turn, *flow.title, cel::Bindings());
  for (const std::string& intent : flow.when) {
    const auto title = turn.program.intent_titles.find(intent);
    if (title != turn.program.intent_titles.end()) return format(turn, title->second, cel::Bindings());
  }
  std::string name = flow.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string task_title(const Turn& turn) {
  for (auto frame = turn.state.frames.rbegin(); frame != turn.state.frames.rend(); ++frame) {
    if (frame->origin == Origin::kTask) return title_of(turn, flow_of(turn, *frame));
  }
  return "";
}

Frame* task_frame(Turn& turn) {
  for (auto frame = turn.state.frames.rbegin(); frame != turn.state.frames.rend(); ++frame) {
    if (frame->origin != Origin::kPattern) return &*frame;
  }
  return nullptr;
}

Parameters kept_values(const Turn& turn, const Flow& flow) {
  Parameters values;
  for (const auto& [name, slot] : flow.slots) {
    const auto kept = turn.state.kept.find(name);
    if (!slot.keep || kept == turn.state.kept.end() || !kept->second.is_object()) continue;
    if (kept->second.value("type", "") == slot.type && kept->second.contains("value")) {
      values[name] = kept->second.at("value");
    }
  }
  return values;
}

void start_task(Turn& turn, const Flow& flow, const std::vector<Entity>& entities) {
  drop_patterns(turn);
  Parameters values = kept_values(turn, flow);
  std::vector<Entity> given = entities;
  name_slots(turn, flow, given);
  std::erase_if(given, [&](const Entity& entity) { return is_denied(turn, entity); });
  const std::vector<SlotValue> said =
      fill_slots({flow, values, "", asking_order(flow, nullptr), given, false, reader_for(turn, flow)});
  for (const SlotValue& filled : said) {
    values[filled.slot] = filled.value;
    turn.note_filled(filled.slot, filled.value);
  }
  turn.out.reasons["flow"] = flow.name;
  push(turn, flow, Origin::kTask, After::kOffer, std::move(values));
}

bool start_run(Turn& turn, const Flow& flow, Parameters parameters) {
  if (!has_room(turn)) return false;
  parameters.merge(kept_values(turn, flow));
  push(turn, flow, Origin::kRun, After::kStay, std::move(parameters));
  return true;
}

void start_pattern(Turn& turn, const std::string& name, Parameters parameters, After after) {
  const auto flow = turn.program.flows.find(name);
  const bool room = turn.state.frames.size() < limits::kFlowDepthMax;
  if (flow == turn.program.flows.end() || !room) return return_to_question(turn, after);
  push(turn, flow->second, Origin::kPattern, after, std::move(parameters));
}

void end_top(Turn& turn, const std::string& reason) {
  const Frame ended = pop(turn, reason);
  if (ended.origin == Origin::kRun) return continue_run(turn, ended, reason);
  if (ended.origin == Origin::kPattern && act_on_pattern(turn, ended)) return;
  return_to_question(turn, ended.after);
}

void end_task(Turn& turn, const std::string& reason) {
  drop_patterns(turn);
  while (!turn.idle()) {
    if (pop(turn, reason).origin != Origin::kRun) return;
  }
}

void end_all(Turn& turn, const std::string& reason) {
  while (!turn.idle())
    pop(turn, reason);
}

void end_above(Turn& turn, std::size_t index, const std::string& reason) {
  while (turn.state.frames.size() > index + 1)
    pop(turn, reason);
}

void drop_patterns(Turn& turn) {
  while (!turn.idle() && turn.top().origin == Origin::kPattern)
    pop(turn, "");
}

void return_to_question(Turn& turn, After after) {
  if (turn.idle() || !turn.top().waits_for_answer() || after == After::kStay) return;
  if (after == After::kOffer && turn.program.flows.contains("pattern_resume")) {
    return start_pattern(turn, "pattern_resume", {{"flow", task_title(turn)}}, After::kAsk);
  }
  turn.top().waiting.what = Waiting::For::kNothing;  // its step runs again, and asks
}

bool outdated(const Turn& turn, const Frame& frame) {
  const auto flow = turn.program.flows.find(frame.flow);
  if (flow == turn.program.flows.end()) return true;
  const StepIndex index = flow->second.find_step(frame.step);
  if (index == kFlowEnd) return true;
  const Action& action = flow->second.steps[static_cast<std::size_t>(index)].action;
  switch (frame.waiting.what) {
    case Waiting::For::kNothing:
      return false;
    case Waiting::For::kSlot:
      return !std::holds_alternative<Collect>(action) || !flow->second.slots.contains(frame.waiting.name);
    case Waiting::For::kChoice:
      return !std::holds_alternative<Choose>(action);
    case Waiting::For::kConfirm:
      return !std::holds_alternative<Confirm>(action);
    case Waiting::For::kCall:
      return !std::holds_alternative<Call>(action);
    case Waiting::For::kEvent: {
      const auto* wait = std::get_if<Wait>(&action);
      return !wait || wait->event != frame.waiting.name;
    }
    case Waiting::For::kCard: {
      const auto* say = std::get_if<Say>(&action);
      return !say || !say->card || say->card->into.empty();
    }
  }
  return true;
}

bool end_outdated(Turn& turn) {
  std::vector<Frame>& frames = turn.state.frames;
  bool ended = end_outdated_parked(turn);
  for (std::size_t i = 0; i < frames.size();) {
    if (!outdated(turn, frames[i])) {
      ++i;
      continue;
    }
    std::size_t first = i;
    while (first > 0 && frames[first].origin == Origin::kRun)
      --first;
    std::size_t last = i + 1;
    while (last < frames.size() && frames[last].origin != Origin::kTask)
      ++last;
    for (std::size_t j = first; j < last; ++j)
      record_end(turn, frames[j], "version_changed");
    ended = ended || frames[first].origin != Origin::kPattern;
    frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(first),
                 frames.begin() + static_cast<std::ptrdiff_t>(last));
    i = first;
  }
  return ended;
}

}  // namespace parley::conversations
