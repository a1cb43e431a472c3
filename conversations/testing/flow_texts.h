// What a flow can say: every text and variant of its steps and questions, with the line of the step that says
// it. Titles of buttons and options are not counted among them. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/flows/flow.h"

namespace parley::conversations {

struct FlowText {
  std::string source;
  int line = 0;
};

/// In order of their steps, each text of a flow once.
std::vector<FlowText> texts_of(const Flow& flow);

}  // namespace parley::conversations
