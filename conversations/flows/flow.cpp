#include "conversations/flows/flow.h"

namespace parley::conversations {

StepIndex Flow::find_step(const std::string& id) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].id == id) return static_cast<StepIndex>(i);
  }
  return kFlowEnd;
}

}  // namespace parley::conversations
