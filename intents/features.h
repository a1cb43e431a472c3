// From words to numbers: which n-grams a text has, and how much each counts.
//
// Features are single words, pairs of neighbouring words (the ends of the sentence count as words), and runs
// of 2 to 5 characters inside a word with its bounds marked. Each is known by a 64-bit hash of its kind and
// text: a model stores no strings, and an accidental meeting of two among a million features has a chance of
// one in thirty million. A feature's value is 1 + ln(count), and all values together have length 1.
//
// Thread rule: functions are pure; Occurrences and the vectors are the caller's, and reusing them avoids
// allocation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "intents/block.h"
#include "intents/feature_value.h"
#include "intents/normalize.h"

namespace parley::intents {

using FeatureKey = std::uint64_t;

/// Words with pairs of words, and runs of characters.
inline constexpr std::size_t kFeatureGroups = 2;
inline std::size_t group_of(FeatureKey key) {
  return key & 1;
}

/// Of the feature that a single word is; `word` is folded.
FeatureKey key_of_word(std::string_view word);

/// One n-gram at one place.
struct Occurrence {
  FeatureKey key = 0;      // its lowest bit is the group
  std::uint16_t word = 0;  // index of the word it lies in; of a pair, its second word
  bool pair = false;  // lies in `word` - 1 and `word`; at the ends of the sentence one of the two is missing
};

/// Replaces `out` with all n-grams of `text`, ordered by key. At most kFeatureWordsMax words are looked at.
void extract_features(const FoldedText& text, std::vector<Occurrence>& out);

/// A run of characters and where it lies, for people to look at. Bounds of the word are part of the key only.
struct WordRun {
  FeatureKey key = 0;
  std::size_t begin = 0;  // bytes into the word
  std::size_t end = 0;
};

/// The runs of one folded word.
std::vector<WordRun> runs_of_word(std::string_view word);

/// The keys of training, each with its number from 1 upwards.
class FeatureTable {
 public:
  FeatureTable() = default;
  explicit FeatureTable(Block<FeatureKey> sorted_keys);

  const Block<FeatureKey>& keys() const { return keys_; }
  /// 0: unknown.
  std::uint32_t find(FeatureKey key) const;

 private:
  Block<FeatureKey> keys_;
  std::vector<std::uint32_t> slots_;  // open addressing: numbers, 0 where free
};

/// A text as the classifier sees it.
struct FeatureVector {
  std::vector<FeatureValue> values;                 // known features, by key
  std::array<float, kFeatureGroups> known_share{};  // how much of each group is known, 0 to 1
};

/// Replaces `out`. `occurrences` must be ordered by key.
void weigh_features(const std::vector<Occurrence>& occurrences, const FeatureTable& table,
                    FeatureVector& out);

inline constexpr std::size_t kFeatureWordsMax = 400;  // words of one text that the classifier looks at
inline constexpr std::size_t kNgramWordMax = 40;      // characters of one word that n-grams are made of

}  // namespace parley::intents
