// Recovery cases as they stand: the events of the ledger put together.
//
// Errors: those of the reader. Thread rule: the reader's thread; RecoveryCases is a plain value.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/recovery_case.h"
#include "engine/storage/store.h"

namespace parley {

struct RecoveryCase {
  std::string id;        // unique in its conversation
  std::string happened;  // "out_of_stock"
  Json about = Json::object();
  std::string by, address;      // where the person wants to be told; may be empty
  std::optional<bool> consent;  // nullopt: nobody was asked
  std::string flow;
  TimePoint opened{};
  std::optional<TimePoint> due;  // when the follow-up is over, or what is waited for has not come
  std::string event;             // that is waited for until then; "" for the time alone
  std::optional<TimePoint> followed_up;
  bool escalated = false;  // a person looks after it
  std::optional<TimePoint> closed;
  std::string outcome;  // a CaseOutcome's name; "" while it is open
};

/// Follows the events of one conversation.
class RecoveryCases {
 public:
  /// Events of other kinds are passed over.
  void see(const LedgerEvent& event);
  /// In the order in which they were opened.
  const std::vector<RecoveryCase>& all() const { return cases_; }

 private:
  std::vector<RecoveryCase> cases_;
};

using VisitCases = std::function<void(const ConversationRecord&, const std::vector<RecoveryCase>&)>;

/// The conversations with a case, in order of id.
Result<Done> for_each_with_cases(StoreReader& reader, const VisitCases& visit);

}  // namespace parley
