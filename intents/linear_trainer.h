// From examples to the linear half of a ClassifierModel: which n-grams count, and their weights.
//
// Thread rule: pure functions; a call uses threads of its own. Deterministic for any number of them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "intents/classifier.h"
#include "intents/examples.h"

namespace parley::intents {

struct LinearOptions {
  unsigned threads = 0;         // 0: as many as there are processors
  std::size_t typo_copies = 1;  // misspelt copies of each example
  std::size_t count_min = 1;    // n-grams in fewer examples are dropped
  WordVectors vectors = {};
};

/// Intents, languages, keys and weights are filled; the network and the calibration are not.
ClassifierModel train_linear(const std::vector<Example>& examples, const std::vector<std::string>& intents,
                             const std::vector<std::string>& languages, const LinearOptions& options,
                             const std::function<void(double)>& progress = {});

/// Keys that occur in at least `count_min` of the texts, sorted. `texts` are ordered by key.
std::vector<FeatureKey> frequent_keys(const std::vector<std::vector<Occurrence>>& texts,
                                      std::size_t count_min);

/// The n-grams of each example.
std::vector<std::vector<Occurrence>> occurrences_of(const std::vector<Example>& examples);

}  // namespace parley::intents
