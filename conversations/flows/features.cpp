#include "conversations/flows/features.h"

#include <algorithm>
#include <string_view>

namespace parley::conversations {
namespace {

/// "" for a step that every bot may have.
struct FeatureOf {
  const ServiceCatalog& services;

  std::string_view operator()(const Collect&) const { return "questions"; }
  std::string_view operator()(const Choose&) const { return "questions"; }
  std::string_view operator()(const Confirm&) const { return "questions"; }
  std::string_view operator()(const Decide&) const { return "decisions"; }
  std::string_view operator()(const Search&) const { return "pages"; }
  std::string_view operator()(const Wait&) const { return "reminders"; }
  std::string_view operator()(const Call& call) const {
    const ServiceOperation* operation = services.find(call.service, call.operation);
    return operation != nullptr && changes_something(*operation) ? "changes" : "lookups";
  }
  template <typename Other>
  std::string_view operator()(const Other&) const {
    return "";
  }
};

}  // namespace

void note_needs(Program& program, const ServiceCatalog& services) {
  for (auto& [name, flow] : program.flows)
    for (Step& step : flow.steps)
      step.feature = std::visit(FeatureOf{services}, step.action);
  for (auto& [name, flow] : program.flows)
    for (const std::string& part : flows_run_by(program, name)) {
      const auto run = program.flows.find(part);
      if (run == program.flows.end()) continue;
      flow.needs.level = std::max(flow.needs.level, run->second.level);
      for (const auto& [feature, lines] : features_of(run->second))
        flow.needs.features.insert(feature);
    }
}

std::map<std::string, std::set<int>> features_of(const Flow& flow) {
  std::map<std::string, std::set<int>> features;
  for (const Step& step : flow.steps)
    if (step.guard == 0 && !step.feature.empty()) features[step.feature].insert(step.line);
  return features;
}

std::set<std::string> flows_run_by(const Program& program, const std::string& flow) {
  std::set<std::string> found{flow};
  std::set<std::string> next{flow};
  while (!next.empty()) {
    const auto at = program.flows.find(*next.begin());
    next.erase(next.begin());
    if (at == program.flows.end()) continue;
    for (const Step& step : at->second.steps) {
      const auto* run = step.guard == 0 ? std::get_if<Run>(&step.action) : nullptr;
      if (run != nullptr && found.insert(run->flow).second) next.insert(run->flow);
    }
  }
  return found;
}

}  // namespace parley::conversations
