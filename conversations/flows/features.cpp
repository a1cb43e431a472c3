#include "conversations/flows/features.h"

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

std::map<std::string, std::set<int>> features_of(const Flow& flow, const ServiceCatalog& services) {
  std::map<std::string, std::set<int>> features;
  for (const Step& step : flow.steps)
    if (const std::string_view feature = std::visit(FeatureOf{services}, step.action); !feature.empty())
      features[std::string(feature)].insert(step.line);
  return features;
}

std::set<std::string> flows_run_by(const Program& program, const std::string& flow) {
  std::set<std::string> found{flow};
  std::set<std::string> next{flow};
  while (!next.empty()) {
    const auto at = program.flows.find(*next.begin());
    next.erase(next.begin());
    if (at == program.flows.end()) continue;
    for (const Step& step : at->second.steps)
      if (const auto* run = std::get_if<Run>(&step.action); run != nullptr && found.insert(run->flow).second)
        next.insert(run->flow);
  }
  return found;
}

}  // namespace parley::conversations
