// Walking through a bot's conversations in the ledger, one after the other. Memory: a page of ids.
//
// Errors: those of the reader, and what `visit` returns, which ends the walk. Thread rule: the reader's
// thread.
#pragma once

#include <functional>
#include <string>

#include "engine/storage/store.h"

namespace parley {

using VisitConversation = std::function<Result<Done>(const ConversationRecord&)>;

/// Those of the bot named `bot` with an event from `since` on, in order of id.
Result<Done> for_each_conversation(StoreReader& reader, const std::string& bot, TimePoint since,
                                   const VisitConversation& visit);

}  // namespace parley
