// A recovery case: something went wrong for a person, and what was done about it.
//
// A case is a few events of its conversation, in this order: opened, then for each time it waits due, for
// each time it goes on followed_up, and at last closed with its outcome. No table holds where it stands:
// storage/recovery_cases.h puts the events together.
//
// Plain values; any thread. Times are UTC milliseconds since 1970.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/message.h"

namespace parley {

/// How a case ended. Stored as these names: add at will, never rename.
enum class CaseOutcome {
  kRecovered,   // made good: the flow says so, or who took it over
  kDeclined,    // offered, and not wanted any more
  kNoReaction,  // told, and nothing came back in the time for an answer
  kNoConsent,   // may not be contacted
  kExpired,     // what was waited for did not come
  kWithdrawn,   // the person cancelled it
  kFailed,      // a flow ended with an error, or nobody could go on with it
  kUnknown,     // it ended, and nobody said how
};
std::string_view name_of(CaseOutcome outcome);
std::optional<CaseOutcome> case_outcome(std::string_view name);
/// All names, in the order of the enumeration.
std::vector<std::string> case_outcome_names();

/// One thing that happened to a case.
struct CaseChange {
  enum class What { kOpened, kDue, kFollowedUp, kEscalated, kClosed };
  std::string id;  // unique in its conversation: "case-1"
  What what = What::kOpened;
  // kOpened: {"happened", "about", "by", "address", "consent", "flow", "step"}; kDue: {"due", "event"};
  // kClosed: {"outcome"}
  Json detail = Json::object();
};
Json to_json(const CaseChange& change);
/// Nullopt: not as to_json() writes it.
std::optional<CaseChange> case_change_from_json(const Json& json);

}  // namespace parley
