#include "conversations/flows/audience.h"

#include <algorithm>
#include <set>

#include "conversations/flows/texts.h"

namespace parley::conversations {
namespace {

bool reads(const ExpressionPtr& expression, const std::string& variable) {
  if (!expression) return false;
  const std::vector<std::string>& names = expression->variables();
  return std::find(names.begin(), names.end(), variable) != names.end();
}

/// Words in quotes of a condition that reads `variable`: "channel == 'kiosk'", "'manager' in user.roles".
void add_quoted(const ExpressionPtr& condition, const std::string& variable, std::set<std::string>& words) {
  if (!reads(condition, variable)) return;
  const std::string& source = condition->source();
  for (std::size_t begin = 0; (begin = source.find_first_of("'\"", begin)) != std::string::npos;) {
    const std::size_t end = std::min(source.find(source[begin], begin + 1), source.size());
    words.insert(source.substr(begin + 1, end - begin - 1));
    begin = std::min(end + 1, source.size());
  }
}

void add_compared(const Flow& flow, const std::string& variable, std::set<std::string>& words) {
  each_text(flow, [&](const Text& text, StepIndex) {
    for (const Variant& variant : text)
      add_quoted(variant.condition, variable, words);
  });
  for (const Step& step : flow.steps) {
    if (const auto* branch = std::get_if<If>(&step.action)) add_quoted(branch->condition, variable, words);
    const auto* branches = std::get_if<Switch>(&step.action);
    if (!branches || !reads(branches->subject, variable)) continue;
    for (const auto& [value, target] : branches->cases)
      if (value.is_string()) words.insert(value.get<std::string>());
  }
}

}  // namespace

std::vector<std::string> channels_of(const Program& program) {
  std::set<std::string> channels;
  for (const auto& [name, flow] : program.flows) {
    channels.insert(flow.channels.begin(), flow.channels.end());
    add_compared(flow, "channel", channels);
  }
  return {channels.begin(), channels.end()};
}

std::vector<std::string> roles_of(const Program& program) {
  std::set<std::string> roles;
  for (const auto& [name, flow] : program.flows) {
    roles.insert(flow.roles.begin(), flow.roles.end());
    add_compared(flow, "user", roles);
  }
  return {roles.begin(), roles.end()};
}

}  // namespace parley::conversations
