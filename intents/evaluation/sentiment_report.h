// How well negative experiences are told from the rest, by cross-validation on the sentences that ship, or on
// texts of somebody else's. docs/classifier.md has the figures.
//
// Thread rule: sentiment_validated() uses threads of its own.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "intents/evaluation/labelled_texts.h"
#include "intents/sentiment.h"

namespace parley::intents {

/// One text, and what was said of it.
struct SentimentJudgement {
  std::string text;
  std::string language;  // "" where it is not known
  bool negative = false;
  double probability = 0;
};

/// Each sentence of sentiment_corpus_of() a bot, or sentiment_corpus(), judged by a model that was trained
/// without its fold: `folds` of them, kFoldsMin to kFoldsMax.
std::vector<SentimentJudgement> sentiment_validated(const Corpus& corpus, std::size_t folds);

/// `texts` labelled kNegative, or anything else, judged by the model that ships.
std::vector<SentimentJudgement> sentiment_judged(const std::vector<LabelledText>& texts,
                                                 const Sentiment& sentiment);

struct SentimentFigures {
  std::size_t negative = 0, found = 0;      // texts of that kind; those that were taken for one
  std::size_t other = 0, false_alarms = 0;  // the rest; those that were
};
/// Of the judgements in `language` ("" for all), where those at or above `threshold` count as negative.
SentimentFigures sentiment_figures(const std::vector<SentimentJudgement>& judgements,
                                   const std::string& language, double threshold);

}  // namespace parley::intents
