// Sentences that are suspiciously alike: near-duplicates, and strays that are nearer to another intent's
// sentences than to those of their own.
//
// Likeness is that of sentence_index.h. Thread rule: pure functions.
#pragma once

#include <vector>

#include "intents/evaluation/labelled_texts.h"
#include "intents/evaluation/sentence_index.h"

namespace parley::intents {

/// From this similarity on two sentences are near-duplicates.
inline constexpr double kDuplicateSimilarity = 0.9;
/// A sentence is a stray when another intent's nearest sentence is at least this similar and nearer than its
/// own's.
inline constexpr double kStraySimilarity = 0.4;

struct LikePair {
  LabelledText sentence;
  LabelledText other;
  double similarity = 0;
  double own_similarity = 0;  // of the nearest sentence of its own intent
};

/// Each pair once, most similar first; of one intent or of two.
std::vector<LikePair> find_duplicates(const std::vector<LabelledText>& sentences, const SentenceIndex& index);

/// By how much the other intent is nearer.
std::vector<LikePair> find_strays(const std::vector<LabelledText>& sentences, const SentenceIndex& index);

}  // namespace parley::intents
