// Finds the phrases of a text: every rule of a language, wherever it fits.
//
// Works from the last token to the first. At each token stand the words of the tables and the numbers that
// begin there; rules whose first part is one of them are followed through the phrases that begin where it
// ends, which are complete already. What a rule makes is a phrase again, so that "from monday at 3 to friday"
// grows out of its parts.
//
// Bounded: kPhrasesPerTokenMax phrases begin at one token, kStepsPerTokenMax rule steps are spent on each on
// average; what does not fit is left out. So time grows linearly with the text, whatever is typed.
//
// Thread rule: a chart belongs to one thread. Lifetime: phrases live as long as the chart's next read().
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "intents/entities/phrases.h"
#include "intents/entities/tokens.h"

namespace parley::intents {

inline constexpr std::size_t kPhrasesPerTokenMax = 64;
inline constexpr std::size_t kStepsPerTokenMax = 600;
inline constexpr std::size_t kPartsMax = 16;

struct Phrase {
  Symbol symbol = kNoSymbol;
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  std::uint32_t shown_begin = 0;  // where the entity's text begins, when the first words are left out of it
  std::uint32_t rule = 0;         // 0: from a table or a number; else one more than its index
  Meaning meaning;
};

class Chart {
 public:
  void read(std::string_view folded, const Phrases& phrases, const Viewpoint& view);

  const std::vector<Token>& tokens() const { return tokens_; }
  const std::deque<Phrase>& phrases() const { return pool_; }
  std::size_t steps() const { return steps_; }

 private:
  void add_leaves(std::uint32_t at);
  void add_words(std::uint32_t at);
  void add(Phrase phrase);
  void add_leaf(Symbol symbol, std::uint32_t begin, std::uint32_t end, Meaning meaning);
  bool known(const Phrase& phrase) const;
  /// Whether the rule may stand where it was found: glued, alone, beside what it allows.
  bool may_stand(const PhraseRule& rule, std::uint32_t begin, std::uint32_t end) const;
  bool word_before(Symbol table, std::uint32_t at) const;
  void follow(const RuleNode& node, std::uint32_t at);
  void complete(std::uint32_t rule_index, std::uint32_t end);

  const Phrases* grammar_ = nullptr;
  const Viewpoint* view_ = nullptr;
  std::vector<Token> tokens_;
  std::deque<Phrase> pool_;
  std::vector<std::vector<const Phrase*>> at_;  // phrases by first token
  std::vector<const Phrase*> parts_;            // of the rule being followed
  std::size_t steps_ = 0;
  std::size_t steps_max_ = 0;
};

}  // namespace parley::intents
