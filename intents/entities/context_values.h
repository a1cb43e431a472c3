// Values that no list has, known by where they stand: after "order [blue kettle](product)", the red toaster
// of "please order the red toaster" is a product too.
//
// Annotated sentences teach which word leads to which kind, per intent: a word that stands before such a
// value in at least kCueShare of its uses. In a text of that intent, in which no value of the kind was found,
// the words after it are taken (an article and numbers between are skipped) up to another entity, a mark, or
// a word that the bot's sentences use themselves; a run of everyday words alone is none. What comes out has
// the text as its value and kUnseenConfidence, and never overlaps another entity.
//
// Thread rule: immutable after making. Lifetime: keeps nothing of the corpus.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/understanding.h"
#include "intents/corpus.h"
#include "intents/normalize.h"

namespace parley::intents {

inline constexpr double kUnseenConfidence = 0.5;
inline constexpr std::size_t kUnseenWordsMax = 4;

class ContextValues {
 public:
  /// `common` are the words that are no value alone.
  ContextValues(const Corpus& corpus, const std::unordered_set<std::string>& common);

  /// Adds unseen values to `entities`, which stay in the order of their places.
  void find(std::string_view original, const FoldedText& text, std::string_view intent,
            std::vector<Entity>& entities) const;

 private:
  struct Cue {
    std::string word;
    std::string kind;
    auto operator<=>(const Cue&) const = default;
  };

  void learn(const Intent& intent, const std::set<std::string>& kinds);
  bool skipped(std::string_view word) const { return articles_.contains(std::string(word)); }
  bool add_after(std::size_t at, const std::string& kind, std::string_view original, const FoldedText& text,
                 std::vector<Entity>& entities) const;

  std::map<std::string, std::set<Cue>, std::less<>> cues_;  // by intent
  std::unordered_set<std::string> articles_;
  std::unordered_set<std::string> own_words_;  // of the bot's sentences, outside of annotations
  std::unordered_set<std::string> common_;
};

}  // namespace parley::intents
