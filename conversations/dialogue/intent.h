// Which intent of a text is taken.
//
// Taken: the best, when its probability is at least the bot's `accept`. Asked about: the best and all within
// `margin` of it, when together they reach `accept` and there are several. Otherwise the text is not
// understood; so it is whenever the probability that it means anything at all (`in_scope`) is below `accept`,
// however sure the best intent looks. Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

struct IntentChoice {
  enum class Kind { kTaken, kAsked, kNone };
  Kind kind = Kind::kNone;
  std::vector<std::string> intents;  // the one taken; those to ask about; or the likeliest, best first
};

IntentChoice choose_intent(const Turn& turn);
/// The same of a part of the text.
IntentChoice choose_intent(const Turn& turn, const std::vector<IntentScore>& intents, double in_scope);

/// The request (phrases.h) that the whole text is a phrase of, or that its intent names; "" for
/// none.
std::string requested(const Turn& turn, bool by_intent);

/// Whether a whole sentence clearly means a flow other than the one whose question is pending.
bool clearly_else(const Turn& turn);

}  // namespace parley::conversations
