// Trains the network: texts in, parameters out.
//
// Every pass over the texts sees them anew: some misspelt, some words and n-grams left out. The rate of
// learning rises over the first tenth of the steps and falls along a cosine. Number of passes: kPassesMin, or
// as many as give kStepsMin steps, up to kPassesMax: small sets need more passes, and have time for them.
//
// Deterministic to the byte for any number of threads, on machines of the same instruction set. Memory: three
// times the parameters. Thread rule: a call uses threads of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "intents/network/parameters.h"

namespace parley::intents {

inline constexpr std::size_t kSliceTexts = 16;  // of a batch that one thread does at a time
inline constexpr std::size_t kBatch = 64;       // texts of one step
inline constexpr std::size_t kSmallBatch = 32;  // the same in a set of up to kSmallSet texts
inline constexpr std::size_t kSmallSet = 3'000;
inline constexpr std::size_t kPassesMin = 15;
inline constexpr std::size_t kPassesMax = 60;
inline constexpr std::size_t kStepsMin = 2'000;

struct NetworkText {
  std::string text;
  std::vector<float> target;  // a probability for each output
};

struct NetworkOptions {
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: as many as there are processors
};

/// `tokens` numbers the rows of the embedding, `features` those of wide.
Parameters train_network(std::span<const NetworkText> texts, const FeatureTable& tokens,
                         const FeatureTable& features, const NetworkOptions& options,
                         const std::function<void(double)>& progress = {});

}  // namespace parley::intents
