// Pairs of intents that are taken for one another, with the sentences on both sides: what an author looks at
// to make two intents clearer, or one.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "intents/evaluation/predictions.h"
#include "intents/evaluation/sentence_index.h"

namespace parley::intents {

/// A sentence taken for the other intent, and the sentence there that is most like it.
struct ConfusedSentence {
  LabelledText sentence;
  double certainty = 0;  // of the wrong intent
  LabelledText like;     // empty text: none is like it
};

struct Confusion {
  std::string left, right;                      // two intents, by name
  std::vector<ConfusedSentence> left_as_right;  // sentences of `left`, most certain first
  std::vector<ConfusedSentence> right_as_left;

  std::size_t count() const { return left_as_right.size() + right_as_left.size(); }
};

/// The worst pair first. `index` is over `sentences`.
std::vector<Confusion> find_confusions(const std::vector<Prediction>& predictions,
                                       const std::vector<LabelledText>& sentences,
                                       const SentenceIndex& index);

}  // namespace parley::intents
