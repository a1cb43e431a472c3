// The texts of a flow that have variants, wherever they stand. Pure functions; any thread.
#pragma once

#include <functional>

#include "conversations/flows/flow.h"

namespace parley::conversations {

/// `step` is kFlowEnd for the texts of the flow itself and of its slots.
using VisitText = std::function<void(const Text& text, StepIndex step)>;
void each_text(const Flow& flow, const VisitText& visit);

/// What anybody may hear: the first variant without a condition; null for no variants.
const MessageTemplate* text_for_everyone(const Text& text);

}  // namespace parley::conversations
