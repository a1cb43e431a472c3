#include "conversations/dialogue/levels.h"

#include <algorithm>

#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/stack.h"

namespace parley::conversations {
namespace {

int level_offered(const Turn& turn) {
  const StandingPtr& standing = turn.context.standing;
  return standing && standing->level ? std::min(*standing->level, turn.program.level) : turn.program.level;
}

bool unlocked(const Turn& turn, const std::string& feature) {
  const StandingPtr& standing = turn.context.standing;
  return !standing || !standing->level || feature.empty() || standing->features.contains(feature);
}

/// The flow that the person asked for, or the built-in one that stands alone.
const Flow& task_flow(const Turn& turn) {
  const auto& frames = turn.state.frames;
  const auto task = std::find_if(frames.rbegin(), frames.rend(),
                                 [](const Frame& frame) { return frame.origin == Origin::kTask; });
  return flow_of(turn, task == frames.rend() ? turn.top() : *task);
}

bool level_allows(const Turn& turn, const Step& step) {
  if (step.level > level_offered(turn) || !unlocked(turn, step.feature)) return false;
  const auto* run = std::get_if<Run>(&step.action);
  const auto flow = run ? turn.program.flows.find(run->flow) : turn.program.flows.end();
  return flow == turn.program.flows.end() || level_allows(turn, flow->second);
}

}  // namespace

bool level_allows(const Turn& turn, const Flow& flow) {
  const std::set<std::string>& features = flow.needs.features;
  return std::max(flow.level, flow.needs.level) <= level_offered(turn) &&
         std::all_of(features.begin(), features.end(),
                     [&](const std::string& feature) { return unlocked(turn, feature); });
}

bool hold_back(Turn& turn, const Step& step) {
  if (step.guard == 0 || level_allows(turn, step)) return false;
  const Flow& flow = task_flow(turn);
  if (turn.top().origin != Origin::kPattern) end_task(turn, "not_yet");
  refuse_yet(turn, flow);
  return true;
}

}  // namespace parley::conversations
