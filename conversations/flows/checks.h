// Checks across the flows of a bot: intents that two flows want or none answers, flows that nothing starts or
// that run one another in a circle, annotations for slots that no flow has, translations of texts that are
// gone.
//
// Codes: duplicate-intent, duplicate-event, unanswered-intent, unknown-slot, unused-flow, run-circle,
// unknown-param, kept-type, stale-translation. One thread.
#pragma once

#include "conversations/flows/loading.h"

namespace parley::conversations {

/// `by_intent`: the flows that each intent starts.
void check_intents(const std::map<std::string, std::vector<std::string>>& by_intent, Loading& loading);
/// The same for events from outside, as far as two flows want one.
void check_events(const std::map<std::string, std::vector<std::string>>& by_event, const Loading& loading);
/// The slots that annotations of example sentences name.
void check_annotated_slots(const Loading& loading);
void check_unused_flows(const Loading& loading);
/// A flow that replaces a built-in one takes what the dialogue gives that one.
void check_replaced_patterns(const Loading& loading);
/// A slot that is kept for the rest of the conversation has one type in all flows that keep it.
void check_kept_slots(const Loading& loading);
void check_run_circles(const Loading& loading);
void check_stale_translations(Loading& loading);

}  // namespace parley::conversations
