// `decide: NAME` asks a decision tree. Its features are given under `with`, each an expression of the
// feature's kind; what it decides fills a slot (`into`), chooses a branch (`cases`, as in a switch), or both.
// Everything that the tree may decide is known here, so cases and slot values are held against it now.

#include <algorithm>

#include "conversations/flows/compiler.h"
#include "conversations/flows/slot_types.h"

namespace parley::conversations {
namespace {

using config::Entry;
using config::Node;

std::string type_name(FeatureKind kind) {
  return kind == FeatureKind::kText ? "text" : kind == FeatureKind::kFlag ? "bool" : "number";
}

std::vector<std::string> names_of(
    const std::map<std::string, std::shared_ptr<const DecisionTree>>& decisions) {
  std::vector<std::string> names;
  for (const auto& [name, tree] : decisions)
    names.push_back(name);
  return names;
}

}  // namespace

Action FlowCompiler::decide(const Node& step, Label next) {
  Decide decide;
  const std::string id = id_;
  const Node verb = step.get("decide");
  decide.decision = verb.text().value_or("");
  decide.tree = tree_named(verb, decide.decision);
  if (decide.tree) give_features(step, decide);
  decide.into = step.get("into") ? slot_decided(step.get("into"), decide) : "";
  if (!step.get("into") && !step.get("cases"))
    verb.error("step", "nothing comes of this decision", "add into: with a slot, or cases:");
  decide_cases(step, id, next, decide);
  return decide;
}

std::shared_ptr<const DecisionTree> FlowCompiler::tree_named(const Node& node,
                                                             const std::string& name) const {
  const auto& decisions = loading_.outline.decisions;
  const auto found = decisions.find(name);
  if (found != decisions.end()) return found->second;
  if (node.is_scalar())
    node.error("unknown-decision", "there is no decision '" + name + "'",
               decisions.empty() ? "write its table into decisions/" + name + ".csv"
                                 : config::near_names_hint(name, names_of(decisions)));
  return nullptr;
}

/// Puts the arguments into the order of the tree's features.
void FlowCompiler::give_features(const Node& step, Decide& decide) {
  std::map<std::string, std::string> wanted;
  for (const DecisionFeature& feature : decide.tree->features())
    wanted.emplace(feature.name, type_name(feature.kind));
  std::map<std::string, ExpressionPtr> given;
  for (Assignment& argument : arguments(step, step.get("decide"), wanted, decide.decision))
    given.emplace(argument.slot, std::move(argument.value));
  for (const DecisionFeature& feature : decide.tree->features())
    decide.features.push_back(given[feature.name]);
}

/// The slot of `into`; every outcome has to be a value of it.
std::string FlowCompiler::slot_decided(const Node& node, Decide& decide) {
  const Slot* slot = slot_named(node);
  if (!slot || !decide.tree) return slot ? slot->name : "";
  const auto entity = loading_.outline.vocabulary.find(slot->type);
  for (const std::string& outcome : decide.tree->outcomes()) {
    const auto value = value_of(outcome, slot->type);
    decide.values.push_back(value.value_or(nullptr));
    if (!value)
      node.error("value-type",
                 "'" + decide.decision + "' may decide '" + outcome + "', which is no " + slot->type);
    else if (entity != loading_.outline.vocabulary.end() && !entity->second.empty() &&
             std::find(entity->second.begin(), entity->second.end(), outcome) == entity->second.end())
      node.error(
          "unknown-value",
          "'" + decide.decision + "' may decide '" + outcome + "', which is no value of '" + slot->type + "'",
          config::near_names_hint(outcome, entity->second));
  }
  return slot->name;
}

void FlowCompiler::decide_cases(const Node& step, const std::string& id, Label next, Decide& decide) {
  static const std::vector<std::string> kNone;
  const std::vector<std::string>& outcomes = decide.tree ? decide.tree->outcomes() : kNone;
  const Node cases = step.get("cases");
  std::map<std::string, StepIndex> branches;
  for (const Entry& entry : cases ? cases.entries() : std::vector<Entry>()) {
    if (decide.tree && std::find(outcomes.begin(), outcomes.end(), entry.name) == outcomes.end())
      entry.key.error("unknown-case", "'" + decide.decision + "' never decides '" + entry.name + "'",
                      config::near_names_hint(entry.name, outcomes));
    branches.emplace(entry.name, branch(entry.value, id + "." + entry.name, next));
  }
  const StepIndex otherwise = branch(step.get("default"), id + ".default", next);
  for (const std::string& outcome : outcomes) {
    const auto found = branches.find(outcome);
    decide.cases.push_back(found == branches.end() ? otherwise : found->second);
    if (found == branches.end() && cases && !step.get("default"))
      cases.warning("missing-case",
                    "nothing is said about '" + outcome + "', which '" + decide.decision + "' may decide",
                    "add it, or a default");
  }
  if (!decide.tree || step.get("default")) decide.cases.push_back(otherwise);
  for (const auto& [name, start] : branches)
    decide.cases.push_back(start);
}

}  // namespace parley::conversations
