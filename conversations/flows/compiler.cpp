#include "conversations/flows/compiler.h"

#include <algorithm>

#include "conversations/flows/cards.h"
#include "conversations/flows/heads.h"
#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {
namespace {

using config::Entry;
using config::Node;

constexpr StepIndex kUnplaced = -2;
constexpr StepIndex kFirstLabel = -3;

}  // namespace

FlowCompiler::FlowCompiler(FlowSource& source, Loading& loading)
    : source_(source),
      flow_(source.flow),
      loading_(loading),
      reader_(loading, source.flow.name, source.flow.scope) {}

void FlowCompiler::compile() {
  if (const Node title = source_.node.get("title")) flow_.title = reader_.message(title);
  flow_.silence = silence(source_.node.get("silence"));
  if (const Node slots = source_.node.get("slots"); slots.is_map())
    for (auto& [name, known] : flow_.slots)
      slot(known, slots.get(name));
  const Label end = new_label();
  const Node steps = source_.node.need("steps");
  list(steps.list(), "", end);
  if (steps.is_list() && steps.list().empty()) steps.error("step", "this flow has no steps");
  check_results();
  check_recovery();
  resolve_jumps();
  labels_[static_cast<std::size_t>(end)] = kFlowEnd;
  resolve_labels();
}

void FlowCompiler::slot(Slot& slot, const Node& node) {
  if (!node.is_map()) return;
  node.allow(
      {"type", "title", "ask", "check", "otherwise", "optional", "options", "keep", "private", "depends", "silence"});
  SlotNotes& notes = source_.slots[slot.name];
  reader_.note_in(&notes.texts);
  slot.title = reader_.message(node.get("title"));
  slot.ask = reader_.text(node.get("ask"));
  slot.otherwise = reader_.text(node.get("otherwise"));
  slot.silence = silence(node.get("silence"));
  slot.options = read_options(node.get("options"), slot.type, loading_.outline, reader_);
  reader_.note_in(&notes.check);
  if (const Node check = node.get("check")) slot.check = reader_.condition(check);
  reader_.note_in(nullptr);
  for (const Node& name : node.get("depends").items())
    if (const Slot* on = slot_named(name)) slot.depends.push_back(on->name);
}

// What the flow hands back are slots of its own, or what calls gave it.
void FlowCompiler::check_results() const {
  const Node results = source_.node.get("result");
  for (const auto& [name, type] : flow_.result) {
    const cel::Type* known = flow_.scope.find(name);
    const Node node = results.get(name);
    if (!known)
      node.error("unknown-slot", "this flow has no slot '" + name + "' to hand back",
                 config::near_names_hint(name, flow_.scope.names()));
    else if (!known->fits(type_of(type)))
      node.error("value-type", "'" + name + "' is " + known->to_string() + " in this flow, not " + type);
  }
}

void FlowCompiler::list(const std::vector<Node>& steps, const std::string& prefix, Label after) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool last = i + 1 == steps.size();
    const Label next = last ? after : new_label();
    step(steps[i], prefix + std::to_string(i), next);
    if (!last) place(next);
  }
}

void FlowCompiler::step(const Node& node, const std::string& place, Label next) {
  if (flow_.steps.size() >= limits::kFlowStepsMax) {
    if (!too_many_)
      node.error("too-many-steps",
                 "this flow has more than " + std::to_string(limits::kFlowStepsMax) + " steps",
                 "cut it into sub-flows");
    too_many_ = true;
    return;
  }
  const std::size_t index = flow_.steps.size();
  flow_.steps.push_back({place, node.position().line, Say{}, kFlowEnd, false, true, true, 0, 0, {}});
  source_.steps.push_back({node, {}});
  const Verb* verb = verb_of(node);
  if (const Node name = node.get("name")) name_step(name, index);
  if (!verb) {
    flow_.steps[index].next = target(next);
    return;
  }
  id_ = flow_.steps[index].id;
  reader_.note_in(&source_.steps[index].reads);
  const int outer_guard = guard_, level = read_level(node.get("level"), 0);
  guard_ = std::max(guard_, level);
  flow_.steps[index].level = level;
  flow_.steps[index].guard = guard_;
  Action action = (this->*verb->read)(node, next);
  guard_ = outer_guard;
  const bool goes_on = !std::holds_alternative<If>(action) && !std::holds_alternative<Switch>(action) &&
                       !std::holds_alternative<Decide>(action) && !std::holds_alternative<Go>(action) &&
                       !std::holds_alternative<Handoff>(action) && !std::holds_alternative<End>(action);
  flow_.steps[index].action = std::move(action);
  flow_.steps[index].digress = node.get("digress").flag().value_or(flow_.digress);
  flow_.steps[index].returns = node.get("return").flag().value_or(flow_.returns);
  if (goes_on) flow_.steps[index].next = target(next);
}

namespace {

constexpr const char* kAnyStep = "write '- say: ...', '- collect: [...]' and so on";

/// For a step that is a bare word: another tool's response, or a verb without a value.
std::string bare_step_hint(const Node& node, const std::vector<std::string>& verbs) {
  if (!node.is_scalar()) return kAnyStep;
  const std::string word = node.text().value_or("");
  if (word.starts_with("utter_"))
    return "a step holds its words itself: write '- say: the text of " + word + "'";
  if (std::find(verbs.begin(), verbs.end(), word) != verbs.end())
    return "write a value behind it: '- " + word + ": ...'";
  return kAnyStep;
}

/// For a map whose first key is no verb.
std::string verb_hint(const std::string& key, const std::vector<std::string>& verbs) {
  if (key == "action" || key == "utter")
    return "write '- say: ...' for what is said, '- call: service.operation' for what is done";
  return config::near_names_hint(key, verbs);
}

}  // namespace

// The one key that is a verb; checks the keys beside it.
const FlowCompiler::Verb* FlowCompiler::verb_of(const Node& node) const {
  std::vector<std::string> names;
  for (const Verb& verb : verbs())
    names.emplace_back(verb.name);
  if (!node.is_map()) {
    node.error("step", "a step is a map with a verb", bare_step_hint(node, names));
    return nullptr;
  }
  const Verb* found = nullptr;
  bool several = false;
  for (const Verb& verb : verbs()) {
    if (!node.get(verb.name)) continue;
    const bool beside =
        found && std::find(found->keys.begin(), found->keys.end(), verb.name) != found->keys.end();
    if (found && !beside && !several)
      node.error("step",
                 "a step has one verb, but this has '" + std::string(found->name) + "' and '" +
                     std::string(verb.name) + "'",
                 "make two steps of it");
    several |= found && !beside;
    if (found) continue;
    found = &verb;
  }
  if (!found) {
    const std::vector<Entry> entries = node.entries();
    const std::string first = entries.empty() ? "" : entries.front().name;
    node.error("step", "this step has no verb", verb_hint(first, names));
    return nullptr;
  }
  if (several) return found;
  std::vector<std::string_view> keys{found->name, "name", "level"};
  keys.insert(keys.end(), found->keys.begin(), found->keys.end());
  node.allow(keys);
  return found;
}

void FlowCompiler::name_step(const Node& node, std::size_t index) {
  const auto name = node.text();
  if (!name) return;
  if (!names_.emplace(*name, static_cast<StepIndex>(index)).second) {
    node.error("duplicate-step", "there is a step '" + *name + "' in this flow already",
               "choose another name");
    return;
  }
  flow_.steps[index].id = *name;
}

StepIndex FlowCompiler::branch(const Node& node, const std::string& prefix, Label after) {
  const std::vector<Node> steps = node.list();
  if (depth_ >= limits::kBranchNestingMax) {
    node.error("too-deep", "branches are nested too deeply here", "move the inner steps to a sub-flow");
    return target(after);
  }
  if (steps.empty()) return target(after);
  const Label start = new_label();
  place(start);
  ++depth_;
  list(steps, prefix + ".", after);
  --depth_;
  return target(start);
}

// A branch behind which the flow is over, unless its steps go elsewhere themselves.
StepIndex FlowCompiler::ending_branch(const Node& node, const std::string& prefix,
                                      const std::string& reason) {
  const Label end = new_label();
  const StepIndex start = branch(node, prefix, end);
  const auto at = static_cast<std::size_t>(end);
  if (!used_[at]) return start;
  place(end);
  flow_.steps.push_back(
      {prefix + ".end", node.position().line, End{reason}, kFlowEnd, true, true, true, 0, 0, {}});
  source_.steps.push_back({node, {}});
  return start;
}

FlowCompiler::Label FlowCompiler::new_label() {
  labels_.push_back(kUnplaced);
  used_.push_back(false);
  return static_cast<Label>(labels_.size()) - 1;
}

void FlowCompiler::place(Label label) {
  labels_[static_cast<std::size_t>(label)] = static_cast<StepIndex>(flow_.steps.size());
}

StepIndex FlowCompiler::target(Label label) {
  used_[static_cast<std::size_t>(label)] = true;
  return kFirstLabel - label;
}

/// Who jumps into a branch with a level of its own has not passed the step that says so.
void FlowCompiler::jump_to(Step& from, StepIndex target) {
  Step& to = flow_.steps[static_cast<std::size_t>(target)];
  from.next = target;
  if (to.guard > from.guard) to.level = to.guard;
}

void FlowCompiler::resolve_jumps() {
  std::vector<std::string> names;
  for (const auto& [name, index] : names_)
    names.push_back(name);
  for (const Jump& jump : jumps_) {
    const std::string name = jump.name.text().value_or("");
    const auto found = names_.find(name);
    if (found != names_.end())
      jump_to(flow_.steps[jump.step], found->second);
    else
      jump.name.error("unknown-step", "no step of this flow is named '" + name + "'",
                      names.empty() ? "give the step a name: '- name: " + name + "'"
                                    : config::near_names_hint(name, names));
  }
}

StepIndex FlowCompiler::resolved(StepIndex index) const {
  if (index > kFirstLabel) return index;
  const StepIndex at = labels_[static_cast<std::size_t>(kFirstLabel - index)];
  return at >= 0 && static_cast<std::size_t>(at) < flow_.steps.size() ? at : kFlowEnd;
}

void FlowCompiler::resolve_labels() {
  for (Step& step : flow_.steps) {
    step.next = resolved(step.next);
    if (auto* confirm = std::get_if<Confirm>(&step.action)) confirm->no = resolved(confirm->no);
    if (auto* call = std::get_if<Call>(&step.action)) call->failed = resolved(call->failed);
    if (auto* wait = std::get_if<Wait>(&step.action)) wait->timed_out = resolved(wait->timed_out);
    if (auto* recover = std::get_if<Recover>(&step.action)) recover->refused = resolved(recover->refused);
    if (auto* branch = std::get_if<If>(&step.action)) {
      branch->then = resolved(branch->then);
      branch->otherwise = resolved(branch->otherwise);
    }
    if (auto* branches = std::get_if<Switch>(&step.action)) {
      branches->otherwise = resolved(branches->otherwise);
      for (auto& [value, index] : branches->cases)
        index = resolved(index);
    }
    if (auto* decide = std::get_if<Decide>(&step.action))
      for (StepIndex& index : decide->cases)
        index = resolved(index);
  }
}

}  // namespace parley::conversations
