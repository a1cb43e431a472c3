// What the classifier learns from: the sentences of a corpus, and what else is known about intents.
//
// Beside the authors' sentences there are the names of the intents, as words ("card_arrival" -> "card
// arrival"): the shortest sentence that every intent has, worth two points of accuracy where there are five
// sentences an intent. And everyday sentences of the bot's languages (language/*.yaml), as examples of what
// it is not for.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "intents/corpus.h"
#include "intents/features.h"
#include "intents/linear_solver.h"

namespace parley::intents {

struct Example {
  std::string text;
  int intent = kNoColumn;    // kNoColumn: against all of them
  int language = kNoColumn;  // kNoColumn: not to be learned from
  std::size_t number = 0;    // within its intent: decides the fold
  bool is_name = false;      // of an intent: never held out
};

/// Names of the intents that a classifier answers with, in the corpus's order.
std::vector<std::string> intent_names(const Corpus& corpus);

/// `everyday`: with the everyday sentences whose words are mostly not the bot's own.
std::vector<Example> examples_of(const Corpus& corpus, const std::vector<std::string>& intents,
                                 bool everyday);

/// The examples, and behind them a misspelt copy of each that a typo changes, `copies` times.
std::vector<Example> with_misspelt_copies(const std::vector<Example>& examples, std::size_t copies);

/// "card_arrival" and "cardArrival" -> "card arrival".
std::string words_of_name(std::string_view name);

}  // namespace parley::intents
