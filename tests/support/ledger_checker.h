// The checker of the promise: a message we acknowledged is stored and answered exactly once, in order.
//
// Given a ledger's file and the log of what clients were told, it reports everything that breaks the promise.
// It reads the tables by itself and uses nothing of the store, so that a store that lies to its readers is
// found out too. The server must be stopped; nothing is written.
//
// The acknowledgement log holds one JSON object a line, appended by a client when its receipt came:
// {"conversation": "...", "client_id": "...", "sequence": 42}. A last line that was cut off is left out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/message.h"

namespace parley::test {

struct Acknowledged {
  std::string conversation;
  std::string client_id;
  Sequence sequence = 0;
};

struct LedgerCheckOptions {
  /// A message may wait for its answer while a call of its conversation is pending. False: no call may be
  /// pending.
  bool calls_may_be_pending = false;
  /// Conversations in which a person has taken over are not answered.
  bool handed_off_is_silent = true;
  /// Each conversation's acknowledgements were logged in the order in which they came: one client wrote them.
  bool logged_in_order = true;
};

struct LedgerReport {
  std::vector<std::string> violations;  // at most 100; the first ones
  std::size_t conversations = 0;
  std::size_t messages = 0;      // of people, that wanted an answer
  std::size_t acknowledged = 0;  // different client ids in the log
  std::size_t calls = 0;         // that were asked for
  bool ok() const { return violations.empty(); }
};

std::vector<Acknowledged> read_acknowledgements(const std::filesystem::path& log);

LedgerReport check_ledger(const std::filesystem::path& ledger, const std::vector<Acknowledged>& log,
                          const LedgerCheckOptions& options = {});

}  // namespace parley::test
