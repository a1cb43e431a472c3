// Replaying a conversation: the dialogue is run again over what the ledger says happened, and must come to
// the same replies and the same state.
//
// It proves that nothing but the ledger decided what was said, and it shows what a new version of a bot would
// have said instead. Understandings and the ends of calls are taken from the ledger, so neither model nor
// services take part.
//
// Thread rule: the reader's thread.
#pragma once

#include <string>
#include <vector>

#include "engine/bot.h"
#include "engine/result.h"
#include "engine/storage/store.h"

namespace parley {

struct ReplayOutcome {
  std::size_t turns = 0;
  /// The first thing that came out otherwise, with its event's sequence and both versions; empty: nothing
  /// did.
  std::string difference;
  bool equal() const { return difference.empty(); }
};

/// The events of a conversation, at most `most` of them, the first ones. Unknown conversation: none.
Result<std::vector<LedgerEvent>> events_of(StoreReader& reader, const std::string& conversation_id,
                                           std::size_t most);

/// Where personal data was taken out of the events (redaction.h), states are not compared: the stored one may
/// hold what the events do not. kNotFound, kCorrupt (the events do not make sense), or what the reader says.
Result<ReplayOutcome> replay(StoreReader& reader, const std::string& conversation_id, const BotPtr& bot);

}  // namespace parley
