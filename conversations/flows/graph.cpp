// A flow is a small directed graph, and three questions are asked of it.
//
// Unreachable: what a walk from step 0 does not meet. Only the first step of such a stretch is reported.
//
// Loops: a circle in which nothing waits for the person would run until the dialogue stops it. Steps that ask
// are taken out; what still leads back to itself is such a circle.
//
// Unset: a forward data flow analysis. Each step is entered with the names that have a value on EVERY way to
// it (the intersection over its predecessors), starting from what is set or may be null by declaration:
// params, optional and kept slots. Passing a step adds what it sets: a collect its slots, a call its `as`
// (on its failed branch `failure`). A name that an expression has compared with null counts as set from there
// on, since the author has thought of it. The sets only shrink, so this ends after at most steps * names
// rounds; flows have tens of both. Sets are bits by a name's number.
#include "conversations/flows/graph.h"

#include <algorithm>
#include <optional>

#include "conversations/flows/slot_types.h"

namespace parley::conversations {
namespace {

using config::Severity;
using Names = std::set<std::string>;
using Bits = std::vector<bool>;  // by the number of a name

std::size_t at(StepIndex index) {
  return static_cast<std::size_t>(index);
}

void mark_from(const Flow& flow, StepIndex start, std::vector<bool>& met) {
  std::vector<StepIndex> open{start};
  while (!open.empty()) {
    const StepIndex index = open.back();
    open.pop_back();
    if (met[at(index)]) continue;
    met[at(index)] = true;
    for (const StepIndex next : successors(flow.steps[at(index)]))
      open.push_back(next);
  }
}

// Which steps lie on a common circle (Kosaraju's two walks, without recursion): steps with the same number
// do.
class Circles {
 public:
  explicit Circles(const Flow& flow)
      : flow_(flow), before_(flow.steps.size()), circle_(flow.steps.size(), -1) {
    std::vector<bool> met(flow.steps.size(), false);
    for (std::size_t i = 0; i < flow.steps.size(); ++i) {
      for (const StepIndex next : next_of(i))
        before_[at(next)].push_back(i);
      if (!met[i]) order_from(i, met);
    }
    for (auto step = order_.rbegin(); step != order_.rend(); ++step)
      if (circle_[*step] < 0) gather(*step, static_cast<int>(*step));
  }

  /// The steps on a circle with `step`; empty: it is on none.
  std::vector<std::size_t> with(std::size_t step) const {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < circle_.size(); ++i)
      if (circle_[i] == circle_[step]) members.push_back(i);
    const auto next = next_of(step);
    const bool alone = members.size() == 1 &&
                       std::find(next.begin(), next.end(), static_cast<StepIndex>(step)) == next.end();
    return alone ? std::vector<std::size_t>() : members;
  }

 private:
  std::vector<StepIndex> next_of(std::size_t step) const {
    std::vector<StepIndex> next =
        asks_person(flow_.steps[step]) ? std::vector<StepIndex>() : successors(flow_.steps[step]);
    std::erase_if(next, [&](StepIndex index) { return asks_person(flow_.steps[at(index)]); });
    return next;
  }

  // Steps in the order in which they are left for good.
  void order_from(std::size_t start, std::vector<bool>& met) {
    std::vector<std::pair<std::size_t, std::vector<StepIndex>>> open{{start, next_of(start)}};
    met[start] = true;
    while (!open.empty()) {
      auto& [step, left] = open.back();
      if (left.empty()) {
        order_.push_back(step);
        open.pop_back();
        continue;
      }
      const std::size_t next = at(left.back());
      left.pop_back();
      if (met[next]) continue;
      met[next] = true;
      open.emplace_back(next, next_of(next));
    }
  }

  void gather(std::size_t start, int number) {
    std::vector<std::size_t> open{start};
    while (!open.empty()) {
      const std::size_t step = open.back();
      open.pop_back();
      if (circle_[step] >= 0) continue;
      circle_[step] = number;
      open.insert(open.end(), before_[step].begin(), before_[step].end());
    }
  }

  const Flow& flow_;
  std::vector<std::vector<std::size_t>> before_;
  std::vector<int> circle_;
  std::vector<std::size_t> order_;
};

bool has_way_out(const Flow& flow, const std::vector<std::size_t>& circle) {
  const std::set<StepIndex> inside(circle.begin(), circle.end());
  for (const std::size_t index : circle) {
    const Step& step = flow.steps[index];
    const auto next = successors(step);
    const bool leaves =
        std::any_of(next.begin(), next.end(), [&](StepIndex n) { return !inside.contains(n); });
    if (leaves || runs_out(step)) return true;
  }
  return false;
}

// The data flow analysis. `known[i]`: the names with a value whenever step i begins; nullopt: not met yet.
class UnsetAnalysis {
 public:
  explicit UnsetAnalysis(const FlowSource& source) : source_(source), known_(source.flow.steps.size()) {
    for (const auto& [name, type] : source.flow.params)
      always_.insert(name);
    for (const auto& [name, slot] : source.flow.slots)
      if (slot.optional || slot.keep) always_.insert(name);
    for (const char* name : {"user", "turn", "channel", "language", "now", "today", "item"})
      always_.insert(name);
    for (const std::string& name : source.flow.scope.names())
      numbers_.emplace(name, numbers_.size());
  }

  void run() {
    if (known_.empty()) return;
    known_[0] = Bits(numbers_.size(), false);
    std::vector<StepIndex> open{0};
    while (!open.empty()) {
      const StepIndex index = open.back();
      open.pop_back();
      const Step& step = source_.flow.steps[at(index)];
      for (const StepIndex next : successors(step))
        if (meet(next, after(index, next))) open.push_back(next);
    }
    for (std::size_t i = 0; i < known_.size(); ++i)
      if (known_[i]) report(i);
  }

 private:
  void put(const std::string& name, bool value, Bits& bits) const {
    if (const auto number = numbers_.find(name); number != numbers_.end()) bits[number->second] = value;
  }
  void put_all(const std::vector<std::string>& names, Bits& bits) const {
    for (const std::string& name : names)
      put(name, true, bits);
  }

  // Names with a value on the way from `index` to `next`.
  Bits after(StepIndex index, StepIndex next) const {
    const Step& step = source_.flow.steps[at(index)];
    Bits bits = *known_[at(index)];
    for (const Read& read : source_.steps[at(index)].reads)
      if (read.tested) put(read.name, true, bits);
    if (const auto* collect = std::get_if<Collect>(&step.action)) put_all(collect->slots, bits);
    if (const auto* choose = std::get_if<Choose>(&step.action)) put(choose->slot, true, bits);
    if (const auto* set = std::get_if<Set>(&step.action))
      for (const Assignment& assignment : set->assignments)
        put(assignment.slot, !assignment.value->type().is(cel::Kind::kNull), bits);
    if (const auto* decide = std::get_if<Decide>(&step.action)) put(decide->into, true, bits);
    if (const auto* say = std::get_if<Say>(&step.action); say && say->card) put_all(say->card->into, bits);
    if (const auto* call = std::get_if<Call>(&step.action); call && next == step.next && next != call->failed)
      put(call->as, true, bits);
    if (const auto* call = std::get_if<Call>(&step.action); call && next == call->failed)
      put(kFailureName, true, bits);
    if (const auto* wait = std::get_if<Wait>(&step.action);
        wait && next == step.next && next != wait->timed_out)
      put(wait->as, true, bits);
    if (const auto* search = std::get_if<Search>(&step.action)) put(search->as, true, bits);
    if (const auto* run = std::get_if<Run>(&step.action)) put(run->as, true, bits);
    return bits;
  }

  // True: `next` is to be walked (again).
  bool meet(StepIndex next, const Bits& bits) {
    std::optional<Bits>& known = known_[at(next)];
    if (!known) {
      known = bits;
      return true;
    }
    bool changed = false;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      changed |= (*known)[i] && !bits[i];
      (*known)[i] = (*known)[i] && bits[i];
    }
    return changed;
  }

  void report(std::size_t index) {
    Bits bits = *known_[index];
    const Step& step = source_.flow.steps[index];
    for (const Read& read : source_.steps[index].reads)
      check(read, bits);
    std::vector<std::string> asked;
    if (const auto* collect = std::get_if<Collect>(&step.action)) asked = collect->slots;
    if (const auto* choose = std::get_if<Choose>(&step.action); choose && !choose->slot.empty())
      asked = {choose->slot};
    for (const std::string& slot : asked) {
      const SlotNotes& notes = source_.slots.at(slot);
      for (const Read& read : notes.texts)
        check(read, bits);
      put(slot, true, bits);
      // A check that reads other slots waits until they are filled.
      for (const Read& read : notes.check)
        if (!source_.flow.slots.contains(read.name)) check(read, bits);
    }
  }

  void check(const Read& read, const Bits& bits) {
    const auto number = numbers_.find(read.name);
    if (read.tested || read.unset_is_fine || always_.contains(read.name) || number == numbers_.end() ||
        bits[number->second])
      return;
    const auto place = read.node.position_at(read.offset);
    if (!reported_.insert({place.line, place.column}).second) return;
    read.node.error_at(read.offset, "unset-slot",
                       "'" + read.name + "' is read here, but may have no value yet", hint_for(read.name));
  }

  std::string hint_for(const std::string& name) const {
    if (source_.flow.slots.contains(name)) return "collect it first, or ask: " + name + " != null";
    return name == kFailureName ? "read it only under the `failed` of a call"
                                : "read it only behind the step that gives it";
  }

  const FlowSource& source_;
  Names always_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::optional<Bits>> known_;
  std::set<std::pair<int, int>> reported_;
};

void add_reads(const std::vector<Read>& reads, Names& names) {
  for (const Read& read : reads)
    names.insert(read.name);
}

}  // namespace

bool runs_out(const Step& step) {
  if (std::holds_alternative<End>(step.action) || std::holds_alternative<Handoff>(step.action)) return false;
  if (const auto* branch = std::get_if<If>(&step.action))
    return branch->then == kFlowEnd || branch->otherwise == kFlowEnd;
  if (const auto* cases = std::get_if<Switch>(&step.action))
    return cases->otherwise == kFlowEnd ||
           std::any_of(cases->cases.begin(), cases->cases.end(),
                       [](const auto& one) { return one.second == kFlowEnd; });
  if (const auto* decide = std::get_if<Decide>(&step.action))
    return std::find(decide->cases.begin(), decide->cases.end(), kFlowEnd) != decide->cases.end();
  return step.next == kFlowEnd;
}

bool asks_person(const Step& step) {
  if (const auto* say = std::get_if<Say>(&step.action)) return say->card && !say->card->into.empty();
  return std::holds_alternative<Collect>(step.action) || std::holds_alternative<Choose>(step.action) ||
         std::holds_alternative<Confirm>(step.action) || std::holds_alternative<Wait>(step.action);
}

std::vector<StepIndex> successors(const Step& step) {
  std::vector<StepIndex> list;
  const auto add = [&](StepIndex index) {
    if (index != kFlowEnd && std::find(list.begin(), list.end(), index) == list.end()) list.push_back(index);
  };
  if (const auto* branch = std::get_if<If>(&step.action)) {
    add(branch->then);
    add(branch->otherwise);
  } else if (const auto* branches = std::get_if<Switch>(&step.action)) {
    for (const auto& [value, index] : branches->cases)
      add(index);
    add(branches->otherwise);
  } else if (const auto* decide = std::get_if<Decide>(&step.action)) {
    for (const StepIndex index : decide->cases)
      add(index);
  } else if (!std::holds_alternative<End>(step.action) && !std::holds_alternative<Handoff>(step.action)) {
    add(step.next);
  }
  if (const auto* confirm = std::get_if<Confirm>(&step.action)) add(confirm->no);
  if (const auto* call = std::get_if<Call>(&step.action)) add(call->failed);
  if (const auto* wait = std::get_if<Wait>(&step.action)) add(wait->timed_out);
  if (const auto* recover = std::get_if<Recover>(&step.action); recover && recover->consent)
    add(recover->refused);
  return list;
}

void check_unreachable_steps(const FlowSource& source) {
  const Flow& flow = source.flow;
  if (flow.steps.empty()) return;
  std::vector<bool> met(flow.steps.size(), false);
  mark_from(flow, 0, met);
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    if (met[i] || flow.steps[i].implied) continue;
    source.steps[i].node.error("unreachable-step", "no way leads to this step",
                               "remove it, or give it a name and go to it");
    mark_from(flow, static_cast<StepIndex>(i), met);
  }
}

void check_loops(const FlowSource& source) {
  const Flow& flow = source.flow;
  const Circles circles(flow);
  std::set<std::size_t> known;
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    if (known.contains(i) || !std::holds_alternative<Go>(flow.steps[i].action)) continue;
    const std::vector<std::size_t> circle = circles.with(i);
    if (circle.empty()) continue;
    known.insert(circle.begin(), circle.end());
    const config::Node& node = source.steps[i].node;
    const std::string hint = "put a question into it, or end the flow";
    if (has_way_out(flow, circle))
      node.warning("loop-without-question", "this jump makes a circle that asks the person nothing", hint);
    else
      node.error("loop-without-question", "this jump makes a circle that never ends and asks nothing", hint);
  }
}

void check_unset_slots(const FlowSource& source) {
  UnsetAnalysis(source).run();
}

void check_unused_slots(const FlowSource& source) {
  Names used;
  for (const StepNotes& notes : source.steps)
    add_reads(notes.reads, used);
  for (const auto& [name, notes] : source.slots) {
    add_reads(notes.texts, used);
    for (const Read& read : notes.check)
      if (read.name != name) used.insert(read.name);
  }
  for (const Step& step : source.flow.steps) {
    if (const auto* collect = std::get_if<Collect>(&step.action))
      used.insert(collect->slots.begin(), collect->slots.end());
    if (const auto* choose = std::get_if<Choose>(&step.action)) used.insert(choose->slot);
    if (const auto* decide = std::get_if<Decide>(&step.action)) used.insert(decide->into);
    if (const auto* say = std::get_if<Say>(&step.action); say && say->card)
      used.insert(say->card->into.begin(), say->card->into.end());
  }
  for (const auto& [name, type] : source.flow.result)
    used.insert(name);
  for (const auto& [name, slot] : source.flow.slots)
    if (!used.contains(name) && !slot.keep)
      source.slots.at(name).name.warning("unused-slot", "nothing collects or reads this slot", "remove it");
}

}  // namespace parley::conversations
