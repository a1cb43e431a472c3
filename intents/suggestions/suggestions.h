// From what people said to what an author might add: unclear texts, in groups, each with the intent it
// probably belongs to or with a name for a new one.
//
//   heard texts -> those that the bot's model is not clear about now -> masked -> groups of alike texts
//               -> an intent each: existing, new, or `none` for what is like nothing else
//
// A text is clear when its best intent is taken with room to spare: its probability is above accept + margin
// and the runner-up is further away than the margin. Clear texts would teach the model little, so they are
// left out, and so are texts that are sentences of the bot already. Texts are alike as sentence_index.h says.
// A group belongs to an existing intent where the model, averaged over its texts, says so.
//
// Deterministic. Cost: 2,000 texts take about two seconds and 30 MB. Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "intents/corpus.h"
#include "intents/suggestions/heard_texts.h"
#include "intents/understander.h"

namespace parley::intents {

/// Only so many unclear texts, the most frequent ones, are grouped.
inline constexpr std::size_t kGroupedTextsMax = 2'000;
/// Sentences that one suggestion lists.
inline constexpr std::size_t kSuggestedSentencesMax = 40;
/// A new intent needs at least so many different texts.
inline constexpr std::size_t kNewIntentTexts = 2;
/// Texts at least this alike on average make one group.
inline constexpr float kGroupLikeness = 0.15F;
/// An existing intent is suggested from this mean probability on.
inline constexpr double kExistingProbability = 0.35;

struct SuggestedSentence {
  std::string text;
  std::string language;
  std::size_t count = 0;  // messages
};

struct Suggestion {
  std::string intent;
  bool is_new = false;
  std::vector<SuggestedSentence> sentences;  // the most frequent first
  std::size_t messages = 0;                  // with those that are not listed
  std::size_t unlisted = 0;                  // texts over kSuggestedSentencesMax
};

struct SuggestOptions {
  double accept = 0.5;
  double margin = 0.15;
  std::string timezone = "UTC";
};

struct Suggestions {
  std::vector<Suggestion> list;  // by messages, `none` last
  std::size_t clear = 0;         // texts that are understood by now, or nothing but a value
  std::size_t known = 0;         // that are sentences of the bot
  std::size_t unclear = 0;       // that were looked at
  std::size_t left_out = 0;      // that are too long for a sentence, or over kGroupedTextsMax
};

Suggestions suggest(const HeardTexts& heard, const Corpus& corpus, const BotUnderstander& understander,
                    const SuggestOptions& options);

}  // namespace parley::intents
