// Vectors of words, made elsewhere from much text: words of like meaning lie near each other. With them the
// classifier understands a word that no example sentence has, when its vector is near that of one that some
// has.
//
// A word is known by the key of its word feature (features.h), and its vector is one byte a number with one
// scale, of length 1: 100,000 words of 300 numbers take 31 MB, in a model file as in memory. Words are looked
// up by bisection, so that a mapped model is used as it lies. What a text means is the mean of its words'
// vectors, of length 1 again.
//
// Thread rule: immutable; functions are pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intents/block.h"
#include "intents/features.h"
#include "intents/normalize.h"

namespace parley::intents {

struct WordVectors {
  Block<FeatureKey> keys;  // sorted
  ByteRows rows;           // by key

  bool empty() const { return keys.empty(); }
  /// Of a vector; 0 without any.
  std::size_t dimensions() const { return rows.width; }
};

inline constexpr std::size_t kVectorDimensionsMax = 400;

/// Replaces `out` by the mean of the vectors of the text's words, of length 1; all zero when no word has one,
/// and empty without vectors. At most kFeatureWordsMax words are looked at. Returns the length of their sum.
float mean_of_words(const FoldedText& text, const WordVectors& vectors, std::vector<float>& out);

/// What the vector of a folded word times `weights`, one for each dimension, is; 0 for a word without one.
float product_with(const WordVectors& vectors, std::string_view word, std::span<const float> weights);

/// Lower-case hex over all vectors; "" without any.
std::string digest_of(const WordVectors& vectors);

}  // namespace parley::intents
