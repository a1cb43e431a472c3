#include "conversations/flows/conditions.h"

#include <algorithm>
#include <optional>

#include "conversations/flows/graph.h"
#include "conversations/flows/slot_types.h"

namespace parley::conversations {
namespace {

using config::Node;
using Domain = std::vector<nlohmann::json>;

constexpr std::size_t kCombinationsMax = 512;  // of the values of all slots that one condition reads

void add(Domain& domain, const nlohmann::json& value) {
  if (std::find(domain.begin(), domain.end(), value) == domain.end()) domain.push_back(value);
}

/// What steps do to a slot.
struct SlotUses {
  bool collected = false;  // also by a form
  bool set = false;        // to what an expression or a table gives
  bool computed = false;   // chosen from a computed list
  Domain chosen;           // from lists that stand in the flow
};

std::map<std::string, SlotUses> uses_of(const Flow& flow) {
  std::map<std::string, SlotUses> uses;
  for (const Step& step : flow.steps) {
    if (const auto* collect = std::get_if<Collect>(&step.action))
      for (const std::string& name : collect->slots)
        uses[name].collected = true;
    if (const auto* say = std::get_if<Say>(&step.action); say && say->card)
      for (const std::string& name : say->card->into)
        uses[name].collected = true;
    if (const auto* set = std::get_if<Set>(&step.action))
      for (const Assignment& one : set->assignments)
        uses[one.slot].set = true;
    if (const auto* decide = std::get_if<Decide>(&step.action)) uses[decide->into].set = true;
    if (const auto* choose = std::get_if<Choose>(&step.action)) {
      uses[choose->slot].computed |= choose->from != nullptr;
      for (const Option& option : choose->options)
        add(uses[choose->slot].chosen, option.value);
    }
  }
  return uses;
}

class Conditions {
 public:
  Conditions(const FlowSource& source, const BotOutline& outline)
      : source_(source), flow_(source.flow), outline_(outline), uses_(uses_of(source.flow)) {}

  void check() const {
    for (std::size_t i = 0; i < flow_.steps.size(); ++i) {
      const Action& action = flow_.steps[i].action;
      const Node& node = source_.steps[i].node;
      if (const auto* branch = std::get_if<If>(&action); branch && branch->condition)
        check_constant(*branch->condition, node.get("if"), "or remove the branch");
      if (const auto* cases = std::get_if<Switch>(&action)) check_cases(*cases, node.get("cases"));
    }
    for (const auto& [name, slot] : flow_.slots)
      check_slot(slot);
    for (const auto& [node, condition] : source_.text_conditions)
      check_constant(*condition, node, "or take the variant or its condition away");
  }

 private:
  /// All values that the slot can have beside null; nullopt: they are not known.
  std::optional<Domain> domain_of(const std::string& name) const {
    if (name == kFailureName) return Domain(failure_kinds().begin(), failure_kinds().end());
    const auto slot = flow_.slots.find(name);
    if (slot == flow_.slots.end() || flow_.params.contains(name)) return std::nullopt;
    const auto used = uses_.find(name);
    const SlotUses uses = used == uses_.end() ? SlotUses() : used->second;
    if (uses.set || uses.computed || slot->second.keep) return std::nullopt;
    Domain domain = uses.chosen;
    const Slot& declared = slot->second;
    const auto entity = outline_.vocabulary.find(declared.type);
    if (!declared.options.empty()) {
      for (const Option& option : declared.options)
        add(domain, option.value);
    } else if (declared.type == "bool") {
      add(domain, true);
      add(domain, false);
    } else if (entity != outline_.vocabulary.end()) {
      if (entity->second.empty() || outline_.composites.contains(declared.type)) return std::nullopt;
      for (const std::string& value : entity->second)
        add(domain, value);
    } else if (declared.type != "text" || uses.collected || domain.empty()) {
      return std::nullopt;
    }
    return domain;
  }

  /// What the expression gives for all values of what it reads; nullopt: that can't be told.
  std::optional<Domain> outcomes(const cel::Expression& expression, const std::string& never_null) const {
    std::vector<std::pair<std::string, Domain>> domains;
    std::size_t combinations = 1;
    for (const std::string& name : expression.variables()) {
      std::optional<Domain> domain = domain_of(name);
      if (!domain) return std::nullopt;
      if (name != never_null) domain->push_back(nullptr);
      combinations *= domain->size();
      if (combinations == 0 || combinations > kCombinationsMax) return std::nullopt;
      domains.emplace_back(name, std::move(*domain));
    }
    Domain given;
    for (std::size_t i = 0; i < combinations; ++i)
      if (const cel::Value value = expression.evaluate(combination(domains, i)); !value.is_error())
        add(given, cel::to_json(value));
    return given;
  }

  cel::Bindings combination(const std::vector<std::pair<std::string, Domain>>& domains,
                            std::size_t number) const {
    cel::Bindings bindings;
    for (const auto& [name, domain] : domains) {
      const nlohmann::json& value = domain[number % domain.size()];
      number /= domain.size();
      const cel::Type* type = flow_.scope.find(name);
      if (type && !value.is_null()) bindings.set(name, cel::from_json(value, *type));
    }
    return bindings;
  }

  void check_constant(const cel::Expression& condition, const Node& node, const std::string& remedy) const {
    const auto given = outcomes(condition, "");
    if (!given || given->size() != 1) return;
    node.warning("constant-condition",
                 given->front() == true ? "this condition is always true" : "this condition is never true",
                 "compare with what the slot can be, " + remedy);
  }

  void check_cases(const Switch& cases, const Node& node) const {
    if (!cases.subject || !node.is_map()) return;
    const auto given = outcomes(*cases.subject, "");
    if (!given || given->empty()) return;
    for (const config::Entry& entry : node.entries()) {
      const auto value = value_of(entry.name, cases.subject->type());
      if (value && std::find(given->begin(), given->end(), *value) == given->end())
        entry.key.warning("constant-condition", "this case never comes", "it can be " + listed(*given));
    }
  }

  static std::string listed(const Domain& values) {
    constexpr std::size_t kShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(values.size(), kShown); ++i)
      text += (text.empty() ? "" : ", ") +
              (values[i].is_string() ? values[i].get<std::string>() : values[i].dump());
    return values.size() > kShown ? text + " ..." : text;
  }

  void check_slot(const Slot& slot) const {
    const auto used = uses_.find(slot.name);
    const bool asked = used != uses_.end() && (used->second.collected || !used->second.chosen.empty());
    if (!slot.check || !asked) return;
    const auto given = outcomes(*slot.check, slot.name);
    if (!given || given->empty() || std::find(given->begin(), given->end(), true) != given->end()) return;
    source_.node.get("slots").get(slot.name).get("check").error("unanswerable-question",
                                                                "no answer to this question passes the check",
                                                                "correct the check, or what may be answered");
  }

  const FlowSource& source_;
  const Flow& flow_;
  const BotOutline& outline_;
  const std::map<std::string, SlotUses> uses_;
};

std::vector<bool> steps_with_an_end(const Flow& flow) {
  std::vector<bool> ends(flow.steps.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = flow.steps.size(); i-- > 0;) {
      if (ends[i]) continue;
      const auto next = successors(flow.steps[i]);
      const Action& action = flow.steps[i].action;
      ends[i] = std::holds_alternative<End>(action) || std::holds_alternative<Handoff>(action) ||
                runs_out(flow.steps[i]) || std::any_of(next.begin(), next.end(), [&](StepIndex one) {
                  return ends[static_cast<std::size_t>(one)];
                });
      changed = changed || ends[i];
    }
  }
  return ends;
}

}  // namespace

void check_conditions(const FlowSource& source, const BotOutline& outline) {
  if (!source.flow.built_in) Conditions(source, outline).check();
}

void check_ways_without_end(const FlowSource& source) {
  const Flow& flow = source.flow;
  const std::vector<bool> ends = steps_with_an_end(flow);
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    if (ends[i] || !asks_person(flow.steps[i])) continue;
    source.steps[i].node.error("no-end", "no way leads from this question to an end of the flow",
                               "let a branch end the flow, or lead out of the circle");
    return;  // the other questions of the circle follow from it
  }
}

}  // namespace parley::conversations
