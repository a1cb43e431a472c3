// How a conversation about a flow may begin: who talks, on which channel, in which language and when, as far
// as the flow asks for it; and the sentences that start it. Pure functions; any thread.
#pragma once

#include <vector>

#include "conversations/exploring/situation.h"

namespace parley::conversations {

/// A Monday, 2026-03-02 09:00 UTC, as in tests.
inline constexpr TimePoint kExploringBegins{std::chrono::milliseconds(1'772'442'000'000)};

/// The usual one first; `flow` is null for what is said while no flow is open.
std::vector<TurnContext> contexts_for(const Program& program, const Flow* flow, const Constants& constants);

/// The events and sentences that start the flow, and the first sentence with a value for each slot that is
/// filled only when it is said.
std::vector<Move> openings_of(const Flow& flow, const ValueSources& sources);

/// An intent of another flow that this person may use, one that asks nothing if there is one; "" for none.
std::string digression_for(const Program& program, const Flow* flow, const TurnContext& context);

}  // namespace parley::conversations
