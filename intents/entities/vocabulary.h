// Finds the values of the bot's vocabulary in a text: as written, inflected, or with a typo; and its
// patterns.
//
// A word of the text stands for a vocabulary word when it is the same after folding, when both have the same
// stem (Snowball, where the language has one), or when it is within typo_tolerance() and is not a common
// word: one of the language's everyday words, or one that the bot's own sentences use outside of annotations.
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

 private:
  struct Phrase {
    std::vector<std::uint32_t> words;
    std::uint32_t value = 0;  // index into values_
  };
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
  void find_phrases(const FoldedText& text, const std::vector<std::vector<Reading>>& readings,
                    std::size_t first, std::vector<VocabularyMatch>& into) const;
  void find_patterns(std::string_view original, std::vector<VocabularyMatch>& into) const;

  std::vector<std::string> languages_;
  std::unordered_set<std::string> common_words_;
  std::vector<Value> values_;
  std::vector<Pattern> patterns_;
  std::vector<std::string> words_;
  std::unordered_map<std::string, std::uint32_t> word_numbers_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> words_by_stem_;
  std::unordered_map<std::uint32_t, std::vector<Phrase>> phrases_by_first_word_;
  SpellingIndex spelling_;
};

}  // namespace parley::intents
