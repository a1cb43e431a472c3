// Which sentences are most like a text? Cosine similarity over n-grams, where rare n-grams count more.
//
// N-grams are those of features.h, weighed by the logarithm of how rare they are among the sentences; what no
// sentence has lowers the similarity. N-grams that more than a quarter of a large collection has are passed
// over: they decide nothing and cost the most. 15,000 sentences take about 30 MB and half a millisecond a
// query.
//
// Thread rule: immutable after making; any number of threads.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "intents/features.h"

namespace parley::intents {

struct Neighbour {
  std::size_t sentence = 0;  // its place among the sentences
  double similarity = 0;     // 0 to 1
};

class SentenceIndex {
 public:
  explicit SentenceIndex(const std::vector<std::string>& sentences);

  /// The most similar sentences that `wanted` is true for, best first; those without any likeness are left
  /// out.
  std::vector<Neighbour> nearest(std::string_view text, std::size_t count,
                                 const std::function<bool(std::size_t)>& wanted = {}) const;

 private:
  struct Posting {
    std::uint32_t sentence = 0;
    float value = 0;
  };

  FeatureVector weighed(std::string_view text) const;

  FeatureTable table_;
  std::vector<float> rarity_;                   // by feature; 0: passed over
  std::vector<std::vector<Posting>> postings_;  // by feature
  std::size_t count_ = 0;
};

}  // namespace parley::intents
