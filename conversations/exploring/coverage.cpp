#include "conversations/exploring/coverage.h"

#include <algorithm>

#include "conversations/flows/checks.h"
#include "conversations/flows/graph.h"
#include "conversations/flows/texts.h"

namespace parley::conversations {

namespace {

using config::Finding;
using config::Severity;

constexpr const char* kPerhaps = "perhaps only values lead there that were not tried";
constexpr const char* kAbove = "it is above the level in bot.yaml";

std::string step_key(const Flow& flow, StepIndex step) {
  return flow.name + "/" + (step == kFlowEnd ? "" : flow.steps[static_cast<std::size_t>(step)].id);
}

/// These come only where a server changes under a conversation, breaks, or is tried out.
bool beyond_exploring(const Flow& flow) {
  return flow.name == "pattern_error" || flow.name == "pattern_version_changed" ||
         flow.name == "pattern_preview";
}

}  // namespace

config::Finding finding_at_step(const Flow& flow, StepIndex step, Severity severity, const std::string& code,
                                const std::string& message, const std::string& hint) {
  const int line = step == kFlowEnd ? flow.line : flow.steps[static_cast<std::size_t>(step)].line;
  return finding_at({flow.path, {line, 0}}, severity, code, message, hint);
}

ExploredCoverage::ExploredCoverage(const Program& program) : level_(program.level) {
  for (const auto& [name, flow] : program.flows) {
    if (flow.built_in) continue;
    for (const auto& [slot_name, slot] : flow.slots)
      for (std::size_t i = 0; i < slot.otherwise.size(); ++i)
        if (!slot.otherwise[i].condition)
          unsaid_.push_back(
              {name, kFlowEnd, slot.otherwise[i].message.source(),
               "retry line " + std::to_string(i + 1) + " of '" + slot_name + "' was never said"});
    each_text(flow, [&, &of = name](const Text& text, StepIndex step) { add_conditional(of, text, step); });
  }
}

/// Exploring hears the first of the variants that fit: of those with the same condition no other.
void ExploredCoverage::add_conditional(const std::string& flow, const Text& text, StepIndex step) {
  std::set<std::string> met;
  for (const Variant& variant : text)
    if (variant.condition && met.insert(variant.condition->source()).second)
      unsaid_.push_back({flow, step, variant.message.source(),
                         "the text was never said that has this condition: " + variant.condition->source()});
}

void ExploredCoverage::note(const Advance& advance) {
  const Json path = advance.reasons.value("path", Json::array());
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string step = path[i].get<std::string>();
    steps_.insert(step);
    const std::string flow = step.substr(0, step.find('/') + 1);
    const std::string next = i + 1 < path.size() ? path[i + 1].get<std::string>() : "";
    ways_.insert(step + ">" + (next.starts_with(flow) ? next : flow));
  }
  const Json said = advance.reasons.value("texts", Json::array());
  std::erase_if(unsaid_, [&](const Unsaid& text) {
    return std::find(said.begin(), said.end(), text.source) != said.end();
  });
}

bool ExploredCoverage::met(const Flow& flow, StepIndex step) const {
  return steps_.contains(step_key(flow, step));
}

bool ExploredCoverage::went(const Flow& flow, StepIndex from, StepIndex to) const {
  return ways_.contains(step_key(flow, from) + ">" + step_key(flow, to));
}

std::size_t ExploredCoverage::reached(const Flow& flow) const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < flow.steps.size(); ++i)
    count += !flow.steps[i].implied && met(flow, static_cast<StepIndex>(i)) ? 1 : 0;
  return count;
}

void ExploredCoverage::branches(const Flow& flow, StepIndex index, std::vector<Finding>& findings) const {
  const Action& action = flow.steps[static_cast<std::size_t>(index)].action;
  const auto report = [&](const std::string& message) {
    findings.push_back(finding_at_step(flow, index, Severity::kWarning, "not-reached", message, kPerhaps));
  };
  if (const auto* branch = std::get_if<If>(&action)) {
    if (!went(flow, index, branch->then))
      report("this condition was never true: " + branch->condition->source());
    if (!went(flow, index, branch->otherwise))
      report("this condition was always true: " + branch->condition->source());
  }
  if (const auto* cases = std::get_if<Switch>(&action)) {
    for (const auto& [value, target] : cases->cases)
      if (!went(flow, index, target)) report("the case " + value.dump() + " was never taken");
    if (!went(flow, index, cases->otherwise))
      report("none of the cases always was one of them: no default came");
  }
  if (const auto* decide = std::get_if<Decide>(&action))
    for (std::size_t i = 0; i < decide->cases.size(); ++i)
      if (!went(flow, index, decide->cases[i]))
        report("'" + decide->decision + "' never came to '" +
               (i < decide->tree->outcomes().size() ? decide->tree->outcomes()[i] : "default") + "'");
}

std::vector<Finding> ExploredCoverage::not_reached(const Flow& flow) const {
  std::vector<Finding> findings;
  if (beyond_exploring(flow) || flow.steps.empty()) return findings;
  if (!met(flow, 0))
    return {finding_at_step(flow, kFlowEnd, Severity::kWarning, "not-reached", "this flow was never begun",
                            flow.needs.level > level_ ? kAbove : kPerhaps)};
  for (std::size_t i = 0; i < flow.steps.size(); ++i) {
    const auto index = static_cast<StepIndex>(i);
    if (!met(flow, index)) continue;
    const Action& action = flow.steps[i].action;
    branches(flow, index, findings);
    const bool branching = std::holds_alternative<If>(action) || std::holds_alternative<Switch>(action) ||
                           std::holds_alternative<Decide>(action);
    if (branching) continue;
    for (const StepIndex next : successors(flow.steps[i])) {
      const Step* step = next == kFlowEnd ? nullptr : &flow.steps[static_cast<std::size_t>(next)];
      if (step == nullptr || met(flow, next) || step->implied) continue;
      findings.push_back(finding_at_step(flow, next, Severity::kWarning, "not-reached",
                                         "this step was never reached",
                                         step->guard > level_ ? kAbove : kPerhaps));
    }
  }
  for (const Unsaid& text : unsaid_)
    if (text.flow == flow.name)
      findings.push_back(
          finding_at_step(flow, text.step, Severity::kWarning, "not-reached", text.what, kPerhaps));
  return findings;
}

}  // namespace parley::conversations
