#include "intents/evaluation/likeness.h"

#include <algorithm>

namespace parley::intents {
namespace {

// More copies of one sentence than this are not listed one by one.
constexpr std::size_t kDuplicatesOfOneMax = 5;

}  // namespace

std::vector<LikePair> find_duplicates(const std::vector<LabelledText>& sentences,
                                      const SentenceIndex& index) {
  std::vector<LikePair> pairs;
  for (std::size_t i = 0; i < sentences.size(); ++i)
    for (const Neighbour& near :
         index.nearest(sentences[i].text, kDuplicatesOfOneMax, [&](std::size_t other) { return other < i; }))
      if (near.similarity >= kDuplicateSimilarity)
        pairs.push_back({sentences[i], sentences[near.sentence], near.similarity, 0});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const LikePair& a, const LikePair& b) { return a.similarity > b.similarity; });
  return pairs;
}

std::vector<LikePair> find_strays(const std::vector<LabelledText>& sentences, const SentenceIndex& index) {
  std::vector<LikePair> strays;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const auto of_intent = [&](bool own) {
      return index.nearest(sentences[i].text, 1, [&](std::size_t other) {
        return other != i && (sentences[other].intent == sentences[i].intent) == own;
      });
    };
    const auto others = of_intent(false), own = of_intent(true);
    const double own_similarity = own.empty() ? 0 : own.front().similarity;
    if (others.empty() || others.front().similarity < kStraySimilarity) continue;
    if (others.front().similarity <= own_similarity) continue;
    strays.push_back(
        {sentences[i], sentences[others.front().sentence], others.front().similarity, own_similarity});
  }
  std::stable_sort(strays.begin(), strays.end(), [](const LikePair& a, const LikePair& b) {
    return a.similarity - a.own_similarity > b.similarity - b.own_similarity;
  });
  return strays;
}

}  // namespace parley::intents
