// A real conversation run through a candidate bot: what would the bot have said instead?
//
// Texts are understood anew, by the candidate's model. Calls get the outcomes that the ledger has for the
// same service, operation and arguments, in order, when they came; a call that it has none for fails as
// unavailable and is counted. Timers go off when the ledger says they did, or, where it does not know them,
// when they are due. Nothing reaches a service.
//
// Both sides are compared exchange by exchange. A reply that is only worded otherwise leaves the conversation
// comparable; once its course differs (another intent, another flow, a reply more or less, a hand-off) people
// would have gone on otherwise, too, so that is its last difference. It is run to its end all the same: its
// calls are counted.
//
// One thread; the recording and the candidate must outlive the call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conversations/testing/recorded_conversation.h"
#include "engine/bot.h"

namespace parley::conversations {

enum class DifferenceKind {
  kHandoff,  // a person was asked for by one of the two only
  kIntent,   // the text was taken for another intent
  kFlow,     // other flows were gone through, or ended otherwise
  kMissing,  // a reply less
  kExtra,    // a reply more
  kText,     // a reply is worded otherwise
  kShown,    // the same words with other buttons, cards or images
};
std::string_view name_of(DifferenceKind kind);

struct Difference {
  DifferenceKind kind = DifferenceKind::kText;
  Sequence sequence = 0;      // of the cause
  std::string said;           // the person's text; "" for a timer
  std::string step;           // "flow/step" that spoke last, live; "" where none did
  std::string before, after;  // live and now, by kind: intents, flows, texts
};

struct ReplayedConversation {
  std::string id;
  std::size_t exchanges = 0;
  std::vector<Difference> differences;     // in order
  bool diverged = false;                   // its course differs; what follows was not compared
  std::vector<std::string> unknown_calls;  // "service.operation", one a call
  bool cut = false;
};

/// kCorrupt: the events do not make sense.
Result<ReplayedConversation> replay_through(const RecordedConversation& recorded, const Bot& candidate);

}  // namespace parley::conversations
