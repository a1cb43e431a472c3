#include "conversations/testing/test_names.h"

#include <algorithm>
#include <set>

#include "conversations/flows/audience.h"
#include "conversations/flows/slot_types.h"
#include "conversations/testing/flow_texts.h"

namespace parley::conversations {
namespace {

using config::Node;

/// Channels that every bot may be talked with on.
constexpr const char* kConsole = "console";

std::vector<std::string> listed(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What stands before and behind the first `mark`.
std::pair<std::string, std::string> cut(const std::string& text, char mark) {
  const auto at = std::find(text.begin(), text.end(), mark);
  return {std::string(text.begin(), at), at == text.end() ? "" : std::string(at + 1, text.end())};
}

std::vector<std::string> step_names(const Flow& flow) {
  std::vector<std::string> names;
  for (const Step& step : flow.steps)
    names.push_back(step.id);
  return names;
}

}  // namespace

TestNames::TestNames(const TestedBot& bot) : bot_(bot), intents_(bot.outline.intents) {
  if (!bot.program) return;
  std::set<std::string> slots, texts;
  for (const auto& [name, flow] : bot.program->flows) {
    flows_.push_back(name);
    for (const std::string& variable : flow.scope.names())
      slots.insert(variable);
    for (FlowText& text : texts_of(flow))
      texts.insert(std::move(text.source));
  }
  slots_ = listed(slots);
  texts_ = listed(texts);
  channels_ = channels_of(*bot.program);
  roles_ = roles_of(*bot.program);
}

void TestNames::check(const Node& node, const std::string& code, const std::string& what,
                      const std::vector<std::string>& known) const {
  const std::string name = node.text().value_or("");
  if (!has(known, name)) node.error(code, what + " '" + name + "'", config::near_names_hint(name, known));
}

void TestNames::check_flow(const Node& node) const {
  if (bot_.program) check(node, "unknown-flow", "there is no flow", flows_);
}

void TestNames::check_step(const Node& node) const {
  if (!bot_.program) return;
  const auto [name, step] = cut(node.text().value_or(""), '/');
  const auto flow = bot_.program->flows.find(name);
  if (flow == bot_.program->flows.end()) {
    node.error("unknown-flow", "there is no flow '" + name + "'", config::near_names_hint(name, flows_));
  } else if (!step.empty()) {
    const std::vector<std::string> steps = step_names(flow->second);
    if (!has(steps, step))
      node.error_at(name.size() + 1, "unknown-step", "the flow " + name + " has no step '" + step + "'",
                    config::near_names_hint(step, steps));
  }
}

void TestNames::check_text(const Node& node) const {
  if (bot_.program) check(node, "unknown-text", "no flow says", texts_);
}

void TestNames::check_intent(const Node& node) const {
  check(node, "unknown-intent", "there is no intent", intents_);
}

void TestNames::check_slot(const Node& node) const {
  if (bot_.program) check(node, "unknown-slot", "no flow has a slot", slots_);
}

void TestNames::check_operation(const Node& node) const {
  const auto [name, operation] = cut(node.text().value_or(""), '.');
  std::vector<std::string> services, operations;
  for (const auto& [other, about] : bot_.services.services)
    services.push_back(other);
  const auto service = bot_.services.services.find(name);
  if (service == bot_.services.services.end()) {
    return node.error("unknown-service", "there is no service '" + name + "'",
                      config::near_names_hint(name, services));
  }
  for (const auto& [other, about] : service->second.operations)
    operations.push_back(other);
  if (!has(operations, operation))
    node.error("unknown-operation", "the service " + name + " has no operation '" + operation + "'",
               config::near_names_hint(operation, operations));
}

void TestNames::check_failure(const Node& node) const {
  check(node, "unknown-value", "no call fails as", failure_kinds());
}

void TestNames::check_language(const Node& node) const {
  check(node, "unknown-language", "the bot does not speak", bot_.manifest.languages);
}

/// A bot whose flows name no channel may be on any; and how it is on one that they do not name can be tested.
void TestNames::check_channel(const Node& node) const {
  const std::string name = node.text().value_or("");
  if (channels_.empty() || name == kConsole || has(channels_, name)) return;
  node.warning("unknown-channel", "no flow names the channel '" + name + "'",
               config::near_names_hint(name, channels_));
}

void TestNames::check_role(const Node& node) const {
  const std::string name = node.text().value_or("");
  if (roles_.empty() || has(roles_, name)) return;
  node.warning("unknown-role", "no flow names the role '" + name + "'",
               config::near_names_hint(name, roles_));
}

std::vector<std::string> TestNames::examples_of(const std::string& intent,
                                                const std::string& language) const {
  const auto examples = bot_.examples.find(intent);
  if (examples == bot_.examples.end()) return {};
  const auto sentences = examples->second.find(language);
  return sentences == examples->second.end() ? std::vector<std::string>() : sentences->second;
}

}  // namespace parley::conversations
