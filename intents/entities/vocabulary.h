// Finds the values of the bot's vocabulary in a text: as written, inflected, or with a typo; and its
// patterns.
//
// A word of the text stands for a vocabulary word when it is the same after folding, when both have the same
// stem (Snowball, where the language has one), or when it is within typo_tolerance() and is not a common
// word: one of the language's everyday words, or one that the bot's own sentences use outside of annotations.
//
// Phrases of several words stand in a tree by their words, so that a text costs the same whether 100 or
// 100,000 of them begin with "steel". Bounded: kWordsLookedAt words of a text are read, each against at most
// kReadingsMax vocabulary words and kComparedMax (spelling.h) near ones, and kTreeStepsMax steps are taken.
//
// Thread rule: immutable after making; find() may run on any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <re2/re2.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "intents/corpus.h"
#include "intents/entities/spelling.h"
#include "intents/normalize.h"

namespace parley::intents {

inline constexpr std::size_t kWordsLookedAt = 400;         // of one text
inline constexpr std::size_t kReadingsMax = 8;             // vocabulary words that one word may stand for
inline constexpr std::size_t kValuesOfPhraseMax = 16;      // values with the very same words
inline constexpr std::size_t kTreeStepsMax = 8'000;        // of one text
inline constexpr std::size_t kVocabularyMatchesMax = 256;  // of one text, before the best are chosen

struct VocabularyMatch {
  std::size_t begin = 0;  // bytes of the original text
  std::size_t end = 0;
  const std::string* kind = nullptr;   // entity
  const std::string* value = nullptr;  // name of the value; null for a pattern
  int certainty = 0;                   // 2: as written, 1: inflected, 0: with a typo
};

class Vocabulary {
 public:
  Vocabulary(const Corpus& corpus, std::unordered_set<std::string> common_words);

  /// Adds the matches in `text`, which `original` was folded to; of one entity the longest at each place.
  void find(std::string_view original, const FoldedText& text, std::vector<VocabularyMatch>& into) const;
  /// Tree steps and spellings compared in the last find() on this thread: what bounds its time.
  static std::size_t steps_of_last_find();

 private:
  /// Where a phrase may end: what it then stands for.
  using Values = std::vector<std::uint32_t>;  // indices into values_
  struct Value {
    std::string kind;
    std::string name;
  };
  struct Pattern {
    std::string kind;
    std::unique_ptr<RE2> expression;
  };
  /// A word of the text as a word of the vocabulary.
  struct Reading {
    std::uint32_t word = 0;
    int certainty = 0;
  };

  void add(const VocabularyEntity& entity);
  void add_phrase(const std::string& text, std::uint32_t value);
  std::uint32_t word_number(std::string_view word);
  void read_word(std::string_view word, std::vector<Reading>& into) const;
  using Readings = std::vector<std::vector<Reading>>;  // of each word of the text
  /// The phrases that go on at word `at` from tree node `node`, begun at word `first`.
  void follow(const FoldedText& text, const Readings& readings, std::size_t first, std::size_t at,
              std::uint32_t node, int certainty, std::vector<VocabularyMatch>& into) const;
  void find_patterns(std::string_view original, std::vector<VocabularyMatch>& into) const;

  std::vector<std::string> languages_;
  std::unordered_set<std::string> common_words_;
  std::vector<Value> values_;
  std::vector<Pattern> patterns_;
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint32_t> word_numbers_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> words_by_stem_;
  std::vector<Values> tree_{1};                                  // node 0 is the root
  std::unordered_map<std::uint64_t, std::uint32_t> node_after_;  // node and word -> node
  SpellingIndex spelling_;
};

}  // namespace parley::intents
